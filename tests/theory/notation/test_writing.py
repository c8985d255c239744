"""What is written reads as the same expression."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from theory.averages import GaussianMean
from theory.notation import read_domain, read_expression, write
from theory.sums import Sigma

DECLARED = read_domain("x, y real, beta, a > 0, n in 1..oo, k in 0..oo, s in {-1, 1}, f function, q[k] in (0, 1)")
x, y, beta, a, n, k, s, f, q = (DECLARED.names[c] for c in ("x", "y", "beta", "a", "n", "k", "s", "f", "q"))
z, t = sp.symbols("z t", real=True)
j = sp.Symbol("j", integer=True)
STEP: Any = sp.Heaviside


def again(expression: Any) -> Any:
    return read_expression(write(expression), DECLARED.scope())


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (x / 2 - y, "x/2 - y"),
        (-(x**2) / 3, "-x^2/3"),
        (1 / sp.sqrt(2 * sp.pi), "sqrt(2)/(2*sqrt(pi))"),
        (sp.exp(-(x**2) / (2 * a)), "exp(-x^2/(2*a))"),
        ((-1) ** k, "(-1)^k"),
        (sp.Rational(1, 2) ** n, "(1/2)^n"),
        (sp.E**2 * sp.I, "i*exp(2)"),
        (Sigma(j**2, (j, 1, n)), "sum(j, 1, n, j^2)"),
        (GaussianMean(z**2, z, a), "mean(z, a, z^2)"),
        (sp.Derivative(f(x), (x, 2)), "diff(f(x), x, 2)"),
        (q[k + 1], "q[k + 1]"),
        (sp.Matrix([[x, 1], [0, y]]), "[[x, 1], [0, y]]"),
        (sp.Sum(a**j, (j, 0, sp.oo)), "sum(j, 0, oo, a^j)"),
    ],
)
def test_an_expression_is_written_as_people_write_it(expression: Any, text: str) -> None:
    assert write(expression) == text
    assert again(expression) == expression


def test_nested_bound_names_do_not_collide() -> None:
    i = sp.Symbol("i", integer=True)
    nested = Sigma(x**i * k, (j, 1, n), (i, 1, j))
    assert again(nested) == nested
    double = sp.Integral(sp.exp(-z * t), (z, 0, t), (t, 0, 1))
    assert again(double) == double
    shadowing = Sigma(sp.Symbol("x", integer=True), (sp.Symbol("x", integer=True), 1, 3)) + x
    assert write(shadowing) == "x + sum(x2, 1, 3, x2)"


@pytest.mark.parametrize(
    "expression",
    [sp.Symbol("x y"), sp.Symbol("sin"), sp.Function("exp2 ")(x), sp.Piecewise((x, x > 0), (0, True)),
     sp.Integral(x, x), sp.Sum(j, (j, 1, n)), STEP(x, 1),
     sp.Symbol("gamma") + sp.Symbol("Gamma") * sp.gamma(x)],
    ids=str,
)  # fmt: skip
def test_what_has_no_form_is_refused(expression: Any) -> None:
    with pytest.raises(ValueError, match=r"notation|Sigma|renam"):
        write(expression)


def test_letters_with_a_meaning_give_way_to_symbols() -> None:
    declared = read_domain("e, i, gamma > 0")
    e, i, gamma = (declared.names[c] for c in ("e", "i", "gamma"))
    mixed = e * sp.E + sp.I * i + sp.gamma(e) * gamma
    assert read_expression(write(mixed), declared.scope()) == mixed


RENAMED = re.compile(r"\b[jzt][0-9]")
NUMBERS = st.fractions(min_value=-20, max_value=20, max_denominator=12).map(
    lambda v: sp.Rational(v.numerator, v.denominator)
)
LEAVES = NUMBERS | st.sampled_from([x, y, beta, a, n, k, s, sp.pi, sp.E, sp.I, q[1], q[k], q[n + 1], f(x), f(x + y)])


ONE = (sp.sin, sp.cosh, sp.exp, sp.log, sp.sqrt, sp.erf, sp.Abs, sp.sign, sp.tanh, sp.gamma, sp.Heaviside, sp.atan,
       lambda e: Sigma(e * j, (j, 1, n)), lambda e: GaussianMean(e + z, z, a), lambda e: -e, lambda e: 1 / e,
       lambda e: sp.Integral(e * t, (t, 0, a)), lambda e: sp.Sum(e / (j**2 + 1), (j, 1, sp.oo)), f)  # fmt: skip
TWO = (sp.Add, sp.Mul, lambda u, v: u - v, lambda u, v: u / v, sp.Max, sp.Pow, lambda u, v: u**2 * v)


def applied(function: Any, *arguments: Any) -> Any:
    """What SymPy makes of it; the first argument where it refuses, as the larger of two complex numbers."""
    try:
        return function(*arguments)
    except (TypeError, ValueError):
        return arguments[0]


def grown(children: Any) -> Any:
    one = st.builds(applied, st.sampled_from(ONE), children)
    return one | st.builds(applied, st.sampled_from(TWO), children, children)


def _settled(expression: Any) -> bool:
    """Whether SymPy itself builds it again from its parts: some products and moduli it leaves half evaluated."""
    nodes = (n for n in sp.preorder_traversal(expression) if isinstance(n, sp.Add | sp.Mul | sp.Pow | sp.Function))
    return all(cast(Any, n.func)(*n.args) == n for n in nodes)


def _safely(expression: Any) -> bool:
    return not expression.has(sp.zoo, sp.nan, sp.oo, -sp.oo, sp.AccumBounds) and all(
        abs(p.exp) <= 100 for p in expression.atoms(sp.Pow) if p.exp.is_Rational
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(LEAVES, grown, max_leaves=8))
def test_what_is_written_reads_as_the_same_expression(expression: Any) -> None:
    if not isinstance(expression, sp.Expr) or not _safely(expression) or not _settled(expression):
        return
    try:
        text = write(expression)
    except ValueError:
        return
    found = read_expression(text, DECLARED.scope())
    assert write(found) == text
    assert found == expression or RENAMED.search(text), text
