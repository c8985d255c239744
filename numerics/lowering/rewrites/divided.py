"""Divided differences, such as (erf(x) - erf(y)) / (x - y): what they are where the denominator is zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

MOST_ORDERS = 3
"""Powers of the denominator."""
MOST_OPERATIONS = 200
"""Of what is expanded and canceled."""
NEAR_ZERO = 1e-9
"""Of a number to 15 digits."""
MORE_ORDERS = 2
"""Of the Taylor series about the limit: derivatives up to these are right there, too."""


@dataclass(frozen=True, kw_only=True)
class DividedDifference:
    """Terms over powers of a difference that vanish together with it as often as they are divided by it.

    Attributes
    ----------
    terms
        Their sum.
    rest
        The other terms of the node.
    denominator
        a x + b y of two symbols, with numbers a and b.
    limit
        The value where the denominator is zero, and the next terms of the series in it, which vanish there.
    """

    terms: Any
    rest: Any
    denominator: Any
    limit: Any


def divided_difference(node: Any) -> DividedDifference | None:
    """The divided difference that a sum or a product contains, if any.

    With v the denominator, n its power and S = v^n times the terms, which vanishes at v = 0 with its first n - 1
    derivatives, the limit is the n-th derivative of S by y at v = 0 over that of v^n. Terms of the next orders follow:
    they are zero, but their derivatives are those of the divided difference.
    """
    if not isinstance(node, sp.Add | sp.Mul):
        return None
    if node.is_Mul and any(_denominators(f) for f in node.args if f.is_Add) and node.count_ops() <= MOST_OPERATIONS:
        node = sp.expand_mul(node, deep=False)
    for denominator, n in _denominators(node).items():
        ours = [t for t in sp.Add.make_args(node) if _order(t, denominator)]
        terms = sp.Add(*ours)
        alone = node.is_Add and len(ours) == 1  # it is looked at by itself
        if not alone and n <= MOST_ORDERS and terms.count_ops() <= MOST_OPERATIONS:
            limit = _limit(sp.Add(*(t * denominator**n for t in ours)), denominator, n)
            if limit is not None:
                return DividedDifference(terms=terms, rest=node - terms, denominator=denominator, limit=limit)
    return None


@dataclass(frozen=True, kw_only=True)
class InverseOfDivided:
    """A factor over a divided difference, such as the logarithmic mean (x - y) / (log(x) - log(y))."""

    factor: Any
    quotient: DividedDifference


def inverse_of_divided(node: Any) -> InverseOfDivided | None:
    """The divided difference that a product contains upside down, if any."""
    factors = node.args if isinstance(node, sp.Mul) else ()
    for above in (f for f in factors if _is_difference(f)):
        for below in (f for f in factors if isinstance(f, sp.Pow) and f.exp == -1 and f.base.is_Add):
            quotient = divided_difference(below.base / above)
            if quotient is not None and quotient.rest == 0:
                rest = sp.Mul(*(f for f in factors if f is not above and f is not below))
                return InverseOfDivided(factor=rest, quotient=quotient)
    return None


def _is_difference(base: Any) -> bool:
    """Whether it is a x + b y of two symbols, with numbers a and b."""
    parts = [part.as_coeff_Mul()[1] for part in sp.Add.make_args(base)]
    return len(parts) == 2 and all(s.is_Symbol for s in parts)


def _limit(above: Any, denominator: Any, n: int) -> Any:
    symbol = max(denominator.free_symbols, key=str)
    slope = denominator.coeff(symbol)
    at = {symbol: sp.expand(symbol - denominator / slope)}
    for _ in range(n):
        if not _vanishes(above.xreplace(at)):
            return None
        above = sp.diff(above, symbol)
    limit = sp.S.Zero
    for m in range(n, n + MORE_ORDERS + 1):
        limit += above.xreplace(at) / (sp.factorial(m) * slope**m) * denominator ** (m - n)
        above = sp.diff(above, symbol)
    return None if limit.has(sp.nan, sp.zoo, sp.oo, sp.Derivative, sp.Subs, sp.DiracDelta) else limit


def _vanishes(value: Any) -> bool:
    """Whether it is zero; a number tells first where it is not, before anything is expanded."""
    place = {s: sp.Rational(2 * k + 3, 7) for k, s in enumerate(sorted(value.free_symbols, key=str))}
    number = value.xreplace(place).evalf()
    is_other = number.is_number and number.is_finite and abs(number) > NEAR_ZERO
    return value == 0 or (not is_other and sp.expand(value) == 0)


def is_limited(form: Any, denominator: Any) -> bool:
    """Whether a form no longer divides by the denominator, which the first of several choices tells."""
    if isinstance(form, sp.Pow) and form.exp.is_negative and form.base in (denominator, -denominator):
        return False
    parts = form.args[0].args[:1] if isinstance(form, sp.Piecewise) else form.args
    return all(is_limited(part, denominator) for part in parts)


def _denominators(node: Any) -> dict[Any, int]:
    """Differences of two symbols that terms are divided by, each with its highest power."""
    found: dict[Any, int] = {}
    for term in sp.Add.make_args(node):
        for factor in sp.Mul.make_args(term):
            if isinstance(factor, sp.Pow) and _is_difference(factor.base) and _order(factor, factor.base):
                found[factor.base] = max(found.get(factor.base, 0), _order(term, factor.base))
    return found


def _order(term: Any, base: Any) -> int:
    powers = (f.exp for f in sp.Mul.make_args(term) if isinstance(f, sp.Pow) and f.base == base)
    return max((-int(n) for n in powers if n.is_Integer and n.is_negative), default=0)
