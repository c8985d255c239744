"""Exact proofs that an expression is nowhere negative: signs of factors, sums of squares, and Taylor's theorem."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mpoly

from derivations.engine.routes.budget import Budget
from derivations.engine.routes.certificates.analytic import analytic
from derivations.engine.routes.certificates.cases import bounded, cases
from derivations.engine.routes.certificates.circuits import is_circuit
from derivations.engine.routes.certificates.pointwise import under_the_mean
from derivations.engine.routes.certificates.same_sign import rewritten
from derivations.engine.routes.certificates.tangency import away_from_a_point, between_its_ends
from derivations.engine.routes.certificates.termwise import by_terms
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.exact import with_tower
from derivations.engine.routes.normal_forms.field import Field, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.signs import is_real, nonnegative
from derivations.engine.routes.normal_forms.tower import Tower
from theory.domain import Domain
from theory.sums import Binder, free_names, unfold

BITS = 170
DEEPEST = 2
"""How many Taylor expansions may be nested."""
SPLITS = 3
"""How many times a domain may be split into cases."""
ORDERS = 4
TRIALS = 12
LONGEST = 200
"""Terms of a polynomial that may be factored."""
ANCHORS = tuple(map(sp.Rational, (0, 1, -1, 2, "1/2", "-1/2")))
"""Points inside an interval about which an expansion is tried: where equality often holds."""


@dataclass(frozen=True, kw_only=True)
class Certifier:
    """Proves expressions nonnegative over domains until its time is over."""

    budget: Budget

    def proof(self, expression: Any, domain: Domain, *, strict: bool, depth: int = 0, splits: int = SPLITS) -> str:
        """How it is proved that the expression is >= 0 (``strict``: > 0) where it is real; empty if it is not."""
        found = self._at_once(expression, domain, strict)
        if found or self.budget.is_spent or is_negative_somewhere(expression, domain):
            return found
        found = self._by_cases(expression, domain, strict, DEEPEST, splits)
        if found or depth >= DEEPEST:
            return found
        found = self._by_shape(expression, domain, strict) if not depth else ""
        found = found or self._by_cases(expression, domain, strict, depth + 1, splits)
        found = found or self._by_taylor(expression, domain, strict, depth)
        return found or (self._in_one_variable(between_its_ends, expression, domain, strict) if not depth else "")

    def _by_shape(self, expression: Any, domain: Domain, strict: bool) -> str:
        """What leaves one, simpler, question: means, a point that is the least one, the same sign in another form."""
        found = under_the_mean(expression, domain, (self._prove_at_once, self._prove), strict=strict)
        found = found or by_terms(expression, domain, self._prove, strict=strict)
        found = found or self._in_one_variable(away_from_a_point, expression, domain, strict)
        return found or self._by_form(expression, domain, strict)

    def _in_one_variable(self, rule: Callable[..., str], expression: Any, domain: Domain, strict: bool) -> str:
        """By what it does along one variable: about the point where it is least, or between its ends."""
        if expression.has(Binder, sp.Integral, sp.Sum, sp.Product, sp.Indexed):
            return ""
        expression, domain = plain(expression, domain)
        for name in _variables(expression, domain):
            if not self.budget.is_spent and (
                found := rule(expression, domain, name, self._prove_simply, strict=strict)
            ):
                return found
        return ""

    def _by_form(self, expression: Any, domain: Domain, strict: bool) -> str:
        """The same sign in another form: without Min, Max and moduli, over a common denominator, of logarithms."""
        for forms, words in rewritten(expression, domain, lambda form: bool(self._at_once(form, domain, True))):
            if all(self.proof(e, d, strict=strict) for e, d in forms):
                return words
        return ""

    def _prove(self, form: Any, domain: Domain, *, strict: bool = False) -> bool:
        return bool(self.proof(form, domain, strict=strict))

    def _prove_at_once(self, form: Any, domain: Domain, *, strict: bool = False) -> bool:
        return bool(self._at_once(form, domain, strict))

    def _prove_simply(self, form: Any, domain: Domain, *, strict: bool = False) -> bool:
        """Without the ways above, which ask for this."""
        return bool(self.proof(form, domain, strict=strict, depth=1, splits=0))

    def _at_once(self, expression: Any, domain: Domain, strict: bool) -> str:
        """The sign of a number, or signs of factors; bounded functions perhaps as variables of their own."""
        if not free_names(expression) and is_positive_number(expression):
            return "the sign of a number"
        for case, words in ((lambda: (expression, domain), ""), (lambda: bounded(expression, domain), " with bounds")):
            form = case()
            try:
                if form is not None and (found := self._signs(*form, strict)):
                    return found + words
            except UnsupportedError:
                continue
        return ""

    def _signs(self, expression: Any, domain: Domain, strict: bool) -> str:
        def work(tower: Tower) -> str:
            return by_signs(tower, tower.convert(expression), strict=strict)

        return with_tower(domain, work, self.budget.until)

    def _by_cases(self, expression: Any, domain: Domain, strict: bool, depth: int, splits: int) -> str:
        """Every case of a splitting is proved."""
        if not splits or expression.has(Binder, sp.Integral, sp.Sum, sp.Product, sp.Indexed):
            return ""
        expression, domain = plain(expression, domain)
        for parts in cases(expression, domain):
            if self.budget.is_spent:
                return ""
            if all(self.proof(e, d, strict=strict, depth=depth, splits=splits - 1) for e, d in parts):
                return "cases, each by its signs" if depth == DEEPEST else "cases"
        return ""

    def _by_taylor(self, expression: Any, domain: Domain, strict: bool, depth: int) -> str:
        if expression.has(Binder, sp.Integral, sp.Sum, sp.Product, sp.Indexed):
            return ""
        expression, domain = plain(expression, domain)
        for name in _variables(expression, domain):
            for anchor in _anchors(domain.sets[name]):
                halves = _halves(expression, domain, name, anchor)
                if all(self._from_zero(half, inner, name, strict, depth) for half, inner in halves):
                    return f"Taylor's theorem in {name.name} about {anchor}"
        return ""

    def _from_zero(self, expression: Any, domain: Domain, name: Any, strict: bool, depth: int) -> bool:
        """For a name from 0 up: its derivatives up to some order are nonnegative at 0, the next one everywhere."""
        chosen = domain.sets[name]
        closed = _with_set(domain, name, sp.Interval(0, chosen.end, False, chosen.right_open))
        rest = domain.without(name)
        if rest is None or self.budget.is_spent or not analytic(expression, closed):
            return False
        settled, slope = not strict, expression
        for order in range(ORDERS + 1):
            if self.budget.is_spent:
                return False
            if order and self.proof(slope, closed, strict=False, depth=depth + 1):
                return settled or (chosen.left_open and self._grows(slope, domain, name, depth))
            start = unfold(slope, name, sp.S.Zero)
            if start.has(sp.nan, sp.zoo, sp.oo) or not self.proof(start, rest, strict=False, depth=depth + 1):
                return False
            if order == 0 and strict:
                settled = bool(self.proof(start, rest, strict=True, depth=depth + 1))
            slope = sp.diff(slope, name)
        return False

    def _grows(self, slope: Any, domain: Domain, name: Any, depth: int) -> bool:
        """Positive beyond 0; or analytic, nowhere negative and not zero everywhere, so that its zeros are isolated."""
        if free_names(slope) == {name} and is_positive_number(unfold(slope, name, domain.sample(Random(0))(name))):
            return True
        return bool(self.proof(slope, domain, strict=True, depth=depth + 1))


def is_positive_number(expression: Any) -> bool:
    """Whether the ball of an expression without symbols lies above zero."""
    try:
        with precision(BITS):
            value = ball(expression, Frame(free=lambda name: name))
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return False
    return bool(value.is_finite() and value.imag == 0 and value.real > 0)


def is_negative_somewhere(expression: Any, domain: Domain) -> bool:
    """Whether a few points show that there is nothing to prove."""
    if expression.has(Binder, sp.Integral, sp.Sum, sp.Product):
        return False
    rng = Random(0)
    for attempt in range(TRIALS):
        with suppress(UnknownError, TooLargeError, ValueError, ZeroDivisionError), precision(BITS):
            value = ball(expression, Frame(free=domain.sample(rng, simple=attempt < TRIALS // 2)))
            if value.imag == 0 and value.real < 0:
                return True
    return False


def plain(expression: Any, domain: Domain) -> tuple[Any, Domain]:
    """Symbols that are only real, and integers as the reals between them: what is proved for these holds for those."""
    stand_ins, sets = {}, {}
    for name, chosen in domain.sets.items():
        hull = chosen
        if isinstance(chosen, sp.Range) and not chosen.free_symbols:
            hull = sp.Interval(chosen.inf, chosen.sup)
        stand_ins[name] = sp.Dummy(name.name, real=True) if isinstance(hull, sp.Interval) else name
        sets[stand_ins[name]] = hull
    renamed = {n: s.xreplace(stand_ins) for n, s in sets.items()}
    return expression.xreplace(stand_ins), Domain(renamed, [c.xreplace(stand_ins) for c in domain.constraints])


def by_signs(tower: Tower, x: Ratio, *, strict: bool) -> str:
    """The sign of an element from those of the irreducible factors of its numerator and denominator."""
    field = tower.field
    x = field.reduced(x)
    if x.num.is_zero():
        return "" if strict else "the difference is zero"
    product = field.reduced(Ratio(x.num * x.den, field.one.den))
    product = Ratio(in_roots(field, product.num), product.den)
    if product.den != field.one.den or not is_real(field, product.num):
        return ""
    if nonnegative(field, product.num, strict=strict):
        return "the sign of every term"
    if not strict and is_circuit(field, product.num):
        return "a geometric mean of its terms"
    return "the signs of its factors" if _by_factors(field, product.num, strict) else ""


def in_roots(field: Field, poly: fmpq_mpoly) -> fmpq_mpoly:
    """A symbol whose root occurs as the power of that root."""
    values = list(field.gens)
    for place in field.used(poly):
        relation = field.letters[place].relation
        if relation is not None and field.letters[place].nonnegative:
            power, base = relation
            if base.den == field.one.den and base.num in field.gens:
                values[field.gens.index(base.num)] = field.gens[place] ** power
    return poly.compose(*values) if values != list(field.gens) else poly


def _by_factors(field: Field, poly: fmpq_mpoly, strict: bool) -> bool:
    if len(poly) > LONGEST:
        return False
    constant, factors = poly.factor()
    sign = 1 if constant > 0 else -1
    for factor, times in factors:
        found = sign_of(field, factor, strict=strict)
        if times % 2 == 0 and (found or not strict):
            continue
        if not found:
            return False
        sign *= found
    return sign > 0


def sign_of(field: Field, poly: fmpq_mpoly, *, strict: bool) -> int:
    """1 or -1 for a factor that is proved to be nowhere negative or nowhere positive, else 0."""
    for sign in (1, -1):
        if nonnegative(field, sign * poly, strict=strict) or is_sum_of_squares(sign * poly, strict=strict):
            return sign
        if not strict and is_real(field, poly) and is_circuit(field, sign * poly):
            return sign
    return 0


def is_sum_of_squares(poly: fmpq_mpoly, *, strict: bool) -> bool:
    """Whether a quadratic polynomial in real letters has a positive semidefinite (``strict``: definite) matrix."""
    if poly.total_degree() != 2:
        return False
    matrix: dict[tuple[int, int], fmpq] = {}
    for exponents, coefficient in poly.to_dict().items():
        places = [i + 1 for i, e in enumerate(exponents) for _ in range(e)]
        i, j = (*[0] * (2 - len(places)), *places)
        matrix[i, j] = matrix[j, i] = coefficient if i == j else coefficient / 2
    names = sorted({i for pair in matrix for i in pair})
    return _is_semidefinite([[matrix.get((i, j), fmpq(0)) for j in names] for i in names], strict)


def _is_semidefinite(rows: list[list[fmpq]], strict: bool) -> bool:
    """By elimination: no negative pivot, and a zero pivot only in a row of zeros."""
    while rows:
        pivot, first = rows[0][0], rows[0]
        if pivot < 0 or (pivot == 0 and (strict or any(first))):
            return False
        below = rows[1:]
        rows = [[r[j] - r[0] * first[j] / pivot if pivot else r[j] for j in range(1, len(r))] for r in below]
    return True


def _variables(expression: Any, domain: Domain) -> list[Any]:
    """Symbols that range over an interval by themselves."""
    tied = set().union(*(free_names(a) for s in domain.sets.values() for a in s.args), set())
    tied |= set().union(*(free_names(c) for c in domain.constraints), set())
    names = free_names(expression) - tied
    return sorted((n for n in names if isinstance(domain.sets.get(n), sp.Interval)), key=str)


def _anchors(chosen: Any) -> Iterator[Any]:
    ends = [e for e in (chosen.start, chosen.end) if e.is_Rational]
    yield from ends
    yield from (v for v in ANCHORS if v not in ends and chosen.contains(v) == sp.true)


def _halves(expression: Any, domain: Domain, name: Any, anchor: Any) -> Iterator[tuple[Any, Domain]]:
    """On each side of the anchor, the expression in terms of the distance from there."""
    chosen = domain.sets[name]
    away = chosen.contains(anchor) == sp.false
    if chosen.end != anchor:
        half = sp.Interval(0, chosen.end - anchor, away, chosen.right_open)
        yield unfold(expression, name, anchor + name), _with_set(domain, name, half)
    if chosen.start != anchor:
        half = sp.Interval(0, anchor - chosen.start, away, chosen.left_open)
        yield unfold(expression, name, anchor - name), _with_set(domain, name, half)


def _with_set(domain: Domain, name: Any, chosen: Any) -> Domain:
    return Domain({**domain.sets, name: chosen}, domain.constraints)
