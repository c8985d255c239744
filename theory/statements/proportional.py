"""Proportionality: one expression, or vector, is a constant multiple of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression, require_one_shape
from theory.sums import free_names


@dataclass(frozen=True, init=False)
class Proportional(Statement):
    """``left = c right`` on the domain, with a finite ``c`` that is not zero and does not depend on ``variables``.

    ``variables`` are symbols or families of the domain; without them, all that occur. Both sides may be matrices of
    one shape: then one ``c`` serves every entry, and ``variables`` may be empty, as for an eigenvector.
    """

    left: Any
    right: Any
    variables: tuple[sp.Basic, ...]

    def __init__(self, left: Any, right: Any, domain: Domain, *, variables: Iterable[Any] | None = None) -> None:
        object.__setattr__(self, "left", checked_expression(left, "the left side"))
        object.__setattr__(self, "right", checked_expression(right, "the right side"))
        object.__setattr__(self, "domain", domain)
        shape = require_one_shape(self.left, self.right)
        if self.right == self.right * 0:
            raise ValueError("nothing but zero is proportional to zero; found a right side that is zero")
        self._validate()
        occurring = free_names(self.left) | free_names(self.right)
        chosen = sorted(occurring, key=str) if variables is None else list(variables)
        unknown = [v for v in chosen if v not in domain.sets]
        if unknown:
            raise ValueError(f"the variables of a proportionality are names of its domain; found {unknown[0]!r}")
        if not chosen and shape is None:
            raise ValueError("without variables any two numbers are proportional; name the variables")
        object.__setattr__(self, "variables", tuple(chosen))

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides."""
        return (self.left, self.right)
