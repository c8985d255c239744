"""Terms that vanish at every size because their brackets and deltas contradict one another.

A term is zero wherever one of its factors is. A bracket ``[a <= i <= b]`` is not zero only where a <= i <= b, a delta
only where its arguments agree, and a product over steps t of brackets of H(t) - H(t + 1) only where the steps, added
up, let H(first) - H(last + 1) lie where the sum of the bounds says. If these conditions and the sets of the domain
have no common solution in real numbers, the term is zero everywhere.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.linear_conditions import infeasible, known_bounds
from derivations.engine.routes.normal_forms.normal_form import Equation
from theory.domain import Domain
from theory.paths import PathSum
from theory.sums import Inside, Sigma, rename

GUARDS = (Inside, sp.KroneckerDelta)
NO_VALUE = (sp.zoo, sp.nan, sp.oo, -sp.oo)
MAX_TERMS = 24
"""Terms that one product is split into, or that are put over a common factor."""


def by_contradiction(equation: Equation) -> str:
    """How every term on both sides, or their difference, is proved to vanish; an empty text if it is not."""
    if not any(side.has(*GUARDS) for side in (equation.left, equation.right)):
        return ""
    terms = [t for side in (equation.left, equation.right) for t in sp.Add.make_args(side) if t != 0]
    proved = _all_vanish(terms, equation.domain) or (
        len(terms) <= MAX_TERMS and _all_vanish([sp.factor_terms(equation.left - equation.right)], equation.domain)
    )
    return "contradicting brackets" if proved else ""


def _all_vanish(terms: list[Any], domain: Domain) -> bool:
    guarded = bool(terms) and all(t.has(*GUARDS) for t in terms)
    return guarded and all(_Term(factors=sp.Mul.make_args(t), domain=domain).vanishes() for t in terms)


@dataclass(frozen=True, kw_only=True)
class _Term:
    """A product, with what is known of the indices that were opened: expressions that are not negative."""

    factors: tuple[Any, ...]
    domain: Domain
    bounds: tuple[Any, ...] = ()
    depth: int = 0

    def vanishes(self) -> bool:
        """Whether one factor is zero at every point."""
        if any(f == 0 for f in self.factors):
            return True
        for place, factor in enumerate(self.factors):
            rest = (*self.factors[:place], *self.factors[place + 1 :])
            opened = self._opened(factor, rest)
            if opened is not None:
                return opened.vanishes()
        return self._contradicts() or self._split()

    def _opened(self, factor: Any, rest: tuple[Any, ...]) -> _Term | None:
        """A sum over an index, or over paths, with its body among the factors; a power by its base."""
        if isinstance(factor, sp.Pow) and factor.exp.is_Integer and factor.exp > 1:
            return replace(self, factors=(*rest, *sp.Mul.make_args(factor.base)))
        if isinstance(factor, Sigma):
            body, index = factor.opened()
            ends = (index - factor.lower, factor.upper - index)
            return replace(self, factors=(*rest, *sp.Mul.make_args(body)), bounds=(*self.bounds, *ends))
        if isinstance(factor, PathSum):
            path = sp.IndexedBase(sp.Dummy("x", integer=True), integer=True)
            body = rename(factor.body, factor.family, path)
            return replace(self, factors=(*rest, *sp.Mul.make_args(body)))
        return None

    def _contradicts(self) -> bool:
        """Whether the guards, the sets of the domain and the ranges of the sums have no common solution."""
        equations, bounds = [], list(self.bounds)
        for factor in self.factors:
            same, least = conditions(factor)
            equations += same
            bounds += least
        factors = [f for f in self.factors if not isinstance(f, GUARDS)]
        while equations:
            equations.sort(key=_nesting)  # what is known of an index counts before what is known at it
            equation = sp.expand(equations.pop(0))
            if equation.is_number:
                if equation != 0:
                    return True
                continue
            name = _solvable(equation)
            if name is None:
                bounds += [equation, -equation]
                continue
            value = sp.expand(name - equation / equation.coeff(name))
            equations, bounds, factors = ([_put(e, name, value) for e in es] for es in (equations, bounds, factors))
            bounds += known_bounds(name, value, self.domain)
            if any(f == 0 for f in factors) and not any(f.has(*NO_VALUE) for f in factors):
                return True
        return infeasible(bounds, self.domain)

    def _split(self) -> bool:
        """A factor that is a sum, term by term."""
        for place, factor in enumerate(self.factors):
            terms = sp.Add.make_args(factor)
            if isinstance(factor, sp.Add) and factor.has(*GUARDS) and len(terms) ** (self.depth + 1) <= MAX_TERMS:
                rest = (*self.factors[:place], *self.factors[place + 1 :])
                parts = (replace(self, factors=(*rest, *sp.Mul.make_args(t)), depth=self.depth + 1) for t in terms)
                return all(part.vanishes() for part in parts)
        return False


def conditions(factor: Any) -> tuple[list[Any], list[Any]]:
    """What is zero, and what is not negative, wherever a factor is not zero."""
    if isinstance(factor, sp.KroneckerDelta):
        return [factor.args[0] - factor.args[1]], []
    if isinstance(factor, Inside):
        index, low, high = factor.args
        return [], [index - low, high - index]
    if isinstance(factor, sp.Product) and len(factor.limits) == 1:
        return _along_steps(factor.function, *factor.limits[0])
    return [], []


def _along_steps(body: Any, step: Any, first: Any, last: Any) -> tuple[list[Any], list[Any]]:
    """The conditions of a product over steps, each added up over all of them.

    Where the range is reversed the product has no value, so its length is not negative.
    """
    totals: tuple[list[Any], list[Any]] = ([], [last - first + 1])
    for factor in sp.Mul.make_args(body):
        for place, found in enumerate(conditions(factor)):
            for condition in found:
                total = _telescoped(sp.expand(condition), step, first, last)
                totals[place].extend([total] if total is not None else [])
    return totals


def _telescoped(condition: Any, step: Any, first: Any, last: Any) -> Any:
    """The sum of H(t) - H(t + 1) + c over the steps; None for what has another form."""
    moving = [t for t in sp.Add.make_args(condition) if step in t.free_symbols]
    total = (condition - sp.Add(*moving)) * (last - first + 1)
    while moving:
        term = moving.pop()
        partner = next((p for p in _neighbors(term, step) if p[0] in moving), None)
        if partner is None:
            return None
        moving.remove(partner[0])
        total += partner[1](first, last)
    return total


def _neighbors(term: Any, step: Any) -> Iterator[tuple[Any, Any]]:
    """Minus the term at the next and at the previous step, with the sum of both over all steps."""
    yield -rename(term, step, step + 1), lambda a, b: rename(term, step, a) - rename(term, step, b + 1)
    yield -rename(term, step, step - 1), lambda a, b: rename(term, step, b) - rename(term, step, a - 1)


def _nesting(equation: Any) -> int:
    """How many entries of families have an entry of a family for an index."""
    return sum(any(i.has(sp.Indexed) for i in a.indices) for a in equation.atoms(sp.Indexed))


def _solvable(equation: Any) -> Any:
    """An index that stands alone in an equation with the factor 1 or -1; states of paths before symbols."""
    terms = [sp.Mul.make_args(t) for t in sp.Add.make_args(equation)]
    alone = [t[-1] for t in terms if len(t) == 1 or (len(t) == 2 and t[0] == -1)]
    names = [a for a in alone if isinstance(a, sp.Indexed | sp.Symbol) and abs(equation.coeff(a)) == 1]
    inside = [n for n in names if not (equation - equation.coeff(n) * n).has(n)]
    return next(iter(sorted(inside, key=lambda n: (not isinstance(n, sp.Indexed), str(n)))), None)


def _put(expression: Any, name: Any, value: Any) -> Any:
    """With the value of an index in its place, also where it is a bound letter of products over steps."""
    if isinstance(name, sp.Symbol):
        return rename(expression, name, value)
    return expression.xreplace({name: value})
