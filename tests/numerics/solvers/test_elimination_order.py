"""The cheapest elimination against every other one, by brute force over which layers wait."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from numerics.solvers.elimination_order import factorized_layers


def orders(n_layers: int) -> list[tuple[int, ...]]:
    """All choices of layers to factorize that leave no two neighbors out."""
    chosen = [kept for k in range(1, n_layers + 1) for kept in combinations(range(n_layers), k)]
    return [
        kept
        for kept in chosen
        if kept[0] <= 1 and kept[-1] >= n_layers - 2 and all(b - a <= 2 for a, b in pairwise(kept))
    ]


def multiplications(sizes: tuple[int, ...], kept: tuple[int, ...]) -> float:
    """Eliminate on a graph of dense blocks: what each elimination writes, symmetric blocks by half."""
    first = [k for k in range(len(sizes)) if k not in kept]
    total = 0.0
    neighbors = {k: {j for j in (k - 1, k + 1) if 0 <= j < len(sizes)} for k in range(len(sizes))}
    for k in [*first, *kept]:
        around = sorted(neighbors[k])
        if k in kept:
            total += sizes[k] ** 3 / 3 + sum(sizes[k] ** 2 * sizes[j] for j in around)
        total += sum(sizes[j] ** 2 * sizes[k] for j in around)
        total += sum(2 * sizes[i] * sizes[j] * sizes[k] for i, j in combinations(around, 2))
        for j in around:
            neighbors[j] = (neighbors[j] | set(around)) - {j, k}
    return total


@pytest.mark.parametrize(
    "sizes",
    [
        (3, 2),
        (2, 3),
        (9, 1, 9),
        (784, 512, 512, 512, 10),
        (784, 8192, 8192, 8192, 10),
        (7,) * 9,
        (1, 20, 1, 15, 2),
        (4, 9, 2, 8, 8, 1, 30, 5),
    ],
    ids=str,
)
def test_no_other_choice_takes_fewer_multiplications(sizes: tuple[int, ...]) -> None:
    cheapest = min(multiplications(sizes, kept) for kept in orders(len(sizes)))
    chosen = factorized_layers(sizes)
    assert chosen in orders(len(sizes))
    assert multiplications(sizes, chosen) == pytest.approx(cheapest)
