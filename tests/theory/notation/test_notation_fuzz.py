"""Whatever the text, it is read or refused: no other exception, no hang."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from theory.notation import NotationError, read_claims, read_domain
from theory.notation.functions import BINDERS, CONSTANTS, FUNCTIONS

DECLARED = read_domain("x, y real, beta > 0, n in 1..oo, f function, q[k] in (0, 1), i in 0..3")
PATIENCE = 60.0
WORDS = st.sampled_from(
    [*FUNCTIONS, *BINDERS, *CONSTANTS, "x", "y", "n", "q[i]", "beta", "f", "O", "k", "where", "in", "and", "as"]
    + ["(", ")", "[", "]", "|", ",", "+", "-", "*", "/", "^", "!", "'", "=", "<=", "->", "..", "√", "²", " "]
    + ["0", "1", "2", "0.5", "999", "1e300", "12345678901234567890", "(x)", "(n)", "(2, x)", "(k, 1, n, k)"]
)
CONDITION_WORDS = WORDS | st.sampled_from(
    ["real", "integer", "function", "is", "or", "{", "}", "<", ">", "!=", "∪", ";"]
)
QUIET = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def read_in_time(text: str, *, condition: bool = False) -> None:
    start = time.perf_counter()
    with contextlib.suppress(NotationError):
        if condition:
            read_domain(text)
        else:
            read_claims(text, DECLARED)
    assert time.perf_counter() - start < PATIENCE


@QUIET
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_in_time(text)
    read_in_time(text, condition=True)


@QUIET
@given(st.lists(WORDS, max_size=14).map("".join))
def test_any_words_are_read_or_refused(text: str) -> None:
    read_in_time(text)
    read_in_time(f"{text} = 1")


@QUIET
@given(st.lists(CONDITION_WORDS, max_size=10).map(" ".join))
def test_any_conditions_are_read_or_refused(text: str) -> None:
    read_in_time(text, condition=True)


@QUIET
@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(st.sampled_from(
    ["0", "1", "-1", "1/2", "-3", "oo", "i", "x", "n", "1999", "10^300", "-10^300", "1e-300", "exp(exp(9))", "pi/6"]
), min_size=1, max_size=3))  # fmt: skip
def test_every_function_of_any_number_is_read_or_refused(name: str, arguments: list[str]) -> None:
    read_in_time(f"{name}({', '.join(arguments)}) = 1")


@pytest.mark.parametrize(
    "text",
    ["sum(k, 1, 10^12, k) = 1", "x^9999 = 1", "(2 x)^9999 = 1", "(x + y)^9999 = 1", "prod(k, 1, 10^9, k) = 1",
     "((((2^999)^9)^9)^9)^9 = 1", "3!!!!!!! = 1", "floor(exp(exp(exp(20)))) = 1", "binomial(10^9, 10^8) = 1",
     "[[x, y], [y, x]]^12 = [[1, 1], [1, 1]]", "integral(x, 0, 1, " * 20 + "x" + ")" * 20 + " = 1",
     "sin(" * 60 + "x" + ")" * 60 + " = 1", "max(" * 15 + "x" + ", y)" * 15 + " = 1", "x*y*" * 900 + "x = 1",
     "x + " * 1500 + "x = 1", "1/(1 + " * 50 + "x" + ")" * 50 + " = 1", "diff(" * 12 + "x^9" + ", x)" * 12 + " = 1",
     "2^(1/3)^(1/3)^(1/3) = 1", "(10^999)^(1/7) = 1", "zeta(1999) + zeta(-1999) = 1", "polygamma(1999, 1) = 1"],
)  # fmt: skip
def test_a_demanding_text_is_read_or_refused_in_time(text: str) -> None:
    read_in_time(text)
