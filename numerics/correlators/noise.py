"""What a plain simulation of so many networks can see: exact variances of its estimates, against what it looks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.correlators.combinations import unions
from numerics.correlators.linear_maps import connected_map
from numerics.correlators.random_networks import RandomNetworks
from numerics.correlators.sampled import SampledCorrelators

Array = NDArray[np.float64]
MOST_POINTS = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class SignalToNoise:
    """An exact signal and the exact standard error with which a plain simulation measures it.

    Attributes
    ----------
    signal
        For each combination of points, shape (n_combinations,).
    standard_error
        Of its plain estimate, same shape: the root of the exact variance of one network over the number of networks.
    mean_signal, mean_standard_error
        Of the average over all combinations, with the covariances between them.
    n_networks
        Networks in all bags together.
    """

    signal: Any
    standard_error: Any
    mean_signal: float
    mean_standard_error: float
    n_networks: int

    @property
    def ratio(self) -> Any:
        """Signal over standard error, for each combination."""
        return self.signal / self.standard_error

    @property
    def mean_ratio(self) -> float:
        """Signal over standard error of the average over combinations."""
        return self.mean_signal / self.mean_standard_error

    @property
    def networks_for_one_sigma(self) -> float:
        """Networks with which the average would be as large as its standard error."""
        return self.n_networks / self.mean_ratio**2


def signal_to_noise(
    points: ArrayLike,
    *,
    width: int,
    weight_std: float,
    bias_std: float,
    n_networks: int,
    order: int = 4,
    connected: bool = False,
) -> SignalToNoise:
    """How far G^(n) - G_0^(n) stands out of the noise of so many sampled networks, exactly.

    Parameters
    ----------
    points
        Inputs, shape (n_points, d) or (n_points,).
    width, weight_std, bias_std
        The ensemble, as in `RandomNetworks`.
    n_networks
        Independent networks in all: n_bags times n_nets.
    order
        n, of 2, 4, 6.
    connected
        Look for the connected correlation: of six points the deviation less each kernel times a deviation of four,
        the exact kernel taken as known.

    Returns
    -------
    SignalToNoise
        A coupling u_n has the same ratio: it differs by a factor that is known.

    Raises
    ------
    ValueError
        If an argument has no such meaning.

    Notes
    -----
    The estimate is that of Erbin, Lahoche and Samary (2022), equations (3.3) and (3.4). The variance of a product of n
    outputs is a correlation of 2n points less a square; it is exact for any width. It says nothing of the shape of
    the distribution: with biases of order one it comes from networks too rare to be sampled, and the spread over bags
    falls short of it.

    Examples
    --------
    >>> six = [-0.01, -0.006, -0.002, 0.002, 0.006, 0.01]
    >>> found = signal_to_noise(six, width=2, weight_std=1.0, bias_std=0.0, n_networks=900_000)
    >>> print(f"{found.mean_ratio:.1g}")
    0.004
    """
    if isinstance(n_networks, bool) or not isinstance(n_networks, int | np.integer) or n_networks < 1:
        raise ValueError(f"expected a number of networks of at least 1; found {n_networks!r}")
    if order not in (2, 4, 6):
        raise ValueError(f"expected 2, 4 or 6 points; found {order!r}")
    networks = RandomNetworks(points, width=width, weight_std=weight_std, bias_std=bias_std)
    signal = networks.connected(order) if connected and order > 2 else networks.deviation(order)
    covariance = product_covariance(networks, order, connected=connected) / n_networks
    return SignalToNoise(
        signal=signal,
        standard_error=np.sqrt(np.diag(covariance)),
        mean_signal=float(signal.mean()),
        mean_standard_error=float(np.sqrt(covariance.mean())),
        n_networks=int(n_networks),
    )


def variance_gain(found: SampledCorrelators, order: int) -> float:
    """How many plain networks one network of these samples is worth, for the average over combinations.

    The exact variance of a plain network over the measured variance of one of these, both of G^(n).

    Parameters
    ----------
    found
        Samples of any estimator; of plain networks the gain is 1 up to the error of their spread, and larger where
        that spread misses what is too rare.
    order
        n.

    Examples
    --------
    >>> from numerics import sampled_correlators
    >>> case = {"width": 10, "weight_std": 1.0, "bias_std": 0.0, "n_bags": 10, "n_networks": 100, "seed": 0}
    >>> variance_gain(sampled_correlators([-0.01, 0.01], **case, estimator="averaged over outputs"), 4) > 1e6
    True
    """
    measured = float(np.var(found.bags[order].mean(axis=1), ddof=1)) * found.n_networks
    return float(product_covariance(found.networks, order).mean()) / measured


def product_covariance(networks: RandomNetworks, order: int, *, connected: bool = False) -> Array:
    """Covariances of f(x_1) ... f(x_n) of one network between combinations; connected: with four-point terms taken off.

    Returns
    -------
    array of shape (n_combinations, n_combinations)
    """
    if not (connected and order == 6):
        return _block(networks, order, order)
    lower = connected_map(networks)
    mixed = _block(networks, 6, 4) @ lower.T
    return _block(networks, 6, 6) - mixed - mixed.T + lower @ _block(networks, 4, 4) @ lower.T


def _block(networks: RandomNetworks, one: int, other: int) -> Array:
    together = networks.full(one + other)[unions(networks.n_points, one, other)]
    return together - np.outer(networks.full(one), networks.full(other))
