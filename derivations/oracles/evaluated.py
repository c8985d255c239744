"""The value of a SymPy expression at a point, by mpmath and the definition of each node.

Nothing of the engine is used: no ball, no normal form, no rule of SymPy beyond the tree of the expression itself.
Integrals are quadratures, infinite sums are added up or extrapolated, derivatives are differences. Nodes that SymPy
does not have are explained by whoever asks (``meanings``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import sympy as sp
from mpmath import mp
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derivations.oracles.function_table import CONSTANTS, FUNCTIONS, as_real
from derivations.oracles.summation import UnansweredError, differentiated, integrated, multiplied, summed

Point = Mapping[Any, Any]
"""Values of symbols and of indexed entries: mpmath numbers; of undetermined functions: callables."""
Value = Callable[[Point], Any]
Meaning = Callable[[Any, Callable[[Any], Value]], Value]
"""Explains a node: given the node and a compiler of its parts, its value at a point."""


def evaluator(expression: Any, meanings: Mapping[type, Meaning]) -> Value:
    """A function of a point that gives the value of the expression there.

    Raises
    ------
    UnansweredError
        If a node is unknown; the returned function raises it where a value cannot be computed.
    """

    def compiled(node: Any) -> Value:
        for kind, meaning in (*meanings.items(), *NODES.items()):
            if isinstance(node, kind):
                return meaning(node, compiled)
        if node in CONSTANTS:
            constant = CONSTANTS[node]
            return lambda _: constant()
        if node.func in FUNCTIONS:
            return _applied(FUNCTIONS[node.func], [compiled(a) for a in node.args])
        raise UnansweredError(f"no meaning for {type(node).__name__}")

    return compiled(expression)


def exact(number: Any) -> Any:
    """An exact rational as a number at the precision in force."""
    return mp.mpf(int(number.p)) / int(number.q)


def _applied(function: Callable[..., Any], arguments: list[Value]) -> Value:
    if len(arguments) == 1:
        (only,) = arguments
        return lambda point: function(only(point))
    return lambda point: function(*(a(point) for a in arguments))


def _rational(node: Any, _: Any) -> Value:
    if node.q == 1:
        number = int(node.p)
        return lambda _: mp.mpf(number)
    return lambda _: exact(node)


def _symbol(node: Any, _: Any) -> Value:
    def value(point: Point) -> Any:
        if node not in point:
            raise UnansweredError(f"{node} has no value")
        return point[node]

    return value


def _entry(node: Any, compiled: Any) -> Value:
    places = [compiled(i) for i in node.indices]

    def value(point: Point) -> Any:
        key = node.base[tuple(sp.Integer(int(as_real(p(point)))) for p in places)]
        family = point.get(node.base)
        if family is not None:
            return family(*key.indices)
        return _symbol(key, None)(point)

    return value


def _sum(node: Any, compiled: Any) -> Value:
    parts = [compiled(a) for a in node.args]
    return lambda point: mp.fsum(p(point) for p in parts)


def _times(node: Any, compiled: Any) -> Value:
    parts = [compiled(a) for a in node.args]

    def value(point: Point) -> Any:
        result = mp.mpf(1)
        for part in parts:
            result *= part(point)
        return result

    return value


def _power(node: Any, compiled: Any) -> Value:
    base, exponent = compiled(node.base), compiled(node.exp)
    if node.exp == sp.Rational(1, 2):
        return lambda point: mp.sqrt(base(point))
    if node.exp.is_Integer:
        whole = int(node.exp)
        return lambda point: base(point) ** whole
    return lambda point: mp.power(base(point), exponent(point))


def _limits(node: Any, compiled: Any) -> list[tuple[Any, Value, Value]]:
    found = []
    for limit in node.limits:
        if len(limit.args) != 3:
            raise UnansweredError(f"{limit} is no definite range")
        found.append((limit.args[0], compiled(limit.args[1]), compiled(limit.args[2])))
    return found


def _nested(node: Any, compiled: Any, combine: Callable[..., Any]) -> Value:
    """Fold the limits, the last one outermost."""
    body = compiled(node.function)
    for name, low, high in _limits(node, compiled):
        body = _bound(body, name, low, high, combine)
    return body


def _bound(body: Value, name: Any, low: Value, high: Value, combine: Callable[..., Any]) -> Value:
    return lambda point: combine(lambda x: body({**point, name: x}), low(point), high(point))


def _integral(node: Any, compiled: Any) -> Value:
    body = compiled(node.function)
    for name, low, high in _limits(node, compiled):
        body = _integral_over(body, name, low, high, kinks(node.function, name, compiled))
    return body


def _integral_over(body: Value, name: Any, low: Value, high: Value, places: Callable[[Point], list[Any]]) -> Value:
    def value(point: Point) -> Any:
        ends = as_real(low(point)), as_real(high(point))
        return integrated(lambda x: body({**point, name: x}), *ends, places(point))

    return value


KINKED = (sp.Heaviside, sp.Abs, sp.sign)


def kinks(function: Any, name: Any, compiled: Callable[[Any], Value]) -> Callable[[Point], list[Any]]:
    """Where an integrand has kinks in a variable; exact where what vanishes there is linear in it."""
    found = [a.args[0] for a in function.atoms(*KINKED)]
    found += [r.args[0] - r.args[1] for r in function.atoms(Relational)]
    found += [a.args[i] - a.args[i + 1] for a in function.atoms(sp.Max, sp.Min) for i in range(len(a.args) - 1)]
    inner = {limit.args[0] for n in function.atoms(sp.Integral, sp.Sum) for limit in n.limits}
    vanishing = [compiled(f) for f in found if name in f.free_symbols and not f.free_symbols & inner]

    def places(point: Point) -> list[Any]:
        result = []
        for kink in vanishing:
            at, beside = kink({**point, name: mp.mpf(0)}), kink({**point, name: mp.mpf(1)})
            if mp.im(at) == 0 and mp.im(beside) == 0 and at != beside:
                result.append(mp.re(at / (at - beside)))
        return result

    return places


def _derivative(node: Any, compiled: Any) -> Value:
    body = compiled(node.expr)
    pairs = [(v, int(n)) for v, n in cast(Any, node.variable_count)]

    def value(point: Point) -> Any:
        names = [v for v, _ in pairs]

        def along(*x: Any) -> Any:
            return body({**point, **dict(zip(names, x, strict=True))})

        return differentiated(along, tuple(point[v] for v in names), tuple(n for _, n in pairs))

    return value


def _substituted(node: Any, compiled: Any) -> Value:
    body = compiled(node.expr)
    values = [(v, compiled(x)) for v, x in zip(node.variables, node.point, strict=True)]
    return lambda point: body({**point, **{v: x(point) for v, x in values}})


def _undetermined(node: Any, compiled: Any) -> Value:
    name, arguments = node.func, [compiled(a) for a in node.args]

    def value(point: Point) -> Any:
        if name not in point:
            raise UnansweredError(f"{name} has no value")
        return point[name](*(a(point) for a in arguments))

    return value


def _piecewise(node: Any, compiled: Any) -> Value:
    branches = [(compiled(v), condition(c, compiled)) for v, c in node.args]

    def value(point: Point) -> Any:
        for branch, applies in branches:
            if applies(point):
                return branch(point)
        raise UnansweredError(f"no branch of {node} applies")

    return value


def condition(node: Any, compiled: Any) -> Value:
    """Whether a condition holds at a point."""
    if node in (sp.true, sp.false):
        return lambda _: node == sp.true
    if isinstance(node, sp.And | sp.Or):
        parts = [condition(a, compiled) for a in node.args]
        combine = all if isinstance(node, sp.And) else any
        return lambda point: combine(p(point) for p in parts)
    if isinstance(node, sp.Not):
        inner = condition(node.args[0], compiled)
        return lambda point: not inner(point)
    if not isinstance(node, Relational):
        raise UnansweredError(f"no meaning for the condition {node}")
    left, right = (compiled(a) for a in node.args)
    compare = COMPARISONS[type(node)]
    return lambda point: compare(as_real(left(point)), as_real(right(point)))


COMPARISONS: dict[type, Callable[[Any, Any], bool]] = {
    sp.StrictLessThan: lambda a, b: a < b,
    sp.LessThan: lambda a, b: a <= b,
    sp.StrictGreaterThan: lambda a, b: a > b,
    sp.GreaterThan: lambda a, b: a >= b,
    sp.Eq: lambda a, b: a == b,
    sp.Ne: lambda a, b: a != b,
}

NODES: dict[Any, Meaning] = {
    sp.Rational: _rational,
    sp.Symbol: _symbol,
    sp.Indexed: _entry,
    sp.Add: _sum,
    sp.Mul: _times,
    sp.Pow: _power,
    sp.Integral: _integral,
    sp.Sum: lambda node, compiled: _nested(node, compiled, summed),
    sp.Product: lambda node, compiled: _nested(node, compiled, multiplied),
    sp.Derivative: _derivative,
    sp.Subs: _substituted,
    sp.Piecewise: _piecewise,
    AppliedUndef: _undetermined,
}
