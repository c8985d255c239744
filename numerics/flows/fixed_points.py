"""The Wilson-Fisher fixed point of the local potential approximation, and its exponents."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from numbers import Real
from typing import Any, cast

import numpy as np
from scipy.optimize import brentq

from numerics.flows.expansion_points import MINIMUM, POINTS, ExpansionPoint
from numerics.flows.field_renormalization import COMPONENTS, FieldRenormalization
from numerics.flows.origin_zeros import zeros_about_the_origin
from numerics.flows.potential import PotentialFlow, Vector
from numerics.flows.truncated_fixed_point import FixedPoint, Truncation, is_critical, polished
from numerics.solvers.convergence import NotConvergedError
from theory.regulators import Regulator, checked

LOWEST, HIGHEST = 2, 4
"""Dimensions between which the fixed point is the critical one."""
WARM = 4
"""The truncation from which higher ones are tried at once."""
# Places at which the gap 2 kappa lambda_2 of the lowest truncation is looked for.
GAPS = np.geomspace(1e-3, 1e3, 31)
EASY = 3.0
"""Below this dimension truncations have further fixed points: the critical one is followed from here."""
NEIGHBOR = 0.3
"""How far the minimum of a truncation may lie from that of a lower one, as a part of it."""
CLOSE = 0.05
"""How far it may move in one step of the dimension."""
TURN = 0.1
"""How far nu may move in one step, as a part of it."""
SETTLED, DISAGREEING = 6, 0.1
"""From this order on, a fixed point whose nu is further from that of two orders below, as a part of it, is refused."""
UNSETTLED = 0.02
"""Beyond this distance nu is compared with that of one order below, too: where it has a period of three, two orders are
alike by chance."""
LONGEST, SHORTEST = 0.1, 1e-3
"""Steps in the dimension; near the end of its range the shortest is as small a part of the distance to it."""


def local_potential_fixed_point(
    *,
    dimension: float,
    components: float,
    regulator: Regulator,
    order: int,
    anomalous_dimension: bool | str = False,
    about: str = MINIMUM.name,
) -> FixedPoint:
    """The fixed point with one relevant direction of an O(N) potential, expanded about its minimum or the origin.

    Parameters
    ----------
    dimension
        2 < d < 4, any real number.
    components
        N, any real number for which there is a fixed point; 1 for Ising.
    regulator
        Of ``theory.regulators``.
    order
        Of the highest coupling, at least 2.
    anomalous_dimension
        Whether the field is renormalized (LPA'), by the two-point function at the minimum of the potential: of the
        "transverse" modes or of the "radial" one. True takes the transverse modes, and with one component, which has
        none, the radial one; with "transverse" its formula is continued to one component.
    about
        "minimum", the running one, or "origin". About the origin exponents swing about their limit and settle more
        slowly. Of the zeros of a truncation there, which become more with the order, the one with a single relevant
        direction is returned.

    Returns
    -------
    FixedPoint
        With `correlation_length_exponent`, `correction_exponent`, `anomalous_dimension` and all eigenvalues.

    Raises
    ------
    TypeError
        If the regulator is none.
    ValueError
        If the dimension is not between 2 and 4, the order is below 2, there is no such point of expansion, or an
        anomalous dimension is asked for that the regulator does not have, or with an expansion about the origin.
    NotConvergedError
        If no fixed point with one relevant direction is found in this truncation.
    numerics.quadrature.QuadratureError
        If threshold functions do not exist, as for a regulator that falls too slowly.

    Examples
    --------
    >>> from theory import LitimRegulator
    >>> ising = local_potential_fixed_point(dimension=3, components=1, regulator=LitimRegulator(), order=8)
    >>> round(ising.correlation_length_exponent, 4), round(ising.correction_exponent, 4)
    (0.6495, 0.6552)
    """
    d, n = _number(dimension, "a dimension"), _number(components, "a number of components")
    if not LOWEST < d < HIGHEST:
        raise ValueError(f"expected a dimension between {LOWEST} and {HIGHEST}, where this fixed point is; found {d:g}")
    if isinstance(order, bool) or not isinstance(order, int | np.integer) or order < 2:
        raise ValueError(f"expected a truncation at an integer order of at least 2; found {order!r}")
    truncation = Truncation(
        regulator=regulator,
        renormalization=_renormalization(checked(regulator), n, anomalous_dimension),
        about=_expansion_point(about, anomalous_dimension),
    )
    reached = _reached(truncation, d)
    case = f"d = {d:g}, N = {n:g}, {truncation}, order {order}"
    found = reached(d, n, truncation, int(order))
    if found is None:
        raise NotConvergedError(
            f"found no fixed point with one relevant direction for {case}: take another order, or a dimension further "
            "from the end of its range"
        )
    if order < SETTLED:
        return found
    lower = [reached(d, n, truncation, int(order) - below) for below in truncation.about.compared]
    moved = [math.inf if one is None else abs(1 - 1 / _ratio(found, one)) for one in lower]
    between = reached(d, n, truncation, int(order) - 1) if moved[0] > UNSETTLED else found
    apart = math.inf if between is None else abs(1 - 1 / _ratio(found, between))
    if max(moved[0], apart) > DISAGREEING:
        raise NotConvergedError(
            f"found exponents that do not settle with the order for {case}, and at orders just below "
            f"others: the expansion about the {about} does not converge there"
        )
    return replace(found, truncation_error=max(moved) * found.correlation_length_exponent)


def _number(value: Any, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"expected {what} as a finite real number; found {value!r}")
    return float(value)


def _renormalization(regulator: Regulator, n: float, asked: bool | str) -> FieldRenormalization | None:
    if isinstance(asked, str):
        return FieldRenormalization(regulator, asked)
    if not isinstance(asked, bool):
        raise ValueError(
            f"expected an anomalous dimension by True, False, or a mode {', '.join(COMPONENTS)}; found {asked!r}"
        )
    return FieldRenormalization(regulator, "radial" if n == 1 else "transverse") if asked else None


def _expansion_point(about: Any, renormalized: bool | str) -> ExpansionPoint:
    if about not in POINTS:
        raise ValueError(f"expected a point of expansion among {', '.join(POINTS)}; found {about!r}")
    if renormalized and not POINTS[about].moves:
        raise ValueError(
            f"expected an expansion about the minimum, at which the anomalous dimension is taken; found the {about}, "
            "where the loop of the two-point function has no momentum in it: leave one of them out"
        )
    return POINTS[about]


def _reached(truncation: Truncation, d: float) -> Callable[[float, float, Truncation, int], FixedPoint | None]:
    """What finds the fixed point of a truncation."""
    if not truncation.about.moves:
        return _among_all_zeros
    return _from_easy_dimension if d < EASY else _from_lowest


def _among_all_zeros(d: float, n: float, truncation: Truncation, order: int) -> FixedPoint | None:
    """The one with one relevant direction; the largest mass first, as that of the spurious ones is smaller."""
    zeros = (polished(d, n, truncation, start) for start in zeros_about_the_origin(truncation.flow(order), d, n))
    return next((zero for zero in zeros if zero is not None and is_critical(zero)), None)


def _from_lowest(d: float, n: float, truncation: Truncation, order: int) -> FixedPoint | None:
    climbs = (_climb(d, n, truncation, start, order) for start in _lowest(d, n, truncation.regulator))
    return next((found for found in climbs if found is not None), None)


def _from_easy_dimension(d: float, n: float, truncation: Truncation, order: int) -> FixedPoint | None:
    """Along the dimension at this truncation; in shorter steps where Newton's method fails or ends elsewhere."""
    found = _from_lowest(EASY, n, truncation, order)
    here, step = EASY, LONGEST
    while found is not None and here != d:
        there = d if abs(d - here) <= step else here + math.copysign(step, d - here)
        nearer = polished(there, n, truncation, found.couplings)
        if nearer is not None and is_critical(nearer) and _is_beside(nearer, found):
            found, here, step = nearer, there, min(2 * step, LONGEST)
        elif step > SHORTEST * min(1.0, here - LOWEST):
            step /= 2
        else:
            return None
    return found


def _lowest(d: float, n: float, regulator: Regulator) -> list[Vector]:
    """Fixed points of the truncation at order 2, where one equation for the gap 2 kappa lambda_2 is left.

    The derivative of the flow of order 1 gives kappa at a gap, and that of order 2 lambda_2; both hold the threshold
    functions at the gap alone.
    """
    flow = PotentialFlow(regulator, 2)

    def at(gap: float) -> Vector:
        slopes = [flow.slopes(d, n, _pair(kappa, gap)) for kappa in (1.0, 2.0)]
        # Linear in kappa at a fixed gap, but for the factor of lambda_2 = gap / (2 kappa).
        scaled = [kappa * s[0] for kappa, s in zip((1.0, 2.0), slopes, strict=True)]
        kappa = 1 - scaled[0] / (scaled[1] - scaled[0])
        return _pair(kappa, gap)

    def left(gap: float) -> float:
        point = at(gap)
        return float(flow.slopes(d, n, point)[1]) if point[0] > 0 else math.nan

    values = [left(gap) for gap in GAPS]
    brackets = [(a, b) for a, b, x, y in zip(GAPS, GAPS[1:], values, values[1:], strict=False) if x * y < 0]
    return [at(cast(Any, brentq)(left, a, b, xtol=1e-300, rtol=1e-12)) for a, b in brackets]


def _pair(kappa: float, gap: float) -> Vector:
    return np.array([kappa, gap / (2 * kappa)])


def _climb(d: float, n: float, truncation: Truncation, start: Vector, order: int) -> FixedPoint | None:
    """From truncation to truncation; the last one at once where that works, step by step where it does not."""
    point = start
    for here in range(2, order + 1):
        for tried in {here, order} if len(point) >= WARM else {here}:
            found = polished(d, n, truncation, _padded(point, tried))
            if found is None or (len(point) >= WARM and not _is_near(found.couplings, point)):
                continue
            if tried == order and is_critical(found):
                return found
            if tried == here:
                point = found.couplings
    return None


def _is_beside(there: FixedPoint, here: FixedPoint) -> bool:
    """Whether two fixed points of one truncation, at dimensions a step apart, belong to one line."""
    return abs(_ratio(there, here) - 1) < TURN and _is_near(there.couplings, here.couplings, CLOSE)


def _ratio(there: FixedPoint, here: FixedPoint) -> float:
    return there.correlation_length_exponent / here.correlation_length_exponent


def _is_near(there: Vector, here: Vector, part: float = NEIGHBOR) -> bool:
    return bool(abs(there[0] - here[0]) < part * here[0])


def _padded(point: Vector, order: int) -> Vector:
    return np.concatenate([point, np.zeros(order - len(point))])
