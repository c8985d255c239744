"""The plain estimate of equation (3.3): means of products of outputs of sampled networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from numerics.correlators.combinations import combinations, splits
from numerics.correlators.random_networks import RandomNetworks
from numerics.networks.exponential import sample_outputs

Array = NDArray[np.float64]


def plain_bag(networks: RandomNetworks, orders: Sequence[int], n_networks: int, rng: Generator) -> dict[int, Array]:
    """G^(n) - G_0^(n) of one bag."""
    outputs = sample_outputs(
        networks.points,
        width=networks.width,
        weight_std=networks.weight_std,
        bias_std=networks.bias_std,
        n_networks=n_networks,
        rng=rng,
    )
    return {order: mean_products(outputs, order) - networks.gaussian(order) for order in orders}


def mean_products(outputs: Any, order: int) -> Array:
    """Means over networks of products of outputs, for all combinations of an even number of points.

    Half of the points make the rows of a matrix product, half its columns.
    """
    n_points, half = outputs.shape[1], order // 2
    if order != 2 * half:
        raise ValueError(f"expected an even number of points; found {order}")
    factors = np.ones((len(outputs), len(combinations(n_points, half))))
    for column in combinations(n_points, half).T:
        factors *= outputs[:, column]
    return (factors.T @ factors)[splits(n_points, half, half)] / len(outputs)
