"""Expansions at infinity, in roots and logarithms, in several variables: right ones accepted, wrong ones refuted."""

import time

import pytest
import sympy as sp

from derivations.engine.examine import examined
from derivations.engine.verdict import Verdict
from derivations.engine.verify import verify
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.printing import statement_text
from theory.statements import Expansion

x, y, z = sp.symbols("x y z", real=True)
s, a = sp.symbols("s a", positive=True)
f = sp.Function("f")
R = sp.Rational
SETS = {x: (-1, 1), y: (-1, 1), s: (0, sp.oo), a: (0, sp.oo)}
STIRLING = (s - R(1, 2)) * sp.log(s) - s + sp.log(2 * sp.pi) / 2
ROOTED = sp.Integral(sp.log(sp.cosh(sp.sqrt(s) * z)) * sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi), (z, -sp.oo, sp.oo))


def expansion(left, right, variable, order, about=0):
    left, right = sp.sympify(left), sp.sympify(right)
    names = left.free_symbols | right.free_symbols | set(variable if isinstance(variable, tuple) else (variable,))
    domain = Domain({name: SETS[name] for name in names})
    return Expansion(left, right, domain, variable=variable, order=order, about=about)


# left, right, variable, order, about, wrong pairs of right side and order
EXPANSIONS = {
    "geometric at infinity": (
        1 / (1 + 1 / s), 1 - 1 / s, s, 2, sp.oo, [(1 + 1 / s, 2), (1 - 1 / s, 3), (1 - 2 / s, 2)],
    ),
    "root at infinity": (
        sp.sqrt(s**2 + a * s), s + a / 2 - a**2 / (8 * s), s, 2, sp.oo,
        [(s + a / 2, 2), (s + a / 2 + a**2 / (8 * s), 2), (s - a / 2 - a**2 / (8 * s), 2)],
    ),
    "Stirling": (
        sp.loggamma(s), STIRLING + 1 / (12 * s), s, 3, sp.oo,
        [(STIRLING - 1 / (12 * s), 3), (STIRLING + 1 / (12 * s), 4), (STIRLING + sp.log(s), 1)],
    ),
    "cold spin": (sp.tanh(s), 1 - 2 * sp.exp(-2 * s), s, 3, sp.oo, [(1 - 1 / s, 3), (1 + 1 / s**2, 3)]),
    "half powers": (
        sp.sqrt(s) * sp.exp(sp.sqrt(s)), sp.sqrt(s) + s, s, R(3, 2), 0,
        [(sp.sqrt(s) + s, 2), (sp.sqrt(s) - s, R(3, 2)), (sp.sqrt(s) + 2 * s, R(3, 2))],
    ),
    "logarithms": (
        s**s, 1 + s * sp.log(s), s, R(3, 2), 0, [(1 - s * sp.log(s), R(3, 2)), (1 + s * sp.log(s), 2), (1, 1)],
    ),
    "removable": (sp.sin(s) / s, 1 - s**2 / 6, s, 4, 0, [(1 + s**2 / 6, 4), (1 - s**2 / 6, 5), (1, 3)]),
    "flat": (sp.exp(-1 / s**2), 0, s, 9, 0, [(s**8, 9), (s, 2)]),
    "odd modulus": (x * sp.Abs(x) ** 3, x**4 * sp.sign(x), x, 5, 0, [(x**4, 5), (-(x**4), 5), (0, 5)]),
    "half a parabola": (sp.Max(x, 0) ** 2, 0, x, 2, 0, [(x**2, 3), (0, 3), (x**2 / 2, 3)]),
    "two variables": (
        sp.exp(x) * sp.cos(y), 1 + x + x**2 / 2 - y**2 / 2, (x, y), 3, 0,
        [(1 + x + x**2 / 2 + y**2 / 2, 3), (1 + x + x**2 / 2 - y**2 / 2, 4), (1 + x + x**2 / 2 - y**2 / 2 + x * y, 3)],
    ),
    "two variables about another point": (
        sp.log(x + y), x - 1 + y, (x, y), 2, (1, 0), [(x + y, 2), (x - 1 - y, 2), (x - 1 + y, 3)],
    ),
    "under the mean": (
        GaussianMean(sp.log(sp.cosh(z)), z, s), s / 2 - s**2 / 4, s, 3, 0,
        [(s / 2 + s**2 / 4, 3), (s / 2 - s**2 / 4, 4), (s / 2 - s**2 / 2, 3)],
    ),
    "undetermined function": (
        f(x + a), f(a) + x * f(a).diff(a), x, 2, 0, [(f(a) - x * f(a).diff(a), 2), (f(a) + x * f(a).diff(a), 3)],
    ),
}  # fmt: skip
RIGHT = {name: expansion(*parts[:5]) for name, parts in EXPANSIONS.items()}
WRONG = {
    f"{name} {place}": expansion(left, right, variable, order, about)
    for name, (left, _, variable, _, about, wrong) in EXPANSIONS.items()
    for place, (right, order) in enumerate(wrong)
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_expansion_is_proved(name):
    verdict = verify(RIGHT[name])
    assert verdict.status == "proved", str(verdict)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_expansion_is_refuted_by_a_coefficient(name):
    verdict = Verdict(evidence=examined(WRONG[name], time.perf_counter() + 30, 0))
    assert verdict.holds is False, str(verdict)
    assert verdict.counterexample is not None
    assert verdict.counterexample.note


@pytest.mark.slow
def test_a_root_under_an_integral_is_expanded_in_the_root():
    assert verify(expansion(ROOTED, s / 2 - s**2 / 4, s, 3)).status == "proved"
    assert verify(expansion(ROOTED, s / 2 + s**2 / 4, s, 3)).status == "refuted"


NOT_SMOOTH = {
    "cone": (sp.sqrt(x**2 + y**2), 0, (x, y), 1),
    "quotient": (x**3 / (x**2 + y**2), 0, (x, y), 1),
    "modulus of a product": (sp.Abs(x * y), 0, (x, y), 2),
    "oscillation": (s * sp.sin(1 / s), 0, s, 2),
    "complex root": (sp.sqrt(-s), 0, s, 1),
}


@pytest.mark.parametrize("name", NOT_SMOOTH)
def test_no_expansion_is_accepted_where_derivatives_are_missing(name):
    assert verify(expansion(*NOT_SMOOTH[name])).holds is not True


def test_the_remainder_is_printed_as_it_is_meant():
    assert statement_text(RIGHT["Stirling"]).endswith("O(s^(-3))")
    assert statement_text(RIGHT["half powers"]).endswith("O(s^(3/2))")
    assert statement_text(RIGHT["two variables"]).endswith("O(|(x, y)|^3)")


@pytest.mark.parametrize("order", [0, -1, R(-1, 2), True, 0.5])
def test_an_order_that_is_no_positive_rational_is_refused(order):
    with pytest.raises(ValueError, match="order"):
        expansion(sp.exp(x), 1, x, order)


def test_several_variables_tend_to_as_many_finite_values():
    with pytest.raises(ValueError, match="2 variables"):
        expansion(x * y, 0, (x, y), 1, (0, 0, 0))
    with pytest.raises(ValueError, match="infinity"):
        expansion(x * y, 0, (x, y), 1, (0, sp.oo))


@pytest.mark.parametrize(("low", "high", "right", "status"), [
    (0, 1, x, "proved"), (-1, 0, -x, "proved"), (-1, 1, x, "refuted"), (-1, 1, -x, "refuted"), (0, 1, -x, "refuted"),
])  # fmt: skip
def test_an_expansion_holds_on_every_side_that_its_domain_has(low, high, right, status):
    claim = Expansion(sp.Abs(x), right, Domain({x: (low, high)}), variable=x, order=2)
    assert verify(claim).status == status


def test_a_counterexample_from_below_says_so():
    claim = Expansion(sp.Abs(x), x, Domain({x: (-1, 1)}), variable=x, order=2)
    assert "from below: x stands for -x" in str(verify(claim).counterexample)


def slope_at_zero(order):
    u = sp.Symbol("u", real=True)
    return sp.Subs(sp.Derivative(f(u), (u, order)), u, 0)


TAYLOR = f(0) + x * slope_at_zero(1) + x**2 * slope_at_zero(2) / 2


@pytest.mark.parametrize(("left", "right", "order"), [
    (f(x), f(0) + x * slope_at_zero(1), 2), (f(x), TAYLOR, 3), (y * f(x), y * (f(0) + x * slope_at_zero(1)), 2),
    (sp.Derivative(f(x), x), slope_at_zero(1) + x * slope_at_zero(2), 2),
    (f(x) * sp.cos(x), TAYLOR - x**2 * f(0) / 2, 3),
])  # fmt: skip
def test_taylor_series_of_any_function_are_proved(left, right, order):
    assert verify(expansion(left, right, x, order)).status == "proved"


@pytest.mark.parametrize(("left", "right", "order"), [
    (f(x), f(0) + x * slope_at_zero(2), 2), (f(x), f(0) + x * slope_at_zero(2) + x**2 * slope_at_zero(3) / 2, 3),
    (f(x), TAYLOR + x**2 * slope_at_zero(2) / 2, 3), (f(x), TAYLOR, 4),
    (sp.Derivative(f(x), x), slope_at_zero(2) + x * slope_at_zero(3), 2),
])  # fmt: skip
def test_taylor_series_with_other_derivatives_are_refuted(left, right, order):
    assert verify(expansion(left, right, x, order)).status == "refuted"
