"""Entropies: x log(x), which is 0 by continuity where x is, and their sums that cancel far out."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import LogAddExp, Logistic, LogOnePlus, LogTwoCosh, TimesLog, TimesLogOnePlus
from numerics.lowering.rewrites.terms import argument, cofactors, without
from numerics.lowering.special_nodes import LogOnePlusGap


def times_log(node: Any) -> Any:
    """x log(y) where y vanishes, or is infinite, with x: 0 where both do."""
    if not isinstance(node, sp.Mul):
        return None
    for factor in node.args:
        if isinstance(factor, sp.log | LogOnePlus):
            value = argument(factor) if isinstance(factor, sp.log) else 1 + argument(factor)
            for other in node.args:
                base, power = other.as_base_exp()
                if other is not factor and power.is_positive and _vanishes_with(value, base):
                    joined = TimesLog if isinstance(factor, sp.log) else TimesLogOnePlus
                    rest = sp.Mul(*(f for f in node.args if f is not factor and f is not other))
                    return rest * joined(other, argument(factor))
    return None


def _vanishes_with(value: Any, base: Any) -> bool:
    """Whether one is a factor, or a divisor, of the other, up to a number."""
    if base.is_number:
        return False
    plain = base.as_content_primitive()[1]
    factors = [f.as_base_exp()[0].as_content_primitive()[1] for f in sp.Mul.make_args(value)]
    return plain in factors or -plain in factors


def spin_entropy(node: Any) -> Any:
    """b log(2 cosh(u)) - b u tanh(u) = b S(2 u) and b log(1 + exp(u)) - b u / (1 + exp(-u)) = b S(u).

    Here S(u) = log(1 + exp(-|u|)) + |u| / (1 + exp(|u|)).
    """
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if isinstance(factor, LogTwoCosh):
            energy, size = argument(factor) * sp.tanh(argument(factor)), 2 * sp.Abs(argument(factor))
        elif isinstance(factor, LogAddExp) and sp.S.Zero in factor.args:
            (level,) = (a for a in factor.args if a != 0)
            if level.is_nonpositive:  # the form itself
                continue
            energy, size = level * Logistic(level), sp.Abs(level)
        else:
            continue
        if -rest * energy in node.args:
            return without(node, term, -rest * energy) + rest * (LogAddExp(0, -size) + size * Logistic(-size))
    return None


def relative_entropy(node: Any) -> Any:
    """The sum of b log(A/B) and rest = sum b d with d = (B - A)/A, as the sum of b (d - log(1 + d)).

    What cancels where A comes near B is then left out; d - log(1 + d) is never negative.
    """
    if not isinstance(node, sp.Add) or not node.has(sp.log) or len(node.free_symbols) < 2:  # series do for one
        return None
    logarithms = _quotients(node)
    others = sp.Add(*(t for t in node.args if not any(isinstance(f, sp.log) for f in sp.Mul.make_args(t))))
    rational = sp.Add(others, *(part for quotient in logarithms for part in quotient))
    if not logarithms or others + len(logarithms) == 1 or not rational.is_rational_function(*rational.free_symbols):
        return None
    for turned in (False, True):
        terms = [(-c, b, a) if turned else (c, a, b) for c, a, b in logarithms]
        if sp.cancel(sp.together(others - sp.Add(*(c * (b - a) / a for c, a, b in terms)))) == 0:
            return sp.Add(*(_gap(c, a, b) for c, a, b in terms))
    return None


def _quotients(total: Any) -> list[tuple[Any, Any, Any]]:
    """Prefactor, numerator and denominator of each logarithm, those of opposite prefactors joined."""
    found = [(c, argument(f)) for _, f, c in cofactors(total) if isinstance(f, sp.log)]
    joined: list[tuple[Any, Any, Any]] = []
    while found:
        c, a = found.pop(0)
        other = next((part for part in found if part[0] == -c), None)
        if other is not None:
            found.remove(other)
        joined.append((c, *sp.fraction(sp.together(a if other is None else a / other[1]))))
    return joined


def _gap(c: Any, a: Any, b: Any) -> Any:
    """c (d - log(1 + d)) with d = (b - a)/a; far from 0 the logarithm is that of the quotient, and c may vanish."""
    d = (b - a) / a
    is_near = sp.And(d > -sp.Rational(1, 2), d < 1)
    far = c * sp.log(a / b) if c.is_number else TimesLog(c, a / b)
    logarithm = sp.Piecewise((far, sp.Not(is_near)), evaluate=False)
    return sp.Piecewise((c * LogOnePlusGap(d), is_near), (sp.cancel(c * d) + logarithm, True), evaluate=False)


def mode_entropy(node: Any) -> Any:
    """b (1 + n) log(1 + n) - b n log(n) = b log(1 + n) + b n log(1 + 1/n)."""
    for term, factor, rest in cofactors(node) if isinstance(node, sp.Add) else ():
        if isinstance(factor, TimesLogOnePlus) and factor.first == 1 + factor.second:
            partner = -rest * TimesLog(factor.second, factor.second)
            if partner in node.args:
                joined = LogOnePlus(factor.second) + TimesLogOnePlus(factor.second, 1 / factor.second)
                return without(node, term, partner) + rest * joined
    return None
