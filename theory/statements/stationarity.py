"""Stationarity: the derivatives of an action vanish at a point given by equations, or at a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import sympy as sp
from sympy.core.function import AppliedUndef

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression, require_name


@dataclass(frozen=True, init=False)
class Stationarity(Statement):
    """The derivative of ``action`` by each of ``variables`` vanishes where the equations ``at`` hold.

    ``variables`` are symbols or entries such as ``q[k]`` with ``k`` in the domain; ``at`` maps symbols, or entries
    standing for all entries of their family, to their values at the stationary point. With ``constraints``, expressions
    that are to vanish, the point satisfies them, and the derivatives of the action are combinations of theirs
    (Lagrange multipliers exist).

    A variable may be a field such as ``phi(x)``; the action is then an ``Integral`` of a density over the arguments of
    the field, the derivative is the functional one, for variations that vanish at the ends, and ``at`` maps the field,
    or one of its derivatives, to what it is.
    """

    claimed: ClassVar[str] = "at"

    action: Any
    variables: tuple[Any, ...]
    at: tuple[tuple[Any, Any], ...]
    constraints: tuple[Any, ...]

    def __init__(
        self,
        action: Any,
        domain: Domain,
        *,
        variables: tuple[Any, ...],
        at: Mapping[Any, Any] | tuple[tuple[Any, Any], ...],
        constraints: Iterable[Any] = (),
    ) -> None:
        at = dict(at)
        if not variables:
            raise ValueError("a stationarity statement needs at least one variable; found none")
        object.__setattr__(self, "action", checked_expression(action, "the action"))
        object.__setattr__(self, "variables", tuple(variables))
        object.__setattr__(self, "constraints", tuple(_vanishing(c) for c in constraints))
        for name in (*variables, *at):
            if not (self.is_functional and isinstance(name, AppliedUndef | sp.Derivative)):
                require_name(name, "a variable and a key of `at`")
        pairs = tuple((k, checked_expression(v, f"the value of {k}")) for k, v in at.items())
        object.__setattr__(self, "at", pairs)
        object.__setattr__(self, "domain", self._with_coordinates(domain) if self.is_functional else domain)
        self._validate()

    @property
    def is_functional(self) -> bool:
        """Whether a variable is a field."""
        return any(isinstance(v, AppliedUndef) for v in self.variables)

    def _with_coordinates(self, domain: Domain) -> Domain:
        """The domain with the ranges of the action's integrals, unless it knows their variables."""
        if self.constraints:
            raise ValueError("put the constraints of a functional into its density, each with its multiplier")
        limits = [limit.args for node in self.action.atoms(sp.Integral) for limit in node.limits]
        ends = {name: tuple(rest) for name, *rest in limits if name not in domain.sets}
        return domain.extended({x: sp.Interval.open(*e) if len(e) == 2 else sp.S.Reals for x, e in ends.items()})

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The action, the variables, the equations of the point and the constraints."""
        return (self.action, *self.variables, *(v for _, v in self.at), *self.constraints)


def _vanishing(constraint: Any) -> Any:
    """A constraint as an expression that is to vanish; an equation as the difference of its sides."""
    if isinstance(constraint, sp.Eq):
        constraint = constraint.args[0] - constraint.args[1]  # pyright: ignore[reportOperatorIssue]
    return checked_expression(constraint, "a constraint")
