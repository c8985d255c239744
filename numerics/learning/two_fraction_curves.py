"""Minus the Laplacian of the free energy of two groups of eigenvalues, and where it is stationary, as curves."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.lowering import Lowered

Array = NDArray[np.float64]


def negative_laplacian(
    log_eigenvalues: ArrayLike, *, fraction: float, inverse_temperature: float, n_neurons: int
) -> Array:
    """-Delta F of all neurons, at log lambda of the first group, in units of the eigenvalues.

    Notes
    -----
    Vanchurin (2020), eq. (9.3).
    """
    x = np.asarray(log_eigenvalues, dtype=float)
    return np.asarray(_lowered()["curvature"](n_neurons, inverse_temperature, fraction, x))


def stationary_branch(log_ratios: ArrayLike, *, fraction: float) -> tuple[Array, Array]:
    """Inverse temperatures and log lambda of the extrema beside 0, one for each third of the logarithm of the ratio."""
    r = np.asarray(log_ratios, dtype=float)
    lowered = _lowered()
    beta = np.exp(np.asarray(lowered["temperature"](fraction, r)))
    return beta, np.asarray(lowered["place"](fraction, r))


def extremum_of_few(inverse_temperatures: ArrayLike) -> Array:
    """log lambda at the extremum beside 0 as the fraction goes to 0: eq. (9.4), printed for any fraction."""
    return np.asarray(_lowered()["few"](np.asarray(inverse_temperatures, dtype=float)))


@cache
def _lowered() -> dict[str, Lowered]:
    from derivations.learning_thermodynamics import results
    from numerics.lowering import lower
    from theory.models import learning as model

    beta, gamma, r = model.inverse_temperature, model.fraction, model.log_root
    of: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "curvature": (results.curvature_of_two_groups(), (model.n_neurons, beta, gamma, model.log_eigenvalue)),
        "temperature": (results.log_stationary_temperature(), (gamma, r)),
        "place": (results.log_eigenvalue_at_ratio(), (gamma, r)),
        "few": (results.extremum_of_few(), (beta,)),
    }
    return {name: lower(expression, arguments) for name, (expression, arguments) in of.items()}
