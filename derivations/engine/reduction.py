"""A claim about functions that satisfy equations, reduced to one about numbers that may have any value.

An equation that says what a function is equal to is put in. A linear differential equation says what the highest
derivative of its function is equal to; so every higher one can be put in too, and the lower ones are initial values.
A linear equation with continuous coefficients has a solution on the whole interval for any initial values. So what is
left is an identity in independent numbers, and it holds if and only if the claim follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from derivations.engine.isolation import known
from derivations.engine.undetermined import in_letters, varying, worked_out
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Binder

ENTIRE = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)
MOST_ORDERS = 12
"""Derivatives above this order are left alone."""


@dataclass(frozen=True, kw_only=True)
class Reduced:
    """What a claim becomes; ``settled`` if the claim follows only where this holds."""

    claim: Identity
    settled: bool


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """``function`` has, at this order, a derivative equal to ``value``; ``argument`` is what it depends on."""

    function: Any
    order: int
    value: Any
    regular: bool
    argument: Any = None


def reduced(claim: Identity, equations: Sequence[Identity]) -> Reduced | None:
    """The claim with every equation put in; None if one of them is of another form than those above."""
    sides = [worked_out(side) for e in (claim, *equations) for side in (e.left, e.right)]
    if not equations or not all(_is_plain(side) for side in sides) or not _share_arguments(sides):
        return None
    pairs = [(sides[i], sides[i + 1]) for i in range(0, len(sides), 2)]
    domain = _wide(claim.domain, equations)
    slopes = {v for side in sides for d in side.atoms(sp.Derivative) for v in d.variables}
    if not slopes <= varying(domain):
        return None
    rules: list[_Rule] = []
    for left, right in pairs[1:]:
        rule = _rule(_put_in(left - right, rules), domain, {r.function for r in rules})
        if rule is None:
            return None
        rules = [_updated(other, rule) for other in rules] + [rule]
    left, right = (_put_in(side, rules) for side in pairs[0])
    if any(_is_too_high(side) for side in (left, right)):
        return None
    return Reduced(claim=in_letters(Identity(left, right, domain), named=True), settled=all(r.regular for r in rules))


def _is_plain(side: Any) -> bool:
    """Whether nothing is bound in it, no derivative is of high order, and its functions have one or more symbols."""
    if isinstance(side, sp.MatrixBase) or side.has(ExprWithLimits, Binder, sp.Subs) or _is_too_high(side):
        return False
    return all(isinstance(d.expr, AppliedUndef) for d in side.atoms(sp.Derivative))


def _is_too_high(side: Any) -> bool:
    return any(d.derivative_count > MOST_ORDERS for d in side.atoms(sp.Derivative))


def _share_arguments(sides: Sequence[Any]) -> bool:
    """Whether each function stands at one place only, made of distinct symbols: no value at another place is known."""
    applied = set().union(*(side.atoms(AppliedUndef) for side in sides))
    plain = all(isinstance(a, sp.Symbol) for f in applied for a in f.args)
    return (
        plain
        and len({f.func for f in applied}) == len(applied)
        and all(len(set(f.args)) == len(f.args) for f in applied)
    )


def _wide(domain: Domain, equations: Sequence[Identity]) -> Domain:
    for equation in equations:
        domain = domain.extended({n: s for n, s in equation.domain.sets.items() if n not in domain.sets})
    return domain


def _rule(gap: Any, domain: Domain, taken: set[Any]) -> _Rule | None:
    """What an equation ``gap = 0`` says of one function about which nothing is said yet."""
    slopes = {d.expr for d in gap.atoms(sp.Derivative)}
    if not slopes:
        return _explicit(gap, domain, taken)
    if len(slopes) != 1 or slopes & taken:
        return None
    (function,) = slopes
    return _differential(gap, function, domain) if len(function.args) == 1 else None


def _explicit(gap: Any, domain: Domain, taken: set[Any]) -> _Rule | None:
    """A function that stands in the equation linearly, with a factor that does not vanish."""
    for function in sorted(gap.atoms(AppliedUndef) - taken, key=str):
        value = _solved(gap, function, domain)
        held = set(function.args)
        if value is not None and all(set(f.args) <= held for f in value.atoms(AppliedUndef)):
            return _Rule(function=function, order=0, value=value, regular=_is_entire(value, function.args))
    return None


def _differential(gap: Any, function: Any, domain: Domain) -> _Rule | None:
    """A linear equation for the highest derivative of a function of one symbol."""
    (argument,) = function.args
    order = max(d.derivative_count for d in gap.atoms(sp.Derivative))
    value = _solved(gap, sp.Derivative(function, (argument, order)), domain)
    if value is None or any(set(f.args) != {argument} for f in value.atoms(AppliedUndef)):
        return None
    regular = _is_linear(value) and _is_entire(value, (argument,))
    return _Rule(function=function, order=order, value=value, regular=regular, argument=argument)


def _solved(gap: Any, atom: Any, domain: Domain) -> Any:
    """What ``atom`` is equal to where the gap vanishes; None if it is not linear in it with a certain factor."""
    letter = sp.Dummy("atom")
    written = gap.xreplace({atom: letter})
    factor = sp.expand(written).coeff(letter)
    rest = sp.expand(written - factor * letter)
    if rest.has(letter) or factor.atoms(AppliedUndef) or known(factor, domain).is_nonzero is not True:
        return None
    return sp.expand(-rest / factor)


def _is_linear(value: Any) -> bool:
    letters = {atom: sp.Dummy() for atom in _values_in(value)}
    written = value.xreplace(letters)
    return all(not sp.diff(written, x).expand().has(*letters.values()) for x in letters.values())


def _values_in(value: Any) -> set[Any]:
    return value.atoms(sp.Derivative) | value.atoms(AppliedUndef)


def _is_entire(value: Any, arguments: Sequence[Any]) -> bool:
    """Whether its coefficients are continuous, and its functions are declared to be nothing special."""
    free = all(
        getattr(f, a) is None for f in value.atoms(AppliedUndef) for a in ("is_positive", "is_negative", "is_integer")
    )
    functions = all(isinstance(f, (*ENTIRE, AppliedUndef)) for f in value.atoms(sp.Function))
    powers = all(
        not p.base.has(*arguments) or (p.exp.is_Integer and p.exp > 0) for p in value.atoms(sp.Pow) if not _is_exp(p)
    )
    return free and functions and powers


def _is_exp(power: Any) -> bool:
    return power.base == sp.E


def _updated(rule: _Rule, latest: _Rule) -> _Rule:
    """An earlier rule with a later one put into its value."""
    value = _put_in(rule.value, [latest])
    return rule if value == rule.value else _Rule(
        function=rule.function, order=rule.order, value=value, regular=rule.regular and latest.regular,
        argument=rule.argument,
    )  # fmt: skip


def _put_in(side: Any, rules: Sequence[_Rule]) -> Any:
    """The expression with every derivative that a rule speaks of put in, the highest first."""
    for rule in rules:
        if rule.order == 0:
            side = side.xreplace({rule.function: rule.value}).doit()
    for _ in range(MOST_ORDERS * (len(rules) + 1)):
        found = _highest(side, rules)
        if found is None:
            break
        node, rule = found
        above = node.derivative_count - rule.order
        side = side.xreplace({node: sp.diff(rule.value, (rule.argument, above)) if above else rule.value})
    return side


def _highest(side: Any, rules: Sequence[_Rule]) -> tuple[Any, _Rule] | None:
    known_orders = {rule.function: rule for rule in rules if rule.order}
    nodes = [d for d in side.atoms(sp.Derivative) if d.expr in known_orders]
    nodes = [d for d in nodes if d.derivative_count >= known_orders[d.expr].order]
    if not nodes:
        return None
    node = max(nodes, key=lambda d: (d.derivative_count, str(d)))
    return node, known_orders[node.expr]
