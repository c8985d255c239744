"""All extrema of the two-fraction model, against a dense scan of its slope as printed, and at degenerate points."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from scipy.optimize import brentq

from numerics import two_fraction_extrema
from numerics.learning.simplest_fraction import simplest_fraction


def slope_sign(fraction: float, beta: float, x: np.ndarray | float) -> np.ndarray:
    """log v - 3 log(1 + beta v) less the same of u: the sign of the slope of (9.3), u = e^x, v = e^(x g / (g - 1))."""
    other = x * fraction / (fraction - 1)
    cold = np.log(beta)
    return other - 3 * np.logaddexp(0, cold + other) - x + 3 * np.logaddexp(0, cold + x)


def scanned(fraction: float, beta: float, reach: float) -> list[tuple[float, str]]:
    """Changes of sign of the slope on a dense grid that avoids 0, each refined by bisection, and what happens at 0."""
    found, step = [], 1e-3
    for grid in (np.arange(-reach, -step / 3, step) + step / 7, np.arange(step / 7, reach, step)):
        values = slope_sign(fraction, beta, grid)
        for k in np.flatnonzero(np.sign(values[1:]) != np.sign(values[:-1])):
            place = brentq(lambda x: float(slope_sign(fraction, beta, x)), grid[k], grid[k + 1], xtol=1e-14)
            found.append((place, "minimum" if values[k] < 0 else "maximum"))
    left, right = slope_sign(fraction, beta, -1e-5), slope_sign(fraction, beta, 1e-5)
    found.append((0.0, "inflection" if left * right > 0 else "minimum" if left < 0 else "maximum"))
    return sorted(found)


RNG = np.random.default_rng(20)
POINTS = [
    (float(g), float(b)) for g, b in zip(RNG.uniform(0.01, 0.99, 60), np.exp(RNG.uniform(-3, 2, 60)), strict=True)
]
POINTS += [(float(g), float(b)) for g, b in zip(RNG.uniform(0.33, 0.67, 60), RNG.uniform(0.3, 1.05, 60), strict=True)]


@pytest.mark.parametrize(("fraction", "beta"), POINTS)
def test_a_dense_scan_finds_the_same_extrema(fraction: float, beta: float) -> None:
    found = two_fraction_extrema(fraction, beta)
    reach = 60.0
    near = [e for e in found if abs(e.log_eigenvalue) < reach]
    expected = scanned(fraction, beta, reach)
    assert [e.kind for e in near] == [kind for _, kind in expected]
    # The scan loses digits of a place where the slope is flat; these points stay away from it.
    np.testing.assert_allclose(
        [e.log_eigenvalue for e in near], [place for place, _ in expected], rtol=1e-9, atol=1e-10
    )
    assert len(found) <= 3


@pytest.mark.parametrize(("fraction", "beta"), POINTS[::4])
def test_the_slope_vanishes_to_thirty_digits_of_the_place(fraction: float, beta: float) -> None:
    """The exact slope, in 60 digits, changes its sign within three units in the last place."""
    g, b = simplest_fraction(fraction, "fraction"), simplest_fraction(beta, "beta")
    with mpmath.workdps(60):
        share, cold = mpmath.mpf(g.numerator) / g.denominator, mpmath.mpf(b.numerator) / b.denominator

        def slope(x):
            u, v = mpmath.exp(x), mpmath.exp(x * share / (share - 1))
            return v / (1 + cold * v) ** 3 - u / (1 + cold * u) ** 3

        for extremum in two_fraction_extrema(fraction, beta):
            place = mpmath.mpf(extremum.log_eigenvalue)
            width = 3 * np.spacing(abs(extremum.log_eigenvalue)) if place else mpmath.mpf(10) ** -20
            assert (slope(place - width) < 0) == (extremum.kind == "minimum")
            assert (slope(place + width) > 0) == (extremum.kind == "minimum")


@pytest.mark.parametrize("beta", [0.25, 0.3, 0.6, 0.73, 0.999])
def test_a_third_has_its_closed_form_and_not_the_printed_one(beta: float) -> None:
    (other,) = [e.log_eigenvalue for e in two_fraction_extrema(1 / 3, beta) if e.log_eigenvalue]
    assert other == pytest.approx(2 * np.log(1 / beta - 1), rel=1e-13)
    printed = 3 * np.log(-0.5 + np.sqrt(0.25 + 1 / beta))
    assert abs(other - printed) > 0.1
    (few,) = [e.log_eigenvalue for e in two_fraction_extrema(1e-9, beta) if e.log_eigenvalue]
    assert few == pytest.approx(printed, abs=1e-7)


def told(fraction, beta) -> list[tuple[float, str]]:
    return [(round(e.log_eigenvalue, 6), e.kind) for e in two_fraction_extrema(fraction, beta)]


def test_figure_one_of_the_paper() -> None:
    assert told(1 / 3, 0.25) == [(0.0, "maximum"), (2.197225, "minimum")]
    assert told(1 / 3, 0.50) == [(0.0, "inflection")]
    assert told(1 / 3, 0.73) == [(-1.989245, "maximum"), (0.0, "minimum")]
    assert told(1 / 3, 1.00) == [(0.0, "minimum")]


def test_degenerate_points_are_told_by_their_multiplicity() -> None:
    assert told(0.5, 0.5) == [(0.0, "minimum")]
    assert [k for _, k in told(0.5, np.nextafter(0.5, 0))] == ["minimum", "maximum", "minimum"]
    assert [k for _, k in told(0.5, np.nextafter(0.5, 1))] == ["minimum"]
    for fraction in (0.01, 0.2, 1 / 3, 0.7, 0.99):
        assert (0.0, "inflection") in told(fraction, 0.5)
        before, after = (told(fraction, np.nextafter(0.5, end)) for end in (0, 1))
        assert {k for _, k in before} == {k for _, k in after} == {"minimum", "maximum"}
    assert [k for _, k in told(0.45, 0.5)] == ["minimum", "inflection"]
    assert [k for _, k in told(0.55, 0.5)] == ["inflection", "minimum"]


@pytest.mark.parametrize("fraction", [0.4, 0.45, 0.52, 0.6])
def test_two_extrema_are_born_at_the_derived_temperature(fraction: float) -> None:
    """Three extrema below p^p (1 - p)^(1 - p) and one above it, also in the scan."""
    p = 3 * simplest_fraction(fraction, "fraction") - 1
    with mpmath.workdps(40):
        q = mpmath.mpf(p.numerator) / p.denominator
        born = float(q**q * (1 - q) ** (1 - q))
    assert len(two_fraction_extrema(fraction, born * (1 - 1e-12))) == 3
    assert len(two_fraction_extrema(fraction, born * (1 + 1e-12))) == 1
    assert len(scanned(fraction, born * (1 - 1e-5), 10)) == 3
    assert len(scanned(fraction, born * (1 + 1e-5), 10)) == 1


@pytest.mark.parametrize(("fraction", "beta"), [(0.2, 0.3), (0.4, 0.51), (0.45, 0.5), (0.25, 3.0)])
def test_exchanging_the_groups_mirrors_the_extrema(fraction: float, beta: float) -> None:
    exact = simplest_fraction(fraction, "fraction")
    here, there = two_fraction_extrema(exact, beta), two_fraction_extrema(1 - exact, beta)
    ratio = float(exact / (exact - 1))
    mirrored = sorted((ratio * e.log_eigenvalue + 0.0, e.kind) for e in here)
    assert [k for _, k in mirrored] == [e.kind for e in there]
    np.testing.assert_allclose([p for p, _ in mirrored], [e.log_eigenvalue for e in there], rtol=1e-14)


def test_exact_numbers_are_taken_as_they_are() -> None:
    assert told(Fraction(1, 3), Fraction(1, 4)) == told(1 / 3, 0.25)
    beyond = two_fraction_extrema(Fraction(1, 3) + Fraction(1, 10**15), 0.9)
    assert [e.kind for e in beyond] == ["minimum", "maximum", "minimum"]
    assert beyond[0].log_eigenvalue < -1e13


@pytest.mark.parametrize(
    ("fraction", "beta", "error"),
    [
        (0.0, 1.0, ValueError), (1.0, 1.0, ValueError), (0, 1, ValueError), (1, 1, ValueError), (-0.1, 1.0, ValueError),
        (1.5, 1.0, ValueError), (np.nan, 1.0, ValueError), (0.3, 0.0, ValueError), (0.3, -1.0, ValueError),
        (0.3, np.inf, ValueError), (0.3, np.nan, ValueError), ("half", 1.0, TypeError), (True, 1.0, TypeError),
        (0.3, None, TypeError), (0.3 + 0j, 1.0, TypeError),
    ],
)  # fmt: skip
def test_what_is_no_fraction_or_temperature_is_refused(fraction, beta, error) -> None:
    with pytest.raises(error, match="expected"):
        two_fraction_extrema(fraction, beta)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1 / 3, Fraction(1, 3)),
        (0.1, Fraction(1, 10)),
        (np.float32(1 / 3), Fraction(1, 3)),
        (7, Fraction(7)),
        (-0.5, Fraction(-1, 2)),
    ],
)
def test_a_double_stands_for_the_simplest_fraction_that_rounds_to_it(value, expected) -> None:
    assert simplest_fraction(value, "number") == expected


@pytest.mark.parametrize("value", [np.pi, 1e-300, 5e-324, 1.7976931348623157e308, 0.30000000000000004, 1 - 2**-53])
def test_the_simplest_fraction_rounds_back(value: float) -> None:
    found = simplest_fraction(value, "number")
    assert float(found) == value
    assert found.denominator <= Fraction(value).denominator
