"""Tridiagonal matrices of symbolic size with equal entries, known by proof, and their least eigenvalue.

With d on the diagonal and e beside it, n rows have the eigenvalues d + 2 e cos(j pi/(n + 1)), j = 1, ..., n: the sine
vectors sin(j k pi/(n + 1)) vanish at k = 0 and k = n + 1, and the n values are all different where e is not zero.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.routes.exact import vanishes, with_tower
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.domain import Domain
from theory.sums import free_names, rename


@dataclass(frozen=True, kw_only=True)
class Tridiagonal:
    """A tridiagonal matrix of equal entries, of ``size`` rows, at least one."""

    diagonal: Any
    beside: Any
    size: Any

    @property
    def cosine(self) -> Any:
        """The largest cosine, in [0, 1): what the size enters by."""
        return sp.cos(sp.pi / (self.size + 1))

    def least_eigenvalue(self, cosine: Any) -> Any:
        """d - 2 |e| cos(pi/(n + 1)), with a letter for the cosine."""
        return self.diagonal - 2 * sp.Abs(self.beside) * cosine


def tridiagonal(entry: Any, rows: tuple[Any, Any, Any, Any], domain: Domain) -> Tridiagonal | None:
    """The matrix whose entries these are; None if that is not proved."""
    i, j, low, high = (sp.sympify(part, strict=True) for part in rows)
    place = sp.Symbol("row", integer=True)
    far = sp.Symbol("distance", integer=True, positive=True)
    beyond_rows = domain.without(i)
    others = beyond_rows.without(j) if beyond_rows is not None else None
    if others is None or {place, far} & set(domain.sets) or not low.is_Integer:
        return None

    def at(row: Any, column: Any) -> Any:
        slot = sp.Dummy(integer=True)
        return rename(rename(rename(entry, i, slot), j, column), slot, row)

    diagonal, beside = at(low, low), at(low, low + 1)
    inner = others.extended({place: sp.Range(low, high + 1)})
    pairs = [(at(place, place), diagonal)]
    pairs += [(at(place, place + 1), beside), (at(place + 1, place), beside)]
    pairs += [(at(place, place + 1 + far), sp.S.Zero), (at(place + 1 + far, place), sp.S.Zero)]
    try:
        wide = inner.extended({far: sp.Range(1, sp.oo)})
        same = all(vanishes(one - other, wide) for one, other in pairs)
        some = with_tower(domain, lambda tower: tower.nonnegative(tower.convert(high - low)))
    except (UnsupportedError, ValueError):
        return None
    if not (same and some) or free_names(diagonal) & {i, j}:
        return None
    return Tridiagonal(diagonal=diagonal, beside=beside, size=high - low + 1)
