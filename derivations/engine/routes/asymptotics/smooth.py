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
SMALL = sp.Dummy("u", positive=True)
"""One name for what is small, so that what was found with fewer terms is found again."""


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
        found = _taylor(rename(node, variable, point + side * SMALL**root), count * root, domain)
        if found is not None:
            scale = VARIABLE.power(sp.Rational(-1, root))
            terms = [(scale.power(sp.Integer(k)), c) for k, c in enumerate(found) if c != 0]
            return Series(tuple(terms), scale.power(sp.Integer(len(found))))
    raise UnknownScaleError(f"no derivatives of {node.func.__name__} are seen to be finite near the point")


def _taylor(function: Any, count: int, domain: Domain) -> list[Any] | None:
    """The first Taylor coefficients; all derivatives, one more included, are finite on a whole neighborhood."""
    near = domain.extended({SMALL: (0, sp.Rational(1, 4))})
    found = []
    for order in range(count + 1):
        if not _is_finite_near(function, near):
            return None
        found.append(at_value(function, SMALL, sp.S.Zero) / sp.factorial(order))
        function = _slope(function)
    return found[:count] if all(map(is_finite, found)) else None


@lru_cache(maxsize=256)
def _is_finite_near(function: Any, near: Domain) -> bool:
    return is_continuous(function, SMALL, sp.S.Zero, 1, near, SEED)


@lru_cache(maxsize=256)
def _slope(function: Any) -> Any:
    """The derivative, with integrands multiplied out where that makes them shorter: they grow with every order."""
    return slope(function, SMALL).replace(lambda node: isinstance(node, SMOOTH), _multiplied_out)


def _multiplied_out(node: Any) -> Any:
    body = sp.expand(node.args[0], deep=False)
    return node.func(body, *node.args[1:]) if sp.count_ops(body) < sp.count_ops(node.args[0]) else node
