"""Threshold functions of the momentum dependence as numbers: in closed form where it is derived, else by quadrature."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, cast

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.flows.thresholds import TOLERANCE, d, eta
from numerics.lowering import lower
from numerics.quadrature.edges import Edges
from numerics.quadrature.integral import definite_integral
from numerics.quadrature.refusal import QuadratureError
from theory.models import scalar_field as model
from theory.momentum_thresholds import (
    edged_momentum_kernel,
    momentum_integrand,
    momentum_surface,
    pieces,
    slow_pieces,
)
from theory.regulators import LitimRegulator, Regulator, y

Vector = NDArray[np.float64]

MASSES = cast(tuple[Any, Any], model.masses)
FAST = sp.symbols("r r_y r_yy", real=True)
"""The shape and its derivatives."""
SLOW = sp.symbols("s l l_y", real=True)
"""One over the shape, -2 y r'/r and y times its derivative."""
SPLIT = 1.0
"""Below this squared momentum the reciprocal of the shape is taken: neither end overflows."""


@cache
def closed_momentum_form(regulator: Regulator) -> Any:
    """m_22 in terms of the masses, the dimension and the anomalous dimension; None where no closed form is derived."""
    if not isinstance(regulator, LitimRegulator):
        return None
    from derivations.renormalization import threshold_functions as derived

    return derived.optimized_momentum().result


@lru_cache(maxsize=4096)
def momentum_threshold(
    regulator: Regulator,
    orders: tuple[int, int],
    masses: tuple[float, float],
    dimension: float,
    anomalous_dimension: float,
) -> float:
    """A derivative of m_22 by its masses, of the given orders.

    Raises
    ------
    numerics.quadrature.QuadratureError
        If the integral does not meet its tolerance.
    """
    known = closed_momentum_form(regulator)
    if known is not None:
        return float(_lowered_form(regulator, orders)(*masses, dimension, anomalous_dimension))
    if regulator.edge is not sp.oo:
        within, beyond = _edged(regulator, orders)
        edge = float(regulator.edge)
        rest = float(beyond(*masses, dimension))
        return rest + _integral(lambda x: within(x, *masses, dimension, anomalous_dimension), 0.0, edge, rest)

    def within_reach(x: Vector, slow: bool) -> Vector:
        taken = (f(x) for f in _parts(regulator, slow))
        return _kernel(orders, slow)(x, *taken, *masses, dimension, anomalous_dimension)

    below = _integral(lambda x: within_reach(x, True), 0.0, SPLIT)
    return below + _integral(lambda x: within_reach(x, False), SPLIT, np.inf)


def _integral(integrand: Any, low: float, high: float, beside: float = 0.0) -> float:
    """To the tolerance, relative to the integral of the absolute value and to what is added to it."""
    ends = (np.array([low]), np.array([high]))
    found = definite_integral(lambda _, x: (integrand(x), None), *ends, Edges.none(1), TOLERANCE)
    estimate = float(found.error[0] / (found.scale[0] + abs(beside)))
    if not estimate <= TOLERANCE:
        what, remedy = "a threshold function of the momentum dependence", "take a regulator that falls faster"
        raise QuadratureError(what, {}, estimate, TOLERANCE, remedy)
    return float(found.value[0])


@cache
def _lowered_form(regulator: Regulator, orders: tuple[int, int]) -> Any:
    return lower(_differentiated(closed_momentum_form(regulator), orders), (*MASSES, d, eta))


@cache
def _edged(regulator: Regulator, orders: tuple[int, int]) -> tuple[Any, Any]:
    """The integrand below the edge, and what is beyond it."""
    own = edged_momentum_kernel(regulator.shape, masses=MASSES, dimension=d, anomalous_dimension=eta)
    beyond = momentum_surface(sp.S.Zero, masses=MASSES, dimension=d).subs(y, regulator.edge)
    arguments = (*MASSES, d)
    return (
        lower(_differentiated(own, orders), (y, *arguments, eta)),
        lower(_differentiated(beyond, orders), arguments),
    )


@cache
def _parts(regulator: Regulator, slow: bool) -> tuple[Any, ...]:
    """What integrands hold of the shape, as functions of the squared momentum."""
    r = regulator.shape
    rate = sp.simplify(-2 * y * sp.diff(r, y) / r)
    made = (
        (sp.simplify(1 / r), rate, sp.simplify(y * sp.diff(rate, y))) if slow else (r, sp.diff(r, y), sp.diff(r, y, 2))
    )
    return tuple(lower(e, (y,)) for e in made)


@cache
def _kernel(orders: tuple[int, int], slow: bool) -> Any:
    """The integrand by these letters, differentiated by the masses."""
    own = (
        momentum_integrand(slow_pieces(SLOW[0], SLOW[1], SLOW[2], eta), masses=_times(SLOW[0]), dimension=d)
        if slow
        else _fast_kernel()
    )
    return lower(_differentiated(own, orders), (y, *(SLOW if slow else FAST), *MASSES, d, eta))


def _fast_kernel() -> Any:
    shape = model.shape(y)
    letters = {sp.diff(shape, y, 2): FAST[2], sp.diff(shape, y): FAST[1], shape: FAST[0]}
    own = momentum_integrand(pieces(shape, eta), masses=MASSES, dimension=d)
    for expression, letter in letters.items():
        own = own.xreplace({expression: letter})
    return own


def _times(factor: Any) -> tuple[Any, Any]:
    first, second = MASSES
    return factor * first, factor * second


def _differentiated(expression: Any, orders: tuple[int, int]) -> Any:
    first, second = MASSES
    return sp.diff(sp.diff(expression, first, orders[0]), second, orders[1])
