"""Taylor series of integrals and means whose derivatives are seen to be finite on a whole neighborhood."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from derivations.engine.routes.asymptotics.expansions import BRANCHES, at_value, is_finite
from derivations.engine.routes.asymptotics.scale import VARIABLE, UnknownScaleError
from derivations.engine.routes.asymptotics.series import Series
from derivations.engine.routes.asymptotics.substitution import is_continuous
from derivations.engine.routes.jumps import slope
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.sums import rename

SMOOTH = (sp.Integral, GaussianMean)
ROOTS = (1, 2)
"""The variable itself, or its square root, is the one in which the function is smooth."""
SEED = 0


@lru_cache(maxsize=64)
def smooth_series(node: Any, variable: sp.Symbol, point: Any, side: int, domain: Domain, count: int) -> Series:
    """The series of a function of v about a in powers of v - a, or of its root.

    Raises
    ------
    UnknownScaleError
        If the point is infinite, or no derivatives are seen to be finite near it.
    """
    if node.has(*BRANCHES):
        raise UnknownScaleError(f"no series for {node.func.__name__} of what has corners")
    if point.is_infinite:
        raise UnknownScaleError(f"no series for {node.func.__name__} at infinity")
    for root in ROOTS:
        small = sp.Dummy("u", positive=True)
        found = _taylor(rename(node, variable, point + side * small**root), small, count * root, domain)
        if found is not None:
            scale = VARIABLE.power(sp.Rational(-1, root))
            terms = [(scale.power(sp.Integer(k)), c) for k, c in enumerate(found) if c != 0]
            return Series(tuple(terms), scale.power(sp.Integer(len(found))))
    raise UnknownScaleError(f"no derivatives of {node.func.__name__} are seen to be finite near the point")


def _taylor(function: Any, small: sp.Symbol, count: int, domain: Domain) -> list[Any] | None:
    """The first Taylor coefficients; all derivatives, one more included, are finite on a whole neighborhood."""
    near = domain.extended({small: (0, sp.Rational(1, 4))})
    found = []
    for order in range(count + 1):
        if not is_continuous(function, small, sp.S.Zero, 1, near, SEED):
            return None
        found.append(at_value(function, small, sp.S.Zero) / sp.factorial(order))
        function = slope(function, small)
    return found[:count] if all(map(is_finite, found)) else None
