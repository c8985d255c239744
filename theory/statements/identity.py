"""An identity: two expressions, or two matrices, are equal on a domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression, require_one_shape


@dataclass(frozen=True, init=False)
class Identity(Statement):
    """``left = right`` wherever on the domain both sides are defined (numbers, or matrices entry by entry)."""

    left: Any
    right: Any

    def __init__(self, left: Any, right: Any, domain: Domain) -> None:
        object.__setattr__(self, "left", checked_expression(left, "the left side"))
        object.__setattr__(self, "right", checked_expression(right, "the right side"))
        object.__setattr__(self, "domain", domain)
        require_one_shape(self.left, self.right)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides."""
        return (self.left, self.right)
