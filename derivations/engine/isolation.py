"""Solve an equation for a symbol that stands in it once, with the conditions under which that loses no solution.

Each layer around the symbol is taken off by an inverse that is one-to-one for real numbers. Whatever is not certain
to be one-to-one on the domain is not solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.domain import ASSUMED_SETS, Domain
from theory.sums import free_names

INVERSES: dict[Any, Any] = {
    sp.exp: sp.log, sp.log: sp.exp, sp.tanh: sp.atanh, sp.atanh: sp.tanh, sp.sinh: sp.asinh, sp.asinh: sp.sinh,
}  # fmt: skip
"""Functions that are one-to-one on the reals, or on the part of them where they are real."""


@dataclass(frozen=True, kw_only=True)
class Solved:
    """``symbol = value``, equivalent to an equation wherever the ``conditions`` hold, which the equation implies."""

    symbol: sp.Symbol
    value: sp.Expr
    conditions: tuple[sp.Basic, ...]

    @property
    def constraints(self) -> tuple[sp.Basic, ...]:
        """The same as constraints of a domain."""
        return (sp.Eq(self.symbol, self.value, evaluate=False), *self.conditions)


def isolated(left: sp.Expr, right: sp.Expr, domain: Domain, taken: frozenset[sp.Basic] = frozenset()) -> Solved | None:
    """The equation solved for one of its symbols, a lone left side first; None if that is not certain to be right."""
    if not _is_real(left, domain) or not _is_real(right, domain):
        return None
    names = sorted((n for n in free_names(left - right) if isinstance(n, sp.Symbol)), key=str)
    for symbol in sorted(names, key=lambda n: n != left):
        if symbol in taken or not _is_continuous(domain.sets[symbol]):
            continue
        for inner, other in ((left, right), (right, left)):
            if symbol in inner.free_symbols and symbol not in other.free_symbols:
                found = _peeled(inner, other, symbol, domain)
                if found is not None:
                    return found
    return None


def _peeled(inner: Any, other: Any, symbol: sp.Symbol, domain: Domain) -> Solved | None:
    conditions: list[sp.Basic] = []
    while inner != symbol:
        layer = _without_layer(inner, other, symbol, domain)
        if layer is None:
            return None
        inner, other, needed = layer
        conditions += needed
    if other.has(sp.nan, sp.zoo) or sp.false in conditions:
        return None
    return Solved(symbol=symbol, value=other, conditions=tuple(c for c in conditions if c != sp.true))


def _without_layer(inner: Any, other: Any, symbol: sp.Symbol, domain: Domain) -> tuple[Any, Any, list[Any]] | None:
    if isinstance(inner, sp.Add | sp.Mul):
        rest, part = inner.as_independent(symbol, as_Add=isinstance(inner, sp.Add))
        if isinstance(part, type(inner)):
            return None
        if isinstance(inner, sp.Add):
            return part, other - rest, []
        return (part, other / rest, []) if known(rest, domain).is_nonzero else None
    if isinstance(inner, sp.Pow) and symbol not in inner.exp.free_symbols:
        if not (known(inner.base, domain).is_positive and known(inner.exp, domain).is_nonzero):
            return None
        return inner.base, other ** (1 / inner.exp), [sp.Gt(other, 0)]
    if type(inner) not in INVERSES:
        return None
    needed = {sp.exp: [sp.Gt(other, 0)], sp.tanh: [sp.Lt(other, 1), sp.Gt(other, -1)]}.get(type(inner), [])
    return inner.args[0], INVERSES[type(inner)](other), needed


def known(expression: Any, domain: Domain) -> Any:
    """The expression in symbols that carry as assumptions what their sets say; for questions of sign, not to keep."""
    table = {n: sp.Dummy(str(n), **_assumptions(domain.sets[n])) for n in expression.free_symbols if n in domain.sets}
    return expression.xreplace(table)


def _assumptions(chosen: sp.Set) -> dict[str, bool]:
    if chosen.free_symbols:
        return {}
    told = {
        name.removeprefix("is_"): True
        for name, allowed in ASSUMED_SETS.items()
        if chosen.is_subset(allowed) is True
    }  # fmt: skip
    real = {"real": True} if chosen.is_subset(sp.S.Reals) is True else {}
    apart = {"nonzero": True} if real and chosen.contains(sp.Integer(0)) == sp.false else {}
    return {**real, **apart, **told}


def _is_continuous(chosen: sp.Set) -> bool:
    return isinstance(chosen, sp.Interval)


def _is_real(expression: Any, domain: Domain) -> bool:
    """Whether every part is real by its form: inverses are one-to-one on the reals only."""
    return known(expression, domain).is_real is True
