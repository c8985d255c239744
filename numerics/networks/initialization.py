"""Random weights of an untrained network: the disorder that the theory averages over."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, sqrt
from numbers import Integral, Real

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from numerics.networks.layered import LayeredNetwork

#: Neurons per layer of the networks of Barney, Winer and Galitski (2024): 28 x 28 pixels, three hidden
#: layers of 512, ten digits.
STANDARD_LAYER_SIZES = (784, 512, 512, 512, 10)

#: C_k that keeps the size of the signal from one rectified layer to the next: half of the second moment of a
#: centered Gaussian survives max(x, 0), so the variance has to be doubled (He et al. 2015, eq. (10)).
RECTIFIER_WEIGHT_VARIANCE = 2.0


def sample_weights(
    layer_sizes: Sequence[int], weight_variances: Sequence[float], rng: Generator
) -> tuple[NDArray[np.float64], ...]:
    """Independent Gaussian weights: the entries of J^(k) have mean 0 and variance C_k / N_{k-1}.

    Parameters
    ----------
    layer_sizes
        N_0 to N_L, at least two of them.
    weight_variances
        C_1 to C_L, dimensionless, one for each pair of neighboring layers.
    rng
        Source of randomness; the matrices are drawn in layer order.

    Returns
    -------
    tuple of L arrays, the k-th of shape (N_{k-1}, N_k)

    Raises
    ------
    ValueError
        If a size or a variance is not positive, or their numbers do not match.
    TypeError
        If a size is not an integer, or a variance not a real number.

    Notes
    -----
    Barney, Winer and Galitski (2024), section 2, below eq. (1).

    Examples
    --------
    >>> import numpy as np
    >>> [J.shape for J in sample_weights((3, 2, 4), (1.0, 2.0), np.random.default_rng(0))]
    [(3, 2), (2, 4)]
    """
    sizes = _checked_sizes(layer_sizes)
    variances = _checked_variances(weight_variances, len(sizes) - 1)
    return tuple(
        sqrt(variance / n_in) * rng.standard_normal((n_in, n_out))
        for n_in, n_out, variance in zip(sizes, sizes[1:], variances, strict=False)
    )


def sample_network(layer_sizes: Sequence[int], weight_variances: Sequence[float], rng: Generator) -> LayeredNetwork:
    """An untrained network: weights from `sample_weights`, biases zero (no field on any spin)."""
    return LayeredNetwork(weights=sample_weights(layer_sizes, weight_variances, rng))


def sample_standard_network(rng: Generator) -> LayeredNetwork:
    """The untrained 784-512-512-512-10 network of Barney, Winer and Galitski (2024): C_k = 2, biases zero.

    Notes
    -----
    The paper asks for weights that "preserve the magnitude of the variance of the activations in the forward
    pass, as in Kaiming normal initialization", and gives no value of C_k. Two choices here are ours: C_k = 2
    in every layer (He et al. 2015 use it also for the first, whose input is not rectified), and biases that
    start at zero, as there; they are trained, and no Hamiltonian of the paper contains them.
    """
    n_matrices = len(STANDARD_LAYER_SIZES) - 1
    return sample_network(STANDARD_LAYER_SIZES, (RECTIFIER_WEIGHT_VARIANCE,) * n_matrices, rng)


def _checked_sizes(layer_sizes: Sequence[int]) -> tuple[int, ...]:
    sizes = tuple(layer_sizes)
    if len(sizes) < 2:
        raise ValueError(f"layer_sizes needs at least two layers to connect, found {sizes}")
    for k, size in enumerate(sizes):
        if not isinstance(size, Integral) or isinstance(size, bool):
            raise TypeError(f"layer_sizes[{k}] must be an integer, found {size!r}")
        if size < 1:
            raise ValueError(f"layer_sizes[{k}] must be at least 1, found {size}")
    return tuple(int(size) for size in sizes)


def _checked_variances(weight_variances: Sequence[float], expected: int) -> tuple[float, ...]:
    if isinstance(weight_variances, Real):
        raise TypeError(
            f"weight_variances must be one C_k for each of the {expected} weight matrices, "
            f"found the single number {weight_variances!r}: write ({weight_variances!r},) * {expected}"
        )
    variances = tuple(weight_variances)
    if len(variances) != expected:
        raise ValueError(
            f"weight_variances must have one entry fewer than layer_sizes, {expected}, found {len(variances)}"
        )
    for k, variance in enumerate(variances, start=1):
        if not isinstance(variance, Real) or isinstance(variance, bool):
            raise TypeError(f"C_{k} must be a real number, found {variance!r}")
        if not (isfinite(variance) and variance > 0):
            raise ValueError(f"C_{k} must be positive and finite, found {variance!r}")
    return tuple(float(variance) for variance in variances)
