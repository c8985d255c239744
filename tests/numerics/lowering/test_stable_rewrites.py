"""Every rewrite keeps the value: proved by the engine, and compared in 30 digits; a wrong one is refuted."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from derivations.engine.examine import examined
from derivations.engine.verdict import Verdict
from numerics.lowering import lower, nodes, special_nodes
from numerics.lowering.accuracy import measured
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.expressions import formula
from numerics.lowering.nodes import RealFunction, spelled_out
from numerics.lowering.rewrites import COMPLEMENTS, RULES, stable
from numerics.lowering.rewrites.rules import OUTERMOST, rewritten
from theory import Domain, Identity

x, y = sp.symbols("x y", real=True)
p, q = sp.symbols("p q", positive=True)
SECONDS = 30.0
"""Enough for a proof on a busy machine; most take a few hundredths."""

NODES = [node for node in RealFunction.__subclasses__() if node.__module__ == nodes.__name__]
# Where a rule may fire on less than the reals that the symbols stand for, the set is written beside the example.
EXAMPLES: dict[str, tuple[Any, ...]] = {
    "own_erfc": (sp.erfc(x),),
    "inverse_at_branch_point": ((sp.acos(1 - p), {p: (0, 2)}), (sp.acos(p - 1), {p: (0, 2)}), sp.acosh(1 + p)),
    "inverse_of_function": (sp.atanh(sp.tanh(x)), sp.asinh(sp.sinh(x))),
    "angle_of_product": (sp.atanh(sp.tanh(x) * sp.tanh(y)), -p * sp.atanh(sp.tanh(x) * sp.tanh(x + y))),
    "root_of_squares": (
        (sp.sqrt(4 - 9 * x**2), {x: (-sp.Rational(2, 3), sp.Rational(2, 3))}), sp.sqrt(p**2 - q**2)),
    "hypotenuse": (sp.sqrt(x**2 + y**2), 1 / sp.sqrt(2 + x**2 + y**4), (p**2 + 4 * q) ** sp.Rational(3, 2)),
    "square_over_factor": ((sp.sqrt(x**2 * y**2 + 1) - 1) / x**2,),
    "reciprocal_cosh": (y / sp.cosh(x) ** 3,),
    "reciprocal_logistic": ((1 + sp.exp(2 * x)) ** -2,),
    "exponential_products": (
        sp.exp(x**2 + y) * sp.erfc(x), sp.exp(-(x**2)) / sp.erfc(x), sp.exp(x) / (sp.exp(x) - 1),
        sp.exp(x - y) / ((1 + sp.exp(-y)) * (1 + sp.exp(x))),
        (sp.exp(x) - 1) / (1 + sp.exp(x)), sp.exp(x + y) * sp.log(1 + sp.exp(-x)), sp.exp(p) * sp.log(1 + sp.exp(-p)),
        sp.sinh(x) / sp.cosh(x), sp.exp(x) / (1 + sp.exp(x)) ** 2),
    "exponential_over_sum": (
        sp.exp(x) / (sp.exp(x) + 3 * sp.exp(y)), sp.exp(x) / (sp.exp(2 * x) + sp.exp(y) + 1) ** 2),
    "overflowing_product": (
        sp.exp(-y) * sp.cosh(x), sp.sinh(x) / sp.cosh(y), sp.erfc(p) / sp.erfc(q), sp.exp(-y) * (sp.exp(x) - 1)),
    "overflowing_power": ((2 * sp.cosh(x)) ** y, (sp.cosh(x) / sp.cosh(y)) ** p),
    "hyperbolic_pairs": (y * sp.exp(x) + y * sp.exp(-x) + 1, y * sp.exp(x) - y * sp.exp(-x)),
    "complements": (y**2 * sp.tanh(x) ** 2 - y**2 + sp.sin(y), sp.exp(x + y) - 1),
    "mirrored_tail": (2 * y - y * sp.erfc(x),),
    "power_minus_one": ((p**y - 1) / y, y * (1 + p) ** sp.Rational(1, 3) - y),
    "power_difference": (
        (p + q) ** y - p**y, (1 + p) ** y - p**y, y * p ** sp.Rational(1, 3) - y * (p + q) ** sp.Rational(1, 3)),
    "power_of_one_plus": ((1 + p) ** y, ((1 - x) ** p, {x: (-sp.Rational(1, 3), sp.Rational(1, 3))})),
    "power_near_one": (sp.tanh(1 + p) ** y, sp.erf(1 + p) ** y, (1 - sp.exp(-p - 1)) ** q),
    "complements_of_powers": (
        y * sp.tanh(x) ** 3 - y * sp.tanh(x), 1 / sp.tanh(p) - sp.tanh(p), sp.erf(x) ** 3 + sp.erf(x) ** 2),
    "inverse_of_tail": ((sp.atanh(sp.erf(x)), {x: (-2, 2)}),),
    "complementary_angle": (
        y * sp.pi / 2 - y * sp.atan(x), (sp.pi - sp.acos(x), {x: (-1, 1)}), (sp.pi / 2 - sp.acos(x), {x: (-1, 1)}),
        (sp.pi / 2 - sp.asin(x), {x: (-1, 1)})),
    "differences": (
        sp.exp(x + y) - sp.exp(x), sp.exp(x + 1) - sp.exp(x), sp.log(p + q) - sp.log(p), sp.log(p) - sp.log(p + q),
        sp.log(1 + p + q) - sp.log(1 + p), sp.tanh(x) - sp.tanh(y), sp.tanh(x + 1) - sp.tanh(x), sp.erf(x) - sp.erf(y),
        sp.erfc(x) - sp.erfc(y), sp.erf(x) + sp.erf(y), sp.sin(x + y) - sp.sin(x), sp.sin(x) - sp.sin(x + y),
        sp.cos(x + y) - sp.cos(x), sp.cosh(x + y) - sp.cosh(x), sp.sinh(x + y) - sp.sinh(x),
        sp.atan(x + 1) - sp.atan(x), sp.exp(x) - sp.exp(y), sp.exp(x * y) - sp.exp(p * y), sp.log(p) - sp.log(q)),
    "squared_difference": (
        p * sp.exp(x) + p * sp.exp(y) - 2 * p * sp.exp((x + y) / 2),
        (sp.log(sp.exp(x) + sp.exp(y) - 2 * sp.exp((x + y) / 2)), {y: sp.Interval.open(0, 9), x: (-9, 0)})),
    "vanishing_quotient": (
        (sp.exp(x) - sp.exp(y)) / (x - y), (sp.exp(x * y) - sp.exp(x * p)) / (p - y), (sp.log(p) - sp.log(q)) / (p - q),
        (p - q) / (sp.log(p) - sp.log(q)), (sp.sin(x) - sp.sin(y)) / (x - y), (sp.tanh(x) - sp.tanh(y)) / (x - y)),
    "logarithm_differences": (
        sp.log(1 + sp.exp(x)) - sp.log(1 + sp.exp(y)), sp.log(2 * sp.cosh(x)) - sp.log(2 * sp.cosh(y)),
        sp.log(sp.cosh(x + y)) - sp.log(sp.cosh(x)), sp.log(sp.erfc(x)) - sp.log(sp.erfc(y)),
        sp.log(sp.erfc(x) / 2) - sp.log(sp.erfc(y) / 2)),
    "mixed_logarithms": (sp.log(1 + p) - sp.log(p), y * sp.log(p) - y * sp.log(1 + p)),
    "reciprocals": (1 / p - 1 / (p + q), y / p**2 - y / (p + q) ** 2),
    "side_over_hypotenuse": (y - y * x / sp.sqrt(x**2 + p**2), 1 + x / sp.sqrt(x**2 + 3)),
    "conjugate_root": (
        sp.sqrt(x**2 + y**2) - x, y - sp.sqrt(y**2 + p), sp.sqrt(p + q) - sp.sqrt(p),
        (-p + sp.sqrt(p**2 + 4 * q)) / 2, sp.sqrt(p) - sp.sqrt(q)),
    "hyperbolic_exponential": (y * sp.cosh(x) - y * sp.sinh(x), sp.cosh(x) + sp.sinh(x) + y),
    "spin_entropy": (
        sp.log(2 * sp.cosh(x)) - x * sp.tanh(x), y * sp.log(1 + sp.exp(x)) - y * x * sp.exp(x) / (1 + sp.exp(x))),
    "binomial_sum": (
        sp.loggamma(p + q + 1) - sp.loggamma(p + 1) - sp.loggamma(q + 1),
        y * sp.loggamma(p + q) - y * sp.loggamma(p) - y * sp.loggamma(q)),
    "gamma_difference": (
        sp.loggamma(p + q) - sp.loggamma(p), y * sp.digamma(p) - y * sp.digamma(q), sp.digamma(p + q) - sp.digamma(p)),
    "stirling_sum": (
        p - (p - sp.Rational(1, 2)) * sp.log(p) + sp.loggamma(p), sp.digamma(p) - sp.log(p),
        p + sp.loggamma(p) + (1 - p) * sp.digamma(p), sp.loggamma(p + 1) - p * sp.log(p) + p),
    "relative_entropy": (
        (x * sp.log(x / y) + (1 - x) * sp.log((1 - x) / (1 - y)), {
            x: (sp.Rational(1, 9), sp.Rational(8, 9)), y: (sp.Rational(1, 9), sp.Rational(8, 9))}),
        p * sp.log(p) - p * sp.log(q) - p + q, p / q - sp.log(p / q) - 1),
    "log_of_sum_less_exponent": (
        (y * sp.log(sp.exp(x) + p - 1) - x * y, {p: (2, 9)}), sp.log(1 + x**2 + sp.exp(x)) - x),
    "mode_entropy": (y * (1 + p) * sp.log(1 + p) - y * p * sp.log(p),),
    "logarithm_less_exponent": (
        y * sp.log(sp.exp(x) + sp.exp(y)) - y**2, sp.log(2 * sp.cosh(x)) - x, sp.log(2 * sp.cosh(x)) - sp.Abs(x),
        x - sp.log(1 + sp.exp(x)),
    ),
    "log_of_power": (sp.log((1 + x**2) ** y),),
    "log_of_hypotenuse": (sp.log(sp.sqrt(1 + x**2)), sp.log(sp.sqrt(x**2 + y**2 + 1))),
    "log_of_half_erfc": (sp.log(sp.erfc(x) / 2),),
    "log_of_two_cosh": (sp.log(5 * sp.cosh(x) * (1 + y**2)),),
    "log_of_quotient": (
        (sp.log((1 - x) / (1 - y)), {x: (0, sp.Rational(9, 10)), y: (0, sp.Rational(9, 10))}), sp.log(p / (p + q))),
    "log_of_product": (sp.log(3 * sp.cosh(x) ** 2 * sp.exp(y) * sp.erfc(y)),),
    "log_of_exponentials": (sp.log(2 * sp.exp(x) + 3 * p * sp.exp(-y) + 5), sp.log((sp.exp(x) + 3 * sp.exp(y)) / 4)),
    "log_near_one": (
        sp.log(sp.tanh(p)), sp.log(sp.erf(p)), sp.log(1 - sp.exp(-p)), sp.log(sp.coth(p)),
        (sp.log(sp.cos(x)), {x: (-1, 1)})),
    "log_one_plus": (sp.log(1 + x**2 + y**4),),
    "overflowing_logarithm": (sp.log(1 + 2 * sp.cosh(x)), sp.log(2 * sp.sinh(p))),
    "times_log": (p * sp.log(p), y * p**2 * sp.log(p / q), ((1 - x) * sp.log(1 - x), {x: (0, sp.Rational(9, 10))})),
}  # fmt: skip


# Their nodes have no meaning in SymPy's functions that the engine could prove anything of.
SPECIAL_MEANINGS: dict[Any, Callable[..., Any]] = {
    special_nodes.BesselJ0: lambda u: mpmath.besselj(0, u),
    special_nodes.RegularizedUpperGamma: lambda s, u: mpmath.gammainc(s, u, regularized=True),
    special_nodes.ScaledBesselI0: lambda u: mpmath.exp(-abs(u)) * mpmath.besseli(0, u),
    special_nodes.Dawson: lambda u: mpmath.quad(lambda t: mpmath.exp(t**2 - u**2), [0, u]),
    special_nodes.GammaRatio: lambda u, a: mpmath.gamma(u + a) / mpmath.gamma(u),
    special_nodes.LogFactorial: lambda u: mpmath.loggamma(1 + u),
    special_nodes.LogBesselI0: lambda u: mpmath.log(mpmath.besseli(0, u)),
    special_nodes.LogScaledBesselI0: lambda u: mpmath.log(mpmath.exp(-abs(u)) * mpmath.besseli(0, u)),
    special_nodes.BesselQuotientGap: lambda u: 1 - mpmath.besseli(1, u) / mpmath.besseli(0, u),
    special_nodes.ScaledErfcGap: lambda u: 1 / mpmath.sqrt(mpmath.pi) - u * mpmath.exp(u**2) * mpmath.erfc(u),
    special_nodes.FermiDilogarithm: lambda u: -mpmath.polylog(2, -mpmath.exp(u)),
    special_nodes.LogAbsGamma: lambda u: mpmath.log(abs(mpmath.gamma(u))),
}
SPECIAL_EXAMPLES = {
    "fixed_order": sp.besselj(0, x),
    "one_function": sp.uppergamma(y**2 + 1, x**2),
    "scaled_products": y * sp.exp(-x) * sp.besseli(0, x),
    "dawson_product": y * sp.exp(y - x**2) * sp.erfi(x),
    "gamma_ratios": sp.gamma(x**2 + sp.Rational(3, 2)) / sp.gamma(x**2 + 1),
    "bessel_quotient_near_one": y - y * sp.besseli(1, x) / sp.besseli(0, x),
    "log_bessel_less_exponent": y * sp.log(sp.besseli(0, x)) - x * y,
    "erfc_near_its_limit": x * y * sp.exp(x**2) * sp.erfc(x) - y / sp.sqrt(sp.pi),
    "inverse_mills_ratio": y * sp.exp(-(x**2)) / sp.erfc(x) - y * x * sp.sqrt(sp.pi),
    "whole_steps": sp.digamma(x**2 + 3) - sp.digamma(x**2 + 1),
    "log_of_scaled": sp.log(y**2 * sp.besseli(0, x)),
    "log_of_gammas": sp.log(sp.gamma(x**2 + 1) * (2 + y)),
    "log_of_abs_gamma": sp.log(sp.Abs(sp.gamma(x))),
    "dilogarithm_of_exponential": sp.polylog(2, -sp.exp(x)),
    "log_of_factorial": sp.loggamma(1 + x**2),
}
CASES = [
    pytest.param(formula, {}, id=f"{rule}-{formula}") if isinstance(formula, sp.Expr) else pytest.param(
        *formula, id=f"{rule}-{formula[0]}")
    for rule, formulas in EXAMPLES.items()
    for formula in formulas
]  # fmt: skip


def domain_of(expression: Any, sets: dict[Any, Any]) -> Domain:
    """The sets given, else what the symbols are declared to be."""
    half_line = sp.Interval.open(0, sp.oo)
    return Domain({s: sets.get(s, half_line if s.is_positive else sp.S.Reals) for s in expression.free_symbols})


def verdict(before: Any, after: Any, sets: dict[Any, Any]) -> Any:
    """What the engine says of their equality."""
    claim = Identity(before, spelled_out(after), domain_of(before, sets))
    return Verdict(evidence=examined(claim, time.perf_counter() + SECONDS, 0))


def value(expression: Any, at: dict[Any, float]) -> Any:
    """In 40 digits, by SymPy's own functions."""
    modules = [{cls.__name__: meaning for cls, meaning in SPECIAL_MEANINGS.items()}, "mpmath"]
    with mpmath.workdps(40):
        return sp.lambdify(tuple(at), spelled_out(expression), modules)(*map(mpmath.mpf, at.values()))


def test_every_rule_has_an_example() -> None:
    assert {*EXAMPLES, *SPECIAL_EXAMPLES} == {rule.__name__ for rule in (*RULES, *OUTERMOST)}


@pytest.mark.parametrize("name", SPECIAL_EXAMPLES)
def test_each_rule_of_special_functions_changes_its_example_and_keeps_its_value(name: str) -> None:
    before = SPECIAL_EXAMPLES[name]
    after = stable(before)
    assert after != before
    for numbers in ((0.7, 0.4), (-1.3, 2.1), (0.2, -0.9)):
        at = dict(zip((x, y), numbers, strict=True))
        assert mpmath.almosteq(value(before, at), value(after, at), rel_eps=mpmath.mpf(10) ** -30)


@pytest.mark.parametrize(("before", "sets"), CASES)
def test_each_rule_changes_its_examples_and_keeps_their_values(before: Any, sets: dict[Any, Any]) -> None:
    after = rewritten(before)
    assert after != before
    for numbers in ((0.7, 0.4, 1.3), (0.3, 0.65, -0.2), (0.2, 0.9, 2.1)):
        at = dict(zip(sorted(before.free_symbols, key=str), numbers, strict=False))
        assert mpmath.almosteq(value(before, at), value(after, at), rel_eps=mpmath.mpf(10) ** -30)


@pytest.mark.parametrize(("before", "sets"), CASES)
def test_the_engine_proves_each_rule_on_its_examples(before: Any, sets: dict[Any, Any]) -> None:
    assert verdict(before, rewritten(before), sets).holds


@pytest.mark.parametrize(("before", "sets"), CASES)
def test_the_engine_refutes_each_rule_made_wrong_by_a_billionth(before: Any, sets: dict[Any, Any]) -> None:
    assert verdict(before, rewritten(before) * (1 + sp.Rational(1, 10**9)), sets).status == "refuted"


@pytest.mark.parametrize("complement", COMPLEMENTS, ids=lambda c: f"{c.function.__name__}^{c.power}")
@pytest.mark.parametrize("offset", [-1, 1])
def test_each_complement_keeps_its_value(complement: Any, offset: int) -> None:
    form = complement.minus_one if offset == -1 else complement.plus_one
    if form is None:
        return
    before = spelled_out(complement.function(x) ** complement.power) + offset
    for at in ({x: 0.7}, {x: -1.3}):
        assert mpmath.almosteq(value(before, at), value(form(x), at), rel_eps=mpmath.mpf(10) ** -30)
    assert verdict(before, form(x), {}).holds


# The last argument of these belongs to the others.
TIED = {nodes.ErfDifference: nodes.ErfDifference(x, y, x - y), nodes.LogNear: nodes.LogNear(p, p - 1)}


@pytest.mark.parametrize("node", NODES, ids=lambda n: n.__name__)
def test_the_program_of_each_node_means_what_the_node_says(node: Any, backend: str) -> None:
    expression = TIED[node] if node in TIED else node(*(x, y)[: node.nargs.args[0]])
    symbols = sorted(expression.free_symbols, key=str)
    function = lower(expression, symbols, backend=backend, accuracy="strict")
    for numbers in ((0.7, 0.4), (-0.9, 2.1), (0.45, 0.9), (3.5, 1.5), (-3.5, -3.25), (4.0, 3.999), (0.01, 1e-3)):
        at = dict(zip(symbols, numbers, strict=False))
        expected = value(expression, at)
        if mpmath.im(expected) == 0 and not mpmath.isnan(expected):
            assert np.isclose(function(*at.values()), float(mpmath.re(expected)), rtol=1e-14, atol=0)


def test_a_near_miss_is_left_alone() -> None:
    for expression in (1 - sp.tanh(x) * sp.tanh(y), 2 - sp.tanh(x) ** 2, sp.log(2 + x), sp.exp(x) - 2):
        assert stable(expression) == expression


def test_shared_subexpressions_are_computed_once() -> None:
    source = lower(sp.exp(sp.cos(x)) + sp.cos(x) ** 2 + sp.sqrt(1 + sp.cos(x) ** 2), [x]).source
    assert source.split('"""')[2].count("np.cos") == 1


CLOSE = (
    sp.log(1 + sp.exp(x)) - sp.log(1 + sp.exp(y)),
    sp.log(2 * sp.cosh(x)) - sp.log(2 * sp.cosh(y)),
    (sp.exp(3 * x) - sp.exp(3 * y)) / (x - y),
    (sp.tanh(x) - sp.tanh(y)) / (x - y),
    (sp.sin(x) - sp.sin(y)) / (x - y),
    sp.log(sp.erfc(-x)) - sp.log(sp.erfc(-y)),
)
CLOSE_AND_POSITIVE = (
    (sp.log(p) - sp.log(q)) / (p - q),
    (p - q) / (sp.log(p) - sp.log(q)),
    sp.sqrt(p) - sp.sqrt(q),
)


@pytest.mark.parametrize("expression", [*CLOSE, *CLOSE_AND_POSITIVE], ids=str)
def test_differences_of_close_values_keep_their_digits(expression: Any, backend: str) -> None:
    symbols = sorted(expression.free_symbols, key=str)
    function = lower(expression, symbols, backend=backend, accuracy="strict")
    for numbers in ((0.3, 0.3 + 2e-13), (5.0, 5.0 - 1e-9), (1.7, 0.4), (2.5e-9, 1.25e-9), (4.0, 1.7)):
        exact = value(expression, dict(zip(symbols, numbers, strict=True)))
        assert np.isclose(function(*numbers), float(exact), rtol=3e-15, atol=0)


def test_divided_differences_have_their_limits(backend: str) -> None:
    exponential, logarithm = (sp.exp(x) - sp.exp(y)) / (x - y), (sp.log(p) - sp.log(q)) / (p - q)
    assert lower(exponential, [x, y], backend=backend)(2.0, 2.0) == pytest.approx(np.exp(2.0), rel=1e-15)
    assert lower(logarithm, [p, q], backend=backend)(4.0, 4.0) == 0.25
    assert lower(sp.sinc(x), [x], backend=backend)([0.0, 0.5]) == pytest.approx([1.0, 2 * np.sin(0.5)], rel=1e-15)


FAR_OUT = {
    sp.sqrt(x**2 + y**2): ((1e300, 1e300), (3e-310, 4e-310), (1e155, 2.0)),
    sp.sqrt(x**2 + y**2) - 1: ((1e155, 1.0), (1e300, 2.0)),
    (1 + x**2 + y**2) ** sp.Rational(-1, 2): ((1e300, 1e10), (0.0, -1e200)),
    sp.sqrt(x**2 + 1) - x: ((1e300,), (-1e300,), (1e155,), (0.5,)),
    sp.sqrt(x**2 + 1) - 1: ((1e300,), (-1e155,), (1e-160,), (1e-8,)),
    sp.log(sp.sqrt(x**2 + 1)): ((1e300,), (-1e155,), (1e-150,), (1.5,), (2.5,)),
}


@pytest.mark.parametrize("expression", FAR_OUT, ids=str)
def test_no_digit_is_lost_where_a_step_on_the_way_would_leave_the_range_of_doubles(
    expression: Any, backend: str
) -> None:
    symbols = sorted(expression.free_symbols, key=str)
    function = lower(expression, symbols, backend=backend, accuracy="strict")
    for numbers in FAR_OUT[expression]:
        with mpmath.workdps(700):
            exact = sp.lambdify(symbols, expression, "mpmath")(*map(mpmath.mpf, numbers))
        with np.errstate(over="ignore"):
            found = function(*numbers)
        assert abs(found - float(exact)) <= 4 * np.spacing(abs(float(exact)))


DIFFERENCES_FAR_OUT = (
    1 - sp.besseli(1, x) / sp.besseli(0, x),
    1 + sp.besseli(1, x) / sp.besseli(0, x),
    1 - (sp.besseli(1, x) / sp.besseli(0, x)) ** 2,
    sp.log(sp.besseli(0, x)) - x,
    x * sp.exp(x**2) * sp.erfc(x) - 1 / sp.sqrt(sp.pi),
    sp.loggamma(p + 2) - sp.loggamma(p),
    sp.digamma(p + 1) - sp.digamma(p),
    sp.trigamma(p) - sp.trigamma(p + 2),
)


@pytest.mark.parametrize("expression", DIFFERENCES_FAR_OUT, ids=str)
def test_differences_of_special_functions_keep_their_digits_far_out(expression: Any, backend: str) -> None:
    (symbol,) = expression.free_symbols
    function = lower(expression, [symbol], backend=backend, accuracy="strict")
    points = [(u,) for u in (1e-8, 0.3, 1.7, 19.3, 1e3, 1e5, 1e8)] + ([] if symbol.is_positive else [(-1.7,), (-25.0,)])
    found = measured(function, formula(expression), checked_arguments([symbol]), points)
    assert found.max_ulp <= 6 and found.n_points == len(points)


def test_a_quotient_of_bessel_functions_of_two_arguments_is_left_alone() -> None:
    apart = 1 - special_nodes.ScaledBesselI1(x) / special_nodes.ScaledBesselI0(y)
    assert not rewritten(apart).has(special_nodes.BesselQuotientGap)
    assert not stable(sp.digamma(p + sp.S.Half) - sp.digamma(p)).is_rational_function(p)
    assert stable(sp.log(sp.besseli(0, x)) - y).has(special_nodes.LogBesselI0)


def test_squares_of_differences_and_products_of_occupations_keep_their_digits(backend: str) -> None:
    square = sp.log(sp.exp(x) + sp.exp(y) - 2 * sp.exp((x + y) / 2))
    occupations = sp.exp(x - y) / ((1 + sp.exp(-y)) * (1 + sp.exp(x)))
    for expression in (square, occupations):
        function = lower(expression, [x, y], backend=backend, accuracy="strict")
        points = [(0.5, 0.5 - 2e-10), (1000.0, 999.0), (-7.7, -1000.0), (-1e5, 3.0), (5.0, -710.0), (800.0, 1.7)]
        points = [point for point in points if expression is square or abs(point[0]) < 700]
        found = measured(function, formula(expression), checked_arguments([x, y]), points)
        assert found.max_ulp <= 8 and found.n_points == len(points)
