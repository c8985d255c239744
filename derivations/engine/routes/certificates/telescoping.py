r"""Sums of hypergeometric terms for every size n: by a recurrence in n whose certificate telescopes.

With S(n) = sum of F(n, k) for k from low to high(n), claimed to be R(n), what is checked in normal form is

    sum_j a_j F(n + j, k) = G(n, k + 1) - G(n, k)                     for low <= k <= top, G = C F without poles there,
    G(n, top + 1) - G(n, low) + sum_j a_j sum_{top < k <= high(n + j)} F(n + j, k) = sum_j a_j R(n + j),

with top = high(n) - 1, a_J never zero, and S = R at the first sizes. Then S = R for all n.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.nonzero import nonzero, positive
from derivations.engine.routes.certificates.recurrence_hints import Recurrence, found_recurrence
from derivations.engine.routes.certificates.shapes import single_letter
from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form, with_tower
from derivations.engine.routes.normal_forms.tower import Tower
from derivations.engine.routes.sampling import size_symbols
from theory.domain import Domain
from theory.sums import Sigma, rename

MAX_ORDER = 2
MAX_EDGE = 8
MAX_OPERATIONS = 300
"""Of the quotients from which a recurrence is looked for."""
MAX_TERMS = 40
"""Of an equation that is solved for its sum: SymPy asks a long one for its sign, which takes minutes."""


@dataclass(frozen=True, kw_only=True)
class ClosedSum:
    """The claim that the sum of ``term`` over ``index`` from ``low`` to ``high`` is ``value``."""

    term: sp.Expr
    index: sp.Symbol
    low: sp.Expr
    high: sp.Expr
    value: sp.Expr

    def term_at(self, size: sp.Symbol, shift: int, place: sp.Expr) -> sp.Expr:
        """F(n + shift, place)."""
        return rename(rename(self.term, size, size + shift), self.index, place)


def by_telescoping(equation: Equation) -> str:
    """How an equation with one sum is proved by a recurrence in a size; an empty text if it is not."""
    claim = closed_sum(equation)
    if claim is None or equation.domain.constraints:
        return ""
    names = [name for name in size_symbols(equation.domain) if _runs_freely(name, claim, equation.domain)]
    for order, name, later in product(range(1, MAX_ORDER + 1), names, (0, 1)):
        least = int(equation.domain.sets[name].inf)
        first_sizes = range(least, least + later + order)
        goes_on = _goes_on(claim, equation, name, least + later, order)
        if goes_on and all(by_normal_form(equation.at(name, n)) for n in first_sizes):
            return f"a recurrence of order {order} in {name} with a telescoping certificate"
    return ""


def _runs_freely(name: sp.Symbol, claim: ClosedSum, domain: Domain) -> bool:
    """A size in the summand that starts at a number, and that no other set depends on."""
    tied = any(name in chosen.free_symbols for chosen in domain.sets.values())
    fixed = name in claim.term.free_symbols and name not in claim.low.free_symbols
    return bool(domain.sets[name].inf.is_Integer) and fixed and not tied


def closed_sum(equation: Equation) -> ClosedSum | None:
    """The equation solved for its only sum, if it is linear in it."""
    sums = {node for side in (equation.left, equation.right) for node in _outermost(side)}
    if len(sums) != 1:
        return None
    (node,) = sums
    if isinstance(node, sp.Sum) and len(node.limits) != 1:
        return None
    stand_in = sp.Dummy()
    difference = sp.expand((equation.left - equation.right).xreplace({node: stand_in}))
    if len(sp.Add.make_args(difference)) > MAX_TERMS:
        return None
    slope: Any = difference.coeff(stand_in, 1)
    rest: Any = difference.coeff(stand_in, 0)
    if slope == 0 or sp.expand(difference - slope * stand_in - rest) != 0:
        return None
    if isinstance(node, Sigma):
        term, index = node.opened()
        low, high = node.lower, node.upper
    else:
        (index, low, high), term = node.limits[0], node.function
    return ClosedSum(term=term, index=index, low=sp.expand(low), high=sp.expand(high), value=-rest / slope)


def _outermost(node: Any) -> Iterator[Any]:
    if isinstance(node, sp.Sum | Sigma):
        yield node
        return
    for inner in node.args:
        yield from _outermost(inner)


def _goes_on(claim: ClosedSum, equation: Equation, name: sp.Symbol, first: int, order: int) -> bool:
    """Whether the sum and its value are proved to obey one recurrence from the size ``first`` on."""
    domain = Domain({**equation.domain.sets, name: sp.Range(first, sp.oo)}, equation.domain.constraints)
    try:
        return with_tower(domain, lambda tower: _obeys(tower, claim, name, order), equation.until)
    except UnsupportedError:
        return False


def _obeys(tower: Tower, claim: ClosedSum, name: sp.Symbol, order: int) -> bool:
    index, top = tower.new_index(), sp.expand(claim.high - 1)
    claim = replace(claim, term=rename(claim.term, claim.index, index), index=index)
    if not tower.nonnegative(tower.convert(sp.expand(top + 1 - claim.low))):
        return False
    tower.scope = ((index, claim.low, top),)
    hint = _hint(tower, claim, name, order)
    if hint is None:
        return False
    return _certified(tower, claim, name, hint) and _matches(tower, claim, name, hint, top)


def _hint(tower: Tower, claim: ClosedSum, name: sp.Symbol, order: int) -> Recurrence | None:
    """Quotients of the term with its neighbors, as rational functions, and what Zeilberger makes of them."""
    field = tower.field
    here = tower.convert(claim.term)
    over = field.inverse(here)
    beside = [claim.term_at(name, 0, claim.index + 1), *(claim.term_at(name, j, claim.index) for j in range(order + 1))]
    step, *shifts = (field.expression(field.multiply(tower.convert(t), over)) for t in beside)
    if not all(q.is_rational_function(claim.index, name) for q in (step, *shifts)):
        return None
    if sum(sp.count_ops(q) for q in (step, *shifts)) > MAX_OPERATIONS:
        return None
    try:
        return found_recurrence(step, shifts, claim.index)
    except (ValueError, ArithmeticError, sp.PolynomialError, TypeError):  # the hint's own search fails on odd input
        return None


def _certified(tower: Tower, claim: ClosedSum, name: sp.Symbol, hint: Recurrence) -> bool:
    """G has no pole in the range or one place beyond it, its differences are the terms, and the recurrence goes on."""
    field, index = tower.field, claim.index
    if not nonzero(tower, tower.convert(hint.coefficients[-1])):
        return False
    gains = [tower.convert(_edge(tower, claim, hint, place)) for place in (index + 1, index)]
    if not all(_is_finite(tower, gain) for gain in gains):
        return False
    total = field.zero
    for shift, coefficient in enumerate(hint.coefficients):
        term = tower.convert(claim.term_at(name, shift, index))
        if not _has_finite_gammas(tower, term):
            return False
        total = field.add(total, field.multiply(tower.convert(coefficient), term))
    return field.same(total, field.add(gains[0], field.negative(gains[1])))


def _edge(tower: Tower, claim: ClosedSum, hint: Recurrence, place: sp.Expr) -> sp.Expr:
    """G(n, place), with the factors of C cancelled against those of F first."""
    both = tower.field.multiply(tower.convert(hint.certificate), tower.convert(claim.term))
    return rename(tower.field.expression(both), claim.index, place)


def _is_finite(tower: Tower, x: Ratio) -> bool:
    """No factor of the denominator has a zero, and no gamma function in the numerator a pole, in the range."""
    _, below = x.den.factor()
    return all(_keeps_away(tower, Ratio(f, tower.field.one.den)) for f, _ in below) and _has_finite_gammas(tower, x)


def _has_finite_gammas(tower: Tower, x: Ratio) -> bool:
    above = [tower.field.letters[place] for place in tower.field.used(x.num)]
    return all(_keeps_above(tower, letter.content[1][0]) for letter in above if _is_gamma(letter))


def _is_gamma(letter: Letter) -> bool:
    return letter.kind == "opaque" and isinstance(letter.content, tuple) and letter.content[0] == "gamma"


def _keeps_above(tower: Tower, x: Ratio) -> bool:
    """Whether an element is at least one, or positive."""
    return positive(tower, x) or tower.nonnegative(tower.field.add(x, tower.field.constant(-1)))


def _keeps_away(tower: Tower, x: Ratio) -> bool:
    field = tower.field
    letter = single_letter(tower, x)
    if nonzero(tower, x) or (letter is not None and (letter.kind == "exp" or _is_gamma(letter))):
        return True
    whole = tower.is_integer(x)
    beyond = (field.add(y, field.constant(-1)) for y in (x, field.negative(x)))
    return whole and any(tower.nonnegative(y) for y in beyond)


def _matches(tower: Tower, claim: ClosedSum, name: sp.Symbol, hint: Recurrence, top: sp.Expr) -> bool:
    """The telescoped sum with its edge terms is what the value gives."""
    field = tower.field
    ends = [_edge(tower, claim, hint, place) for place in (sp.expand(top + 1), claim.low)]
    tower.scope = ()
    above, below = (tower.convert(end) for end in ends)
    total = field.add(above, field.negative(below))
    for shift, coefficient in enumerate(hint.coefficients):
        beyond = sp.expand(rename(claim.high, name, name + shift) - top)
        if not beyond.is_Integer or not 0 <= beyond <= MAX_EDGE:
            return False
        rest = field.negative(tower.convert(rename(claim.value, name, name + shift)))
        for step in range(1, int(beyond) + 1):
            rest = field.add(rest, tower.convert(claim.term_at(name, shift, sp.expand(top + step))))
        total = field.add(total, field.multiply(tower.convert(coefficient), rest))
    return field.is_zero(total) and not tower.obligations
