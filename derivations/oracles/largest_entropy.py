"""The density of largest entropy in a few cells with a given mean loss, by exchanges of probability alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import log

SWEEPS = 400
HALVINGS = 80


def largest_entropy(losses: Sequence[float], volumes: Sequence[float], start: Sequence[float]) -> list[float]:
    """Densities of the cells, of largest entropy among those with the norm and the mean loss of ``start``.

    Parameters
    ----------
    losses, volumes
        Of each cell.
    start
        A positive density in each cell; its norm and mean loss are kept.

    Notes
    -----
    Three cells at a time exchange probability so that norm and mean loss stay; where the slope of the entropy along the
    exchange vanishes is found by bisection. No exponential is taken.
    """
    masses = [p * v for p, v in zip(start, volumes, strict=True)]
    triples = list(combinations(range(len(masses)), 3))
    for _ in range(SWEEPS):
        for triple in triples:
            _exchange(masses, losses, volumes, triple)
    return [m / v for m, v in zip(masses, volumes, strict=True)]


def _exchange(masses: list[float], losses: Sequence[float], volumes: Sequence[float], cells: tuple[int, ...]) -> None:
    a, b, c = cells
    rates = (losses[b] - losses[c], losses[c] - losses[a], losses[a] - losses[b])
    if not any(rates):
        return
    low = max(-masses[k] / r for k, r in zip(cells, rates, strict=True) if r > 0)
    high = min(-masses[k] / r for k, r in zip(cells, rates, strict=True) if r < 0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        slope = -sum(
            r * log(max(masses[k] + middle * r, 1e-300) / volumes[k]) for k, r in zip(cells, rates, strict=True)
        )
        low, high = (middle, high) if slope > 0 else (low, middle)
    for k, r in zip(cells, rates, strict=True):
        masses[k] += (low + high) / 2 * r
