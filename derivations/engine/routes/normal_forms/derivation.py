"""Derivatives of elements by a real symbol: the chain rule over the letters, each by what it stands for.

An undetermined function keeps its derivatives as further undetermined functions of the same arguments (its jet), so
that products, compositions and substitutions need no other rule. What jumps, or has corners at unknown places, has
no derivative here: the derivative of a step would be a distribution.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.signs import is_real
from derivations.engine.routes.normal_forms.slopes import SLOPES
from derivations.engine.routes.normal_forms.tower import RULES, Tower
from theory.averages import ConfigurationSum
from theory.sums import Sigma, rename

MAX_ORDER = 24
HEADS = {"erf": sp.erf, "gamma": sp.gamma} | {f"call {f.__name__}": f for f, _ in SLOPES}
"""The functions that letters with these heads stand for."""
JET = "\u2032"
"""Between the name of an undetermined function and the orders of its derivatives, slot by slot."""


def derivative(tower: Tower, x: Ratio, name: sp.Symbol) -> Ratio:
    """The derivative of an element by a real symbol.

    Raises
    ------
    UnsupportedError
        If a letter that depends on the symbol has no derivative here.
    """
    field = tower.field
    _require_variable(tower, name)
    x = field.reduced(x)
    slopes = {place: _of_letter(tower, place, name) for place in {*field.used(x.num), *field.used(x.den)}}
    top, bottom = (_of_polynomial(tower, part, slopes) for part in (x.num, x.den))
    # (n/d)' = n'/d - n d'/d^2
    whole = field.multiply(x, bottom)
    return field.multiply(field.add(top, field.negative(whole)), Ratio(field.one.num, x.den))


def _require_variable(tower: Tower, name: sp.Symbol) -> None:
    """A symbol that runs through an interval: what holds on it may be differentiated."""
    letter = tower.field.letters[tower.atom(name)]
    chosen = tower.domain.sets.get(name, sp.S.Reals)
    pieces = chosen.args if isinstance(chosen, sp.Union) else (chosen,)
    wide = all(isinstance(p, sp.Interval) and p.inf != p.sup for p in pieces)
    if not (isinstance(name, sp.Symbol) and letter.real and wide) or letter.integer or letter.relation is not None:
        raise UnsupportedError(f"a derivative by {name}, which is not known to run through an interval of real numbers")


def _of_polynomial(tower: Tower, poly: Any, slopes: dict[int, Ratio]) -> Ratio:
    field, total = tower.field, tower.field.zero
    for place, slope in slopes.items():
        part = Ratio(poly.derivative(place), field.one.den)
        if not slope.num.is_zero() and not part.num.is_zero():
            total = field.add(total, field.multiply(part, slope))
    return field.reduced(total)


def _of_letter(tower: Tower, place: int, name: sp.Symbol) -> Ratio:
    field = tower.field
    letter = field.letters[place]
    if letter.node == name:
        return field.one
    if name not in letter.node.free_symbols:
        return field.zero
    rule = BY_KIND.get(letter.kind)
    if rule is None or letter.integer:
        raise UnsupportedError(f"the derivative of {letter.node} by {name}")
    return rule(tower, letter, field.letter(place), name)


def _exponential(tower: Tower, letter: Letter, value: Ratio, name: sp.Symbol) -> Ratio:
    return tower.field.multiply(value, derivative(tower, letter.content, name))


def _logarithm(tower: Tower, letter: Letter, value: Ratio, name: sp.Symbol) -> Ratio:
    return tower.field.multiply(derivative(tower, letter.content, name), tower.field.inverse(letter.content))


def _root(tower: Tower, letter: Letter, value: Ratio, name: sp.Symbol) -> Ratio:
    """r^(1/n): its derivative is r' r^(1/n) / (n r)."""
    field = tower.field
    order, base = letter.relation or (1, value)
    share = field.multiply(value, field.inverse(field.multiply(base, field.constant(order))))
    return field.multiply(derivative(tower, base, name), share)


def _power(tower: Tower, letter: Letter, value: Ratio, name: sp.Symbol) -> Ratio:
    """b^m with m that does not depend on the symbol: m b^(m-1) b'."""
    return _of_power(tower, *letter.content, value, name)


def _of_power(tower: Tower, base: Ratio, exponent: Ratio, value: Ratio, name: sp.Symbol) -> Ratio:
    field = tower.field
    if not derivative(tower, exponent, name).num.is_zero():
        raise UnsupportedError("the derivative of a power of an unknown sign by its exponent")
    slope = field.multiply(derivative(tower, base, name), field.inverse(base))
    return field.multiply(field.multiply(exponent, value), slope)


def _call(tower: Tower, letter: Letter, value: Ratio, name: sp.Symbol) -> Ratio:
    """A function of elements: slot by slot."""
    if not isinstance(letter.content, tuple):
        return _of_node(tower, letter, name)
    head, arguments = letter.content
    if head == "power":
        return _of_power(tower, *arguments, value, name)
    total = tower.field.zero
    for slot, argument in enumerate(arguments):
        inner = derivative(tower, argument, name)
        if not inner.num.is_zero():
            outer = tower.convert(_slope(tower, letter, arguments, slot))
            total = tower.field.add(total, tower.field.multiply(outer, inner))
    return total


def _slope(tower: Tower, letter: Letter, arguments: tuple[Ratio, ...], slot: int) -> sp.Expr:
    """The derivative of a function by one of its slots, at the arguments."""
    places = [tower.field.expression(a) for a in arguments]
    if isinstance(letter.node, AppliedUndef):
        return sp.Function(_jet(letter.node.func.__name__, len(places), slot))(*places)
    # SymPy may have written erf(-x) as -erf(x): the head of the letter says what it stands for, not its node.
    rule = SLOPES.get((HEADS.get(letter.content[0]), slot))
    if rule is None:
        raise UnsupportedError(f"the derivative of {letter.node} by its argument {slot + 1}")
    return rule(*places)


def _jet(name: str, slots: int, slot: int) -> str:
    """The name of the derivative by a slot of a function that may itself be one."""
    base, _, tail = name.partition(JET)
    orders = [int(n) for n in tail.split(",")] if tail else [0] * slots
    orders[slot] += 1
    return base + JET + ",".join(map(str, orders))


def _of_node(tower: Tower, letter: Letter, name: sp.Symbol) -> Ratio:
    """A letter known by its node: finite sums are differentiated term by term, others by their own rule."""
    rule = BY_NODE.get(letter.node.func)
    if rule is None:
        raise UnsupportedError(f"the derivative of {letter.node.func} by {name}")
    return rule(tower, letter.node, name)


def _sum(tower: Tower, letter: Letter, value: Ratio, name: sp.Symbol) -> Ratio:
    return _of_node(tower, letter, name)


def _of_sigma(tower: Tower, node: Sigma, name: sp.Symbol) -> Ratio:
    if name in node.lower.free_symbols | node.upper.free_symbols:
        raise UnsupportedError("the derivative of a sum by its range")
    body, index = node.opened()
    return tower.convert(Sigma(sp.Derivative(body, name), (index, node.lower, node.upper)))


def _of_trace(tower: Tower, node: ConfigurationSum, name: sp.Symbol) -> Ratio:
    return tower.convert(node.with_body(sp.Derivative(node.body, name)))


BY_KIND: dict[str, Callable[[Tower, Letter, Ratio, sp.Symbol], Ratio]] = {
    "exp": _exponential, "log": _logarithm, "root": _root, "power": _power, "opaque": _call, "sum": _sum, "trace": _sum,
}  # fmt: skip
BY_NODE: dict[Any, Callable[[Tower, Any, sp.Symbol], Ratio]] = {Sigma: _of_sigma, ConfigurationSum: _of_trace}
"""How letters that stand for whole nodes are differentiated; modules that know more add to it."""


def _derivative_node(tower: Tower, node: sp.Derivative) -> Ratio:
    element = tower.convert(node.expr)
    if sum(int(count) for _, count in _orders(node)) > MAX_ORDER:
        raise UnsupportedError(f"a derivative of an order above {MAX_ORDER}")
    for name, count in _orders(node):
        for _ in range(int(count)):
            element = derivative(tower, element, name)
    return element


def _orders(node: sp.Derivative) -> list[tuple[Any, Any]]:
    pairs: Any = node.variable_count
    if not all(isinstance(name, sp.Symbol) and count.is_Integer for name, count in pairs):
        raise UnsupportedError(f"the derivative {node}")
    return list(pairs)


def _substitution(tower: Tower, node: sp.Subs) -> Ratio:
    """The inner expression at fresh real symbols, and then at its points, which must be real."""
    inner, fresh = node.expr, []
    for name, point in zip(node.variables, node.point, strict=True):
        at = tower.convert(point)
        if not (is_real(tower.field, at.num) and is_real(tower.field, at.den)):
            raise UnsupportedError(f"a substitution of {point}, which is not proved real")
        fresh.append((tower.new_real(), point))
        inner = rename(inner, name, fresh[-1][0])
    result = tower.field.expression(tower.convert(inner))
    for name, point in fresh:
        result = rename(result, name, point)
    return tower.convert(result)


def without_derivatives(tower: Tower, body: Any, name: Any) -> tuple[Any, Any]:
    """A body under a binder in which no derivative is left, so that its bound name may be renamed to anything."""
    if not body.has(sp.Derivative, sp.Subs) or not isinstance(name, sp.Symbol):
        return body, name
    fresh = tower.new_real()
    return tower.field.expression(tower.convert(rename(body, name, fresh))), fresh


RULES.update({sp.Derivative: _derivative_node, sp.Subs: _substitution})
