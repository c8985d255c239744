"""The potential in units of the cutoff, followed down to small scales: convex in the broken phase.

The slope M = dU/drho obeys a conservation law, dM/dt = d/drho of the loop at masses M and M + 2 rho dM/drho. Finite
volumes keep it where the slope gets a kink: fluxes between cells take the mass across the field from the cell at larger
fields, from where it is carried, and the mass along the field from both sides. Source: E. Grossi, N. Wink,
SciPost Physics Core 6, 071 (2023).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.sparse import diags

from numerics.flows.potential import derived_flow
from numerics.flows.thresholds import closed_form, lowered_threshold, mass
from numerics.lowering import lower
from numerics.solvers.convergence import NotConvergedError
from theory.models import scalar_field as model
from theory.regulators import Regulator

Vector = NDArray[np.float64]

RELATIVE, ABSOLUTE = 1e-6, 1e-9
_LOOPS = sp.symbols("l_across l_along", real=True)


@dataclass(frozen=True, kw_only=True)
class EffectivePotential:
    """U at a scale k, in units of the cutoff and in which 4 v_d / d is absorbed.

    Attributes
    ----------
    invariants
        rho at the middle of cells, shape (n,).
    slopes
        dU/drho there, shape (n,).
    scale
        k over the cutoff.
    """

    invariants: Vector
    slopes: Vector
    scale: float

    @property
    def minimum(self) -> float:
        """The invariant beyond which the slope is positive: 0 in the symmetric phase."""
        negative = np.flatnonzero(self.slopes <= 0)
        return float(self.invariants[negative[-1]]) if len(negative) else 0.0

    @property
    def largest_concavity(self) -> float:
        """How far the slope lies below zero; a convex potential of the field has none."""
        return float(max(0.0, -np.min(self.slopes)))


def effective_potential(
    bare_slopes: Any,
    *,
    end: float,
    cells: int,
    scale: float,
    dimension: float,
    components: float,
    regulator: Regulator,
) -> EffectivePotential:
    """The potential after all fluctuations above a scale, from a bare one at the cutoff.

    Parameters
    ----------
    bare_slopes
        dU/drho at the cutoff, a function of invariants of shape (n,).
    end, cells
        Cells of equal width from 0 to an invariant well beyond the minimum.
    scale
        k over the cutoff, in (0, 1].
    dimension, components
        Of space, and of the field.
    regulator
        Of ``theory.regulators``.

    Raises
    ------
    ValueError
        If the scale is not in (0, 1].
    NotConvergedError
        If the integration fails, as at scales at which the flat part is closer to the pole than doubles tell.

    Examples
    --------
    >>> from theory import LitimRegulator
    >>> choices = {"dimension": 3, "components": 1, "regulator": LitimRegulator()}
    >>> broken = effective_potential(lambda rho: 0.1 * (rho - 4), end=10, cells=60, scale=0.1, **choices)
    >>> 0 < broken.minimum < 4, broken.largest_concavity < 0.1**2
    (True, True)
    """
    if not 0 < scale <= 1:
        raise ValueError(f"expected a scale between 0 and the cutoff, which is 1; found {scale:g}")
    width = float(end) / cells
    middles = np.asarray(width * (np.arange(cells) + 0.5), dtype=np.float64)
    faces = np.asarray(width * np.arange(1, cells + 1), dtype=np.float64)
    d, n = float(dimension), float(components)
    last = float(np.asarray(bare_slopes(np.array([end + width / 2])))[0])

    def right(time: float, slopes: Vector) -> Vector:
        k = math.exp(-time)
        padded: Vector = np.concatenate([slopes, [last]])
        across, along = padded[1:], _along(padded, faces, width)
        flux = k**d * _loop(regulator, d, n, across / k**2, along / k**2)
        origin = k**d * _loop(regulator, d, n, slopes[:1] / k**2, slopes[:1] / k**2)
        fluxes: Vector = np.concatenate([origin, flux])
        return (fluxes[:-1] - fluxes[1:]) / width

    pattern = cast(Any, diags)([np.ones(cells)] * 5, [-2, -1, 0, 1, 2], shape=(cells, cells))
    start = np.asarray(bare_slopes(middles), dtype=np.float64)
    choices: dict[str, Any] = {"method": "BDF", "jac_sparsity": pattern, "rtol": RELATIVE, "atol": ABSOLUTE}
    with np.errstate(all="ignore"):  # of trial steps beyond the pole, which are taken back
        found = cast(Any, solve_ivp)(right, (0.0, -np.log(scale)), start, **choices)
    if found.status:
        raise NotConvergedError(
            f"the flow stops at a scale of {np.exp(-found.t[-1]):.3g} times the cutoff: ask for a larger one"
        )
    return EffectivePotential(invariants=middles, slopes=found.y[:, -1], scale=scale)


def _along(padded: Vector, faces: Vector, width: float) -> Vector:
    return (padded[1:] + padded[:-1]) / 2 + 2 * faces * np.diff(padded) / width


def _loop(regulator: Regulator, d: float, n: float, across: Vector, along: Vector) -> Vector:
    values = [_threshold(regulator)(w, d) for w in (across, along)]
    return np.asarray(_lowered_loop()(d, n, *values))


@cache
def _lowered_loop() -> Any:
    """The derived flow without its naive scaling, in threshold functions at both masses."""
    flow, rho = derived_flow(), model.invariant
    loop = flow - flow.replace(model.threshold, lambda _: sp.S.Zero)
    slope = sp.Derivative(model.potential(rho), rho)
    loop = loop.replace(model.threshold, lambda at: _LOOPS[0] if at == slope else _LOOPS[1])
    return lower(sp.expand(loop), (model.dimension, model.n_components, *_LOOPS))


@cache
def _threshold(regulator: Regulator) -> Any:
    known = closed_form(regulator)
    if known is None:
        return lambda w, d: lowered_threshold(regulator, 0)(w, d, 0.0)
    return lower(known.xreplace({model.anomalous_dimension: sp.S.Zero}), (mass, model.dimension))
