"""Put definitions to use: a statement with the names of a derivation replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from theory.domain import Domain
from theory.statements import Definition, Statement
from theory.sums import free_names, unfold

S = TypeVar("S", bound=Statement)


def unfolded(statement: S, definitions: Iterable[Definition], domain: Domain) -> S:
    """The statement with every definition put in; sets of names that come in are taken from ``domain``."""
    known = tuple(definitions)
    if not known:
        return statement
    before = {f.name: getattr(statement, f.name) for f in fields(statement) if f.name != "domain"}
    parts = {name: _put_in(value, known) for name, value in before.items()}
    if parts == before:
        return statement
    brought_in = _names(parts) - _names(before)
    return statement.replaced(**parts, domain=_domain(statement.domain, known, domain, brought_in))


def without_definitions(expression: Any, definitions: Iterable[Definition]) -> Any:
    """An expression with every definition put in, later definitions first: they may use earlier ones.

    Raises
    ------
    ValueError
        If a bound variable of the expression would capture a name of a definition.
    """
    for definition in reversed(tuple(definitions)):
        if occurs(definition.symbol, expression):
            _refuse_capture(expression, definition)
            expression = _replaced(expression, definition)
    return expression


def occurs(name: Any, expression: Any) -> bool:
    """Whether a defined name is used in an expression."""
    if isinstance(name, AppliedUndef):
        return any(node.func == name.func for node in expression.atoms(AppliedUndef))
    return key_of(name) in free_names(expression)


def key_of(name: Any) -> Any:
    """What a domain would call a name: an entry of a family goes by the family."""
    return name.base if isinstance(name, sp.Indexed) else name


def _replaced(expression: Any, definition: Definition) -> Any:
    name = definition.symbol
    if not isinstance(name, AppliedUndef):
        if isinstance(expression, sp.MatrixBase):
            return expression.applyfunc(lambda entry: unfold(entry, name, definition.expression))
        return unfold(expression, name, definition.expression)
    body = sp.Lambda(name.args, definition.expression)  # pyright: ignore[reportArgumentType]
    return expression.replace(
        lambda node: isinstance(node, AppliedUndef) and node.func == name.func, lambda node: body(*node.args)
    )


def _refuse_capture(expression: Any, definition: Definition) -> None:
    """SymPy's own integrals and sums do not rename what they bind, so a clash is refused."""
    inside, around = free_names(definition.expression), free_names(expression)
    if isinstance(definition.symbol, AppliedUndef):
        inside -= definition.symbol.free_symbols  # its arguments are replaced by those of the call
    nodes = [(node, inside) for node in expression.atoms(ExprWithLimits)]
    if isinstance(definition.symbol, AppliedUndef):
        nodes += [(node, around) for node in definition.expression.atoms(ExprWithLimits)]
    for node, names in nodes:
        clash = {limit.args[0] for limit in node.limits} & names
        if clash:
            raise ValueError(
                f"the variable {min(map(str, clash))} that {node} runs over also stands in the definition of "
                f"{definition.symbol}; rename the variable of the integral or sum"
            )


def _put_in(value: Any, definitions: tuple[Definition, ...]) -> Any:
    if isinstance(value, tuple):
        return tuple(_put_in(item, definitions) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: _put_in(getattr(value, f.name), definitions) for f in fields(value)})
    return without_definitions(value, definitions) if isinstance(value, sp.Basic | sp.MatrixBase) else value


def _domain(own: Domain, definitions: tuple[Definition, ...], wider: Domain, brought_in: set[Any]) -> Domain:
    """The statement's domain without the defined names, and with the names that their expressions bring in."""
    defined = {key_of(d.symbol) for d in definitions}
    constraints = [c for c in own.constraints if key_of(c.args[0]) not in defined]
    known = {n: s for n, s in {**wider.sets, **own.sets}.items() if n not in defined}
    needed = (brought_in | set(own.sets)) & set(known)
    own_constraints = (without_definitions(c, definitions) for c in constraints)
    everything = Domain(known, dict.fromkeys((*wider.constraints, *own_constraints)))
    return everything.restricted(*needed)


def _names(parts: dict[str, Any]) -> set[Any]:
    return set().union(*(free_names(e) for e in _expressions(parts.values())))


def _expressions(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if isinstance(value, tuple):
            found += _expressions(value)
        elif is_dataclass(value):
            found += _expressions(getattr(value, f.name) for f in fields(value))
        elif isinstance(value, sp.Basic | sp.MatrixBase):
            found.append(value)
    return found
