r"""How a sum of hypergeometric terms goes on in a size n: a recurrence whose certificate telescopes.

With S(n) = sum of F(n, k) for k from low to high(n), what is checked in normal form is

    sum_j a_j F(n + j, k) = G(n, k + 1) - G(n, k)                     for low <= k <= top, G = C F without poles there,

with top = high(n) - 1 and a_J never zero. Then

    sum_j a_j S(n + j) = G(n, top + 1) - G(n, low) + sum_j a_j sum_{top < k <= high(n + j)} F(n + j, k).
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.nonzero import nonzero, positive
from derivations.engine.routes.certificates.recurrence_hints import Recurrence, found_recurrence, moved_by
from derivations.engine.routes.certificates.shapes import single_letter
from derivations.engine.routes.certificates.shifts import require_length, require_never_zero
from derivations.engine.routes.normal_forms.field import Letter, Ratio
from derivations.engine.routes.normal_forms.tower import Tower
from theory.sums import Sigma, rename

MAX_ORDER = 2
MAX_EDGE = 8
MAX_TERMS = 300
"""Of the quotients from which a recurrence is looked for."""


@dataclass(frozen=True, kw_only=True)
class IndexedSum:
    """The sum of ``term`` over ``index`` from ``low`` to ``high``."""

    term: sp.Expr
    index: sp.Symbol
    low: sp.Expr
    high: sp.Expr

    def term_at(self, size: sp.Symbol, shift: int, place: sp.Expr) -> sp.Expr:
        """F(n + shift, place)."""
        return rename(rename(self.term, size, size + shift), self.index, place)


@dataclass(frozen=True, kw_only=True)
class Continuation:
    """The sum of a_j S(n + j) for j = 0, ..., J is ``rest``; the last coefficient is nowhere zero."""

    coefficients: tuple[Ratio, ...]
    rest: Ratio


def sums_with(name: sp.Symbol, *sides: Any) -> list[Any]:
    """The outermost sums over one index with the size in their terms."""
    found = dict.fromkeys(node for side in sides for node in _outermost(side))
    single = (node for node in found if isinstance(node, Sigma) or len(node.limits) == 1)
    return [node for node in single if name in _opened(node).term.free_symbols]


def _outermost(node: Any) -> Iterator[Any]:
    if isinstance(node, sp.Sum | Sigma):
        yield node
        return
    for inner in node.args:
        yield from _outermost(inner)


def _opened(node: Any) -> IndexedSum:
    if isinstance(node, Sigma):
        term, index = node.opened()
        low, high = node.lower, node.upper
    else:
        (index, low, high), term = node.limits[0], node.function
    return IndexedSum(term=term, index=index, low=sp.expand(low), high=sp.expand(high))


def continuation(tower: Tower, node: Any, name: sp.Symbol) -> Continuation | None:
    """The recurrence of a sum in a size of the tower's domain, proved for all its values there.

    Raises
    ------
    LaterError
        If it holds from a later size on.
    """
    claim = _opened(node)
    index = tower.new_index()
    claim = replace(claim, term=rename(claim.term, claim.index, index), index=index)
    top = sp.expand(claim.high - 1)
    growth = sp.expand(rename(claim.high, name, name + 1) - claim.high)
    if name in claim.low.free_symbols or not growth.is_Integer or not 0 <= growth <= MAX_EDGE:
        return None
    length = sp.expand(top + 1 - claim.low)
    if not tower.nonnegative(tower.convert(length)):
        require_length(length, name)
    tower.scope = ((index, claim.low, top),)
    try:
        found = _telescoped(tower, claim, name)
    finally:
        tower.scope = ()
    return _continued(tower, claim, name, *found, top) if found is not None else None


def _telescoped(tower: Tower, claim: IndexedSum, name: sp.Symbol) -> tuple[Recurrence, Ratio] | None:
    """A recurrence of the terms whose certificate is proved, and G(n, k)."""
    field, index = tower.field, claim.index
    terms = [tower.convert(claim.term)]
    over = field.inverse(terms[0])
    step = field.multiply(tower.convert(claim.term_at(name, 0, index + 1)), over)
    shifts = [field.one]
    (place,) = field.used(tower.convert(index).num)
    for order in range(1, MAX_ORDER + 1):
        terms.append(tower.convert(claim.term_at(name, order, index)))
        shifts.append(field.multiply(terms[-1], over))
        if not all(_is_rational(tower, q, {index, name}) for q in (step, *shifts)):
            return None
        hint = found_recurrence(field, step, shifts, place)
        if hint is not None:
            certified = _certified(tower, hint, terms, step, shifts, place)
            certified = certified and require_never_zero(tower, hint.coefficients[-1], name)
            return (hint, field.multiply(hint.certificate, terms[0])) if certified else None
    return None


def _is_rational(tower: Tower, x: Ratio, names: set[Any]) -> bool:
    """Whether an element is a short fraction in these names: no other letter depends on them."""
    letters = [tower.field.letters[i] for poly in (x.num, x.den) for i in tower.field.used(poly)]
    short = len(x.num) + len(x.den) <= MAX_TERMS
    return short and all(letter.node in names or not names & letter.node.free_symbols for letter in letters)


def _certified(
    tower: Tower, hint: Recurrence, terms: list[Ratio], step: Ratio, shifts: list[Ratio], place: int
) -> bool:
    """G has no pole in the range or one place beyond it, its differences are the terms, and the recurrence goes on."""
    field = tower.field
    if not all(_has_finite_gammas(tower, term) for term in terms):
        return False
    here = hint.certificate
    ahead = field.quotient(moved_by(field, here.num, place, 1), moved_by(field, here.den, place, 1))
    ahead = field.multiply(ahead, step)
    if not all(_is_finite(tower, field.multiply(c, terms[0])) for c in (ahead, here)):
        return False
    total = field.add(here, field.negative(ahead))
    for coefficient, shift in zip(hint.coefficients, shifts, strict=True):
        total = field.add(total, field.multiply(coefficient, shift))
    return field.is_zero(total)


def _is_finite(tower: Tower, x: Ratio) -> bool:
    """No factor of the denominator has a zero, and no gamma function in the numerator a pole, in the range."""
    _, below = x.den.factor()
    return all(_keeps_away(tower, Ratio(f, tower.field.one.den)) for f, _ in below) and _has_finite_gammas(tower, x)


def _has_finite_gammas(tower: Tower, x: Ratio) -> bool:
    above = [tower.field.letters[place] for place in tower.field.used(x.num)]
    return all(_keeps_above(tower, letter.content[1][0]) for letter in above if is_gamma(letter))


def is_gamma(letter: Letter) -> bool:
    """Whether a letter is a value of the gamma function."""
    return letter.kind == "opaque" and isinstance(letter.content, tuple) and letter.content[0] == "gamma"


def _keeps_above(tower: Tower, x: Ratio) -> bool:
    """Whether an element is at least one, or positive."""
    return positive(tower, x) or tower.nonnegative(tower.field.add(x, tower.field.constant(-1)))


def _keeps_away(tower: Tower, x: Ratio) -> bool:
    field = tower.field
    letter = single_letter(tower, x)
    if nonzero(tower, x) or (letter is not None and (letter.kind == "exp" or is_gamma(letter))):
        return True
    whole = tower.is_integer(x)
    beyond = (field.add(y, field.constant(-1)) for y in (x, field.negative(x)))
    return whole and any(tower.nonnegative(y) for y in beyond)


def _continued(
    tower: Tower, claim: IndexedSum, name: sp.Symbol, hint: Recurrence, gain: Ratio, top: sp.Expr
) -> Continuation:
    """The telescoped sum with its edge terms."""
    field, edge = tower.field, tower.field.expression(gain)
    above, below = (tower.convert(rename(edge, claim.index, place)) for place in (sp.expand(top + 1), claim.low))
    total = field.add(above, field.negative(below))
    for shift, coefficient in enumerate(hint.coefficients):
        beyond = int(sp.expand(rename(claim.high, name, name + shift) - top))
        for step in range(1, beyond + 1):
            term = tower.convert(claim.term_at(name, shift, sp.expand(top + step)))
            total = field.add(total, field.multiply(coefficient, term))
    return Continuation(coefficients=hint.coefficients, rest=total)
