"""How heavy the upper tail of a sample is, by the shape of a generalized Pareto law."""

from __future__ import annotations

from typing import Any

import numpy as np

LEAST_TAIL = 5
LEAST_EXCESS = 1e-100
"""Over the largest: what is less is zero, and would overflow slopes."""
PRIOR_WEIGHT = 10
"""Observations that the prior of shape 1/2 counts for (Vehtari et al., appendix C)."""


def tail_index(weights: Any) -> float:
    """Shape of the law of the largest weights: moments of order above its inverse diverge.

    The largest min(n / 5, 3 sqrt(n)) of them, as for Pareto smoothed importance sampling (Vehtari, Simpson, Gelman,
    Yao and Gabry 2024, JMLR 25, 72); the fit is that of Zhang and Stephens (2009), Technometrics 51, 316.

    Parameters
    ----------
    weights
        Nonnegative, shape (n,).

    Returns
    -------
    float
        NaN where too few weights differ: such a tail is a step, and ends.
    """
    ordered = np.sort(weights)
    size = int(min(ordered.size / 5, 3 * np.sqrt(ordered.size)))
    if size < LEAST_TAIL:
        return float("nan")
    excess = ordered[-size:] - ordered[-size - 1]
    excess = excess[excess > LEAST_EXCESS * excess[-1]]
    if excess.size < LEAST_TAIL or np.unique(excess).size < LEAST_TAIL:
        return float("nan")
    return _fitted_shape(excess)


def _fitted_shape(excess: Any) -> float:
    """Posterior mean of the shape k of the law (1 + k x / s)^(-1 / k), drawn towards 1/2."""
    n = excess.size
    quartile = excess[int(n / 4 + 0.5) - 1]
    grid = 30 + int(np.sqrt(n))
    steps = 1 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))
    slopes = 1 / excess[-1] + steps / (3 * quartile)
    shapes = np.mean(np.log1p(-slopes[:, np.newaxis] * excess), axis=1)
    # Where a slope is zero the law is exponential, and its scale the mean.
    scales = np.where(shapes == 0, np.mean(excess), -shapes / np.where(slopes == 0, 1.0, slopes))
    likelihood = n * (-np.log(scales) - shapes - 1)
    posterior = np.exp(likelihood - likelihood.max())
    slope = np.sum(slopes * posterior) / np.sum(posterior)
    shape = np.mean(np.log1p(-slope * excess))
    return float((n * shape + PRIOR_WEIGHT / 2) / (n + PRIOR_WEIGHT))
