"""Stationarity: the derivatives of an action vanish at a point given by equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression, require_name


@dataclass(frozen=True, init=False)
class Stationarity(Statement):
    """The derivative of ``action`` by each of ``variables`` vanishes where the equations ``at`` hold.

    ``variables`` are symbols or entries such as ``q[k]`` with ``k`` in the domain; ``at`` maps symbols, or entries
    standing for all entries of their family, to their values at the stationary point.
    """

    claimed: ClassVar[str] = "at"

    action: Any
    variables: tuple[sp.Expr, ...]
    at: tuple[tuple[sp.Expr, sp.Expr], ...]

    def __init__(
        self,
        action: Any,
        domain: Domain,
        *,
        variables: tuple[Any, ...],
        at: Mapping[Any, Any] | tuple[tuple[Any, Any], ...],
    ) -> None:
        at = dict(at)
        if not variables:
            raise ValueError("a stationarity statement needs at least one variable; found none")
        for name in (*variables, *at):
            require_name(name, "a variable and a key of `at`")
        object.__setattr__(self, "action", checked_expression(action, "the action"))
        object.__setattr__(self, "variables", tuple(variables))
        pairs = tuple((k, checked_expression(v, f"the value of {k}")) for k, v in at.items())
        object.__setattr__(self, "at", pairs)
        object.__setattr__(self, "domain", domain)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The action, the variables and the equations of the point."""
        return (self.action, *self.variables, *(v for _, v in self.at))
