"""Multicritical fixed points, followed from the Gaussian one.

The operator phi^(2n) becomes relevant at the Gaussian fixed point in the dimension 2n/(n - 1). There a fixed point with
n minima branches off, which is followed to lower dimensions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from numerics.flows.chebyshev import Grid
from numerics.flows.collocation import Profile, solved
from numerics.flows.slope_flow import SlopeFlow

Vector = NDArray[np.float64]

SIZE = 48
DAMPING = 40.0
"""Logarithm of the factor by which errors at the far end are damped at the outermost zero: beyond doubles."""
FAR = 200.0
"""An invariant beyond all structure of the Gaussian fixed point."""
REACH = 2.0
"""The same within an operator, over its order."""
SMALL = 1e-3
FAR_OUT = 4.0
"""The far end over the outermost zero, at least where the fixed point branches off."""
LENGTHENINGS, LONGER = 12, 1.25
SHORT, LONG = 0.6, 1.5
"""Between these parts of the damping that is asked for, an interval is left as it is."""
FIRST, LONGEST, SHORTEST = 0.02, 0.1, 1e-4
"""Steps in the dimension, as parts of its distance from 2."""


def upper_dimension(order: int) -> float:
    """Below it there is a fixed point with that many minima, beside the Gaussian one; infinite for one minimum."""
    return 2 * order / (order - 1) if order > 1 else float("inf")


def gaussian(flow: SlopeFlow, dimension: float, components: float, damping: float = DAMPING) -> Profile:
    """The fixed point without interaction, on an interval that damps errors by a factor with this logarithm."""
    grid = Grid(size=4 * SIZE, end=FAR * (1 + abs(components)))
    flat = Profile(flow=flow, dimension=dimension, components=components, grid=grid, slopes=np.zeros(grid.size))
    inward = flat.damping()
    return flat.on(Grid(size=SIZE, end=float(np.interp(damping, inward[0] - inward, grid.points))))


def followed(flow: SlopeFlow, dimension: float, components: float, order: int) -> Profile | None:
    """The fixed point with ``order`` minima in a dimension, or None where the way there ends."""
    if order == 1:
        return gaussian(flow, dimension, components)
    here = upper_dimension(order)
    step = FIRST * (here - 2)
    found: Profile | None = None
    while found is None or found.dimension != dimension:
        before = here if found is None else found.dimension
        there = max(dimension, before - step)
        nearer = _branched(flow, there, components, order) if found is None else _moved(found, there)
        if nearer is not None and len(nearer.zeros()) == order - 1 and nearer.is_regular():
            found, step = nearer, min(1.5 * step, LONGEST * (there - 2))
        elif step > SHORTEST * (before - 2):
            step /= 2
        else:
            return None
    return found


def _branched(flow: SlopeFlow, dimension: float, components: float, order: int) -> Profile | None:
    """Just below the upper dimension, where the fixed point is a multiple of the marginal operator to first order.

    Operators at the Gaussian fixed point are polynomials, which its stability matrix and the square of the marginal one
    do not leave.
    """
    critical = upper_dimension(order)
    flat = gaussian(flow, critical, components, REACH * order)
    grid = flat.grid
    basis = grid.polynomials(grid.points, 2 * order - 2)
    image = _projected(basis, flat.stability_matrix() @ basis)
    marginal, dual = _at_zero(image[:order, :order]), _at_zero(image.T)
    small = SMALL / np.max(np.abs(basis[:, :order] @ marginal))

    def along(d: float, amplitude: float) -> float:
        jet = grid.jet(amplitude * basis[:, :order] @ marginal)
        return float(dual @ _projected(basis, flow.table(d, components, grid.points, jet)[:, 0]))

    quadratic = (along(critical, small) + along(critical, -small)) / (2 * small**2)
    linear = (along(dimension, small) - along(dimension, -small)) / (2 * small)
    wide = gaussian(flow, critical, components, DAMPING + REACH * order).grid
    zero = float(np.max(np.real(chebyshev.chebroots(marginal))) + 1) * grid.end / 2
    wide = Grid(size=SIZE, end=max(wide.end, FAR_OUT * zero))
    start = -linear / quadratic * grid.polynomials(wide.points, order - 1) @ marginal
    return _settled(solved(flow, dimension, components, wide, start))


def _at_zero(matrix: Any) -> Vector:
    values, vectors = np.linalg.eig(matrix)
    return np.real(vectors[:, int(np.argmin(np.abs(values)))])


def _projected(basis: Any, values: Any) -> Any:
    return np.linalg.lstsq(basis, values, rcond=None)[0]


def _moved(profile: Profile, dimension: float) -> Profile | None:
    return _settled(solved(profile.flow, dimension, profile.components, profile.grid, profile.slopes))


def _settled(found: Profile | None) -> Profile | None:
    """The same on an interval as long as the damping and the power of large fields ask for."""
    for _ in range(LENGTHENINGS):
        if found is None or not len(found.zeros()):
            return found
        inward, points = found.damping(), found.grid.points
        inner = float(np.interp(found.zeros()[-1], points, inward))
        if inner < SHORT * DAMPING or not found.is_regular():
            end = LONGER * found.grid.end
        elif inner > LONG * DAMPING and found.has_power(found.grid.end / LONGER):
            end = max(float(np.interp(DAMPING, inner - inward, points)), found.grid.end / LONGER)
        else:
            return found
        found = _on(found, end)
    return found


def _on(found: Profile, end: float) -> Profile | None:
    moved = found.on(Grid(size=found.grid.size, end=end))
    return solved(found.flow, found.dimension, found.components, moved.grid, moved.slopes)
