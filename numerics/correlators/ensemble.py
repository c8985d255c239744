"""Ensembles of networks as the paper makes them: bags, sampled side by side, each kept when it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from numerics.correlators.averaged import averaged_bag
from numerics.correlators.plain import plain_bag
from numerics.correlators.random_networks import RandomNetworks
from numerics.correlators.sampled import Estimator, SampledCorrelators
from numerics.unit_store import UnitStore

Array = NDArray[np.float64]
Bag = Callable[[RandomNetworks, Sequence[int], int, Generator], dict[int, Array]]
ESTIMATORS: dict[Estimator, Bag] = {
    "plain": plain_bag,
    "averaged over outputs": partial(averaged_bag, biases=False),
    "averaged over outputs and biases": partial(averaged_bag, biases=True),
}
VERSION = 1
"""Of the numbers that a seed gives; a stored bag of another version is not taken."""


def sampled_correlators(
    points: ArrayLike,
    *,
    width: int,
    weight_std: float,
    bias_std: float,
    n_bags: int,
    n_networks: int,
    seed: int,
    estimator: Estimator = "plain",
    orders: Sequence[int] = (2, 4, 6),
    workers: int = 1,
    store: UnitStore | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SampledCorrelators:
    """Correlations of networks of one hidden layer with the exponential activation, measured on sampled ensembles.

    Parameters
    ----------
    points
        Inputs, shape (n_points, d) or (n_points,).
    width, weight_std, bias_std
        The ensemble, as in `RandomNetworks`.
    n_bags, n_networks
        Independent ensembles, and networks in each.
    seed
        Fixes every number, whatever the workers and whatever is taken from a store.
    estimator
        ``"plain"``: every weight is drawn, products of outputs are averaged. ``"averaged over outputs"``: the mean over
        the output weights and bias is taken by formula, given the hidden activations. ``"averaged over outputs and
        biases"``: over the hidden biases, too, given the first weights. Averaged over these as well nothing is left to
        sample: that is `RandomNetworks.deviation`.
    orders
        Numbers of points, of 2, 4, 6.
    workers
        Threads; bags are sampled side by side.
    store
        Finished bags are put there at once, and taken from there.
    progress
        Called with the bags done and their number.

    Returns
    -------
    SampledCorrelators

    Raises
    ------
    ValueError
        If an argument has no such meaning.

    Notes
    -----
    H. Erbin, V. Lahoche, D. O. Samary (2022), equations (3.3) and (3.4). All estimators are unbiased. With sigma_b = 1
    products of outputs have moments that come from networks too rare to be sampled: the spread over bags of plain
    estimates is then too small, and `signal_to_noise` says by how much.

    Examples
    --------
    >>> found = sampled_correlators(
    ...     [0.1, 0.4], width=2, weight_std=0.7, bias_std=0.0, n_bags=10, n_networks=2000, seed=0, orders=(4,)
    ... )
    >>> value, error = found.deviation(4)
    >>> bool((abs(value - found.networks.deviation(4)) < 5 * error).all())
    True
    """
    networks = RandomNetworks(points, width=width, weight_std=weight_std, bias_std=bias_std)
    orders = _checked(n_bags, n_networks, orders, estimator, workers)
    key = _key(networks, estimator, orders, n_networks, seed)
    done: dict[int, dict[int, Array]] = {}
    missing = []
    for bag in range(n_bags):
        if store is not None and store.has(key, unit=bag):
            done[bag] = {n: np.asarray(store.get(key, unit=bag).arrays[f"deviation_{n}"]) for n in orders}
        else:
            missing.append(bag)
    networks.full(max(orders))  # once, before threads ask for it
    for bag, found in _bags(networks, estimator, orders, n_networks, seed, missing, workers):
        if store is not None:
            store.put(key, {f"deviation_{n}": values for n, values in found.items()}, unit=bag)
        done[bag] = found
        if progress is not None:
            progress(len(done), n_bags)
    bags = {n: np.array([done[bag][n] for bag in range(n_bags)]) for n in orders}
    return SampledCorrelators(networks=networks, estimator=estimator, n_networks=n_networks, bags=bags)


def _bags(
    networks: RandomNetworks,
    estimator: Estimator,
    orders: tuple[int, ...],
    n_networks: int,
    seed: int,
    numbers: Sequence[int],
    workers: int,
) -> Any:
    """Each bag with its number, as it is done. NumPy works outside of Python's lock, so threads are enough."""

    def sample(bag: int) -> dict[int, Array]:
        rng = np.random.default_rng([seed, _digest(networks, estimator), bag])
        return ESTIMATORS[estimator](networks, orders, n_networks, rng)

    if workers == 1:
        yield from ((bag, sample(bag)) for bag in numbers)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting = {pool.submit(sample, bag): bag for bag in numbers}
        yield from ((waiting[future], future.result()) for future in as_completed(waiting))


def _key(
    networks: RandomNetworks, estimator: Estimator, orders: tuple[int, ...], n_networks: int, seed: int
) -> dict[str, Any]:
    return {
        "correlators": VERSION,
        "estimator": estimator,
        "points": networks.points.tolist(),
        "width": networks.width,
        "weight_std": networks.weight_std,
        "bias_std": networks.bias_std,
        "n_networks": n_networks,
        "orders": list(orders),
        "seed": seed,
    }


def _digest(networks: RandomNetworks, estimator: Estimator) -> int:
    """Ensembles that differ have generators that differ, so that their bags are independent under one seed."""
    ensemble = (networks.width, networks.weight_std, networks.bias_std)
    text = repr((networks.points.tolist(), *ensemble, estimator))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def _checked(n_bags: int, n_networks: int, orders: Sequence[int], estimator: str, workers: int) -> tuple[int, ...]:
    for name, value, least in (("n_bags", n_bags, 2), ("n_networks", n_networks, 1), ("workers", workers, 1)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
            raise ValueError(f"expected {name} as an integer of at least {least}; found {value!r}")
    chosen = tuple(sorted(set(orders)))
    if not chosen or not set(chosen) <= {2, 4, 6}:
        raise ValueError(f"expected orders of 2, 4, 6; found {orders!r}")
    if estimator not in ESTIMATORS:
        raise ValueError(f"expected one of the estimators {', '.join(ESTIMATORS)}; found {estimator!r}")
    return chosen
