"""A proof that would take long is given up, so that its claim goes on to the other routes."""

import time

import pytest
import sympy as sp

from derivations.engine.routes.exact import SECONDS, equal, prove
from derivations.engine.routes.normal_forms.field import TooLongError, UnsupportedError
from theory.domain import Domain

LETTERS = sp.symbols("a:j")
a, b, *_ = LETTERS
DOMAIN = Domain(dict.fromkeys(LETTERS, (0, 1)))
LONG_SUM = sp.Add(*LETTERS, 1)


def test_a_proof_stops_when_its_time_is_used_up():
    with pytest.raises(TooLongError):
        equal(a + b, b + a, DOMAIN, time.thread_time() - 1)


@pytest.mark.parametrize(
    "left",
    [LONG_SUM**200, LONG_SUM**9 * (LONG_SUM + a) ** 9, (1 + a) ** (10**12), sp.Integer(3) ** (a * 0 + 10**5) * a,
     sp.sqrt(2**400 + 7) * a, sp.log(LONG_SUM**4 + 1)],
    ids=["power", "product", "exponent", "number", "root", "logarithm"],
)  # fmt: skip
def test_huge_forms_are_undecided_within_the_time_of_a_proof(left):
    start = time.thread_time()
    assert prove([(left, left + a)], DOMAIN, "claim").outcome == "undecided"
    assert time.thread_time() - start < SECONDS + 30  # it would take far longer


def test_a_number_too_long_to_factor_has_no_rule():
    with pytest.raises(UnsupportedError, match="prime factors"):
        equal(sp.sqrt(2**400 + 7), a, DOMAIN)
