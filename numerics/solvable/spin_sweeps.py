"""Heat-bath sweeps of Ising spins on rectangular lattices, many at once: one color after another, or one site."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Spins = NDArray[np.int8]


def neighbor_sum(spins: Spins, periodic: tuple[bool, ...]) -> Spins:
    """Sum of the neighbors of each spin along all axes but the first, which counts chains."""
    total = np.zeros_like(spins)
    for axis, closed in enumerate(periodic, start=1):
        for step in (1, -1):
            moved = np.roll(spins, step, axis=axis)
            if not closed:
                moved[_edge(spins.ndim, axis, 0 if step == 1 else -1)] = 0
            total += moved
    return total


def bond_sum(spins: Spins, periodic: tuple[bool, ...]) -> NDArray[np.int64]:
    """Sum of the products of neighbors, each bond once, shape (n_chains,)."""
    total = np.zeros(spins.shape[0], dtype=np.int64)
    for axis, closed in enumerate(periodic, start=1):
        moved = np.roll(spins, -1, axis=axis)
        if not closed:
            moved[_edge(spins.ndim, axis, -1)] = 0
        total += (spins * moved).reshape(spins.shape[0], -1).sum(axis=1, dtype=np.int64)
    return total


def checkerboard_sweep(
    spins: Spins, coupling: float, field: float, periodic: tuple[bool, ...], rng: np.random.Generator
) -> Spins:
    """Both colors drawn given their neighbors, the first one again at the end: the same forward and backward."""
    even = np.indices(spins.shape[1:]).sum(axis=0) % 2 == 0
    for color in (even, ~even, even):
        spins = np.where(color, _drawn(neighbor_sum(spins, periodic), coupling, field, rng), spins)
    return spins


def sequential_sweep(
    spins: Spins, coupling: float, field: float, periodic: tuple[bool, ...], rng: np.random.Generator
) -> Spins:
    """Every site drawn given its neighbors, in order and back."""
    flat = spins.reshape(spins.shape[0], -1).copy()
    neighbors = neighbor_lists(spins.shape[1:], periodic)
    order = list(range(flat.shape[1]))
    for site in (*order, *order[-2::-1]):
        around = flat[:, neighbors[site]].sum(axis=1, dtype=np.int8)
        flat[:, site] = _drawn(around, coupling, field, rng)
    return flat.reshape(spins.shape)


def neighbor_lists(shape: tuple[int, ...], periodic: tuple[bool, ...]) -> list[list[int]]:
    """The neighbors of each site, one twice where two bonds lead to it."""
    numbers = np.arange(int(np.prod(shape))).reshape(shape)
    found: list[list[int]] = [[] for _ in range(numbers.size)]
    for axis, closed in enumerate(periodic):
        after = np.roll(numbers, -1, axis=axis)
        if not closed:
            inside = [slice(None)] * len(shape)
            inside[axis] = slice(0, -1)
            pairs = zip(numbers[tuple(inside)].flat, after[tuple(inside)].flat, strict=True)
        else:
            pairs = zip(numbers.flat, after.flat, strict=True)
        for one, other in pairs:
            found[int(one)].append(int(other))
            found[int(other)].append(int(one))
    return found


def _drawn(around: Any, coupling: float, field: float, rng: np.random.Generator) -> Spins:
    """Spins with the odds exp(2 (K around + h)) to be up; the sums over neighbors are few whole numbers."""
    most = int(np.max(np.abs(around), initial=0))
    sums = np.arange(-most, most + 1)
    with np.errstate(over="ignore"):
        up = 1 / (1 + np.exp(-2 * (coupling * sums + field)))
    drawn = rng.random(around.shape) < up[around.astype(np.intp) + most]
    return np.where(drawn, np.int8(1), np.int8(-1))


def _edge(n_axes: int, axis: int, place: int) -> tuple[Any, ...]:
    found: list[Any] = [slice(None)] * n_axes
    found[axis] = place
    return tuple(found)
