"""Which layers a block Cholesky factorization eliminates first.

A layer that no bond of an eliminated layer has reached yet has a diagonal block, and costs no factorization. No two
neighbors can both be eliminated so; the others follow in layer order, each joined to the next by one block. The
cheapest choice is found by dynamic programming over the last layer that is factorized.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class _Plan:
    """A cost in multiplications, and the layers that are factorized."""

    cost: float
    factorized: tuple[int, ...]


def factorized_layers(layer_sizes: Sequence[int]) -> tuple[int, ...]:
    """Return the layers to factorize, in order; the others are eliminated before them, by their diagonal blocks.

    Between two layers of the answer at most one is missing, and at most one at either end.

    Examples
    --------
    >>> factorized_layers((784, 512, 512, 512, 10))
    (1, 2, 4)
    >>> factorized_layers((784, 8192, 8192, 8192, 10))
    (0, 2, 4)
    """
    n, last = list(layer_sizes), len(layer_sizes) - 1
    best = {0: _Plan(n[0] ** 3 / 3, (0,)), 1: _Plan(n[1] ** 2 * n[0] + n[1] ** 3 / 3, (1,))}
    for k in range(1, last + 1):
        plans = [best[k]] if k in best else []
        for previous in range(max(0, k - 2), k):
            before = best[previous]
            plans.append(_Plan(before.cost + _step(n[previous : k + 1]), (*before.factorized, k)))
        best[k] = min(plans, key=lambda plan: plan.cost)
    ends = best[last], _Plan(best[last - 1].cost + n[last - 1] ** 2 * n[last], best[last - 1].factorized)
    return min(ends, key=lambda plan: plan.cost).factorized


def _step(sizes: Sequence[int]) -> float:
    """Multiplications from one factorized layer to the next, and to factorize that; symmetric products count half."""
    a, b = sizes[0], sizes[-1]
    joined = (a**2 + b**2 + 2 * a * b) * sizes[1] if len(sizes) == 3 else 0
    return joined + a**2 * b + b**2 * a + b**3 / 3
