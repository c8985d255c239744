"""The equations q = f(q; arguments) as functions of arrays, each of them lowered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.lowering import lower
from theory.domain import Domain

# Quantities at many points: one row for each quantity, one column for each point.
Rows = NDArray[np.float64]
# Square matrices at many points, shape (n_points, n_unknowns, n_unknowns).
Matrices = NDArray[np.float64]


class Entries:
    """Several expressions at many points, lowered together."""

    def __init__(
        self, expressions: Iterable[Any], atoms: Sequence[Any], backend: str, domain: Domain | None = None
    ) -> None:
        self._function = lower(list(expressions), atoms, backend=backend, domain=domain)

    def __call__(self, rows: Rows) -> Rows:
        """Their values at one row of points for each atom, shape (n_expressions, n_points)."""
        # Points without a value come out as NaN, and are dealt with by those who ask.
        with np.errstate(all="ignore"):
            return np.atleast_2d(self._function(*rows)).T


@dataclass(frozen=True, kw_only=True, eq=False)
class Equations:
    """q_i = f_i(q; arguments), one for each unknown. Made by `lowered_equations`.

    Attributes
    ----------
    unknowns
        Symbols, or entries of indexed families.
    maps
        f_i, in the order of the unknowns.
    arguments
        What the unknowns depend on.
    bounds
        Least and largest value of each unknown, shape (n_unknowns, 1) each.
    backend
        What the maps are lowered to.
    differences, slopes
        f_i - q_i, and the rows of the matrix 1 - df/dq one after another.
    """

    unknowns: tuple[Any, ...]
    maps: tuple[Any, ...]
    arguments: tuple[Any, ...]
    bounds: tuple[Rows, Rows]
    backend: str
    differences: Entries
    slopes: Entries

    @property
    def atoms(self) -> tuple[Any, ...]:
        """What the maps are functions of: the unknowns, then the arguments."""
        return (*self.unknowns, *self.arguments)

    def residual(self, rows: Rows) -> Rows:
        """f(q) - q, shape (n_unknowns, n_points)."""
        return self.differences(rows)

    def slope(self, rows: Rows) -> Matrices:
        """The matrix 1 - df/dq, whose kernel is where fixed points merge."""
        n = len(self.unknowns)
        return np.moveaxis(self.slopes(rows).reshape(n, n, -1), -1, 0)


def lowered_equations(
    equations: Mapping[Any, Any], arguments: Iterable[Any], domain: Domain | None, backend: str
) -> Equations:
    """Lower maps and their derivatives.

    Raises
    ------
    TypeError
        If an equation or a derivative of one cannot be lowered.
    ValueError
        If there is no equation, an unknown is an argument too, or a symbol is missing among them.
    """
    unknowns, others = tuple(equations), tuple(arguments)
    if not unknowns:
        raise ValueError("expected an equation for one unknown at least; found none: hand in {q: f(q)}")
    doubled = [q for q in unknowns if q in others]
    if doubled:
        raise ValueError(f"expected unknowns beside the arguments; found {doubled[0]} among both")
    maps = tuple(sp.sympify(f, strict=True) for f in equations.values())
    differences = [f - q for f, q in zip(maps, unknowns, strict=True)]
    atoms, ends = (*unknowns, *others), [_ends(q, domain) for q in unknowns]
    return Equations(
        unknowns=unknowns,
        maps=maps,
        arguments=others,
        bounds=(np.array([[low] for low, _ in ends]), np.array([[high] for _, high in ends])),
        backend=backend,
        differences=Entries(differences, atoms, backend, domain),
        slopes=Entries([-sp.diff(g, q) for g in differences for q in unknowns], atoms, backend, domain),
    )


def _ends(unknown: Any, domain: Domain | None) -> tuple[float, float]:
    """The interval of an unknown, closed: by the domain, else by what the symbol's assumptions say of its sign."""
    known = domain is not None and getattr(unknown, "base", unknown) in domain.sets
    allowed = domain.set_of(unknown) if domain is not None and known else None
    if isinstance(allowed, sp.Interval) and not allowed.free_symbols:
        return float(sp.N(allowed.start)), float(sp.N(allowed.end))
    return (0.0 if unknown.is_nonnegative else -np.inf), (0.0 if unknown.is_nonpositive else np.inf)


def inverse(matrices: Matrices) -> Matrices:
    """The inverse of each matrix; NaN where it is singular."""
    if matrices.shape[-1] == 1:
        with np.errstate(divide="ignore"):
            return np.where(matrices == 0, np.nan, 1 / matrices)
    finite = np.isfinite(matrices).all(axis=(1, 2))
    regular = np.flatnonzero(finite)
    regular = regular[np.linalg.det(matrices[regular]) != 0]
    found = np.full_like(matrices, np.nan)
    found[regular] = np.linalg.inv(matrices[regular])
    return found


def applied(matrices: Matrices, rows: Rows) -> Rows:
    """Each matrix times the column of its point."""
    return np.einsum("pij,jp->ip", matrices, rows)
