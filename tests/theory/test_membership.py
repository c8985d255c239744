"""Membership of numbers in sets, against SymPy's own answer."""

from itertools import product

import pytest
import sympy as sp

from theory.membership import holds_integers_only, lies_in

n = sp.Symbol("n")
SETS = [
    sp.Interval(0, 1),
    sp.Interval.open(0, 1),
    sp.Interval.Lopen(sp.Rational(-1, 2), 3),
    sp.Interval(0, sp.oo),
    sp.Interval(-sp.oo, sp.oo),
    sp.Interval(0, sp.sqrt(2)),
    sp.Interval(0, n),
    sp.FiniteSet(0, 1, sp.Rational(1, 2)),
    sp.FiniteSet(1, sp.sqrt(2)),
    sp.Range(0, 3),
    sp.S.Integers,
    sp.S.Naturals,
    sp.Union(sp.Interval(0, 1), sp.Interval(2, 3)),
]
VALUES = [sp.Integer(0), sp.Integer(1), sp.Rational(1, 2), sp.Rational(-1, 2), sp.sqrt(2), sp.Integer(3), sp.pi]


@pytest.mark.parametrize(("chosen", "value"), list(product(SETS, VALUES)), ids=str)
def test_a_number_lies_in_a_set_where_sympy_says_so(chosen, value):
    expected = {sp.true: True, sp.false: False}.get(chosen.contains(value))
    assert lies_in(value, chosen) is expected


@pytest.mark.parametrize("chosen", SETS, ids=str)
def test_sets_of_integers_are_those_that_sympy_knows(chosen):
    assert holds_integers_only(chosen) is (chosen.is_subset(sp.S.Integers) is True)
