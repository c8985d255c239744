"""Formulas of statistical physics keep the digits that their condition allows, in NumPy and in strict C."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from numerics.lowering import lower
from theory.domain import Domain

AIM = 4.0
"""Units in the last place, times max(1, condition number)."""
x, y, z = sp.symbols("x y z", real=True)
p, q, s, t, beta, J, h = sp.symbols("p q s t beta J h", positive=True)
UNIT = sp.Interval(0, 1)
INSIDE = sp.Interval.open(0, 1)

FORMULAS: dict[str, tuple[Any, ...]] = {
    # logarithms of quotients
    "cost of a rare mistake": ((1 - x) * sp.log((1 - x) / (1 - y)), x, y, (0, 1), (0, 1)),
    # 0/0 at a point
    "sin(x)/x": (sp.sin(x) / x, x),
    "tanh(x)/x": (sp.tanh(x) / x, x),
    "sinh(x)/x": (sp.sinh(x) / x, x),
    "x/sinh(x)": (x / sp.sinh(x), x),
    "(exp(x)-1)/x": ((sp.exp(x) - 1) / x, x),
    "Bose factor": (x / (sp.exp(x) - 1), x),
    "Debye heat": (x**2 * sp.exp(x) / (sp.exp(x) - 1) ** 2, x),
    "(1-cos x)/x^2": ((1 - sp.cos(x)) / x**2, x),
    "log(1+x)/x": (sp.log(1 + x) / x, x),
    "log(x)/(x-1)": (sp.log(p) / (p - 1), p),
    "erf(x)/x": (sp.erf(x) / x, x),
    "asin(x)/x": (sp.asin(x) / x, x),
    "atan(x)/x": (sp.atan(x) / x, x),
    "atanh(x)/x": (sp.atanh(x) / x, x),
    "log cosh(x)/x^2": (sp.log(sp.cosh(x)) / x**2, x),
    "log cosh(x)/x": (sp.log(sp.cosh(x)) / x, x),
    "log of sinh(x)/x": (sp.log(sp.sinh(x) / x), x),
    "(1-exp(-x))/x": ((1 - sp.exp(-x)) / x, x),
    "Debye function of a chain": (2 * (sp.exp(-x) - 1 + x) / x**2, x),
    "logarithmic mean": ((p - 1) / sp.log(p), p),
    "susceptibility": (sp.tanh(beta * J) / (beta * J), beta, J),
    "mean energy": (J * sp.tanh(beta * J) / beta, beta, J),
    "(sin x - x cos x)/x^3": ((sp.sin(x) - x * sp.cos(x)) / x**3, x),
    "sin of a radius": (sp.sin(sp.sqrt(x**2 + y**2)) / sp.sqrt(x**2 + y**2), x, y),
    "tanh of a gap": (sp.tanh(x - y) / (x - y), x, y),
    "sinc of a square root": (sp.sinh(sp.sqrt(p)) / sp.sqrt(p), p),
    "tanh of a scaled gap": (sp.tanh(beta * (x - y)) / (x - y), beta, x, y),
    "sin(pi x)/(x - 1)": (sp.sin(sp.pi * x) / (x - 1), x),
    "a quotient of polynomials": ((x**3 - 1) / (x - 1), x),
    # cancellation at a point
    "Langevin": (sp.coth(x) - 1 / x, x),
    "Langevin with a field": (beta * (sp.coth(beta * h) - 1 / (beta * h)), beta, h),
    "Langevin's slope": (1 / x**2 - 1 / sp.sinh(x) ** 2, x),
    "x-sin(x)": (x - sp.sin(x), x),
    "tanh(x)-x": (sp.tanh(x) - x, x),
    "exp(x)-1-x": (sp.exp(x) - 1 - x, x),
    "(x-tanh x)/x^3": ((x - sp.tanh(x)) / x**3, x),
    "log(1+x)-x": (sp.log(1 + x) - x, x),
    "x-1-log(x)": (p - 1 - sp.log(p), p),
    "cosh(x)-1-x^2/2": (sp.cosh(x) - 1 - x**2 / 2, x),
    "1-x/tan(x)": (1 - x / sp.tan(x), x, (-1, 1)),
    "arc-cosine kernel": ((sp.sqrt(1 - x**2) + x * (sp.pi - sp.acos(x))) / sp.pi, x),
    "arc-cosine kernel of order 0": ((sp.pi - sp.acos(x)) / sp.pi, x),
    "arc-sine kernel": (2 * sp.asin(2 * q * x / sp.sqrt((1 + 2 * q) * (1 + 2 * q))) / sp.pi, q, x),
    "erf(x)-2x/sqrt(pi)": (sp.erf(x) - 2 * x / sp.sqrt(sp.pi), x),
    # differences of nearly equal terms
    "sqrt(1+x^2)-1": (sp.sqrt(1 + x**2) - 1, x),
    "sqrt(x^2+1)-x": (sp.sqrt(x**2 + 1) - x, x),
    "x-sqrt(x^2-1)": (p - sp.sqrt(p**2 - 1), p),
    "sqrt(x+1)-sqrt(x)": (sp.sqrt(p + 1) - sp.sqrt(p), p),
    "1-sqrt(1-x^2)": (1 - sp.sqrt(1 - x**2), x),
    "relativistic energy": (sp.sqrt(p**2 + q**2) - q, p, q),
    "log(x+1)-log(x)": (sp.log(p + 1) - sp.log(p), p),
    "1/x-1/(x+1)": (1 / p - 1 / (p + 1), p),
    "exp(x+y)-exp(x)": (sp.exp(x + y) - sp.exp(x), x, y),
    "erf(x+1)-erf(x)": (sp.erf(x + 1) - sp.erf(x), x),
    "erfc difference": (sp.erfc(p) - sp.erfc(p + 1), p),
    "tanh(x+1)-tanh(x)": (sp.tanh(x + 1) - sp.tanh(x), x),
    "cos(x+y)-cos(x)": (sp.cos(x + y) - sp.cos(x), x, y),
    "acos(1-u)": (sp.acos(1 - p), p, (0, 2)),
    "acosh(1+u)": (sp.acosh(1 + p), p),
    "root of a quadratic": ((-p + sp.sqrt(p**2 + 4 * q)) / 2, p, q),
    "semicircle resolvent": ((p - sp.sqrt(p**2 - 4)) / 2, p, (2, sp.oo)),
    # entropies
    "entropy": (-x * sp.log(x) - (1 - x) * sp.log(1 - x), x, UNIT),
    "x log x": (x * sp.log(x), x, sp.Interval(0, sp.oo)),
    "x^2 log(x) on a half-line": (s**2 * sp.log(s), s),
    "relative entropy": (p * sp.log(p / q), p, q),
    "entropy of a spin in a field": (sp.log(2 * sp.cosh(x)) - x * sp.tanh(x), x),
    "entropy of a mode": ((1 + p) * sp.log(1 + p) - p * sp.log(p), p),
    "log of sinhc in two symbols": (sp.log(sp.sinh(beta * h) / (beta * h)), beta, h),
    "Langevin by tanh": (1 / sp.tanh(x) - 1 / x, x),
    "cosh less sinh": (sp.cosh(x) - sp.sinh(x), x),
    "Ising entropy": (
        -(1 + x) / 2 * sp.log((1 + x) / 2) - (1 - x) / 2 * sp.log((1 - x) / 2), x, sp.Interval(-1, 1)),
    # exponentials that overflow
    "log cosh": (sp.log(sp.cosh(x)), x),
    "log 2 cosh": (sp.log(2 * sp.cosh(beta * h)), beta, h),
    "softplus": (sp.log(1 + sp.exp(x)), x),
    "log(1-exp(-x))": (sp.log(1 - sp.exp(-p)), p),
    "log(exp(x)-1)": (sp.log(sp.exp(p) - 1), p),
    "log of three exponentials": (sp.log(sp.exp(x) + sp.exp(y) + sp.exp(z)), x, y, z),
    "log-sum-exp with prefactors": (sp.log(p * sp.exp(x) + q * sp.exp(-x)), p, q, x),
    "two-state weight": (sp.exp(x) / (sp.exp(x) + sp.exp(y)), x, y),
    "logistic": (1 / (1 + sp.exp(-x)), x),
    "logistic slope": (sp.exp(x) / (1 + sp.exp(x)) ** 2, x),
    "Fermi function": (1 / (sp.exp(beta * (x - y)) + 1), beta, x, y),
    "heat capacity": (h**2 * sp.exp(h) / (sp.exp(h) + 1) ** 2, h),
    "tanh by exponentials": ((sp.exp(x) - sp.exp(-x)) / (sp.exp(x) + sp.exp(-x)), x),
    "tanh by one exponential": ((sp.exp(2 * x) - 1) / (sp.exp(2 * x) + 1), x),
    "sinh over cosh": (sp.sinh(x) / sp.cosh(x), x),
    "sinh over cosh of others": (sp.sinh(x) / sp.cosh(y), x, y),
    "spin one": (2 * sp.sinh(x) / (1 + 2 * sp.cosh(x)), x),
    "log of spin one": (sp.log(1 + 2 * sp.cosh(x)), x),
    "cosh over exponential": (sp.cosh(x) / sp.exp(x) ** 2, x),
    "log 2 cosh less its exponent": (sp.log(2 * sp.cosh(x)) - x, x),
    "x less softplus": (x - sp.log(1 + sp.exp(x)), x),
    "Brillouin's coth": (sp.coth(x) - 1, x),
    "log of 2 sinh": (sp.log(2 * sp.sinh(p)), p),
    "Planck": (p**3 / (sp.exp(p) - 1), p),
    "exp of a log-cosh": (sp.exp(-p) * sp.cosh(p), p),
    "grand potential of a level": (sp.log(1 + q * sp.exp(-beta * h)), beta, q, h),
    "a power of 2 cosh": ((2 * sp.cosh(x)) ** y, x, y),
    "divided difference of exponentials": ((sp.exp(x) - sp.exp(y)) / (x - y), x, y),
    "moment of a Gaussian": (x**4 * sp.exp(-(x**2) / 2), x),
    "regulator of the flow": (p / (sp.exp(p) - 1) + p, p),
    "bath of bosons": (p**2 * sp.exp(p) / ((sp.exp(p) - 1) ** 2 * (p + p / (sp.exp(p) - 1) + q)), p, q),
    "Potts energy": (sp.log(sp.exp(x) + q - 1) - x, q, x, sp.Interval(2, 50), sp.Interval(-50, 1000)),
    "free energy of two levels": (sp.log((sp.exp(x) + sp.exp(y)) / 2), x, y),
    "Bose gas": (sp.polylog(2, sp.exp(-p)), p),
    "Fermi gas": (-sp.polylog(2, -sp.exp(x)), x),
    # information
    "relative entropy of coins": (
        x * sp.log(x / y) + (1 - x) * sp.log((1 - x) / (1 - y)), x, y, (0, 1), (0, 1)),
    "relative entropy of rates": (p * sp.log(p / q) - p + q, p, q),
    "capacity of a channel": (1 + x * sp.log(x) / sp.log(2) + (1 - x) * sp.log(1 - x) / sp.log(2), x, (0, 1)),
    "entropy of a level": (sp.log(1 + sp.exp(x)) - x * sp.exp(x) / (1 + sp.exp(x)), x),
    "loop correction": (sp.log(1 + q / p) - q / p, p, q),
    "message of a bond": (sp.atanh(sp.tanh(beta * J) * sp.tanh(beta * h)) / beta, beta, J, h),
    "1-x/sqrt(1+x^2)": (1 - x / sp.sqrt(1 + x**2), x),
    "cube root": ((1 + p) ** sp.Rational(1, 3) - 1, p),
    # gamma functions
    "step of log gamma": (sp.loggamma(p + q) - sp.loggamma(p), p, q),
    "harmonic difference": (sp.digamma(p) - sp.digamma(p + q), p, q),
    "remainder of Stirling": (sp.loggamma(p) - (p - sp.Rational(1, 2)) * sp.log(p) + p - sp.log(2 * sp.pi) / 2, p),
    "entropy of a gamma law": (p + sp.loggamma(p) + (1 - p) * sp.digamma(p), p),
    # tails
    "mean of a rectifier": (sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi) + x * sp.erfc(-x / sp.sqrt(2)) / 2, x, (-6, 6)),
    "1-tanh(x)": (1 - sp.tanh(x), x),
    "1-tanh(x)^2": (1 - sp.tanh(x) ** 2, x),
    "log(1-tanh(x)^2)": (sp.log(1 - sp.tanh(x) ** 2), x),
    "log(1-tanh(x))": (sp.log(1 - sp.tanh(x)), x),
    "log(tanh(x))": (sp.log(sp.tanh(p)), p),
    "atanh of tanh": (sp.atanh(sp.tanh(x)), x, (-9, 9)),
    "1-erf(x)": (1 - sp.erf(x), x, (-6, 6)),
    "Gaussian tail": (sp.erfc(x / sp.sqrt(2)) / 2, x, (-6, 6)),
    "log of a Gaussian tail": (sp.log(sp.erfc(x / sp.sqrt(2)) / 2), x),
    "log(1-erf(x))": (sp.log(1 - sp.erf(x)), x),
    "log(1+erf(x))": (sp.log(1 + sp.erf(x)), x),
    "log(erf(x))": (sp.log(sp.erf(p)), p),
    "Mills ratio": (sp.exp(-(x**2)) / sp.erfc(x), x),
    "scaled tail": (sp.exp(x**2) * sp.erfc(x), x),
    "perceptron's tail ratio": (sp.exp(-(x**2) / 2) / (sp.sqrt(2 * sp.pi) * sp.erfc(x / sp.sqrt(2)) / 2), x),
    "ratio of tails": (sp.erfc(p + 1) / sp.erfc(p), p),
    "product of tails": (sp.erfc(x) * sp.erfc(-x), x, (-6, 6)),
    "1-erf^2": (1 - sp.erf(x) ** 2, x, (-6, 6)),
    "exp(x) erfc(sqrt x)": (sp.exp(p) * sp.erfc(sp.sqrt(p)), p),
}  # fmt: skip


def lowered(name: str, **options: Any) -> Any:
    expression, *rest = FORMULAS[name]
    arguments = [a for a in rest if isinstance(a, sp.Symbol)]
    sets = [a for a in rest if not isinstance(a, sp.Symbol)]
    domain = Domain(dict(zip(arguments, sets, strict=False))) if sets else None
    return lower(expression, arguments, domain=domain, **options)


@pytest.mark.parametrize("name", FORMULAS)
def test_numpy_keeps_the_digits_that_the_condition_allows(name: str) -> None:
    assert lowered(name).max_ulp_per_condition <= AIM


@pytest.mark.usefixtures("needs_compiler")
@pytest.mark.parametrize("name", FORMULAS)
def test_strict_c_keeps_the_digits_that_the_condition_allows(name: str) -> None:
    assert lowered(name, backend="c", accuracy="strict").max_ulp_per_condition <= AIM
