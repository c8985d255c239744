"""An integral whose upper end lies below its lower one has the opposite sign, corners included."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Identity

x, a, b, c = sp.symbols("x a b c")
LINE, BELOW = {a: (-3, 3)}, {a: (-3, -1)}
modulus = sp.Abs(x)

PAIRS = {
    "a corner at the lower end": (modulus, (0, a), a * sp.Abs(a) / 2, a**2 / 2, LINE),
    "a corner at the lower end, below it": (modulus, (0, a), -(a**2) / 2, a**2 / 2, BELOW),
    "a corner at an irrational end": (modulus, (0, -sp.pi), -(sp.pi**2) / 2, sp.pi**2 / 2, {}),
    "a corner inside numbers": (modulus, (2, -1), sp.Rational(-5, 2), sp.Rational(-3, 2), {}),
    "a jump inside": (sp.sign(x), (1, a), sp.Abs(a) - 1, a - 1, {a: (-2, 2)}),
    "a rectifier": (sp.Max(x, 0), (1, a), (sp.Max(a, 0) ** 2 - 1) / 2, (a**2 - 1) / 2, {a: (-2, 2)}),
    "a decay from a cusp": (
        sp.exp(-modulus), (0, a), sp.sign(a) * (1 - sp.exp(-sp.Abs(a))), 1 - sp.exp(-sp.Abs(a)), LINE,
    ),
    "a corner that moves": (
        sp.Abs(x - c), (a, b), -((a - c) ** 2 + (b - c) ** 2) / 2, ((a - c) ** 2 + (b - c) ** 2) / 2,
        {a: (3, 5), b: (0, 2), c: (2, 3)},
    ),
    "branches": (sp.Piecewise((x, x > 0), (2 * x, True)), (1, -1), sp.S.Half, 0, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_the_right_sign_holds_and_the_wrong_one_is_refuted(name):
    body, ends, right, wrong, sets = PAIRS[name]
    integral = sp.Integral(body, (x, *ends))
    assert verify(Identity(integral, right, Domain(sets))).holds is True
    assert verify(Identity(integral, wrong, Domain(sets))).holds is False
