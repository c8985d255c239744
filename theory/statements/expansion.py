"""An expansion: two expressions agree up to a remainder of a given order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression, require_name


@dataclass(frozen=True, init=False)
class Expansion(Statement):
    """``left = right + O((variable - about)^order)`` as the variable tends to ``about`` from above."""

    left: Any
    right: Any
    variable: sp.Symbol
    order: int
    about: sp.Expr

    def __init__(
        self, left: Any, right: Any, domain: Domain, *, variable: sp.Symbol, order: int, about: Any = 0
    ) -> None:
        require_name(variable, "the variable of an expansion")
        if not isinstance(order, int) or isinstance(order, bool) or order < 1:
            raise ValueError(f"the order of an expansion is a positive integer, found {order!r}")
        for name, value in {"left": left, "right": right, "about": about}.items():
            object.__setattr__(self, name, checked_expression(value, f"the {name} of an expansion"))
        object.__setattr__(self, "variable", variable)
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "domain", domain)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides, the variable and the point."""
        return (self.left, self.right, self.variable, self.about)
