"""Rows of section 12 of Vanchurin (2020) on tensors and entropy are altered and must be caught; corrected ones hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

from derivations.rules.index_symmetry import group
from theory.models import connection, onsager_tensor
from theory.papers import find as paper_of
from theory.papers.vanchurin2020towards import gravity
from theory.records import PrintedLine
from theory.statements import Definition, EqualUpToTotalDerivative

KEY = "vanchurin2020towards"
PAPER = paper_of(KEY)
NUMBERS = ("12.1", "12.7", "12.8", "12.9", "claim:12a")
GOOD, BAD = ("holds", "approximation"), ("misprint", "false")
WRONG = {
    ("12.7", 0): "misprint", ("12.7", 1): "misprint", ("12.8", 1): "holds if", ("12.9", 0): "false",
    ("claim:12a", 0): "holds if",
}  # fmt: skip
"""Lines that do not hold as printed."""
LINES = [
    (number, place)
    for number in NUMBERS
    for place, line in enumerate(PAPER[number].lines)
    if not isinstance(line.statement, Definition)
]


def another(statement: Any) -> Any:
    """A term that makes any side another one: 1, or the square of a field, which is no divergence."""
    return statement.fields[0][0] ** 2 if isinstance(statement, EqualUpToTotalDerivative) else sp.S.One


ALTERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "sign": lambda right, other: -right,
    "factor": lambda right, other: 2 * right,
    "another term": lambda right, other: right + other,
    "lost term": lambda right, other: right - sp.Add.make_args(sp.expand(right))[0],
}


def altered(line: PrintedLine, change: Callable[[Any, Any], Any]) -> PrintedLine:
    def with_right(statement: Any) -> Any:
        return statement.replaced(right=change(statement.right, another(statement)))

    readings = tuple(replace(r, statement=with_right(r.statement)) for r in line.readings)
    return replace(line, statement=with_right(line.statement), readings=readings, fragment="")


@pytest.mark.parametrize(("number", "place"), LINES)
def test_a_line_is_judged_as_it_should_be(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", PAPER[number].lines[place])
    expected = WRONG.get((number, place))
    assert found.verdict == expected if expected else found.verdict in GOOD
    assert expected is None or found.counterexample is not None


@pytest.mark.usefixtures("hastily")
@pytest.mark.parametrize("kind", ALTERATIONS)
@pytest.mark.parametrize(("number", "place"), [at for at in LINES if WRONG.get(at) not in BAD])
def test_an_altered_line_is_caught(number: str, place: int, kind: str, judged_line: Callable[..., Any]) -> None:
    found = judged_line(f"{KEY}:{number}", altered(PAPER[number].lines[place], ALTERATIONS[kind]))
    assert found.verdict in BAD
    assert found.counterexample is not None


@pytest.mark.parametrize(("number", "place"), [at for at, verdict in WRONG.items() if verdict == "misprint"])
def test_the_corrected_line_holds(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    line = PAPER[number].lines[place]
    found = judged_line(f"{KEY}:{number}", line)
    corrected = replace(line, statement=found.corrected_statement, readings=())
    assert judged_line(f"{KEY}:{number}", corrected).verdict == "holds"


def of_the_curvature(m: Any, n: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """Four products of three inverse metrics, as they are found in text books on the action of gravity."""
    g = onsager_tensor.inverse_metric
    mixed = 2 * g[a, n] * g[b, d] * g[m, c] - 2 * g[a, b] * g[m, c] * g[n, d]
    return (mixed - g[a, c] * g[b, d] * g[m, n] + g[a, b] * g[c, d] * g[m, n]) / (8 * gravity.kappa)


SIGNS = [(), (0,), (1,), (2,), (3,)]


@pytest.mark.parametrize("flipped", SIGNS)
def test_the_tensor_of_the_curvature_holds_and_with_another_sign_it_does_not(
    flipped: tuple[int, ...], judged_line: Callable[..., Any]
) -> None:
    line = PAPER["12.9"].lines[0]
    orders = [tuple(dict(order).get(i, i) for i in onsager_tensor.PLACES) for order in group(onsager_tensor.EXCHANGES)]
    assert len(orders) == 8

    def tensor(*places: Any) -> Any:
        terms = sp.Add.make_args(sp.expand(of_the_curvature(*places)))
        ordered = sorted(terms, key=lambda t: str(t.xreplace(dict(zip(places, onsager_tensor.PLACES, strict=True)))))
        return sp.Add(*(-t if k in flipped else t for k, t in enumerate(ordered)))

    given: Any = line.statement
    right = sp.Add(*(tensor(*order) for order in orders)) / 8
    found = judged_line(f"{KEY}:12.9", replace(line, statement=given.replaced(right=right)))
    assert found.verdict in (BAD if flipped else ("holds",))


DEFINITIONS = [("12.2", 0), ("12.4", 0), ("12.5", 0), ("12.11", 0), ("12.11", 1), ("12.13", 0), ("12.14", 0)]


@pytest.mark.parametrize(("number", "place"), DEFINITIONS)
def test_a_definition_is_one(number: str, place: int, judged_line: Callable[..., Any]) -> None:
    assert judged_line(f"{KEY}:{number}", PAPER[number].lines[place]).verdict == "definition"


@pytest.mark.parametrize("number", ["12.11", "12.13"])
@pytest.mark.parametrize("kind", ["sign", "factor", "another term"])
def test_an_altered_connection_or_curvature_is_no_definition(
    number: str, kind: str, judged_line: Callable[..., Any]
) -> None:
    line = PAPER[number].lines[0]
    given: Any = line.statement
    changed = Definition(given.symbol, ALTERATIONS[kind](given.expression, sp.S.One))
    found = judged_line(f"{KEY}:{number}", replace(line, statement=changed))
    assert found.verdict in ("misprint", "open")
    assert found.counterexample is not None


def test_a_curvature_with_the_products_in_the_other_order_is_no_definition(judged_line: Callable[..., Any]) -> None:
    line = PAPER["12.13"].lines[0]
    given: Any = line.statement
    terms = [t for t in sp.Add.make_args(sp.expand(given.expression)) if t.has(connection.connection)]
    (products,) = terms
    changed = Definition(given.symbol, given.expression - 2 * products)
    assert judged_line(f"{KEY}:12.13", replace(line, statement=changed)).verdict in ("misprint", "open")
