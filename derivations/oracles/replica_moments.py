"""The replica identity on one bond: the mean of Z^m for real m against the mean of log Z, by quadrature."""

from __future__ import annotations

import numpy as np


def replica_gap(n_replicas: float, *, inverse_temperature: float, variance: float, nodes: int = 80) -> float:
    """(mean of Z^m - 1)/m minus the mean of log Z, for two Ising spins joined by one Gaussian coupling.

    Z = 4 cosh(beta J) is averaged over J by Gauss-Hermite quadrature with ``nodes`` nodes.
    """
    points, weights = np.polynomial.hermite_e.hermegauss(nodes)
    weights = weights / weights.sum()
    argument = np.abs(inverse_temperature * np.sqrt(variance) * points)
    log_partition = np.log(2.0) + argument + np.log1p(np.exp(-2.0 * argument))
    moment = weights @ np.expm1(n_replicas * log_partition) / n_replicas
    return float(moment - weights @ log_partition)
