"""Proofs that a mean or an integral converges absolutely: a continuous integrand, small enough at infinite ends."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.continuity import continuous, is_nonzero, is_positive, real
from derivations.engine.routes.certificates.growth_rates import BOUNDED, Growth, Rates
from derivations.engine.routes.certificates.stretches import Ends, fixed_ends, stretch
from derivations.engine.routes.normal_forms.tower import Tower
from theory.sums import rename


def rates(tower: Tower, body: sp.Expr, x: sp.Symbol) -> Rates | None:
    """The rates at which an integrand grows in its variable, if there is a rule for it."""
    return Growth(x, lambda node: real(tower, node), lambda node: is_positive(tower, node)).rates(body)


def below_weight(tower: Tower, found: Rates | None) -> bool:
    """Whether a standard normal weight makes what grows at these rates small."""
    return found is not None and all(is_positive(tower, 1 - 2 * curvature) for curvature, _ in found)


def falls(tower: Tower, found: Rates | None, ends: Ends) -> bool:
    """Whether what grows at these rates falls faster than any power at the infinite ends of a range."""
    return found is not None and all(_decays(tower, rate, end) for rate in found for end in ends)


def mean_converges(tower: Tower, body: sp.Expr, x: sp.Symbol) -> bool:
    """Whether the mean of a body over a standard normal variable is proved to converge."""
    return continuous(tower, body, frozenset({x})) and below_weight(tower, rates(tower, body, x))


def integral_converges(tower: Tower, body: sp.Expr, x: sp.Symbol, ends: Ends) -> bool:
    """Whether the integral of a body between these ends is proved to converge."""
    place, fixed = fixed_ends(ends)
    y = stretch(tower, *fixed, closed=(True, True))
    moved = rename(body, x, place(y))
    if not continuous(tower, moved, frozenset({y})):
        return False
    if not any(end.is_infinite for end in fixed):
        return True
    return falls(tower, rates(tower, moved, y), fixed) or _falls_as_a_power(tower, moved, y)


def _decays(tower: Tower, rate: tuple[Any, Any], end: sp.Expr) -> bool:
    curvature, linear = rate
    if not end.is_infinite or is_positive(tower, -curvature):
        return True
    return curvature == 0 and is_positive(tower, -linear if end is sp.oo else linear)


def _falls_as_a_power(tower: Tower, body: sp.Expr, x: sp.Symbol) -> bool:
    """Whether a product of bounded functions and powers of polynomials is at most of the order of x^-2."""
    order = 0
    for factor in sp.Mul.make_args(body):
        base, power = factor.as_base_exp()
        if isinstance(factor, BOUNDED) and real(tower, factor.args[0]):
            continue
        if not (base.is_polynomial(x) and power.is_Integer):
            return False
        polynomial = sp.Poly(base, x)
        if not is_nonzero(tower, polynomial.LC()):
            return False
        order += polynomial.degree() * int(power)
    return order <= -2
