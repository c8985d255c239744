r"""Derivatives of what depends on a fixed point, by the implicit function theorem.

Along each list S of arguments the unknowns have a derivative q_S. Differentiating q = f(q, x) along S gives

    (1 - df/dq) q_S = D_S f with q_S itself left out,

where D is the total derivative; the right side has derivatives of lower order only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.solvers.fixed_points.equations import Entries, Equations, Matrices, Rows, applied, inverse
from numerics.solvers.fixed_points.iteration import EPSILON

# The arguments of a derivative, by position and in order.
Along = tuple[int, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Tangents:
    """Quantities at a fixed point, differentiated along arguments.

    Attributes
    ----------
    equations
        What determines the fixed point.
    quantities
        Expressions in unknowns and arguments.
    along
        Positions of the arguments to differentiate by; none for the quantities themselves.
    """

    equations: Equations
    quantities: tuple[Any, ...]
    along: Along

    def __call__(self, rows: Rows) -> Rows:
        """The derivatives at unknowns and arguments, shape (n_quantities, n_points)."""
        slopes = inverse(self.equations.slope(rows)) if self.along else np.empty(0)
        for entries in self._levels:
            rows = np.vstack([rows, applied(slopes, entries(rows))])
        return self._outer(rows)

    def lost(self, rows: Rows, tolerance: float) -> NDArray[np.bool_]:
        """Where rounding of 1 - df/dq changes its inverse by more than the tolerance, shape (n_points,)."""
        slope = self.equations.slope(rows)
        size = _norm(slope) + 2  # at least |1| + |df/dq|
        with np.errstate(invalid="ignore"):
            return ~(_norm(inverse(slope)) * size * EPSILON <= tolerance)

    @cached_property
    def _levels(self) -> list[Entries]:
        """For each list of arguments the right sides of the equations for its derivative, those of low order first."""
        return [self._lowered(self._right_sides(s), self._below(s)) for s in self._lists]

    @cached_property
    def _outer(self) -> Entries:
        return self._lowered([self._total(g, self.along) for g in self.quantities], self._lists)

    @cached_property
    def _lists(self) -> list[Along]:
        found = {s for size in range(1, len(self.along) + 1) for s in combinations(sorted(self.along), size)}
        return sorted(found, key=lambda s: (len(s), s))

    def _below(self, along: Along) -> list[Along]:
        return self._lists[: self._lists.index(along)]

    @cached_property
    def _symbols(self) -> dict[Along, tuple[Any, ...]]:
        n = len(self.equations.unknowns)
        return {(): self.equations.unknowns} | {
            s: tuple(sp.Dummy(f"q{i}", real=True) for i in range(n)) for s in self._lists
        }

    def _lowered(self, expressions: Sequence[Any], known: Sequence[Along]) -> Entries:
        atoms = [*self.equations.atoms, *(q for s in known for q in self._symbols[s])]
        return Entries(expressions, atoms, self.equations.backend)

    def _right_sides(self, along: Along) -> list[Any]:
        own = dict.fromkeys(self._symbols[along], sp.S.Zero)
        return [self._total(f, along).xreplace(own) for f in self.equations.maps]

    def _total(self, expression: Any, along: Along) -> Any:
        """The total derivative of an expression in arguments, unknowns and their derivatives."""
        for position in along:
            found = sp.diff(expression, self.equations.arguments[position])
            for earlier, symbols in self._symbols.items():
                later = self._symbols.get(tuple(sorted((*earlier, position))), ())
                found += sum((sp.diff(expression, q) * r for q, r in zip(symbols, later, strict=False)), sp.S.Zero)
            expression = found
        return expression


def _norm(matrices: Matrices) -> NDArray[np.float64]:
    """The largest sum of a row, shape (n_points,)."""
    return np.abs(matrices).sum(axis=2).max(axis=1)
