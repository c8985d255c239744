"""Domains from conditions: sets, assumptions, relations that tie symbols, and what contradicts itself."""

from __future__ import annotations

import pytest
import sympy as sp

from theory.notation import NotationError, concerning, read_domain


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("x > 0", sp.Interval.open(0, sp.oo)),
        ("x >= 1", sp.Interval(1, sp.oo)),
        ("0 > x", sp.Interval.open(-sp.oo, 0)),
        ("0 < x < 1", sp.Interval.open(0, 1)),
        ("1 >= x > 0", sp.Interval.Lopen(0, 1)),
        ("x in (-3, 3)", sp.Interval.open(-3, 3)),
        ("x in [0, pi]", sp.Interval(0, sp.pi)),
        ("x in [0, 0.5)", sp.Interval.Ropen(0, sp.Rational(1, 2))),
        ("x in (0, oo)", sp.Interval.open(0, sp.oo)),
        ("x in (-1, 0) or (0, 1)", sp.Interval.open(-1, 0) + sp.Interval.open(0, 1)),
        ("x in 1..8", sp.Range(1, 9)),
        ("x in 0..oo", sp.Range(0, sp.oo)),
        ("x in -oo..oo", sp.S.Integers),
        ("x in {-1, 1}", sp.FiniteSet(-1, 1)),
        ("x real", sp.S.Reals),
        ("x is integer", sp.S.Integers),
        ("x ∈ ℝ", sp.S.Reals),
        ("x integer, x > 0", sp.Range(1, sp.oo)),
        ("x > 0 and x <= 2", sp.Interval.Lopen(0, 2)),
        ("x real; x != 0", sp.Interval.open(-sp.oo, 0) + sp.Interval.open(0, sp.oo)),
        ("x = 2", sp.FiniteSet(2)),
    ],
)
def test_a_condition_gives_a_set(text: str, chosen: sp.Set) -> None:
    declared = read_domain(text)
    assert declared.domain.sets == {declared.names["x"]: chosen}


@pytest.mark.parametrize(
    ("text", "true", "unknown"),
    [
        ("x > 0", ["positive", "real"], ["integer"]),
        ("x >= 0", ["nonnegative"], ["positive"]),
        ("x in (-1, 0)", ["negative"], ["integer"]),
        ("x in 0..8", ["integer", "nonnegative"], ["positive"]),
        ("x in 1..8", ["integer", "positive"], ["even"]),
        ("x in {-1, 1}", ["integer", "nonzero"], ["positive"]),
        ("x in {0, 1/2}", ["nonnegative"], ["integer", "positive"]),
        ("x real", ["real"], ["positive", "nonzero"]),
        ("x real, x != 0", ["nonzero"], ["positive"]),
        ("n in 1..4, x in 0..n", ["integer", "nonnegative"], ["positive"]),
        ("a > 0, x in (0, a)", ["positive"], ["integer"]),
        ("a > 0, x in (-a, a)", ["real"], ["positive", "nonzero"]),
    ],
)
def test_a_symbol_is_assumed_to_be_what_its_set_allows_and_no_more(
    text: str, true: list[str], unknown: list[str]
) -> None:
    symbol = read_domain(text).names["x"]
    assert all(getattr(symbol, f"is_{word}") is True for word in true)
    assert all(getattr(symbol, f"is_{word}") is None for word in unknown)


def test_names_in_a_list_share_their_condition() -> None:
    declared = read_domain("a, b > 0, x, y in (0, 1), f, g function")
    a, b, x, y = (declared.names[c] for c in "abxy")
    assert declared.domain.sets == {
        **dict.fromkeys((a, b), sp.Interval.open(0, sp.oo)),
        **dict.fromkeys((x, y), sp.Interval.open(0, 1)),
    }
    assert declared.names["f"] == sp.Function("f")


def test_relations_between_symbols_become_constraints() -> None:
    declared = read_domain("0 < a < b < 1, a + b < 1", "q in (0, 1), q = tanh(2 q)")
    a, b, q = (declared.names[c] for c in "abq")
    assert declared.domain.sets[a] == declared.domain.sets[b] == sp.Interval.open(0, 1)
    assert set(declared.domain.constraints) == {sp.Lt(a, b), sp.Lt(a + b, 1), sp.Eq(q, sp.tanh(2 * q))}


def test_an_equation_determines_a_symbol_or_a_whole_family() -> None:
    declared = read_domain("p in (0, 1), r = 1 - p, q[k] in (0, 1), m[k] = 1 - q[k]")
    p, r, m, q = (declared.names[c] for c in "prmq")
    k = sp.Symbol("k", integer=True)
    assert declared.domain.equations() == [(r, 1 - p), (m[k], 1 - q[k])]


def test_conditions_of_several_texts_add_up() -> None:
    declared = read_domain("x real", "x > 0", "x < 1")
    assert declared.domain.sets == {declared.names["x"]: sp.Interval.open(0, 1)}


def test_what_is_tied_to_a_symbol_concerns_it_and_nothing_else_does() -> None:
    declared = read_domain("a, b > 0, a + b < 1, n in 1..4, i in n..3, x real, q[k] in (0, 1)")
    a, b, n, i, x, q = (declared.names[c] for c in ("a", "b", "n", "i", "x", "q"))
    assert concerning(declared.domain, a**2).sets.keys() == {a, b}
    assert concerning(declared.domain, a**2).constraints == (sp.Lt(a + b, 1),)
    assert concerning(declared.domain, n + 1).sets.keys() == {n, i}
    assert concerning(declared.domain, x * q[2]).sets.keys() == {x, q}
    assert concerning(declared.domain, sp.Integer(1)).sets == {}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("x", 1, "expected a condition"),
        ("x real y real", 7, "found `y`"),
        ("x > 0, x < -1", 7, "expected a set with members"),
        ("x in (3, 1)", 0, "expected a set with members"),
        ("x in 1.5..3", 5, "expected integers"),
        ("n in 8..1", 5, "a at most b"),
        ("0 < x > 1", 6, "signs of one direction"),
        ("1 < 2", 2, "expected a symbol"),
        ("z complex", 0, "write x + i*y"),
        ("sin > 0", 0, "as in sin(x)"),
        ("x in (0, b)", 9, "`b` has no domain"),
        ("a + b < 1", 0, "`a`, `b` have no domain"),
        ("x in {b, 1}", 5, "expected numbers"),
        ("x in (0, 1", 10, "end of the interval"),
        ("x rael", 2, "found `rael`"),
        ("x > y > 0, y < x, x in ℕ", 23, "write 0..oo or 1..oo"),
        ("n in 1..4, i in -oo..n", 16, "expected a number as the lower end"),
        ("a real, x in (0, sqrt(-1)*a)", 17, "expected real numbers as ends"),
        ("n in 0..3, n = 1/2", 11, "expected a set with members"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused_at_its_place(text: str, place: int, words: str) -> None:
    with pytest.raises(NotationError) as caught:
        read_domain(text)
    assert words in caught.value.problem
    assert caught.value.position == place
