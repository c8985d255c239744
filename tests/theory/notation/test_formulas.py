"""What a formula means: precedence, products without a sign, calls, bound names, matrices."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from theory.averages import GaussianMean
from theory.notation import NotationError, read_domain, read_expression
from theory.sums import Sigma

DECLARED = read_domain(
    "x, y real, beta > 0, a > 0, n in 1..oo, k in 0..oo, s in {-1, 1}, f function, q[k] in (0, 1), J[i, j] real"
)
x, y, beta, a, n, k, s = (DECLARED.names[c] for c in ("x", "y", "beta", "a", "n", "k", "s"))
f, q, J = (DECLARED.names[c] for c in ("f", "q", "J"))
z = sp.Symbol("z", real=True)
j = sp.Symbol("j", integer=True)


def read(text: str) -> Any:
    return read_expression(text, DECLARED.scope())


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("-x^2", -(x**2)),
        ("(-x)**3", (-x) ** 3),
        ("2^3^2", sp.Integer(512)),
        ("2^-x", 2**-x),
        ("x - y - 1", x - y - 1),
        ("x/y/2", x / y / 2),
        ("x/y*2", 2 * x / y),
        ("a*-x", -a * x),
        ("3/4", sp.Rational(3, 4)),
        ("0.1", sp.Rational(1, 10)),
        (".5", sp.Rational(1, 2)),
        ("2.5e-3", sp.Rational(1, 400)),
        ("2x", 2 * x),
        ("2 x y", 2 * x * y),
        ("2(x + 1)y", sp.Mul(2, x + 1, y)),
        ("(x + y)(x - y)", (x + y) * (x - y)),
        ("x^2 y", x**2 * y),
        ("2x^2", 2 * x**2),
        ("x (y + 1)^2", x * (y + 1) ** 2),
        ("a^n (1 - a)^k", a**n * (1 - a) ** k),
        ("sin (x)", sp.sin(x)),
        ("-2!", sp.Integer(-2)),
        ("2^3!", sp.Integer(64)),
        ("n!! - n!", sp.factorial2(n) - sp.factorial(n)),
        ("|x - |y||", sp.Abs(x - sp.Abs(y))),
        ("2|x|y", 2 * sp.Abs(x) * y),
        ("sin^2(x) + cos²(x)", sp.sin(x) ** 2 + sp.cos(x) ** 2),
        ("βx", beta * x),
        ("2β·x² − √(a)×π", 2 * beta * x**2 - sp.sqrt(a) * sp.pi),
        ("e^(i*x)", sp.exp(sp.I * x)),
        ("ln(a) + log2(8)", sp.log(a) + sp.log(8) / sp.log(2)),
        ("Phi(0)", sp.Rational(1, 2)),
        ("max(x, y, 0) + relu(x)", sp.Max(x, y, 0) + sp.Max(x, 0)),
        ("theta(x) + sgn(y)", sp.Heaviside(x) + sp.sign(y)),
        ("delta(n, k)", sp.KroneckerDelta(n, k)),
        ("binomial(n, k) gamma(a)", sp.binomial(n, k) * sp.gamma(a)),
        ("f(x y)", sp.Symbol("dummy")),
        ("q[k + 1] J[n, k]", sp.Symbol("dummy")),
        ("f''(x)", sp.Symbol("dummy")),
        ("s^2", s**2),
    ],
)
def test_a_formula_means_what_it_says(text: str, meaning: Any) -> None:
    special = {"f(x y)": f(x * y), "q[k + 1] J[n, k]": q[k + 1] * J[n, k], "f''(x)": sp.Derivative(f(x), (x, 2))}
    assert read(text) == special.get(text, meaning)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("sum(j, 1, n, j^2)", Sigma(j**2, (j, 1, n))),
        ("sum(i, 1, n, sum(j, 1, i, x^j))", None),
        ("sum(j, 0, oo, a^j)", sp.Sum(a**j, (j, 0, sp.oo))),
        ("prod(j, 1, n, 1 + 1/j)", sp.Product(1 + 1 / j, (j, 1, n))),
        ("mean(z, exp(a z))", GaussianMean(sp.exp(a * z), z, 1)),
        ("mean(z, a, z^2)", GaussianMean(z**2, z, a)),
        ("integral(z, -oo, x, exp(-z^2))", sp.Integral(sp.exp(-(z**2)), (z, -sp.oo, x))),
        ("diff(x^2 y, x, 2, y)", sp.Derivative(x**2 * y, (x, 2), y)),
        ("at(diff(x^3, x), x, 2)", sp.Integer(12)),
        ("det([[a, x], [y, a]])", a**2 - x * y),
        ("trace([[a, x], [y, a]]^2)", 2 * a**2 + 2 * x * y),
        ("[[a, 1], [0, a]] [x, y]", None),
        ("transpose([x, y]) * [x, y]", sp.ImmutableMatrix([[x**2 + y**2]])),
        ("inv([[a, 0], [0, 2]])", sp.ImmutableMatrix([[1 / a, 0], [0, sp.Rational(1, 2)]])),
        ("2*identity(2)", sp.ImmutableMatrix([[2, 0], [0, 2]])),
    ],
)
def test_what_binds_a_name_means_what_it_says(text: str, meaning: Any) -> None:
    i = sp.Symbol("i", integer=True)
    if text.startswith("sum(i"):
        meaning = Sigma(x**j, (i, 1, n), (j, 1, i))
    if text.startswith("[["):
        with pytest.raises(NotationError, match="expected a sign of arithmetic or the end"):
            read(text)
        return
    assert read(text) == meaning


def test_a_bound_name_does_not_capture_an_outer_one() -> None:
    index = sp.Symbol("k2", integer=True)
    inner = read("sum(k, 1, 3, x^k) + k")
    assert inner == Sigma(x**index, (index, 1, 3)) + k


def test_a_value_put_in_is_not_captured_by_a_mean() -> None:
    other = sp.Symbol("x2", real=True)
    assert read("at(mean(x, y*x^2), y, x)") == GaussianMean(x * other**2, other, 1)
    assert read("x mean(x, x^2)") == x * GaussianMean(other**2, other, 1)


@pytest.mark.parametrize(
    "text", ["sum(k, 1, k, k)", "mean(x, |x|, x)", "integral(x, 0, x, x)", "sum(j, 1, 2, sum(j, 1, 2, j))"]
)
def test_a_name_that_would_be_bound_twice_is_refused(text: str) -> None:
    with pytest.raises(NotationError, match="bound"):
        read(text)


def test_names_of_the_domain_go_before_constants_and_functions() -> None:
    declared = read_domain("e > 1, i in 1..5, gamma > 0")
    assert (
        read_expression("e^i gamma", declared.scope())
        == declared.names["e"] ** declared.names["i"] * (declared.names["gamma"])
    )
    with pytest.raises(NotationError, match="gamma is a symbol, no function"):
        read_expression("gamma(2)", declared.scope())
