r"""Infinite sums of k^p q^k, of k^p q^k / k! and of q^k / k^s, each where it is proved to converge.

    sum k^p q^k = sum_j S(p, j) j! q^j / (1 - q)^(j+1)        |q| < 1, S the Stirling numbers of the second kind
    sum k^p q^k / k! = e^q sum_j S(p, j) q^j
    sum q^k / k^s = Li_s(q)                                   |q| < 1, and at q = 1 for s > 1

A sum is split into its terms only where each of them converges.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy as sp
from flint import fmpq
from sympy.functions.combinatorial.numbers import stirling

from derivations.engine.routes.certificates.nonzero import positive
from derivations.engine.routes.certificates.shapes import single_letter
from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.monomials import Factors, occurs, over_monomials
from derivations.engine.routes.normal_forms.signs import coefficients_of
from derivations.engine.routes.normal_forms.tower import Tower
from theory.sums import Sigma

MAX_START = 40
MAX_POWER = 24
SHIFTS = (0, -1, 1)
"""Changes of the index under which a sum is tried: 1/(k + 1)! is brought to 1/k!."""


@dataclass(frozen=True)
class Term:
    """k^power ratio^k / k!^factorials."""

    power: int
    ratio: Ratio
    factorials: int = 0


def infinite_sum(tower: Tower, node: Sigma) -> Ratio:
    """The value of a sum from a whole number to infinity.

    Raises
    ------
    UnsupportedError
        If a part of it has no closed form here, or is not proved to converge.
    """
    if not (node.lower.is_Integer and abs(node.lower) <= MAX_START):
        raise UnsupportedError("a sum over infinitely many terms from a symbolic start")
    reason = UnsupportedError("a sum over infinitely many terms")
    for shift in SHIFTS:
        index = tower.new_index()
        try:
            return _summed(tower, node.at(index + shift), index, int(node.lower) - shift)
        except UnsupportedError as error:
            reason = error
    raise reason


def _summed(tower: Tower, body: Any, index: sp.Symbol, low: int) -> Ratio:
    outside, tower.scope = tower.scope, (*tower.scope, (index, sp.Integer(low), sp.oo))
    try:
        element = tower.convert(body)
    finally:
        tower.scope = outside
    return over_monomials(tower, element, index, lambda factors: _value(tower, _term(tower, factors, index), low))


def _term(tower: Tower, factors: Factors, index: sp.Symbol) -> Term:
    term = Term(0, tower.field.one)
    for factor, times in factors:
        letter = single_letter(tower, tower.convert(factor))
        found = _with(tower, term, letter, times, index) if letter is not None else None
        if found is None:
            raise UnsupportedError(f"an infinite sum over {factor}")
        term = found
    return term


def _with(tower: Tower, term: Term, letter: Letter, times: int, index: sp.Symbol) -> Term | None:
    """One more factor: the index, a power with it in the exponent, or its factorial."""
    field = tower.field
    if letter.node == index:
        return replace(term, power=term.power + times)
    step = _step(tower, letter, index)
    if step is not None:
        return replace(term, ratio=field.multiply(term.ratio, field.power(step, times)))
    if letter.kind == "opaque" and isinstance(letter.content, tuple) and letter.content[0] == "gamma":
        after = field.add(letter.content[1][0], field.constant(-1))
        if field.same(after, tower.convert(index)):
            return replace(term, factorials=term.factorials - times)
    return None


def _step(tower: Tower, letter: Letter, index: sp.Symbol) -> Ratio | None:
    """The factor by which a letter grows when the index goes up by one, if that is the same everywhere."""
    field = tower.field
    if letter.kind == "exp":
        parts = linear_in(tower, letter.content, index)
        return tower.exponential(parts[1]) if parts is not None and field.is_zero(parts[0]) else None
    if letter.kind == "sign" and field.same(letter.content, tower.convert(index)):
        return field.constant(-1)
    if letter.kind == "power" and field.same(letter.content[1], tower.convert(index)):
        base = letter.content[0]
        return None if occurs(field.expression(base), index) else base
    return None


def linear_in(tower: Tower, content: Ratio, index: sp.Symbol) -> tuple[Ratio, Ratio] | None:
    """b and c of an element b + c k."""
    field = tower.field
    (place,) = field.used(tower.convert(index).num)
    parts = coefficients_of(field, content.num, place)
    if not set(parts) <= {0, 1}:
        return None
    found = [field.quotient(parts[e], content.den) if e in parts else field.zero for e in (0, 1)]
    return None if any(occurs(field.expression(x), index) for x in found) else (found[0], found[1])


def _value(tower: Tower, term: Term, low: int) -> Ratio:
    """The sum from ``low`` on: the one from its usual start, less its first terms."""
    if term.factorials == 1 and 0 <= term.power <= MAX_POWER and low >= 0:
        whole, start = _exponential(tower, term), 0
    elif term.factorials == 0 and 0 <= term.power <= MAX_POWER and _is_small(tower, term.ratio):
        whole, start = _geometric(tower, term), 0
    elif term.factorials == 0 and -MAX_POWER <= term.power < 0 and low > 0 and _converges(tower, term):
        whole, start = _polylogarithm(tower, term), 1
    else:
        raise UnsupportedError("an infinite sum that is not proved to converge to a known function")
    for k in range(min(low, start), max(low, start)):
        left_out = tower.field.multiply(tower.field.constant(fmpq(k) ** term.power), tower.field.power(term.ratio, k))
        if term.factorials:
            left_out = tower.field.multiply(left_out, tower.field.constant(fmpq(1, int(sp.factorial(k)))))
        whole = tower.field.add(whole, left_out if low < start else tower.field.negative(left_out))
    return whole


def _is_small(tower: Tower, q: Ratio) -> bool:
    """Whether |q| < 1."""
    field = tower.field
    return positive(tower, field.add(field.one, q)) and positive(tower, field.add(field.one, field.negative(q)))


def _converges(tower: Tower, term: Term) -> bool:
    number = tower.field.rational(term.ratio)
    return _is_small(tower, term.ratio) or number == -1 or (number == 1 and term.power < -1)


def _exponential(tower: Tower, term: Term) -> Ratio:
    total = tower.field.zero
    for j in range(term.power + 1):
        part = tower.field.multiply(_count(tower, term, j), tower.field.power(term.ratio, j))
        total = tower.field.add(total, part)
    return tower.field.multiply(tower.exponential(term.ratio), total)


def _geometric(tower: Tower, term: Term) -> Ratio:
    field, total = tower.field, tower.field.zero
    over = field.inverse(field.add(field.one, field.negative(term.ratio)))
    for j in range(term.power + 1):
        part = field.multiply(field.power(term.ratio, j), field.power(over, j + 1))
        count = field.multiply(_count(tower, term, j), field.constant(int(sp.factorial(j))))
        total = field.add(total, field.multiply(count, part))
    return total


def _count(tower: Tower, term: Term, j: int) -> Ratio:
    return tower.field.constant(int(stirling(term.power, j)))


def _polylogarithm(tower: Tower, term: Term) -> Ratio:
    """Li_1(q) = -log(1 - q); Li_s(1) = zeta(s)."""
    field, order = tower.field, -term.power
    if order == 1:
        return field.negative(tower.logarithm(field.add(field.one, field.negative(term.ratio))))
    return tower.convert(sp.polylog(order, field.expression(term.ratio)))
