"""Series about removable singularities: their coefficients, their remainders, and where they are left alone."""

from __future__ import annotations

import math
import time
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from flint import arb

from derivations.engine.examine import examined
from derivations.engine.verdict import Verdict
from numerics.lowering import lower
from numerics.lowering.accuracy import ulp_error
from numerics.lowering.reference import reference_value
from numerics.lowering.rewrites import stable
from numerics.lowering.rewrites.divided import divided_difference
from numerics.lowering.rewrites.economized import economized
from numerics.lowering.rewrites.germs import Disc, NoSeriesError, TooWideError
from numerics.lowering.rewrites.removable import Expansion as Series
from numerics.lowering.rewrites.removable import cure
from numerics.lowering.rewrites.rules import by_rules
from theory import Domain, Expansion

u = sp.Symbol("u", real=True)
arc_cosine = (sp.sqrt(1 - u**2) + u * (sp.pi - sp.acos(u))) / sp.pi
HALF_PLACE = 2.0**-54
"""Half a unit in the last place of 1."""
# A formula and the point at which it is 0/0, or cancels.
CASES: dict[str, tuple[Any, int]] = {
    "sinc": (sp.sin(u) / u, 0),
    "x - sin x": (u - sp.sin(u), 0),
    "Langevin": (sp.coth(u) - 1 / u, 0),
    "Langevin's slope": (1 / u**2 - 1 / sp.sinh(u) ** 2, 0),
    "tanh x - x": (sp.tanh(u) - u, 0),
    "exp(x) - 1 - x": (sp.exp(u) - 1 - u, 0),
    "log(1 + x) - x": (sp.log(1 + u) - u, 0),
    "log(x)/(x - 1)": (sp.log(u) / (u - 1), 1),
    "x - 1 - log(x)": (u - 1 - sp.log(u), 1),
    "error function": (sp.erf(u) / u, 0),
    "log of sinhc": (sp.log(sp.sinh(u) / u), 0),
    "arc-cosine kernel": (arc_cosine, -1),
}


def series_of(name: str) -> Series:
    formula, center = CASES[name]
    found = cure(formula, by_rules(formula), u)
    assert found.is_whole
    return next(e for e in found.expansions if e.center == center)


def exact_form(series: Series) -> Any:
    """With the rationals that the first coefficients were rounded from."""
    kept = tuple(Fraction(c).limit_denominator(10**6) for c in series.coefficients[:3])
    variable = series.sign * (u - series.center)
    step = sp.Rational(1, series.power)
    terms = (sp.Rational(c) * variable ** ((series.valuation + k * series.stride) * step) for k, c in enumerate(kept))
    return sp.Add(*terms)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("fraction", [1.0, 0.97, 0.5, 1e-3, -0.5, -0.97])
def test_the_truncated_series_is_the_formula_to_half_a_place(name: str, fraction: float) -> None:
    series = series_of(name)
    if fraction < 0 and series.power == 2:
        return  # the formula has no real value on that side
    at = mpmath.mpf(int(series.center)) + mpmath.mpf(fraction * series.radius)
    with mpmath.workdps(60):
        exact = sp.lambdify(u, CASES[name][0], "mpmath")(at)
        found = sp.lambdify(u, series.form(u), "mpmath")(at)
        # The coefficients are doubles: each is off by half a unit in its own last place, which they share out.
        rounding = sum(
            abs(mpmath.mpf(c)) * abs(fraction * series.radius) ** (mpmath.mpf(k * series.stride) / series.power)
            for k, c in enumerate(series.coefficients)
        ) / abs(mpmath.mpf(series.coefficients[0]))
        assert abs(found / exact - 1) < HALF_PLACE * (2 + 2 * rounding)


@pytest.mark.parametrize("name", [n for n in CASES if n not in ("error function", "arc-cosine kernel")])
def test_the_engine_proves_the_leading_terms(name: str) -> None:
    formula, center = CASES[name]
    series = series_of(name)
    terms = min(3, len(series.coefficients))
    order = series.valuation + series.stride * terms
    domain = Domain(
        {u: sp.Interval.open(center - sp.Rational(1, 9), center + sp.Rational(1, 9)) - sp.FiniteSet(center)}
    )
    for factor, holds in ((1, True), (1 + sp.Rational(1, 10**6), False)):
        claim = Expansion(formula, factor * exact_form(series), domain, variable=u, order=order, about=center)
        verdict = Verdict(evidence=examined(claim, time.perf_counter() + 30, 0))
        assert verdict.holds is holds


@pytest.mark.parametrize("name", CASES)
def test_values_about_the_point_are_those_of_fifty_digits(name: str, backend: str) -> None:
    formula, center = CASES[name]
    series = series_of(name)
    steps = [*(10.0**-k for k in range(1, 17)), *(series.radius * f for f in (0.3, 0.999, 1.001, 1.5))]
    points = [center + side * step for step in steps for side in (1, -1)]
    function = lower(formula, [u], backend=backend, accuracy="strict")
    slope = sp.diff(formula, u)
    with np.errstate(all="ignore"):
        values = function(np.array(points))
    for x, value in zip(points, values, strict=True):
        at = {u: sp.Rational(x)}
        exact, steepness = reference_value(formula, at), reference_value(slope, at)
        if exact is not None and steepness is not None and not exact.contains(0):
            condition = float(abs(steepness * x / exact).mid())
            assert ulp_error(float(value), exact) <= 4 * max(1.0, condition), x


@pytest.mark.parametrize(
    ("formula", "center", "limit"),
    [
        (sp.sin(u) / u, 0, 1.0),
        ((1 - sp.cos(u)) / u**2, 0, 0.5),
        (u / (sp.exp(u) - 1), 0, 1.0),
        (sp.log(u) / (u - 1), 1, 1.0),
        (sp.coth(u) - 1 / u, 0, 0.0),
        (1 / u**2 - 1 / sp.sinh(u) ** 2, 0, 1 / 3),
        ((u - sp.tanh(u)) / u**3, 0, 1 / 3),
        (sp.sin(sp.pi * u) / (u - 1), 1, -np.pi),
        ((u**3 - 1) / (u - 1), 1, 3.0),
    ],
    ids=str,
)
def test_the_value_at_the_point_is_the_limit(formula: Any, center: int, limit: float, backend: str) -> None:
    assert lower(formula, [u], backend=backend)(float(center)) == pytest.approx(limit, rel=2e-16, abs=0)


p = sp.Symbol("p", positive=True)


@pytest.mark.parametrize(
    "formula",
    [
        sp.exp(2 * u**2) * sp.erfc(u) ** 2,  # in the square root of -u, which is no series of positive u
        (sp.sqrt(u**4 + u**2) - u) / u**3,
        sp.log(1 + u) / u - 1,  # a part of it has a series, too
        sp.log(1 + u) / u - 1 + u / 2,
        sp.sin(sp.sqrt(p)) / sp.sqrt(p) - 1,
        sp.log(1 + sp.sqrt(p)) - sp.sqrt(p) + p / 2,
        sp.acosh(1 + p) - sp.sqrt(2 * p),
    ],
    ids=str,
)
def test_neither_side_of_a_point_loses_digits(formula: Any, backend: str) -> None:
    (symbol,) = formula.free_symbols
    assert lower(formula, [symbol], backend=backend, accuracy="strict").max_ulp_per_condition <= 4


v = sp.Symbol("v", real=True)
q = sp.Symbol("q", positive=True)
DIVIDED: dict[Any, Any] = {
    (sp.erf(u) - sp.erf(v)) / (u - v): sp.diff(sp.erf(u), u),
    (sp.sinh(u) - sp.sinh(v)) / (u - v): sp.cosh(u),
    (sp.atan(u) - sp.atan(v)) / (u - v): 1 / (1 + u**2),
    p * (u * sp.tanh(u) - v * sp.tanh(v)) / (v - u) + v: v - p * sp.diff(u * sp.tanh(u), u),
    (p * sp.exp(-q) - q * sp.exp(-p)) / (p - q): (1 + p) * sp.exp(-p),
    (u**2 - v**2) / (u - v): 2 * u,
    (1 / p - 1 / q) / (p - q): -1 / p**2,
    (p - q) / (sp.log(p) - sp.log(q)): p,
    (p - q) / (sp.atan(p) - sp.atan(q)): 1 + p**2,
    sp.diff((sp.erf(u) - sp.erf(v)) / (u - v), u): sp.diff(sp.erf(u), u, 2) / 2,
    sp.diff((sp.exp(u) - sp.exp(v)) / (u - v), v): sp.exp(u) / 2,
    sp.diff((sp.tanh(u) - sp.tanh(v)) / (u - v), u, 2): sp.diff(sp.tanh(u), u, 3) / 3,
}


@pytest.mark.parametrize("formula", DIVIDED, ids=str)
def test_divided_differences_have_their_limit_where_both_arguments_are_equal(formula: Any, backend: str) -> None:
    function = lower(formula, sorted(formula.free_symbols, key=str), backend=backend)
    for value in (0.75, 2.0):
        at = dict.fromkeys(formula.free_symbols, sp.Rational(value))
        assert function(*[value] * len(at)) == pytest.approx(float(DIVIDED[formula].xreplace(at)), rel=4e-15, abs=0)
    apart = {s: sp.Rational(k + 1, 2) for k, s in enumerate(sorted(formula.free_symbols, key=str))}
    assert function(*map(float, apart.values())) == pytest.approx(float(formula.xreplace(apart)), rel=2e-13, abs=0)


def test_the_series_of_a_divided_difference_has_its_derivatives() -> None:
    found = divided_difference((u**5 - v**5) / (u - v))
    assert found is not None
    exact = sp.cancel(found.terms)
    for orders in ((u,), (v,), (u, u), (u, v), (v, v)):
        assert sp.expand((sp.diff(found.limit, *orders) - sp.diff(exact, *orders)).subs(v, u)) == 0


def test_a_quotient_without_a_limit_is_left_alone() -> None:
    for formula in ((sp.erf(u) + sp.erf(v)) / (u - v), (sp.erf(u) - sp.erf(v)) / (u - v) ** 2, (u**2 + v) / (u - v)):
        assert divided_difference(formula) is None


def test_large_powers_beside_a_divided_difference_are_not_expanded() -> None:
    large = sp.Add(*sp.symbols("a:f", real=True)) ** 60
    assert divided_difference((large + u) / (u - v)) is None
    assert stable(large * (u**2 - v**2) / (u - v)) == large * (u + v)


@pytest.mark.parametrize("exponent", [sp.Rational(1, 2), sp.Rational(-1, 2), sp.Rational(3, 2)])
def test_a_root_of_the_distance_itself_has_a_series(exponent: Any) -> None:
    germ = Disc(center=sp.S.Zero, radius=0.5, length=8, power=2).germ(p**exponent, p)
    assert germ.valuation == 2 * exponent
    assert [float(germ.series[k]) for k in range(3)] == [1.0, 0.0, 0.0]


def test_formulas_without_need_are_left_alone() -> None:
    for formula in (sp.exp(u) + 1, sp.tanh(u), sp.log(2 * sp.cosh(u)), 1 / u, sp.coth(u), sp.exp(-(u**2)), sp.acos(u)):
        assert not stable(formula).has(sp.Piecewise)


def test_one_quantity_is_found_inside_several_symbols() -> None:
    a, b, c = sp.symbols("a b c", positive=True)
    for formula in (
        sp.tanh(a * b) / (a * b),
        b * sp.tanh(a * b) / a,
        a * sp.coth(a * b) - 1 / b,
        c**2 + c * sp.sin(a - b) / (a - b),
        sp.tanh(a * (b - c)) / (b - c),
    ):
        assert stable(formula).has(sp.Piecewise)
    assert not stable(sp.sin(a) / b).has(sp.Piecewise)


def germ(formula: Any, radius: float, center: int = 0, **options: Any) -> Any:
    return Disc(center=sp.Integer(center), radius=radius, length=12, **options).germ(formula, u)


@pytest.mark.parametrize(
    ("formula", "inside", "beyond"),
    [
        (sp.tanh(u) / u, 1.4, 1.7),
        (u / (sp.exp(u) - 1), 5.5, 6.5),
        (sp.log(1 + u), 0.9, 1.1),
        (sp.sqrt(2 + u), 1.9, 2.1),
        (sp.atan(u), 0.9, 1.1),
        (1 / (1 - u), 0.9, 1.1),
    ],
    ids=str,
)
def test_a_disc_with_a_singularity_is_refused(formula: Any, inside: float, beyond: float) -> None:
    germ(formula, inside)
    with pytest.raises(TooWideError):
        germ(formula, beyond)


@pytest.mark.parametrize(
    "formula", [sp.sqrt(u**2 + u**3), sp.log(u) * u, sp.Abs(u), sp.gamma(u), sp.exp(1 / u)], ids=str
)
def test_what_has_no_power_series_has_none_here(formula: Any) -> None:
    with pytest.raises(NoSeriesError):
        germ(formula, 0.25)


def test_coefficients_of_germs_are_those_of_fifty_digit_differentiation() -> None:
    for name in ("x - sin x", "exp(x) - 1 - x", "log(1 + x) - x", "tanh x - x", "x - 1 - log(x)"):
        formula, center = CASES[name]
        found = germ(formula, 0.25, center)
        with mpmath.workdps(50):
            expected = mpmath.taylor(sp.lambdify(u, formula, "mpmath"), center, found.valuation + 6)
        for k, coefficient in enumerate(expected):
            own = float(found.series[k - found.valuation].mid()) if k >= found.valuation else 0.0
            assert own == pytest.approx(float(coefficient), rel=1e-15, abs=1e-30)


@pytest.mark.parametrize("low", [-0.25, 0.0])
def test_an_economized_series_is_shorter_and_as_close_as_asked_for(low: float) -> None:
    exact = [arb(1) / math.factorial(k) for k in range(16)]
    allowed = 1e-12
    kept = economized(exact, low, 0.25, allowed)
    tail = next(n for n in range(16) if sum(0.25**k / math.factorial(k) for k in range(n, 16)) < allowed)
    assert len(kept) < tail
    assert kept[0] == 1
    grid = np.linspace(low, 0.25, 101)
    gaps = [abs(sum(float(c.mid()) * t**k for k, c in enumerate(kept)) - math.exp(t)) for t in grid]
    assert max(gaps) < allowed
    shorter = [*kept[:-1]]
    assert max(abs(sum(float(c.mid()) * t**k for k, c in enumerate(shorter)) - math.exp(t)) for t in grid) > allowed


def test_a_series_about_a_branch_point_shares_the_square_root_of_its_formula() -> None:
    source = lower((sp.sqrt(1 - u**2) + u * (sp.pi - sp.acos(u))) / (2 * sp.pi), [u]).source
    assert source.count("np.sqrt(") == 1
