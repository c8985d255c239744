"""A limit from one side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression, require_name


@dataclass(frozen=True, init=False)
class LimitStatement(Statement):
    """``expression`` tends to ``value`` as ``variable`` tends to ``point`` (from above for ``"+"``)."""

    claimed: ClassVar[str] = "value"

    expression: Any
    value: Any
    variable: sp.Symbol
    point: sp.Expr
    direction: str

    def __init__(
        self,
        expression: Any,
        value: Any,
        domain: Domain,
        *,
        variable: sp.Symbol,
        point: Any,
        direction: str = "+",
    ) -> None:
        require_name(variable, "the variable of a limit")
        if direction not in ("+", "-"):
            raise ValueError(f"a limit comes from above (+) or from below (-); found {direction!r}")
        for name, content in {"expression": expression, "value": value, "point": point}.items():
            object.__setattr__(self, name, checked_expression(content, f"the {name} of a limit"))
        object.__setattr__(self, "variable", variable)
        object.__setattr__(self, "direction", direction)
        object.__setattr__(self, "domain", domain)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The expression, its limit, the variable and the point."""
        return (self.expression, self.value, self.variable, self.point)
