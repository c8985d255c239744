"""The ensemble of one feedforward network's states in one record: the spectrum of G, its traces, and log Z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from numerics.learning.layers import Slopes
from numerics.learning.log_partition import learning_log_partition
from numerics.learning.spectrum import learning_spectrum
from numerics.networks.checkpoints import read_weights
from numerics.orientation import Orientation


@dataclass(frozen=True, kw_only=True)
class StateEnsemble:
    """The canonical ensemble of a network's states near their mean, in the Gaussian approximation.

    Attributes
    ----------
    inverse_temperature, mass
        beta and m.
    log_partition
        log Z of all neurons, Vanchurin (2020), eq. (5.14).
    least_eigenvalue, largest_eigenvalue
        Of G = (1 - f'w)^T (1 - f'w).
    n_unit_eigenvalues
        How many eigenvalues are 1 whatever the weights are.
    squared_trace, cubed_trace
        Tr (log G)^2 and Tr (log G)^3, eqs. (9.5) and (9.6); not finite where an eigenvalue is below all doubles.
    """

    inverse_temperature: float
    mass: float
    log_partition: float
    least_eigenvalue: float
    largest_eigenvalue: float
    n_unit_eigenvalues: int
    squared_trace: float
    cubed_trace: float

    def to_json(self) -> dict[str, object]:
        """The record as plain values; what is not finite is None."""
        return {name: _number(value) for name, value in vars(self).items()}


def state_ensemble(
    weights_or_path: Sequence[ArrayLike] | str | Path,
    slopes: Slopes | None = None,
    *,
    inverse_temperature: float,
    mass: float = 0.0,
    orientation: Orientation | None = None,
) -> StateEnsemble:
    """The ensemble of states of a network: its weight matrices in layer order, or the path of an .npz file of them.

    Parameters
    ----------
    weights_or_path
        As for `numerics.analyze`.
    slopes, inverse_temperature, mass, orientation
        As for `numerics.learning_log_partition`.

    Raises
    ------
    ValueError, TypeError
        As `numerics.learning_log_partition` and the reader of files raise them.
    OSError
        The file cannot be read.
    """
    if isinstance(weights_or_path, str | Path):
        weights_or_path = read_weights(weights_or_path).matrices
    weights = list(weights_or_path)
    spectrum = learning_spectrum(weights, slopes, orientation=orientation)
    with np.errstate(divide="ignore"):
        logarithms = np.log(spectrum)
    return StateEnsemble(
        inverse_temperature=float(inverse_temperature),
        mass=float(mass),
        log_partition=learning_log_partition(
            weights, slopes, inverse_temperature=inverse_temperature, mass=mass, orientation=orientation
        ),
        least_eigenvalue=float(spectrum[0]),
        largest_eigenvalue=float(spectrum[-1]),
        n_unit_eigenvalues=int(np.sum(spectrum == 1)),
        squared_trace=float(np.sum(logarithms**2)),
        cubed_trace=float(np.sum(logarithms**3)),
    )


def _number(value: float) -> float | None:
    return value if isfinite(value) else None
