"""Expressions with Gaussian means as functions of their arguments, square roots taken out before they are lowered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.lowering import lower
from numerics.lowering.means.lifting import has_means
from numerics.replicas.coarse_means import CoarseMeans
from numerics.replicas.cold_functions import in_elementary_functions

Doubles = NDArray[np.float64]


class Evaluated:
    """Expressions as one function that gives their values along the first axis.

    Square roots of sums, such as that of the variance q1 - q0, become positive symbols for the time of lowering: SymPy
    takes seconds to find out that it does not know their sign.

    Parameters
    ----------
    expressions
        In the arguments.
    arguments
        Symbols.
    tolerance
        Relative error of each mean; None for fixed rules of `n_nodes` without an estimate of their error.
    """

    def __init__(
        self,
        expressions: Sequence[Any],
        arguments: Sequence[Any],
        *,
        tolerance: float | None = None,
        n_nodes: int = 64,
    ) -> None:
        elementary = [in_elementary_functions(e) for e in expressions]
        radicands = _radicands(elementary)
        symbols = {r: sp.Symbol(f"radicand_{i}", positive=True) for i, r in enumerate(radicands)}
        named = [e.xreplace(symbols) for e in elementary]
        atoms = [*arguments, *symbols.values()]
        self._before = lower(list(radicands), list(arguments)) if radicands else None
        self._coarse = tolerance is None
        if tolerance is None:
            self._function: Any = CoarseMeans(named, atoms, n_nodes)
        else:
            self._function = lower(named, atoms, **_with_means(named, tolerance))

    def __call__(self, *arguments: Any) -> Doubles:
        """Values at arrays that broadcast, shape (n_expressions, ...)."""
        with np.errstate(all="ignore"):
            taken = () if self._before is None else np.moveaxis(np.asarray(self._before(*arguments)), -1, 0)
            values = self._function(*arguments, *taken)
        return values if self._coarse else np.moveaxis(np.asarray(values), -1, 0)


def _with_means(expressions: Sequence[Any], tolerance: float) -> dict[str, Any]:
    return {"tolerance": tolerance} if any(map(has_means, expressions)) else {}


def _radicands(expressions: Sequence[Any]) -> list[Any]:
    """Sums under square roots, in an order that does not depend on hashes."""
    found = {
        node.base
        for e in expressions
        for node in sp.preorder_traversal(e)
        if isinstance(node, sp.Pow) and isinstance(node.base, sp.Add) and (2 * node.exp).is_odd
    }
    return sorted(found, key=sp.default_sort_key)
