"""Differences of special functions that nearly cancel far out: each rule gives the other form, or None.

The functions are in the form that `numerics.lowering.special_forms` gives them.
"""

# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import sympy as sp

from numerics.lowering.nodes import Erfc, ScaledErfc
from numerics.lowering.rewrites.terms import argument, cofactors, without
from numerics.lowering.special_nodes import (
    BesselQuotientGap,
    Digamma,
    LogBesselI0,
    LogFactorial,
    LogScaledBesselI0,
    ScaledBesselI0,
    ScaledBesselI1,
    ScaledErfcGap,
    Trigamma,
)

LONGEST_STEP = 8
"""Whole numbers up to which a difference of gamma functions is a sum of single terms."""


def bessel_quotient_near_one(node: Any) -> Any:
    """b - b I_1(u)/I_0(u), which vanishes as 1/(2 u); the sum, and the difference of squares, too."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        base, power = factor.as_base_exp()
        if not (isinstance(base, ScaledBesselI1) and power in (1, 2)):
            continue
        u = argument(base)
        below = ScaledBesselI0(u)
        coefficient = rest * below**power
        if coefficient.has(ScaledBesselI0):
            continue
        if power == 2 and -coefficient in node.args:
            form = -coefficient * BesselQuotientGap(u) * BesselQuotientGap(-u)
            return without(node, term, -coefficient) + form
        for sign in (1, -1) if power == 1 else ():
            if -sign * coefficient in node.args:
                return without(node, term, -sign * coefficient) - sign * coefficient * BesselQuotientGap(sign * u)
    return None


def log_bessel_less_exponent(node: Any) -> Any:
    """b log(I_0(u)) - b |u|, also with u or -u for |u|."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if not isinstance(factor, LogBesselI0):
            continue
        u = argument(factor)
        for partner, more in ((sp.Abs(u), 0), (u, 2 * sp.Max(-u, 0)), (-u, 2 * sp.Max(u, 0))):
            if -rest * partner in node.args:
                return without(node, term, -rest * partner) + rest * (LogScaledBesselI0(u) + more)
    return None


def erfc_near_its_limit(node: Any) -> Any:
    """b u exp(u^2) erfc(u) - b / sqrt(pi), which vanishes as u^-2, also with exp(-u^2) before the difference."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if isinstance(factor, ScaledErfc):
            b = rest / argument(factor)
            limit = -b / sp.sqrt(sp.pi)
            if limit in node.args:
                return without(node, term, limit) - b * ScaledErfcGap(argument(factor))
        if isinstance(factor, Erfc):
            u, b = argument(factor), rest / argument(factor)
            limit = -b / sp.sqrt(sp.pi) * sp.exp(-(u**2))
            if limit in node.args and not u.is_nonpositive:
                # A selection of its own, which the rule does not look at again.
                below = sp.Piecewise((term, u < 0), evaluate=False) + limit
                above = -b * sp.exp(-(u**2)) * ScaledErfcGap(u)
                return without(node, term, limit) + sp.Piecewise((below, u < 0), (above, True), evaluate=False)
    return None


def inverse_mills_ratio(node: Any) -> Any:
    """b exp(-u^2) / erfc(u) - sqrt(pi) b u, which vanishes as 1/u, for u >= 0 by 1 / sqrt(pi) - u exp(u^2) erfc(u)."""
    for term, factor, b in cofactors(node) if isinstance(node, sp.Add) else ():
        if not (isinstance(factor, sp.Pow) and isinstance(factor.base, ScaledErfc) and factor.exp == -1):
            continue
        u = argument(factor.base)
        limit = -sp.sqrt(sp.pi) * b * u
        if limit in node.args and not u.is_nonpositive:
            below = sp.Piecewise((term, u < 0), evaluate=False) + limit
            above = sp.sqrt(sp.pi) * b * ScaledErfcGap(u) * factor
            return without(node, term, limit) + sp.Piecewise((below, u < 0), (above, True), evaluate=False)
    return None


def whole_steps(node: Any) -> Any:
    """psi(u + n) - psi(u) = 1/u + ... + 1/(u + n - 1), also for log gamma and psi' of a positive u."""
    terms = [(t, c, _step_of(f)) for t, f, c in cofactors(node)] if isinstance(node, sp.Add) else []
    known = [(term, c, *step) for term, c, step in terms if step is not None]
    for (one, c, family, u), (other, d, second, v) in permutations(known, 2):
        n = u - v
        if c == -d and family is second and v.is_positive and n.is_Integer and 0 < n <= LONGEST_STEP:
            return without(node, one, other) + c * sp.Add(*(_STEPS[family](v + k) for k in range(int(n))))
    return None


def _step_of(factor: Any) -> tuple[Any, Any] | None:
    if isinstance(factor, LogFactorial):
        return sp.loggamma, argument(factor) + 1
    return (factor.func, argument(factor)) if factor.func in _STEPS else None


_STEPS: dict[Any, Callable[[Any], Any]] = {
    Digamma: lambda u: 1 / u,
    Trigamma: lambda u: -(u**-2),
    sp.loggamma: sp.log,
}

DIFFERENCE_RULES: tuple[Callable[[Any], Any], ...] = (
    bessel_quotient_near_one,
    log_bessel_less_exponent,
    erfc_near_its_limit,
    inverse_mills_ratio,
    whole_steps,
)
