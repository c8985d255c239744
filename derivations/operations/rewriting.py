"""Put an expression for a symbol, or one side of an equation for the other inside another one."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.undetermined import varying
from derivations.operations.equation import Done, Equation, OperationError, common, exact, refuse_capture
from derivations.operations.side_conditions import member
from theory.domain import Domain
from theory.statements import Definition, Expansion, Identity
from theory.sums import free_names, rename, unfold


def substitute(equation: Equation, *, symbol: Any, value: Any) -> Done:
    """Put a value for a symbol; the value must lie in the symbol's set."""
    if not isinstance(symbol, sp.Symbol):
        raise TypeError(f"expected a symbol to substitute, found {symbol!r}; use rewrite for an expression")
    equation.require_identity("substitute in")
    equation.require_free(symbol, "substitute")
    equation = equation.of(symbol)
    equation.require_loose(symbol, "substitute")
    value = exact(value, "the value")
    if symbol not in equation.domain.sets:
        raise OperationError(f"{symbol} does not occur in the equation")
    for side in equation.sides:
        refuse_capture(side, {symbol, *free_names(value)}, f"substitute {symbol}")
    domain = equation.domain_with(value, *equation.sides)
    needs = member(value, domain.sets[symbol], domain)
    left, right = (_put(side, symbol, value) for side in equation.sides)
    kept = [n for n in domain.sets if n != symbol or symbol in free_names(value)]
    statement = equation.statement.replaced(left=left, right=right, domain=domain.restricted(left, right, *kept))
    reason = f"Put ${sp.latex(value)}$ for ${sp.latex(symbol)}$."
    return Done(statement=statement, written=(left, right), obligations=needs, reason=reason)


def rewrite(equation: Equation, *, using: Any) -> Done:
    """Replace the left side of another equation, or a defined name, by what it is equal to."""
    if isinstance(using, Definition):
        return _with_definition(equation, using)
    if not isinstance(using, Identity):
        raise OperationError(f"expected an equation or a definition to rewrite with, found a {type(using).__name__}")
    old, new = using.left, using.right
    if isinstance(equation.statement, Expansion):
        equation.require_free(equation.statement.variable, "rewrite an expansion in")
    left, right = (_replaced(side, old, new) for side in equation.sides)
    if (left, right) == equation.sides:
        raise OperationError(f"{old} does not occur in the equation as it is written; swap the other equation first?")
    for side in equation.sides:
        refuse_capture(side, free_names(old) | free_names(new), f"rewrite with {old}")
    domain = common(equation.domain_with(left, right), using.domain)
    _refuse_slopes(equation, old, new, domain)
    statement = equation.statement.replaced(left=left, right=right, domain=domain)
    literal = (left, right) == tuple(side.xreplace({old: new}) for side in equation.sides)
    written = (left, right) if literal else None
    return Done(statement=statement, written=written, reason=f"Use ${sp.latex(old)} = {sp.latex(new)}$.")


def _refuse_slopes(equation: Equation, old: Any, new: Any, domain: Domain) -> None:
    """Raise if something is put in under a derivative by a name for certain values of which alone the two are equal."""
    names = free_names(old) | free_names(new)
    fixed = {n for n in names if n in equation.held or n not in varying(domain)}
    for side in equation.sides:
        for node in side.atoms(sp.Derivative) - {old}:
            if fixed & set(node.variables) and _replaced(node, old, new) != node:
                raise OperationError(f"cannot put {new} for {old} under {node}: they are equal at certain values only")


def _with_definition(equation: Equation, using: Definition) -> Done:
    statement = equation.opened(equation.statement, using.symbol)
    if statement == equation.statement:
        raise OperationError(f"{using.symbol} does not occur in the equation")
    sides: Any = statement
    return Done(
        statement=statement, written=(sides.left, sides.right), reason=f"Put in what ${sp.latex(using.symbol)}$ means."
    )


def _put(side: Any, symbol: Any, value: Any) -> Any:
    """SymPy's own substitution where a derivative must keep its variable, ours otherwise."""
    return side.subs(symbol, value) if side.has(sp.Derivative) else rename(side, symbol, value)


def _replaced(side: Any, old: Any, new: Any) -> Any:
    if isinstance(old, sp.Symbol | sp.Indexed):
        return unfold(side, old, new)
    exact_match = side.xreplace({old: new})
    return exact_match if exact_match != side else side.subs(old, new)
