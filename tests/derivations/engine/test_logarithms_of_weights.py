"""Logarithms of densities under integrals: the exponent comes out, whatever stands beside it."""

import pytest
import sympy as sp

from derivations.engine.verify import verify
from theory.domain import Domain
from theory.statements import Identity

x = sp.Symbol("x", real=True)
v, a = sp.symbols("v a", positive=True)
DENSITY = sp.exp(-(x**2) / (2 * v)) / sp.sqrt(2 * sp.pi * v)
ENTROPY = sp.Integral(-DENSITY * sp.log(DENSITY), (x, -sp.oo, sp.oo))
DOMAIN = Domain({v: (sp.Rational(1, 2), 3)})
VALUE = sp.log(2 * sp.pi * sp.E * v) / 2


def test_the_entropy_of_a_gaussian_from_its_logarithm_holds():
    assert verify(Identity(ENTROPY, VALUE, DOMAIN)).holds is True


@pytest.mark.parametrize("wrong", [VALUE + sp.Rational(1, 2), 2 * VALUE, sp.log(2 * sp.pi * v) / 2, -VALUE])
def test_a_slip_in_the_entropy_is_refuted(wrong):
    assert verify(Identity(ENTROPY, wrong, DOMAIN)).holds is False


def test_the_logarithm_of_a_negative_number_keeps_its_branch():
    weight = sp.exp(-(x**2))
    left = sp.Integral(weight * sp.log(-weight), (x, -sp.oo, sp.oo))
    right = -sp.sqrt(sp.pi) / 2
    assert verify(Identity(left, right, Domain({}))).holds is not True


def test_a_weight_without_decay_is_not_integrated():
    left = sp.Integral(sp.log(sp.exp(-(x**2)) * (2 + sp.cos(x))) * sp.exp(-x), (x, -sp.oo, sp.oo))
    assert verify(Identity(left, 0, Domain({}))).holds is None
