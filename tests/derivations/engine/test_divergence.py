"""A side that diverges equals no number: refuted with what the integrand or the term does at the end of its range."""

import pytest
import sympy as sp

from derivations import verify
from derivations.engine.routes.divergence import divergence
from theory import Domain, Identity
from theory.averages import GaussianMean

k = sp.Symbol("k", integer=True)
x, z, a = sp.symbols("x z a", real=True)
s = sp.Symbol("s", positive=True)
OO, NOWHERE = sp.oo, Domain({})

DIVERGENT = {
    "harmonic": sp.Sum(1 / k, (k, 1, OO)),
    "harmonic, far": sp.Sum(1 / (7 * k + 1000), (k, 1, OO)),
    "geometric": sp.Sum(2**k, (k, 0, OO)),
    "alternating ones": sp.Sum((-1) ** k, (k, 0, OO)),
    "alternating and growing": sp.Sum(sp.Rational(-3, 2) ** k, (k, 0, OO)),
    "every other one": sp.Sum(1 + (-1) ** k, (k, 0, OO)),
    "odd ones only": sp.Sum((-1) ** k - 1 + sp.Rational(1, 2) ** k, (k, 0, OO)),
    "integers": sp.Sum(k, (k, 1, OO)),
    "logarithmic tail": sp.Integral(1 / (1 + x), (x, 0, OO)),
    "tail to the left": sp.Integral(x / (1 + x**2), (x, -OO, 0)),
    "pole at the lower end": sp.Integral(1 / x, (x, 0, 1)),
    "pole at the upper end": sp.Integral(1 / (1 - x), (x, 0, 1)),
    "strong singularity": sp.Integral(x ** sp.Rational(-3, 2), (x, 0, 1)),
    "growing exponential": sp.Integral(sp.exp(x**2 / 3), (x, 0, OO)),
    "mean beyond its radius": GaussianMean(sp.exp(z**2), z, 1),
    "mean at its radius": GaussianMean(sp.exp(z**2 / 2), z, 1),
}
CONVERGENT = {
    "squares": sp.Sum(1 / k**2, (k, 1, OO)),
    "alternating harmonic": sp.Sum((-1) ** k / k, (k, 1, OO)),
    "signs that cancel": sp.Sum((-1) ** k + (-1) ** (k**2 + 1) + sp.Rational(1, 2) ** k, (k, 0, OO)),
    "powers that cancel": sp.Sum(sp.Integer(-2) ** k - (-1) ** k * 2**k + sp.Rational(1, 2) ** k, (k, 0, OO)),
    "geometric": sp.Sum(sp.Rational(-2, 3) ** k, (k, 0, OO)),
    "slow logarithm": sp.Integral(1 / (x * sp.log(x) ** 2), (x, 2, OO)),
    "root at the end": sp.Integral(1 / sp.sqrt(x), (x, 0, 1)),
    "logarithm at the end": sp.Integral(sp.log(x), (x, 0, 1)),
    "a hole that closes": sp.Integral(sp.sin(x) / x, (x, 0, 1)),
    "waves": sp.Integral(sp.sin(x) / x, (x, 0, OO)),
    "waves that gather": sp.Integral(sp.cos(x**2), (x, 0, OO)),
    "mean inside its radius": GaussianMean(sp.exp(z**2 / 3), z, 1),
    "finite sum": sp.Sum(k, (k, 1, 10)),
}


@pytest.mark.parametrize("name", DIVERGENT)
def test_what_diverges_is_seen(name):
    assert divergence(DIVERGENT[name])


@pytest.mark.parametrize("name", CONVERGENT)
def test_what_converges_is_not_said_to_diverge(name):
    assert not divergence(CONVERGENT[name])


@pytest.mark.parametrize("name", DIVERGENT)
def test_a_divergent_side_equals_no_number(name):
    verdict = verify(Identity(DIVERGENT[name], sp.Rational(7, 3), NOWHERE))
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None
    assert verdict.counterexample.left == "diverges"


def test_what_could_cancel_is_left_alone():
    difference = sp.Integral(1 / x, (x, 1, OO)) - sp.Integral(1 / (1 + x), (x, 1, OO))
    assert not divergence(difference)
    assert not divergence(1 / sp.Integral(1 / x, (x, 1, OO)))
    assert not divergence(sp.exp(-sp.Integral(1 / x, (x, 1, OO))))
    assert verify(Identity(difference, sp.log(2), NOWHERE)).holds is None


def test_a_condition_left_out_is_the_counterexample():
    claim = Identity(sp.Integral(sp.exp(-a * x), (x, 0, OO)), 1 / a, Domain({a: (-2, 2)}))
    verdict = verify(claim)
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None
    assert verdict.counterexample[a] < 0
    assert verify(Identity(sp.Integral(sp.exp(-s * x), (x, 0, OO)), 1 / s, Domain({s: (0, 2)}))).holds


def test_a_point_where_the_other_side_is_infinite_too_is_left_out():
    claim = Identity(sp.Integral(sp.exp(-a * x), (x, 0, OO)), 1 / a, Domain({a: sp.Interval(0, 2)}))
    assert verify(claim).holds is not False


@pytest.mark.parametrize(
    ("right", "status"),
    [(2 * k * sp.hermite(k - 1, x), "enumerated"), (k * sp.hermite(k - 1, x), "refuted")],
)
def test_a_side_that_sympy_writes_at_no_number_ends_no_examination(right: sp.Expr, status: str):
    """A derivative by a number is none, and there is no polynomial of degree -1."""
    slope = sp.Derivative(sp.hermite(k, x), x)
    assert verify(Identity(slope, right, Domain({x: sp.S.Reals, k: sp.Range(0, OO)}))).status == status
