"""Every rewrite keeps the value, compared by Arb balls of the form before and of the program after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp

from numerics.lowering import lower, nodes, special_nodes
from numerics.lowering.rewrites import COMPLEMENTS, RULES, stable

x, y = sp.symbols("x y", real=True)

MEANINGS: dict[Any, Callable[..., Any]] = {
    nodes.LogCosh: lambda u: mpmath.log(mpmath.cosh(u)),
    nodes.LogTwoCosh: lambda u: mpmath.log(2 * mpmath.cosh(u)),
    nodes.LogErfc: lambda u: mpmath.log(mpmath.erfc(u)),
    nodes.LogHalfErfc: lambda u: mpmath.log(mpmath.erfc(u) / 2),
    nodes.Erfc: mpmath.erfc,
    nodes.ScaledErfc: lambda u: mpmath.exp(u**2) * mpmath.erfc(u),
    nodes.Logistic: lambda u: 1 / (1 + mpmath.exp(-u)),
    nodes.LogAddExp: lambda u, v: mpmath.log(mpmath.exp(u) + mpmath.exp(v)),
    nodes.LogOnePlus: lambda u: mpmath.log(1 + u),
    nodes.ExpMinusOne: lambda u: mpmath.exp(u) - 1,
}
SPECIAL_MEANINGS: dict[Any, Callable[..., Any]] = {
    special_nodes.BesselJ0: lambda u: mpmath.besselj(0, u),
    special_nodes.RegularizedUpperGamma: lambda s, u: mpmath.gammainc(s, u, regularized=True),
    special_nodes.ScaledBesselI0: lambda u: mpmath.exp(-abs(u)) * mpmath.besseli(0, u),
    special_nodes.Dawson: lambda u: mpmath.quad(lambda t: mpmath.exp(t**2 - u**2), [0, u]),
    special_nodes.GammaRatio: lambda u, a: mpmath.gamma(u + a) / mpmath.gamma(u),
    special_nodes.LogAbsGamma: lambda u: mpmath.log(abs(mpmath.gamma(u))),
}
BEFORE = {
    "fixed_order": sp.besselj(0, x),
    "one_function": sp.uppergamma(y**2 + 1, x**2),
    "scaled_products": y * sp.exp(-x) * sp.besseli(0, x),
    "dawson_product": y * sp.exp(y - x**2) * sp.erfi(x),
    "gamma_ratios": sp.gamma(x**2 + sp.Rational(3, 2)) / sp.gamma(x**2 + 1),
    "log_of_scaled": sp.log(y**2 * sp.besseli(0, x)),
    "log_of_gammas": sp.log(sp.gamma(x**2 + 1) * (2 + y)),
    "log_of_abs_gamma": sp.log(sp.Abs(sp.gamma(x))),
    "own_erfc": sp.erfc(x),
    "reciprocal_cosh": y / sp.cosh(x) ** 3,
    "reciprocal_logistic": (1 + sp.exp(2 * x)) ** -2,
    "exponential_products": sp.exp(x**2 + y) * sp.erfc(x),
    "complements": y**2 * sp.tanh(x) ** 2 - y**2 + sp.sin(y),
    "log_of_power": sp.log((1 + x**2) ** y),
    "log_of_half_erfc": sp.log(sp.erfc(x) / 2),
    "log_of_two_cosh": sp.log(5 * sp.cosh(x) * (1 + y**2)),
    "log_of_product": sp.log(3 * sp.cosh(x) ** 2 * sp.exp(y) * sp.erfc(y)),
    "log_of_exponentials": sp.log(2 * sp.exp(x) + 3 * sp.exp(-y) + 5),
    "log_one_plus": sp.log(1 + x**2 + y**4),
}


def value(expression: Any, at: tuple[float, float]) -> Any:
    modules = [{cls.__name__: meaning for cls, meaning in (MEANINGS | SPECIAL_MEANINGS).items()}, "mpmath"]
    with mpmath.workdps(40):
        return sp.lambdify((x, y), expression, modules)(*map(mpmath.mpf, at))


@pytest.mark.parametrize("name", [rule.__name__ for rule in RULES])
def test_each_rule_changes_its_example_and_keeps_its_value(name: str) -> None:
    before = BEFORE[name]
    after = stable(before)
    assert after != before
    for at in ((0.7, 0.4), (-1.3, 2.1), (0.2, -0.9)):
        assert mpmath.almosteq(value(before, at), value(after, at), rel_eps=mpmath.mpf(10) ** -30)


@pytest.mark.parametrize("complement", COMPLEMENTS, ids=lambda c: f"{c.function.__name__}^{c.power}")
@pytest.mark.parametrize("offset", [-1, 1])
def test_each_complement_keeps_its_value(complement: Any, offset: int) -> None:
    form = complement.minus_one if offset == -1 else complement.plus_one
    if form is None:
        return
    before = complement.function(x) ** complement.power + offset
    for at in ((0.7, 0.0), (-1.3, 0.0)):
        assert mpmath.almosteq(value(before, at), value(form(x), at), rel_eps=mpmath.mpf(10) ** -30)


@pytest.mark.parametrize("node", MEANINGS, ids=lambda n: n.__name__)
def test_the_program_of_each_node_means_what_the_node_says(node: Any) -> None:
    from numerics.lowering.arguments import checked_arguments
    from numerics.lowering.expressions import formula
    from numerics.lowering.program import compiled, numpy_source

    symbols = (x, y)[: node.nargs.args[0]]
    expression = node(*symbols)
    program = compiled(numpy_source(formula(expression), checked_arguments(symbols)))
    for at in ((0.7, 0.4), (-0.9, 2.1), (0.45, -0.9), (3.5, 1.5)):
        expected = float(value(expression, at))
        assert np.isclose(program(*map(np.float64, at[: len(symbols)])), expected, rtol=1e-14, atol=0)


def test_a_near_miss_is_left_alone() -> None:
    for expression in (1 - sp.tanh(x) * sp.tanh(y), 2 - sp.tanh(x) ** 2, sp.log(2 + x), sp.exp(x) - 2):
        assert stable(expression) == expression


def test_shared_subexpressions_are_computed_once() -> None:
    source = lower(sp.exp(sp.cos(x)) + sp.cos(x) ** 2 + sp.sqrt(1 + sp.cos(x) ** 2), [x]).source
    assert source.split('"""')[2].count("np.cos") == 1
