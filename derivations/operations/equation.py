"""The equation that an operation works on, and what an operation hands back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits

from theory.domain import Domain
from theory.statements import Expansion, Identity, Inequality, Statement
from theory.statements.statement import checked_expression
from theory.sums import Binder


class OperationError(ValueError):
    """An operation that may not be done to this equation."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """The outcome of an operation.

    Attributes
    ----------
    statement
        The new claim.
    written
        Both sides as the operation is written before anything is worked out, such as ``Derivative(left, x)``; the new
        sides must equal them. None if the claim must be verified by itself.
    obligations
        What must hold for the operation to be allowed.
    reason
        The sentence a reader is given.
    """

    statement: Statement
    written: tuple[Any, Any] | None = None
    obligations: tuple[Statement, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Equation:
    """A relation between two sides, with what an operation must know about it.

    Attributes
    ----------
    statement
        The claim of the step.
    ambient
        The domain of the whole derivation, for symbols that an operation brings in.
    held
        Names that stand in a premise under which the equation holds: it holds for their values at hand alone.
    opened
        Gives the statement with the definitions put in that depend on a name.
    """

    statement: Identity | Expansion | Inequality
    ambient: Domain
    held: frozenset[sp.Basic]
    opened: Callable[[Statement, Any], Statement]

    @property
    def sides(self) -> tuple[Any, Any]:
        """Left and right."""
        return self.statement.left, self.statement.right

    @property
    def domain(self) -> Domain:
        """The domain of the claim."""
        return self.statement.domain

    def with_sides(self, left: Any, right: Any, *others: Any) -> Statement:
        """The same kind of claim about other sides; sets of symbols that come in are taken from the derivation."""
        return self.statement.replaced(left=left, right=right, domain=self.domain_with(left, right, *others))

    def domain_with(self, *expressions: Any) -> Domain:
        """The claim's domain with the sets of other symbols in these expressions.

        Raises
        ------
        ValueError
            If a symbol has no set.
        """
        everything = joined(self.domain, self.ambient)
        for expression in expressions:
            everything.require(sp.sympify(expression, strict=True), "the new equation")
        return everything.restricted(*expressions, *self.domain.sets)

    def of(self, name: Any) -> Equation:
        """The equation with definitions that depend on ``name`` put in."""
        statement: Any = self.opened(self.statement, name)
        return Equation(statement=statement, ambient=self.ambient, held=self.held, opened=self.opened)

    def require_identity(self, doing: str) -> None:
        """Raise unless both sides are equal, without remainder."""
        if isinstance(self.statement, Expansion):
            raise OperationError(
                f"cannot {doing} an expansion: nothing is known about its remainder but its order; {doing} the exact "
                "equation and expand the result"
            )
        if isinstance(self.statement, Inequality):
            raise OperationError(f"cannot {doing} an inequality: expected an equation, found {self.statement.relation}")

    def require_free(self, name: Any, doing: str) -> None:
        """Raise if the equation holds for certain values of ``name`` only."""
        if name in self.held:
            raise OperationError(
                f"cannot {doing} {name}: the equation holds only where a premise about {name} holds, not for every "
                f"{name}; write what depends on it as a function, such as m({name}), in the premise"
            )

    def require_loose(self, name: Any, doing: str) -> None:
        """Raise if the domain ties ``name`` to other names: the equation holds for a part of its values only."""
        domain = joined(self.domain, self.ambient)
        tied = [c for c in (*self.domain.constraints, *self.domain.sets.values()) if name in c.free_symbols]
        if name in domain.sets and domain.sets[name].free_symbols:
            tied.append(domain.sets[name])
        if tied:
            raise OperationError(
                f"cannot {doing} {name}: the domain ties it to other names by {tied[0]}; state the new equation with so"
            )

    def require_continuous(self, name: Any, doing: str) -> None:
        """Raise unless ``name`` is a symbol that runs over an interval."""
        if not isinstance(name, sp.Symbol):
            raise TypeError(f"expected a symbol to {doing}, found {name!r}")
        chosen = joined(self.domain, self.ambient).sets.get(name)
        if chosen is None:
            raise OperationError(f"cannot {doing} {name}: it has no set in the domain of the derivation")
        if not isinstance(chosen, sp.Interval) and chosen != sp.S.Reals:
            raise OperationError(f"cannot {doing} {name}: it runs over {chosen}, expected an interval")


def joined(own: Domain, ambient: Domain) -> Domain:
    """A claim's own domain, and the ambient sets of the names it does not have."""
    return Domain({**ambient.sets, **own.sets}, dict.fromkeys((*ambient.constraints, *own.constraints)))


def common(first: Domain, second: Domain) -> Domain:
    """The domain on which two claims both hold."""
    shared = set(first.sets) & set(second.sets)
    sets = {**first.sets, **second.sets}
    for name in shared:
        sets[name] = first.sets[name].intersect(second.sets[name])
    return Domain(sets, dict.fromkeys((*first.constraints, *second.constraints)))


def exact(value: Any, what: str) -> Any:
    """An exact scalar expression."""
    expression = checked_expression(value, what)
    if isinstance(expression, sp.MatrixBase):
        raise TypeError(f"{what} must be a number or an expression, found a matrix")
    return expression


def refuse_capture(expression: Any, names: set[sp.Basic], doing: str) -> None:
    """Raise if something in the expression binds one of these names."""
    bound = {limit.args[0] for node in expression.atoms(ExprWithLimits) for limit in node.limits}
    bound |= set().union(*(node.bound_names for node in expression.atoms(Binder)))
    clash = bound & names
    if clash:
        raise OperationError(
            f"cannot {doing}: {min(map(str, clash))} is bound by an integral or a sum; rename it first"
        )
