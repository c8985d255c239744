"""Flat form of an expression over symbolic sums: a list of products, each under its own ranges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any, cast

import sympy as sp

from theory.sums import Inside, Sigma, rename

Bounds = tuple[sp.Symbol, sp.Expr, sp.Expr]


@dataclass(frozen=True)
class SumTerm:
    """``body`` summed over ``ranges``, outermost first; the indices are dummies of this term alone."""

    body: sp.Expr
    ranges: tuple[Bounds, ...] = ()

    def assembled(self) -> sp.Expr:
        """The term as an expression."""
        return Sigma(self.body, *self.ranges) if self.ranges else self.body

    def factors(self) -> list[sp.Expr]:
        """The factors of the body, integer powers written out."""
        result: list[sp.Expr] = []
        for factor in sp.Mul.make_args(self.body):
            base, exponent = factor.as_base_exp()
            repeat = int(exponent) if exponent.is_Integer and exponent > 0 else 0
            result.extend([cast(sp.Expr, base)] * repeat if repeat else [cast(sp.Expr, factor)])
        return result

    def replaced(self, index: sp.Symbol, value: Any) -> SumTerm:
        """The term with ``value`` put for one of its indices, whose range is dropped."""
        kept = tuple((s, rename(lo, index, value), rename(hi, index, value)) for s, lo, hi in self.ranges if s != index)
        return SumTerm(rename(self.body, index, value), kept)


def sum_terms(expression: Any) -> list[SumTerm]:
    """Multiply out sums of products, powers of sums included, with fresh indices for every copy."""
    if isinstance(expression, Sigma):
        body, index = expression.opened()
        own = (index, expression.lower, expression.upper)
        return [SumTerm(t.body, (own, *t.ranges)) for t in sum_terms(body)]
    if isinstance(expression, sp.Add):
        return [t for argument in expression.args for t in sum_terms(argument)]
    if isinstance(expression, sp.Mul):
        return _products(expression.args)
    if isinstance(expression, sp.Pow) and _is_square_of_sums(expression):
        return _products([expression.base] * int(cast(Any, expression.exp)))
    return [SumTerm(expression)]


def _is_square_of_sums(power: sp.Pow) -> bool:
    exponent = power.exp
    return bool(exponent.is_Integer and exponent > 1) and (power.base.has(Sigma) or isinstance(power.base, sp.Add))


def _products(arguments: Iterable[Any]) -> list[SumTerm]:
    choices = [sum_terms(a) for a in arguments]
    return [
        SumTerm(cast(sp.Expr, sp.Mul(*[t.body for t in combo])), tuple(r for t in combo for r in t.ranges))
        for combo in product(*choices)
    ]


def assembled(terms: Iterable[SumTerm]) -> sp.Expr:
    """Add terms up, those under equal ranges under one sum."""
    groups: dict[tuple[Any, ...], list[sp.Expr]] = {}
    for term in terms:
        shared = term
        for depth, (index, _, _) in enumerate(term.ranges):
            shared = _with_index(shared, index, sp.Dummy(f"{index.name}", integer=True, dummy_index=10**9 + depth))
        groups.setdefault(shared.ranges, []).append(shared.body)
    sums = (SumTerm(cast(sp.Expr, sp.Add(*bodies)), ranges) for ranges, bodies in groups.items())
    return cast(sp.Expr, sp.Add(*[s.assembled() for s in sums if s.body != 0]))


def _with_index(term: SumTerm, old: sp.Symbol, new: sp.Symbol) -> SumTerm:
    ranges = tuple((new if s == old else s, rename(lo, old, new), rename(hi, old, new)) for s, lo, hi in term.ranges)
    return SumTerm(rename(term.body, old, new), ranges)


def resolved(expression: Any) -> sp.Expr:
    """Multiply out, sum out every Kronecker delta, and contract indices that nothing depends on."""
    return assembled(contracted(without_deltas(t)) for t in sum_terms(expression) if t.body != 0)


def without_deltas(term: SumTerm) -> SumTerm:
    """Sum out the Kronecker deltas that fix a bound index; what the range demands stays as a bracket."""
    for factor in term.factors():
        if not isinstance(factor, sp.KroneckerDelta):
            continue
        solution = _bound_index_fixed_by(factor, term)
        if solution is None:
            continue
        index, value, lower, upper = solution
        rest = SumTerm(cast(sp.Expr, term.body / factor), term.ranges).replaced(index, value)
        guard = guarded(Inside(value, lower, upper), rest.ranges)
        return without_deltas(SumTerm(sp.expand_mul(rest.body * guard), rest.ranges))
    return term


def _bound_index_fixed_by(delta: Any, term: SumTerm) -> tuple[sp.Symbol, sp.Expr, sp.Expr, sp.Expr] | None:
    """The innermost bound index that the delta fixes, its value, and its range."""
    difference = sp.expand(delta.args[0] - delta.args[1])
    for index, lower, upper in reversed(term.ranges):
        slope = difference.coeff(index, 1)
        if slope in (1, -1):
            return index, sp.expand(index - difference / slope), lower, upper
    return None


def guarded(bracket: Any, ranges: tuple[Bounds, ...]) -> Any:
    """A bracket, or 1 where the declared range of its index implies it."""
    if not isinstance(bracket, Inside):
        return bracket
    value, lower, upper = bracket.args
    for index, low, high in ranges:
        shift = sp.expand(value - index)
        if index in shift.free_symbols:
            continue
        if sp.expand(low + shift - lower).is_nonnegative and sp.expand(upper - high - shift).is_nonnegative:
            return sp.Integer(1)
    return bracket


def contracted(term: SumTerm) -> SumTerm:
    """Replace each sum over an index that nothing depends on by the number of its values."""
    for position, (index, lower, upper) in enumerate(term.ranges):
        later = term.ranges[position + 1 :]
        if index in term.body.free_symbols or any(index in lo.free_symbols | hi.free_symbols for _, lo, hi in later):
            continue
        kept = term.ranges[:position] + later
        return contracted(SumTerm(cast(sp.Expr, term.body * sp.expand(upper - lower + 1)), kept))
    return term
