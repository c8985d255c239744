"""The Wilson-Fisher fixed point of the local potential approximation, and its exponents."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from numerics.flows.field_renormalization import COMPONENTS, FieldRenormalization
from numerics.flows.potential import PotentialFlow, Vector
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import Root, newton
from theory.regulators import Regulator, checked

LOWEST, HIGHEST = 2, 4
"""Dimensions between which the fixed point is the critical one."""
WARM = 4
"""The truncation from which higher ones are tried at once."""
ROUNDING = 1e-9
REAL = 1e-9
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
LONGEST, SHORTEST = 0.1, 1e-3
"""Steps in the dimension; near the end of its range the shortest is as small a part of the distance to it."""


@dataclass(frozen=True, kw_only=True)
class Truncation:
    """Flows of potentials of every order, with a regulator, and with a field renormalization if there is one."""

    regulator: Regulator
    renormalization: FieldRenormalization | None = None

    def flow(self, order: int) -> PotentialFlow:
        """That of the couplings up to an order."""
        return PotentialFlow(self.regulator, order, self.renormalization)

    def __str__(self) -> str:
        mode = self.renormalization
        return repr(self.regulator) + (
            "" if mode is None else f" with the anomalous dimension of the {mode.mode} modes"
        )


@dataclass(frozen=True, kw_only=True)
class FixedPoint:
    """A zero of the beta functions of a truncated potential, in units in which 4 v_d / d is absorbed.

    Attributes
    ----------
    dimension, components, regulator, order
        As given.
    couplings
        kappa, lambda_2, ..., lambda_order of u(rho) = sum_n lambda_n (rho - kappa)^n / n!, shape (order,).
    eigenvalues
        Of the stability matrix of d/dt, t = log k, by growing real part, complex, shape (order,): negative ones are
        relevant.
    residual
        Largest derivative of the flow that is left, in units of the couplings.
    uncertainty
        The last Newton step over the couplings: their error by rounding, without that of the truncation.
    truncation_error
        How far nu is from that of two orders below; NaN for orders below 6.
    anomalous_dimension
        eta; zero in the local potential approximation.
    """

    dimension: float
    components: float
    regulator: Regulator
    order: int
    couplings: Vector
    eigenvalues: NDArray[np.complex128]
    residual: float
    uncertainty: float
    truncation_error: float = math.nan
    anomalous_dimension: float = 0.0

    @property
    def relevant_eigenvalues(self) -> Vector:
        """The negative real ones: one, where only the temperature has to be tuned."""
        real = self.eigenvalues.real
        return real[(np.abs(self.eigenvalues.imag) < REAL * np.abs(self.eigenvalues)) & (real < 0)]

    @property
    def spurious_eigenvalues(self) -> NDArray[np.complex128]:
        """Complex ones with a negative real part: high orders of an expansion beyond its radius, not directions."""
        return self.eigenvalues[(self.eigenvalues.imag != 0) & (self.eigenvalues.real < 0)]

    @property
    def correlation_length_exponent(self) -> float:
        """nu, minus one over the relevant eigenvalue."""
        return float(-1 / self.relevant_eigenvalues[0])

    @property
    def correction_exponent(self) -> float:
        """omega, the smallest irrelevant eigenvalue; its real part where truncation makes a complex pair of it."""
        irrelevant = self.eigenvalues[self.eigenvalues.real > 0]
        return float(irrelevant[np.argmin(np.abs(irrelevant))].real)


def local_potential_fixed_point(
    *,
    dimension: float,
    components: float,
    regulator: Regulator,
    order: int,
    anomalous_dimension: bool | str = False,
) -> FixedPoint:
    """The fixed point with one relevant direction of an O(N) potential, expanded about its running minimum.

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

    Returns
    -------
    FixedPoint
        With `correlation_length_exponent`, `correction_exponent`, `anomalous_dimension` and all eigenvalues.

    Raises
    ------
    TypeError
        If the regulator is none.
    ValueError
        If the dimension is not between 2 and 4, the order is below 2, or an anomalous dimension is asked for that the
        regulator does not have.
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
    renormalization = _renormalization(checked(regulator), n, anomalous_dimension)
    truncation = Truncation(regulator=regulator, renormalization=renormalization)
    reached = _from_easy_dimension if d < EASY else _from_lowest
    case = f"d = {d:g}, N = {n:g}, {truncation}, order {order}"
    found = reached(d, n, truncation, int(order))
    if found is None:
        raise NotConvergedError(
            f"found no fixed point with one relevant direction for {case}: take another order, or a dimension further "
            "from the end of its range"
        )
    if order < SETTLED:
        return found
    lower = reached(d, n, truncation, int(order) - 2)
    error = math.inf if lower is None else abs(_ratio(found, lower) - 1) * found.correlation_length_exponent
    if error > DISAGREEING * found.correlation_length_exponent:
        raise NotConvergedError(
            f"found exponents that do not settle with the order for {case}, and at order {order - 2} others: the "
            "expansion about the minimum does not converge there"
        )
    return replace(found, truncation_error=error)


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


def _from_lowest(d: float, n: float, truncation: Truncation, order: int) -> FixedPoint | None:
    climbs = (_climb(d, n, truncation, start, order) for start in _lowest(d, n, truncation.regulator))
    return next((found for found in climbs if found is not None), None)


def _from_easy_dimension(d: float, n: float, truncation: Truncation, order: int) -> FixedPoint | None:
    """Along the dimension at this truncation; in shorter steps where Newton's method fails or ends elsewhere."""
    found = _from_lowest(EASY, n, truncation, order)
    here, step = EASY, LONGEST
    while found is not None and here != d:
        there = d if abs(d - here) <= step else here + math.copysign(step, d - here)
        nearer = _polished(there, n, truncation, found.couplings)
        if nearer is not None and _is_critical(nearer) and _is_beside(nearer, found):
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
            found = _polished(d, n, truncation, _padded(point, tried))
            if found is None or (len(point) >= WARM and not _is_near(found.couplings, point)):
                continue
            if tried == order and _is_critical(found):
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


def _is_critical(found: FixedPoint) -> bool:
    return len(found.relevant_eigenvalues) == 1 and bool(np.any(found.eigenvalues.real > 0))


def _padded(point: Vector, order: int) -> Vector:
    return np.concatenate([point, np.zeros(order - len(point))])


def _polished(d: float, n: float, truncation: Truncation, start: Vector) -> FixedPoint | None:
    """Newton's method from a start, with what a fixed point of this kind must have: a minimum at a positive field."""
    flow = truncation.flow(len(start))
    root = newton(
        lambda g: flow.slopes(d, n, g),
        lambda g: flow.jacobian(d, n, g),
        start,
        inside=lambda g: bool(g[0] > 0 and g[1] > 0),
        floor=1e-12,
    )
    if root is None:
        return None
    return _measured(d, n, flow, root)


def _measured(d: float, n: float, flow: PotentialFlow, root: Root) -> FixedPoint | None:
    values = np.linalg.eigvals(flow.stability_matrix(d, n, root.values))
    scale = np.abs(root.values) + np.abs(root.values).max() * 1e-12
    found = FixedPoint(
        dimension=d,
        components=n,
        regulator=flow.regulator,
        order=flow.order,
        couplings=root.values,
        eigenvalues=np.array(sorted(values.astype(complex), key=lambda v: (v.real, v.imag))),
        residual=float(np.max(np.abs(root.residual) / scale)),
        uncertainty=float(np.max(np.abs(root.step) / scale)),
        anomalous_dimension=flow.anomalous_dimension(d, n, root.values),
    )
    return found if found.uncertainty < ROUNDING else None
