"""Outputs of random networks of one hidden layer with an exponential activation (Erbin, Lahoche and Samary 2022)."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]
BLOCK = 1 << 15
"""Neurons at a time: what is drawn for them stays in the cache."""


def sample_outputs(
    points: Array, *, width: int, weight_std: float, bias_std: float, n_networks: int, rng: Generator
) -> Array:
    """f(x) of independent networks, each at all points.

    Parameters
    ----------
    points
        shape (n_points, d).
    width
        N neurons of the hidden layer.
    weight_std, bias_std
        sigma_W and sigma_b: first weights have variance sigma_W^2 / d, second ones sigma_W^2 / N, all biases sigma_b^2.
    n_networks
        How many.
    rng
        Source of randomness.

    Returns
    -------
    array of shape (n_networks, n_points)

    Notes
    -----
    Equations (2.1), (2.2) and (3.1): every weight and bias of every network is drawn; nothing is averaged.
    """
    x = np.asarray(points, dtype=float)
    outputs = np.empty((n_networks, len(x)))
    step = max(1, BLOCK // width)
    for start in range(0, n_networks, step):
        part = outputs[start : start + step]
        _fill(part, x, width, weight_std, bias_std, rng)
    return outputs


def _fill(outputs: Array, x: Array, width: int, weight_std: float, bias_std: float, rng: Generator) -> None:
    n_networks, (n_points, d) = len(outputs), x.shape
    shape = (n_networks, width)
    first = rng.standard_normal((d, *shape))
    first *= weight_std / sqrt(d)
    hidden_bias = bias_std * rng.standard_normal(shape) if bias_std else 0.0
    second = rng.standard_normal(shape)
    second *= weight_std / sqrt(width)
    activation = np.empty(shape)
    for k in range(n_points):
        np.multiply(first[0], x[k, 0], out=activation)
        for mu in range(1, d):
            activation += first[mu] * x[k, mu]
        activation += hidden_bias
        np.exp(activation, out=activation)
        # The denominator of (3.1) is the same for all neurons.
        scale = sqrt(np.exp(2 * (bias_std**2 + weight_std**2 / d * np.dot(x[k], x[k]))))
        np.einsum("ij,ij->i", second, activation, out=outputs[:, k])
        outputs[:, k] /= scale
    if bias_std:
        outputs += bias_std * rng.standard_normal((n_networks, 1))
