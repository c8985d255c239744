"""Correlations of sampled networks, bag by bag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from numerics.correlators.linear_maps import connected_from_deviations
from numerics.correlators.overlaps import coupling
from numerics.correlators.random_networks import RandomNetworks

Array = NDArray[np.float64]
Estimator = Literal["plain", "averaged over outputs", "averaged over outputs and biases"]


@dataclass(frozen=True, kw_only=True, eq=False)
class SampledCorrelators:
    """Deviations G^(n) - G_0^(n) of sampled ensembles of networks from infinite width.

    Attributes
    ----------
    networks
        The ensemble, its points and its exact correlations.
    estimator
        ``plain`` for products of outputs alone; otherwise what was averaged over by formula.
    n_networks
        Networks in each bag.
    bags
        For each n the deviation found in each bag, shape (n_bags, n_combinations).

    Notes
    -----
    Bags are independent, combinations of points within a bag are not: their outputs are those of the same networks.
    Errors are therefore taken from the spread over bags of the very quantity that is reported, never from combinations.
    """

    networks: RandomNetworks
    estimator: Estimator
    n_networks: int
    bags: Mapping[int, Any]

    @property
    def n_bags(self) -> int:
        """Independent ensembles."""
        return len(next(iter(self.bags.values())))

    def deviation(self, order: int) -> tuple[Array, Array]:
        """G^(n) - G_0^(n) of equation (3.4) with standard errors, each of shape (n_combinations,)."""
        return over_bags(self.bags[order])

    def normalized_bags(self, order: int) -> Array:
        """m_n in each bag, the deviation in units of G_0^(n), shape (n_bags, n_combinations)."""
        return self.bags[order] / self.networks.gaussian(order)

    def connected_bags(self, order: int) -> Array:
        """The connected correlation in each bag, the kernel taken as known exactly, shape (n_bags, n_combinations)."""
        return connected_from_deviations(self.networks, order, dict(self.bags))

    def coupling_bags(self, order: int, *, connected: bool = False) -> Array:
        """u_n in each bag, equation (3.6) and its analogue for six points, shape (n_bags, n_combinations)."""
        return coupling(self.networks, order, self.connected_bags(order) if connected else self.bags[order])


def over_bags(values: Any) -> tuple[Any, Any]:
    """Mean over bags, the first axis, and its standard error.

    Raises
    ------
    ValueError
        If there are fewer than two bags, which have no spread.
    """
    if len(values) < 2:
        raise ValueError(f"expected at least two bags, for the spread between them; found {len(values)}")
    values = np.asarray(values)
    return values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(len(values))
