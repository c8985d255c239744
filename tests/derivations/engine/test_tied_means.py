"""Gaussian means of variables that a factor ties together: balls by the trapezoidal rule, and proofs by erf means."""

import random
import time

import pytest
import sympy as sp
from flint import acb, arb, ctx

from derivations import verify
from derivations.engine.examine import examined
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame
from derivations.engine.routes.enclosures.strips import Strips
from derivations.engine.routes.enclosures.trapezoids import grid_mean
from derivations.engine.verdict import Verdict
from theory import Domain, Identity
from theory.averages import GaussianMean

z, w = sp.symbols("z w", real=True)
r, a, b = sp.symbols("r a b", real=True)
R = sp.Rational


def frame():
    return Frame(free=lambda name: name)


def mean(body, first=1, second=1):
    return GaussianMean(GaussianMean(body, w, second), z, first)


KNOWN = {
    "arcsine kernel": (sp.erf(z) * sp.erf(3 * z / 5 + 4 * w / 5), 2 / sp.pi * sp.asin(R(2, 5)), (1, 1)),
    "unequal variances": (sp.exp(z * w / 3), 1 / sp.sqrt(1 - R(2, 9)), (1, 2)),
    "wave": (sp.cos(z - w / 2), sp.exp(-R(5, 8)), (1, 1)),
    "coupled Gaussian": (sp.exp(-(z**2) - z * w - w**2), 1 / sp.sqrt(8), (1, 1)),
    "cosh of a product": (sp.cosh(z * w / 2), 1 / sp.sqrt(R(3, 4)), (1, 1)),
    "moment of a wave": (z * w * sp.cos(z + w), -sp.exp(-1), (1, 1)),
    "narrow and wide": (sp.cos(z + w), sp.exp(-R(201, 200)), (2, R(1, 100))),
}


@pytest.mark.parametrize("name", KNOWN)
def test_balls_of_tied_means_contain_the_closed_form(name):
    body, exact, (first, second) = KNOWN[name]
    for bits in (112, 160):
        with precision(bits):
            found = grid_mean(
                body,
                {z: arb(ball(sp.sympify(first), frame()).real), w: ball(sp.sympify(second), frame()).real},
                frame(),
            )
            difference = found - ball(sp.sympify(exact), frame())
            assert difference.contains(acb(0))
            assert abs(difference) < arb(2) ** (20 - bits)


@pytest.mark.parametrize(
    "body",
    [
        abs(z + w),
        sp.sign(z + w),
        sp.Max(z + w, 0),
        1 / (z + w),
        1 / (1 + (z + w) ** 2),
        sp.log(z + w),
        sp.sqrt(1 + (z + w) ** 2),
        1 / (sp.exp(z + w) - 1),
        1 / (1 - sp.exp(z + w)),
        sp.exp(z * w * 2),
        sp.exp(z**2 * w**2),
        sp.tan(z + w),
        sp.cos(z * w),
        sp.exp(sp.I * (z + w)),
    ],
)
def test_what_is_singular_or_grows_too_fast_has_no_grid(body):
    with precision(112), pytest.raises(UnknownError):
        grid_mean(body, {z: arb(1), w: arb(1)}, frame())


BOUNDED = [
    sp.erf(z + w / 2),
    sp.erfc(z - w),
    sp.tanh(z / 2 + w / 3),
    sp.sech(z / 2 + w / 3) ** 2,
    1 / (1 + sp.exp(-z / 2 - w / 3)),
    1 / (2 + 3 * sp.exp(z / 4) + sp.exp(w / 4)) ** 2,
    sp.cosh(z / 3 + w / 3) ** -3,
    sp.log(sp.cosh(z / 2 + w / 3)),
    sp.cos(2 * z - w),
    z * w**2 * sp.sin(z),
    sp.exp(z * w / 3 - z**2 / 4),
    sp.sinh(z) * sp.exp(-(w**2)),
    (1 + z + w) ** 3,
]


@pytest.mark.parametrize("body", BOUNDED, ids=str)
def test_bounds_in_strips_are_not_exceeded_at_random_points(body):
    rng = random.Random(1)
    for widths in ((0.0, 0.0), (1.1, 0.0), (0.0, 1.3), (0.7, 0.9)):
        strips = Strips(widths={z: arb(widths[0]), w: arb(widths[1])}, frame=frame())
        found = strips.bound(body)
        for _ in range(60):
            at = {
                name: acb(rng.uniform(-6, 6), rng.choice([-1, 1]) * half * rng.choice([1, rng.random()]))
                for name, half in zip((z, w), widths, strict=True)
            }
            inside = frame().along(z, at[z]).along(w, at[w])
            limit = arb(1)
            for name, bound in found.items():
                x = abs(at[name].real)
                limit *= bound.scale * (1 + x) ** bound.power * (bound.rate * x + bound.curvature * x * x).exp()
            assert not abs(ball(body, inside)) > limit


def test_a_singularity_in_the_strip_is_seen():
    for body in (sp.tanh(z), sp.sech(z), 1 / (1 + sp.exp(z)), sp.log(sp.cosh(z)), 1 / sp.cosh(z)):
        with pytest.raises(UnknownError):
            Strips(widths={z: arb(2), w: arb(0)}, frame=frame()).bound(body)


def test_the_error_bound_is_honest_where_few_digits_are_asked_for():
    """At 30 bits the grid is coarse: its ball must still contain the value."""
    exact = ball(KNOWN["arcsine kernel"][1], frame())
    before = ctx.prec
    try:
        ctx.prec = 30
        found = grid_mean(KNOWN["arcsine kernel"][0], {z: arb(1), w: arb(1)}, frame())
    finally:
        ctx.prec = before
    assert (found - exact).contains(acb(0))
    assert abs(found - exact) > 0 or (found - exact).rad() > 0


CLAIMS = {
    "arcsine kernel": (mean(sp.erf(z) * sp.erf(r * z + sp.sqrt(1 - r**2) * w)), 2 / sp.pi * sp.asin(2 * r / 3)),
    "mean of an error function": (GaussianMean(sp.erf(a + b * w), w, 1), sp.erf(a / sp.sqrt(1 + 2 * b**2))),
    "mean of its complement": (GaussianMean(sp.erfc(a - b * w), w, 3), sp.erfc(a / sp.sqrt(1 + 6 * b**2))),
}
DOMAIN = Domain({r: (-1, 1), a: (-2, 2), b: (-2, 2)})


@pytest.fixture
def patience(monkeypatch):
    """With time enough for a busy machine."""
    monkeypatch.setattr("derivations.engine.routes.exact.SECONDS", 30.0)
    monkeypatch.setattr("derivations.engine.routes.certificates.parameters.SECONDS", 30.0)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("name", CLAIMS)
def test_means_of_error_functions_are_proved_and_their_slips_refuted(name):
    left, right = CLAIMS[name]
    domain = Domain({s: DOMAIN.sets[s] for s in left.free_symbols})
    found = examined(Identity(left, right, domain), time.perf_counter() + 120, 0)
    assert Verdict(evidence=found).status == "proved"
    for wrong in (
        -right,
        2 * right,
        right.xreplace({sp.Integer(2): sp.Integer(3)}).subs(6, 5),
        right.subs(a, 2 * a).subs(r, r**2),
    ):
        if wrong != right:
            assert verify(Identity(left, wrong, domain)).status == "refuted"
