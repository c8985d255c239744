"""The sides of a point from which a domain lets a symbol come."""

import pytest
import sympy as sp

from theory.domain import Domain
from theory.sides import from_above, mirrored, sides_of
from theory.statements import Expansion

x, y = sp.symbols("x y", real=True)
t = sp.Symbol("t", negative=True)


@pytest.mark.parametrize(
    ("chosen", "sides"),
    [
        (sp.Interval(-1, 1), ("+", "-")),
        (sp.Interval.open(0, 1), ("+",)),
        (sp.Interval(-1, 0), ("-",)),
        (sp.Interval(1, 2), ()),
    ],
)
def test_a_set_comes_close_to_zero_from_its_own_sides(chosen, sides):
    assert sides_of(chosen, sp.S.Zero) == sides


def test_a_claim_from_below_is_one_from_above_in_the_mirrored_symbol():
    claim = Expansion(sp.Abs(t) * y, -t * y, Domain({t: (-2, 0), y: sp.Interval(t, 0)}), variable=t, order=2)
    new = sp.Symbol("t", real=True, positive=True)
    (above,) = from_above(claim)
    assert above == mirrored(claim)
    assert (above.left, above.right, above.domain.sets[new]) == (new * y, new * y, sp.Interval.open(0, 2))
    assert above.domain.sets[y] == sp.Interval(-new, 0)


def test_a_point_inside_the_set_gives_both_sides():
    claim = Expansion(sp.Abs(x), x, Domain({x: (-1, 2)}), variable=x, order=2)
    assert from_above(claim) == (claim, mirrored(claim))
