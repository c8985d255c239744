r"""Estimates with less variance: the mean over output weights and biases is taken by formula, given the first weights.

Given the first layer, or its weights alone, neurons are independent and outputs have cumulants: the second is a random
kernel K + delta, whose mean K is known, and

    G^(n) - G_0^(n) = < sum over partitions of the products of these cumulants > - (the same with K alone).

The terms that hold K alone or one delta are left out, for they are known to vanish: what is left is as small as the
result. Without biases the fourth cumulant of networks is the covariance of their random kernels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from numerics.correlators.combinations import collected, combinations, logarithm, product, repetitions, splits
from numerics.correlators.random_networks import RandomNetworks, neuron_moment

Array = NDArray[np.float64]
BLOCK = 1 << 16
"""Numbers in an array that is worked on at a time."""


class Given(NamedTuple):
    """Cumulants of the outputs given the first weights, as Taylor coefficients, shape (n_networks, n_combinations).

    ``kernel`` is the random kernel less its mean.
    """

    kernel: Array
    fourth: Array
    sixth: Array


def averaged_bag(
    networks: RandomNetworks, orders: Sequence[int], n_networks: int, rng: Generator, *, biases: bool
) -> dict[int, Array]:
    """G^(n) - G_0^(n) of one bag, for n of 2, 4, 6; ``biases``: averaged over the hidden biases too."""
    strengths = _strengths(networks, biases)
    size, n = networks.width * networks.n_points**2, networks.n_points
    step = max(1, BLOCK // size)
    sums = {order: np.zeros(len(combinations(n, order))) for order in orders}
    for start in range(0, n_networks, step):
        count = min(step, n_networks - start)
        given = _given(networks, count, rng, strengths, biases, max(orders))
        for order in orders:
            sums[order] += _TERMS[order](networks, given)
    return {order: sums[order] / n_networks * repetitions(n, order) for order in orders}


def _strengths(networks: RandomNetworks, biases: bool) -> dict[int, float]:
    """Cumulants of an output weight times exp(b - sigma_b^2), in units of the weight's standard deviation.

    They multiply the activations without biases. Given the biases too there is the second one alone.
    """
    from derivations.algebra.partitions import pairings

    if not biases:
        return {2: 1.0, 4: 0.0, 6: 0.0}
    origin = np.zeros((1, networks.points.shape[1]))
    moments = {
        k: pairings(k)
        * np.atleast_1d(neuron_moment(np.repeat(origin, k, axis=0), networks.weight_std, networks.bias_std))
        / repetitions(1, k)
        for k in (2, 4, 6)
    }
    return {k: float((c * repetitions(1, k))[0]) for k, c in logarithm(1, moments, 6).items()}


def _given(
    networks: RandomNetworks, count: int, rng: Generator, strengths: dict[int, float], biases: bool, order: int
) -> Given:
    """Cumulants up to that of ``order`` points."""
    n, variance = networks.n_points, networks.weight_std**2 / networks.width
    activations = _activations(networks, count, rng, biases)
    pairs = combinations(n, 2)
    squares = activations[:, pairs[:, 0]] * activations[:, pairs[:, 1]]
    mean = networks.connected(2)
    kernel = (strengths[2] * variance * squares.sum(axis=2) + networks.bias_std**2 - mean) / repetitions(n, 2)
    nothing = np.zeros((count, 0))
    if order < 4 or not any(strengths[k] for k in (4, 6)):
        return Given(kernel, nothing, nothing)
    across = squares.transpose(0, 2, 1)
    first, second = splits(n, 2, 2)
    fourth = (squares @ across)[:, first, second] * (strengths[4] * variance**2 / repetitions(n, 4))
    if order < 6:
        return Given(kernel, fourth, nothing)
    sixth = ((squares[:, first] * squares[:, second]) @ across)[:, *splits(n, 4, 2)]
    return Given(kernel, fourth, sixth * (strengths[6] * variance**3 / repetitions(n, 6)))


def _activations(networks: RandomNetworks, count: int, rng: Generator, biases: bool) -> Array:
    """g(x) of all hidden neurons, shape (count, n_points, width); without the biases' factor if these are averaged."""
    d = networks.points.shape[1]
    scaled = networks.weight_std / np.sqrt(d)
    weights = scaled * rng.standard_normal((count, d, networks.width))
    exponents = networks.points @ weights
    exponents -= (scaled**2 * np.square(networks.points).sum(axis=1))[:, None]
    if not biases and networks.bias_std:
        shift = networks.bias_std * rng.standard_normal((count, 1, networks.width)) - networks.bias_std**2
        exponents += shift
    return np.exp(exponents, out=exponents)


def _second(networks: RandomNetworks, given: Given) -> Array:
    del networks
    return given.kernel.sum(axis=0)


def _fourth(networks: RandomNetworks, given: Given) -> Array:
    n, delta = networks.n_points, given.kernel
    found = collected(n, 2, 2, delta.T @ delta) / 2
    return found + given.fourth.sum(axis=0) if given.fourth.size else found


def _sixth(networks: RandomNetworks, given: Given) -> Array:
    n, delta = networks.n_points, given.kernel
    kernel = networks.connected(2) / repetitions(n, 2)
    found = product(n, (2, kernel), (4, _fourth(networks, given)))
    squares = (delta[:, :, None] * delta[:, None, :]).reshape(len(delta), -1)
    cubes = (squares.T @ delta).reshape(delta.shape[1], delta.shape[1], -1)
    quartic = np.array([collected(n, 2, 2, cubes[:, :, c]) for c in range(cubes.shape[2])])
    found += collected(n, 2, 4, quartic) / 6
    if given.fourth.size:
        found += collected(n, 2, 4, delta.T @ given.fourth) + given.sixth.sum(axis=0)
    return found


_TERMS: Any = {2: _second, 4: _fourth, 6: _sixth}
