"""Gaussian means by one fixed rule, nested or not: fast, without an estimate of the error, for starts only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.lowering import lower
from numerics.lowering.means.lifting import Names, lifted
from numerics.lowering.means.reductions import with_own_variables
from theory.sums import rename

# The density is 2e-16 of its maximum there.
HALF_RANGE = 8.5

Doubles = NDArray[np.float64]


class CoarseMeans:
    """Expressions with Gaussian means as a function of arrays that broadcast.

    Parameters
    ----------
    expressions
        In the arguments; their means are over single variables.
    arguments
        Symbols.
    n_nodes
        Of the trapezoidal rule of each mean.
    """

    def __init__(self, expressions: Sequence[Any], arguments: Sequence[Any], n_nodes: int) -> None:
        column = sp.ImmutableDenseMatrix([with_own_variables(e) for e in expressions])
        fresh = Names(column, *arguments)
        taken = lifted(column, fresh)
        self._parts = [_CoarseMean(node, arguments, n_nodes) for node in taken.nodes.values()]
        self._outer = lower(list(taken.outer), [*arguments, *taken.nodes])

    def __call__(self, *columns: Any) -> Doubles:
        """The values, with the expressions along the first axis."""
        arrays = [np.asarray(c, dtype=np.float64) for c in columns]
        with np.errstate(all="ignore"):
            means = [part(arrays) for part in self._parts]
            return np.moveaxis(np.asarray(self._outer(*arrays, *means)), -1, 0)


class _CoarseMean:
    def __init__(self, node: Any, arguments: Sequence[Any], n_nodes: int) -> None:
        x = Names(node, *arguments)("x")
        body = rename(node.body, node.family, sp.sqrt(node.variance) * x)
        self._body = CoarseMeans([body], [*arguments, x], n_nodes)
        self._nodes = (np.arange(n_nodes) + 0.5) * (2 * HALF_RANGE / n_nodes) - HALF_RANGE
        density = np.exp(-(self._nodes**2) / 2)
        self._weights = density / density.sum()

    def __call__(self, arrays: Sequence[Doubles]) -> Doubles:
        return self._body(*(a[..., None] for a in arrays), self._nodes)[0] @ self._weights
