"""An integrand times the standard normal density, with growing factors and the density in one exponential.

Neither exp(30 z) nor the density is a double where their product has its peak.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.rewrites import stable

ROOT = sp.sqrt(2 * sp.pi)


def weighted(body: Any, variable: sp.Symbol) -> Any:
    """body exp(-x^2 / 2) / sqrt(2 pi), term by term where terms grow."""
    return in_one_exponential(body, -(variable**2) / 2) / ROOT


def in_one_exponential(body: Any, exponent: Any = sp.S.Zero) -> Any:
    """body exp(exponent), with the growing and falling factors of a term in the exponent."""
    terms = sp.Add.make_args(body)
    if not any(_grows(f) for term in terms for f in sp.Mul.make_args(term)):
        terms = (body,)
    return sp.Add(*(_term(term, exponent) for term in terms))


def _term(term: Any, exponent: Any) -> Any:
    exponents, rest = [exponent], []
    for factor in sp.Mul.make_args(term):
        own, remaining = _split(factor)
        exponents.append(own)
        rest.append(remaining)
    return sp.Mul(*rest) * sp.exp(sp.Add(*exponents))


def _split(factor: Any) -> tuple[Any, Any]:
    """The logarithm of a positive factor that grows, and what is left of it."""
    if not _grows(factor):
        return sp.S.Zero, factor
    if isinstance(factor, sp.exp):
        return factor.args[0], sp.S.One
    base, power = factor.as_base_exp()
    if isinstance(base, sp.sinh):
        return power * stable(sp.log(sp.cosh(base.args[0]))), sp.tanh(base.args[0]) ** power
    return power * stable(sp.log(base)), sp.S.One


def _grows(factor: Any) -> bool:
    if isinstance(factor, sp.exp):
        return True
    base, power = factor.as_base_exp()
    if isinstance(base, sp.sinh):
        return power.is_integer is True
    return bool(base.is_positive and power.is_real and base.has(sp.cosh, sp.exp))
