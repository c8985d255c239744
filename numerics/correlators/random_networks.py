"""An ensemble of random networks at some points: its exact correlations, of full and of connected kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.correlators.at_many_points import at_many_points
from numerics.correlators.combinations import combinations, exponential, logarithm, product, repetitions
from numerics.correlators.exact import check_ensemble, checked_points, derived_moment
from theory.models import random_network as model

Array = NDArray[np.float64]
HIGHEST = 12
"""Points up to which correlations are there: squares of products of six."""


@dataclass(frozen=True, eq=False)
class RandomNetworks:
    """Networks of one hidden layer with the exponential activation, seen at some points.

    All arrays have one entry for each inequivalent combination of so many points, in the order of `combinations`.

    Parameters
    ----------
    points
        Inputs, shape (n_points, d); shape (n_points,) is taken as d = 1.
    width
        N neurons of the hidden layer.
    weight_std, bias_std
        sigma_W > 0 and sigma_b >= 0: first weights have variance sigma_W^2 / d, second ones sigma_W^2 / N, biases
        sigma_b^2.

    Raises
    ------
    ValueError
        If an argument has no such meaning.

    Notes
    -----
    H. Erbin, V. Lahoche, D. O. Samary (2022), equations (2.1) to (2.9) and (3.1) to (3.6). In double precision: where
    cumulants cancel, as near the origin without biases, `connected_correlator` has more digits.

    Examples
    --------
    >>> networks = RandomNetworks([-0.01, 0.01], width=100, weight_std=1.0, bias_std=1.0)
    >>> networks.combinations(4).tolist()
    [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 1, 1], [1, 1, 1, 1]]
    >>> (networks.deviation(4) / networks.gaussian(4)).round(4).tolist()
    [0.134, 0.134, 0.134, 0.134, 0.134]
    """

    points: Any
    width: int
    weight_std: float
    bias_std: float

    def __init__(self, points: ArrayLike, *, width: int, weight_std: float, bias_std: float) -> None:
        check_ensemble(width, weight_std, bias_std)
        object.__setattr__(self, "points", checked_points(points))
        object.__setattr__(self, "width", int(width))
        object.__setattr__(self, "weight_std", float(weight_std))
        object.__setattr__(self, "bias_std", float(bias_std))

    @property
    def n_points(self) -> int:
        """How many points there are."""
        return len(self.points)

    def combinations(self, order: int) -> Any:
        """Places of points, ascending, shape (n_combinations, order)."""
        return combinations(self.n_points, order)

    def full(self, order: int) -> Array:
        """G^(n), the mean of f(x_1) ... f(x_n) over the ensemble: equation (2.7)."""
        return self._taylor[_even(order)] * repetitions(self.n_points, order)

    def gaussian(self, order: int) -> Array:
        """G_0^(n), the same at infinite width: equation (2.5)."""
        parts = exponential(self.n_points, {2: self._cumulants[2]}, _even(order))
        return parts[order] * repetitions(self.n_points, order)

    def deviation(self, order: int) -> Array:
        """G^(n) - G_0^(n): equation (2.6). Without cancellation: both have the second cumulant."""
        above = {k: c for k, c in self._cumulants.items() if k > 2}
        gaussian = exponential(self.n_points, {2: self._cumulants[2]}, _even(order))
        rest = exponential(self.n_points, above, order)
        parts = [product(self.n_points, (k, rest[k]), (order - k, gaussian[order - k])) for k in range(2, order + 1, 2)]
        return sum(parts, np.zeros(len(self.combinations(order)))) * repetitions(self.n_points, order)

    def connected(self, order: int) -> Array:
        """The cumulant of f(x_1), ..., f(x_n)."""
        return self._cumulants[_even(order)] * repetitions(self.n_points, order)

    @cached_property
    def _cumulants(self) -> dict[int, Array]:
        """Taylor coefficients of the cumulants' generating function."""
        from derivations.algebra.partitions import pairings

        n, variance = self.n_points, self.weight_std**2 / self.width
        neuron = {
            k: pairings(k) * variance ** (k // 2) * self.neuron_moment(k) / repetitions(n, k)
            for k in range(2, HIGHEST + 1, 2)
        }
        found = {k: self.width * c for k, c in logarithm(n, neuron, HIGHEST).items()}
        found[2] = found[2] + self.bias_std**2 / repetitions(n, 2)
        return found

    @cached_property
    def _taylor(self) -> dict[int, Array]:
        return exponential(self.n_points, self._cumulants, HIGHEST)

    def neuron_moment(self, order: int) -> Array:
        """M, the mean of a product of activations of one neuron, as derived."""
        return neuron_moment(self.points[self.combinations(order)], self.weight_std, self.bias_std)


def neuron_moment(points: Any, weight_std: float, bias_std: float) -> Array:
    """The derived mean of g(x_1) ... g(x_n) for many sets of points, shape (n_sets, n, d)."""
    return at_many_points(derived_moment, points, {model.weight_std: weight_std, model.bias_std: bias_std})


def _even(order: int) -> int:
    if order % 2 or not 2 <= order <= HIGHEST:
        raise ValueError(f"expected an even number of points from 2 to {HIGHEST}; found {order}")
    return order
