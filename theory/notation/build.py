"""From a parsed formula to a SymPy expression, by a closed table of what each piece means."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

import sympy as sp
from sympy.core.function import UndefinedFunction

from theory.notation.binders import BUILDERS
from theory.notation.errors import NotationError
from theory.notation.functions import (
    BINDERS,
    CONSTANTS,
    FUNCTIONS,
    INFINITE,
    POLYNOMIALS,
    SYMBOLS_TOO,
    TAKEN,
    Function,
)
from theory.notation.matrices import added, multiplied, raised, rows
from theory.notation.scope import Scope, suggestion
from theory.notation.sizes import TooLargeError, check_arguments, check_degree, check_number
from theory.notation.syntax import Call, Entry, Name, Negative, Node, Number, Power, Product, Rows, Sum

MAX_DIGITS = 1_000
MAX_SCALE = 400


class Builder:
    """Builds the expressions of one text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def expression(self, node: Node, scope: Scope) -> Any:
        """A scalar or a matrix, finite and of bounded size."""
        try:
            value = BUILD[type(node)](self, node, scope)
            return self._checked(value, node)
        except TooLargeError as error:
            self.refuse(f"expected {error}; write it with a symbol instead", node)
        except (TypeError, ValueError, ZeroDivisionError, NotImplementedError) as error:
            if isinstance(error, NotationError):
                raise
            self.refuse(f"this has no meaning: {str(error) or type(error).__name__}", node)

    def scalar(self, node: Node, scope: Scope) -> Any:
        """A number or an expression, no matrix."""
        value = self.expression(node, scope)
        if isinstance(value, sp.MatrixBase):
            self.refuse("expected a scalar, found a matrix; take an entry, det or trace of it", node)
        return value

    def whole(self, node: Node, scope: Scope, what: str) -> Any:
        """An expression that is an integer wherever its symbols are what their domain says."""
        value = self.scalar(node, scope)
        if not value.is_integer and not scope.missing:
            self.refuse(f"expected an integer for {what}, found {value}; declare its symbols as in `n in 1..8`", node)
        return value

    def end(self, node: Node, scope: Scope) -> Any:
        """An end of a range, which may be infinite."""
        inner = node.operand if isinstance(node, Negative) else node
        if isinstance(inner, Name) and inner.name in INFINITE and inner.name not in scope.names:
            return -sp.oo if isinstance(node, Negative) else sp.oo
        return self.scalar(node, scope)

    def name_of(self, node: Node, what: str) -> str:
        """The name that a binder binds."""
        if not isinstance(node, Name):
            self.refuse(f"expected a name for {what}", node)
        if node.name in TAKEN:
            self.refuse(f"expected a name for {what}, but {node.name} has a meaning; choose another letter", node)
        return node.name

    def bound_name(self, node: Node, what: str, scope: Scope) -> str:
        """A name that is bound here and by nothing around it."""
        name = self.name_of(node, what)
        if name in scope.bound:
            self.refuse(f"{name} is bound already around this place; choose another letter", node)
        return name

    def refuse(self, problem: str, node: Node) -> NoReturn:
        """Raise an error that points at a piece."""
        raise NotationError(problem, self.text, node.position) from None

    def _checked(self, value: Any, node: Node) -> Any:
        if isinstance(value, sp.MatrixBase):
            return value
        if value.has(sp.zoo, sp.nan):
            self.refuse("expected a finite expression; this divides by zero or is undefined", node)
        if value.is_infinite and value.is_number:
            self.refuse(
                "oo is no number: it stands as an end of a sum, an integral or an interval, or in a limit", node
            )
        check_number(value)
        return value


def _number(builder: Builder, node: Number, scope: Scope) -> Any:
    del scope
    mantissa, _, scale = node.text.lower().partition("e")
    if len(mantissa) > MAX_DIGITS or len(scale) > 5 or abs(int(scale or 0)) > MAX_SCALE:
        builder.refuse(f"expected at most {MAX_DIGITS} digits and a power of ten below {MAX_SCALE}", node)
    return sp.Rational(*Decimal(node.text).as_integer_ratio())


def _name(builder: Builder, node: Name, scope: Scope) -> Any:
    if node.name in scope.names:
        value = scope.names[node.name]
        if isinstance(value, UndefinedFunction):
            builder.refuse(f"expected an argument after the function {node.name}, as in {node.name}(x)", node)
        if isinstance(value, sp.IndexedBase):
            builder.refuse(f"expected an index after the family {node.name}, as in {node.name}[k]", node)
        return value
    if node.name in CONSTANTS:
        return CONSTANTS[node.name]
    if node.name in FUNCTIONS and node.name not in SYMBOLS_TOO:
        builder.refuse(f"expected brackets after the function {node.name}, as in {node.name}(x)", node)
    if node.name in BINDERS:
        builder.refuse(f"expected {BINDERS[node.name]}", node)
    return scope.stand_in(node.name, node.position)


def _call(builder: Builder, node: Call, scope: Scope) -> Any:
    value = _applied(builder, node, scope)
    return value if node.power == 1 else raised(value, sp.Integer(node.power))


def _applied(builder: Builder, node: Call, scope: Scope) -> Any:
    declared = scope.names.get(node.name)
    if isinstance(declared, UndefinedFunction):
        return _undetermined(builder, node, declared, scope)
    if declared is not None:
        what = "a family: write its index in square brackets" if isinstance(declared, sp.IndexedBase) else "a symbol"
        builder.refuse(f"{node.name} is {what}, no function; for a product write {node.name}*(…)", node)
    if node.primes:
        builder.refuse(f"expected an undetermined function before ', as in `where {node.name} function`", node)
    if node.name in BUILDERS:
        return BUILDERS[node.name](builder, node, scope)
    if node.name not in FUNCTIONS:
        builder.refuse(_unknown_function(node.name, scope), node)
    return _of_table(builder, node, FUNCTIONS[node.name], scope)


def _unknown_function(name: str, scope: Scope) -> str:
    if name == "O":
        return "expected the remainder O(…) as the last term of the right side, and nowhere else"
    hint = suggestion(name, scope.names, called=True)
    hint = hint or f"for a product write {name}*(…); for an undetermined function declare `{name} function`"
    return f"`{name}` is no function here; {hint}"


def _undetermined(builder: Builder, node: Call, function: Any, scope: Scope) -> Any:
    if node.power != 1:
        builder.refuse(
            f"expected ({node.name}(x))^{node.power}: a power of an undetermined function has brackets", node
        )
    arguments = [builder.scalar(a, scope) for a in node.arguments]
    applied = function(*arguments)
    if not node.primes:
        return applied
    if len(arguments) != 1 or not arguments[0].is_Symbol:
        builder.refuse(
            f"expected one symbol after {node.name}', as in {node.name}'(x); use at(diff(…), x, value)", node
        )
    return sp.Derivative(applied, (arguments[0], node.primes))


def _of_table(builder: Builder, node: Call, function: Function, scope: Scope) -> Any:
    arguments = [builder.scalar(a, scope) for a in node.arguments]
    if not function.fewest <= len(arguments) <= function.most:
        wanted = str(function.fewest) if function.fewest == function.most else f"{function.fewest} to {function.most}"
        remedy = "; the Dirac delta has no value at a point" if node.name == "delta" else ""
        builder.refuse(f"expected {wanted} argument(s) of {node.name}, found {len(arguments)}{remedy}", node)
    if node.name == "delta":
        arguments = [builder.whole(a, scope, "an index of delta") for a in node.arguments]
    if function.grows:
        check_arguments(arguments)
    if node.name in POLYNOMIALS:
        check_degree(arguments[0])
    return function.build(*arguments)


def _entry(builder: Builder, node: Entry, scope: Scope) -> Any:
    base = scope.names.get(node.name)
    if base is None:
        scope.missing.setdefault(node.name, node.position)
        base = sp.IndexedBase(node.name)
    if not isinstance(base, sp.IndexedBase):
        builder.refuse(f"{node.name} is no family; declare one as in `{node.name}[k] in (0, 1)`", node)
    return base[tuple(builder.whole(i, scope, f"an index of {node.name}") for i in node.indices)]


def _sum(builder: Builder, node: Sum, scope: Scope) -> Any:
    return added([builder.expression(t, scope) for t in node.terms])


def _negative(builder: Builder, node: Negative, scope: Scope) -> Any:
    return multiplied([sp.Integer(-1), builder.expression(node.operand, scope)])


def _product(builder: Builder, node: Product, scope: Scope) -> Any:
    """One product of all factors, so that no number is distributed over a sum on the way."""
    factors: list[Any] = []
    for factor, inverted in zip(node.factors, node.inverted, strict=True):
        while isinstance(factor, Negative):
            factor = factor.operand
            factors.append(sp.Integer(-1))
        value = builder.expression(factor, scope)
        if inverted and isinstance(value, sp.MatrixBase):
            builder.refuse("expected a scalar after /, found a matrix; write inv(matrix)", factor)
        factors.append(1 / value if inverted else value)
    return multiplied(factors)


def _power(builder: Builder, node: Power, scope: Scope) -> Any:
    base, exponent = builder.expression(node.base, scope), builder.scalar(node.exponent, scope)
    return raised(base, exponent)


def _rows(builder: Builder, node: Rows, scope: Scope) -> Any:
    cells = [
        [builder.scalar(cell, scope) for cell in (item.items if isinstance(item, Rows) else (item,))]
        for item in node.items
    ]
    return rows(cells)


BUILD: dict[type[Node], Callable[[Builder, Any, Scope], Any]] = {
    Number: _number, Name: _name, Call: _call, Entry: _entry, Sum: _sum, Negative: _negative, Product: _product,
    Power: _power, Rows: _rows,
}  # fmt: skip
