"""Rewrites that keep an expression's value on the reals and lose fewer digits when it is computed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.functions.elementary.piecewise import ExprCondPair

from numerics.lowering.rewrites.complements import COMPLEMENTS
from numerics.lowering.rewrites.divided import DividedDifference, divided_difference, inverse_of_divided, is_limited
from numerics.lowering.rewrites.inner import Part, is_plain, parts, with_joined_logarithms
from numerics.lowering.rewrites.removable import Cure, cure
from numerics.lowering.rewrites.rules import RULES, by_rules

__all__ = ["COMPLEMENTS", "RULES", "stable"]


def stable(expression: sp.Basic) -> Any:
    """The expression in its most accurate known form; its symbols must be real.

    Series come first, about the points at which the rules leave a formula inaccurate. They and the formulas they
    replace are set aside while the rules go over the rest.
    """
    return _finished(_with_series(expression))


Reduced = tuple[Any, tuple[tuple[Any, Any], ...]]
"""An expression with symbols for the parts set aside, and what these stand for."""


@lru_cache(maxsize=4096)
def _with_series(node: Any) -> Reduced:
    if not node.args or isinstance(node, sp.Indexed) or getattr(node, "is_number", False):
        return node, ()
    partial: tuple[Part, Cure] | None = None
    plain = is_plain(node)
    for part in () if plain else _all_parts(node):
        found = cure(part.formula, by_rules(part.formula), part.quantity)
        if found.expansions:
            if found.is_whole:
                return _replaced(part, found)
            partial = partial or (part, found)
    divided, inverse = divided_difference(node), inverse_of_divided(node)
    limited = _with_limit(divided) if divided is not None else None
    if limited is not None:
        return limited
    if inverse is not None:
        factor, chosen = _with_series(inverse.factor)
        symbol = sp.Dummy(real=True)
        quotient = _with_limit(inverse.quotient) or _of_arguments(inverse.quotient.terms)
        return factor / symbol, (*chosen, (symbol, _finished(quotient)))
    if plain:
        return node, ()
    return _replaced(*partial) if partial else _of_arguments(node)


def _all_parts(node: Any) -> tuple[Part, ...]:
    joined = with_joined_logarithms(node)
    return (*parts(node), *parts(joined)) if joined is not None else tuple(parts(node))


def _with_limit(divided: DividedDifference) -> Reduced | None:
    """None where the rules give a form with a limit."""
    rest, chosen = _with_series(divided.rest)
    if divided.terms.is_rational_function(*divided.terms.free_symbols):
        factor, quotient = divided.terms.as_independent(*divided.denominator.free_symbols, as_Add=False)
        terms, more = _with_series(factor * sp.cancel(quotient))
        return rest + terms, (*chosen, *more)
    direct = _finished(_of_arguments(divided.terms))
    if is_limited(direct, divided.denominator):
        return None
    limit = _finished(_with_series(divided.limit))
    selection = sp.Piecewise((limit, sp.Eq(divided.denominator, 0)), (direct, True), evaluate=False)
    symbol = sp.Dummy(real=True)
    return rest + symbol, (*chosen, (symbol, selection))


def _finished(reduced: Reduced) -> Any:
    form, chosen = reduced
    return by_rules(form).xreplace(dict(chosen)) if chosen else by_rules(form)


def _of_arguments(node: Any) -> Reduced:
    if not isinstance(node, sp.Expr | ExprCondPair):
        return node, ()
    reduced = [_with_series(a) for a in node.args]
    chosen = tuple(pair for _, pairs in reduced for pair in pairs)
    return (node.func(*(a for a, _ in reduced)), chosen) if chosen else (node, ())


def _replaced(part: Part, found: Cure) -> Reduced:
    rest, chosen = _with_series(part.rest)
    factor, more = _with_series(part.factor)
    direct = by_rules(part.formula).xreplace({part.quantity: part.inner})
    if not found.is_whole:
        inside = _of_arguments(part.formula.xreplace({part.quantity: part.inner}))
        direct = _finished(inside) if inside[1] else direct
    near = [(e.form(part.inner), e.near(part.inner)) for e in found.expansions]
    selection = sp.Piecewise(*near, (direct, True), evaluate=False)
    symbol = sp.Dummy(real=True)
    return rest + factor * symbol, (*chosen, *more, (symbol, selection))
