"""Equality of two densities up to a total derivative, or a divergence, of some current."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import sympy as sp
from sympy.core.function import AppliedUndef

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression


@dataclass(frozen=True, init=False)
class EqualUpToTotalDerivative(Statement):
    """``left - right`` is a total derivative (in several coordinates: a divergence), for any fields.

    ``fields`` are undetermined functions such as ``phi(t, x)``, each applied to some of the ``coordinates``; a mapping
    gives the sets of their values, all real numbers otherwise. A coordinate that the domain lacks is any real number.
    """

    left: Any
    right: Any
    fields: tuple[tuple[Any, sp.Set], ...]
    coordinates: tuple[sp.Symbol, ...]

    def __init__(
        self,
        left: Any,
        right: Any,
        domain: Domain,
        *,
        fields: Iterable[Any] | Mapping[Any, Any],
        coordinates: Iterable[sp.Symbol],
    ) -> None:
        names = tuple(coordinates)
        if not names or not all(isinstance(c, sp.Symbol) for c in names):
            raise ValueError(f"the coordinates are one symbol or more; found {names!r}")
        values = _values(fields)
        for applied, _ in values:
            _check_field(applied, names)
        object.__setattr__(self, "left", checked_expression(left, "the left side"))
        object.__setattr__(self, "right", checked_expression(right, "the right side"))
        object.__setattr__(self, "fields", values)
        object.__setattr__(self, "coordinates", names)
        object.__setattr__(self, "domain", domain.extended({c: sp.S.Reals for c in names if c not in domain.sets}))
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides and the fields."""
        return (self.left, self.right, *(applied for applied, _ in self.fields))


def _values(fields: Any) -> tuple[tuple[Any, sp.Set], ...]:
    """Each field with the set of its values."""
    pairs = (
        fields.items() if isinstance(fields, Mapping) else [f if isinstance(f, tuple) else (f, None) for f in fields]
    )
    found = [(f, sp.S.Reals if s is None else s) for f, s in pairs]
    if not found:
        raise ValueError("a total derivative is one in some field; found no fields")
    return tuple((f, cast(sp.Set, sp.Interval.open(*s) if isinstance(s, tuple) else s)) for f, s in found)


def _check_field(applied: Any, coordinates: tuple[sp.Symbol, ...]) -> None:
    if not isinstance(applied, AppliedUndef):
        raise TypeError(f"a field is an undetermined function of coordinates such as phi(t); found {applied!r}")
    if len(set(applied.args)) != len(applied.args) or not set(applied.args) <= set(coordinates):
        raise ValueError(f"the field {applied} must be applied to coordinates among {', '.join(map(str, coordinates))}")
