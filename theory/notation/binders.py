"""What binds a name (sums, products, means, integrals, values at a point), derivatives, and functions of matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.averages import GaussianMean
from theory.notation.functions import BINDERS
from theory.notation.matrices import determinant, inverse, square
from theory.notation.syntax import Call, Node, Number
from theory.sums import Sigma

MAX_DERIVATIVES = 12
MAX_IDENTITY = 8


def _arguments(builder: Any, node: Call, *counts: int) -> tuple[Node, ...]:
    if len(node.arguments) not in counts:
        builder.refuse(f"expected {BINDERS[node.name]}, found {len(node.arguments)} argument(s)", node)
    return node.arguments


def _ranged(builder: Any, node: Call, scope: Any) -> tuple[Any, Any, Any, Any]:
    """The body of a sum or product, its index, and the ends, which are integers or infinite."""
    name, low, high, body = _arguments(builder, node, 4)
    index = _bound(builder, name, "the index", scope, integer=True)
    first, last = (builder.end(n, scope) for n in (low, high))
    for end, where in ((first, low), (last, high)):
        if not (end.is_integer or end in (sp.oo, -sp.oo) or scope.missing):
            builder.refuse(f"expected an integer as an end of the range, found {end}", where)
    if first is sp.oo or last is -sp.oo:
        builder.refuse("expected a range from its lower to its upper end, found it reversed", low)
    _apart(builder, name, scope, first, last)
    return builder.scalar(body, _inside(scope, name, index)), index, first, last


def _bound(builder: Any, name: Node, what: str, scope: Any, **assumptions: bool) -> Any:
    """The symbol of a bound name: never one that is declared, so that nothing from outside can be captured."""
    letter, number = builder.bound_name(name, what, scope), 1
    fresh = letter
    while fresh in scope.names:
        number += 1
        fresh = f"{letter}{number}"
    return sp.Symbol(fresh, **assumptions)


def _inside(scope: Any, name: Any, symbol: Any) -> Any:
    return scope.inside(name.name, symbol)


def _apart(builder: Any, name: Any, scope: Any, *outside: Any) -> None:
    """A bound name may not stand, with its outer meaning, in the range or the variance that it is bound with."""
    outer = scope.names.get(name.name)
    if outer is not None and any(part.has(outer) for part in outside):
        builder.refuse(f"{name.name} is bound here and stands in its own range or variance; rename one of them", name)


def _sum(builder: Any, node: Call, scope: Any) -> Any:
    body, index, first, last = _ranged(builder, node, scope)
    if first.is_infinite or last.is_infinite:
        return sp.Sum(body, (index, first, last))
    return Sigma(body, (index, first, last))


def _product(builder: Any, node: Call, scope: Any) -> Any:
    body, index, first, last = _ranged(builder, node, scope)
    return sp.Product(body, (index, first, last))


def _mean(builder: Any, node: Call, scope: Any) -> Any:
    name, *variance, body = _arguments(builder, node, 2, 3)
    z = _bound(builder, name, "the Gaussian variable", scope, real=True)
    spread = builder.scalar(variance[0], scope) if variance else sp.Integer(1)
    if spread.is_negative:
        builder.refuse(f"expected a variance that is not negative, found {spread}", variance[0])
    _apart(builder, name, scope, spread)
    return GaussianMean(builder.scalar(body, _inside(scope, name, z)), z, spread)


def _integral(builder: Any, node: Call, scope: Any) -> Any:
    name, low, high, body = _arguments(builder, node, 4)
    x = _bound(builder, name, "the integration variable", scope, real=True)
    ends = (builder.end(low, scope), builder.end(high, scope))
    _apart(builder, name, scope, *ends)
    return sp.Integral(builder.scalar(body, _inside(scope, name, x)), (x, *ends))


def _derivative(builder: Any, node: Call, scope: Any) -> Any:
    """By symbols; a whole number repeats the one before it."""
    body, *by = _arguments(builder, node, *range(2, 2 + MAX_DERIVATIVES))
    counts: list[list[Any]] = []
    for argument in by:
        value = builder.scalar(argument, scope)
        if isinstance(argument, Number) and counts and value.is_Integer and value > 0:
            counts[-1][1] = int(value)
        elif value.is_Symbol and not value.is_integer:
            counts.append([value, 1])
        else:
            builder.refuse(f"expected a continuous symbol or a whole number, found {value}", argument)
    if sum(count for _, count in counts) > MAX_DERIVATIVES:
        builder.refuse(f"expected at most {MAX_DERIVATIVES} derivatives", node)
    return sp.Derivative(builder.scalar(body, scope), *(tuple(c) for c in counts))


def _at(builder: Any, node: Call, scope: Any) -> Any:
    """The value at a point: derivatives are taken first."""
    body, name, place = _arguments(builder, node, 3)
    letter = builder.name_of(name, "the symbol")
    declared = scope.names.get(letter)
    symbol = declared if isinstance(declared, sp.Symbol) else sp.Symbol(letter, real=True)
    value = builder.scalar(place, scope)
    inner = builder.scalar(body, scope.inside(letter, symbol))
    derived = inner.replace(sp.Derivative, sp.diff)
    return sp.Subs(derived, symbol, value) if derived.has(sp.Derivative) else derived.subs(symbol, value)


def _of_matrix(function: Callable[[Any], Any]) -> Callable[[Any, Call, Any], Any]:
    def build(builder: Any, node: Call, scope: Any) -> Any:
        (argument,) = _arguments(builder, node, 1)
        value = builder.expression(argument, scope)
        if not isinstance(value, sp.MatrixBase):
            builder.refuse(f"expected a matrix such as [[a, b], [c, d]], found {value}", argument)
        return function(value)

    return build


def _identity(builder: Any, node: Call, scope: Any) -> Any:
    (argument,) = _arguments(builder, node, 1)
    size = builder.scalar(argument, scope)
    if not size.is_Integer or not 1 <= size <= MAX_IDENTITY:
        builder.refuse(f"expected a whole number up to {MAX_IDENTITY}, found {size}", argument)
    return sp.ImmutableMatrix(sp.eye(int(size)))


BUILDERS: dict[str, Callable[[Any, Call, Any], Any]] = {
    "sum": _sum, "prod": _product, "mean": _mean, "integral": _integral, "diff": _derivative, "at": _at,
    "det": _of_matrix(determinant), "trace": _of_matrix(lambda m: square(m).trace()), "inv": _of_matrix(inverse),
    "transpose": _of_matrix(lambda m: m.T), "identity": _identity,
}  # fmt: skip
