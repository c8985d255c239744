"""A claim as a combination of equations for functions and of their derivatives.

Undetermined functions and their derivatives are letters, so that the differences of both sides are rational in them.
A Gröbner basis finds polynomials that make of the equations' differences the claim's: that is a guess, and comes back
as an identity to be proved. It holds for all functions, and where the equations hold the claim follows.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef
from sympy.polys.orderings import MonomialOrder, grevlex

from derivations.engine.isolation import known
from derivations.engine.undetermined import varying, worked_out
from theory.statements import Identity
from theory.sums import Binder, free_names

MOST_EQUATIONS, MOST_LETTERS, MOST_DEGREE, MOST_TERMS = 6, 10, 8, 60
"""Larger systems are left alone: their bases may take very long."""
MOST_ORDERS = 2
"""How often an equation is differentiated."""


class TagsLast(MonomialOrder):
    """Monomials by their letters first: those of the tags that stand for the equations are the smallest."""

    def __init__(self, letters: int) -> None:
        self.letters = letters

    def __call__(self, monomial: tuple[int, ...]) -> tuple[Any, ...]:
        """The key by which a monomial is compared."""
        return grevlex(monomial[: self.letters]), grevlex(monomial[self.letters :])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TagsLast) and other.letters == self.letters

    def __hash__(self) -> int:
        return hash((type(self), self.letters))


@dataclass(frozen=True)
class _Gap:
    """Something that vanishes where the equations hold: without denominators, and as the equation writes it."""

    cleared: Any
    written: Any

    @classmethod
    def of(cls, equation: Identity) -> _Gap:
        gap = worked_out(equation.left - equation.right)
        numerator, denominator = sp.fraction(sp.together(gap))
        return cls(numerator, denominator * gap)

    def slope(self, variables: Sequence[Any]) -> _Gap:
        return _Gap(*(sp.diff(part, *variables) for part in (self.cleared, self.written)))


def combination(claim: Identity, equations: Sequence[Identity], held: frozenset[Any]) -> Identity | None:
    """The claim's difference against what the equations make of it; None if no combination is found.

    The equations hold for certain values of ``held`` only.
    """
    ours = worked_out(claim.left - claim.right)
    gaps = [*map(_Gap.of, equations), *_slopes(claim, equations, held)][:MOST_EQUATIONS]
    theirs = [gap.cleared for gap in gaps]
    if not gaps or any(side.has(ExprWithLimits, Binder, sp.Subs) for side in (ours, *theirs)):
        return None
    letters = {atom: sp.Dummy(f"letter{k}") for k, atom in enumerate(_values((ours, *theirs)))}
    numerator, denominator = sp.fraction(sp.together(ours))
    if known(denominator, claim.domain).is_nonzero is not True:
        return None  # where it vanishes the claim says nothing, and must not seem to
    tags = [sp.Dummy(f"gap{k}") for k in range(len(gaps))]
    named = [side.xreplace(letters) for side in (numerator, *theirs)]
    found = _combined(named, tuple(letters.values()), tags)
    if found is None:
        return None
    meaning = {letter: atom for atom, letter in letters.items()}
    found = found.xreplace({**meaning, **{tag: gap.written for tag, gap in zip(tags, gaps, strict=True)}})
    domain = claim.domain
    for equation in equations:
        domain = domain.extended({n: s for n, s in equation.domain.sets.items() if n not in domain.sets})
    return Identity(ours, found / denominator, domain)


def _slopes(claim: Identity, equations: Sequence[Identity], held: frozenset[Any]) -> Iterator[_Gap]:
    """The derivatives of the equations, as far as the claim holds higher ones than they do."""
    wanted = _order((claim.left, claim.right))
    for equation in equations:
        missing = min(wanted - _order((equation.left, equation.right)), MOST_ORDERS)
        arguments = _arguments(equation, equations, held)
        for order in range(1, missing + 1):
            for chosen in combinations_with_replacement(arguments, order):
                yield _Gap.of(equation).slope(chosen)


def _order(sides: Sequence[Any]) -> int:
    slopes = [d for side in sides for d in worked_out(side).atoms(sp.Derivative)]
    return max((d.derivative_count for d in slopes), default=0)


def _arguments(equation: Identity, equations: Sequence[Identity], held: frozenset[Any]) -> list[Any]:
    """The symbols by which an equation may be differentiated: it holds for all values of an interval.

    A symbol that another equation holds at one value is none of them.
    """
    held = held.union(*(_names(e) - _places(e) for e in equations))
    return sorted((_places(equation) & varying(equation.domain)) - held, key=str)


def _names(equation: Identity) -> set[Any]:
    return free_names(equation.left) | free_names(equation.right)


def _places(equation: Identity) -> set[Any]:
    calls = equation.left.atoms(AppliedUndef) | equation.right.atoms(AppliedUndef)
    return {a for call in calls for a in call.args if isinstance(a, sp.Symbol)}


def _values(gaps: Sequence[Any]) -> list[Any]:
    """Derivatives first, the highest in front, then the functions themselves."""
    slopes = set().union(*(gap.atoms(sp.Derivative) for gap in gaps))
    calls = set().union(*(gap.atoms(AppliedUndef) for gap in gaps))
    return [*sorted(slopes, key=lambda d: (-d.derivative_count, str(d))), *sorted(calls, key=str)]


def _combined(sides: Sequence[Any], first: tuple[Any, ...], tags: Sequence[Any]) -> Any | None:
    """The first side as a sum of polynomials times the tags that stand for the others."""
    try:
        polynomials, options = sp.parallel_poly_from_expr(sides)
    except sp.PolynomialError:
        return None
    letters = [*(x for x in first if x in options.gens), *(g for g in options.gens if g not in first)]
    if not (options.domain.is_ZZ or options.domain.is_QQ) or not _is_small(polynomials, letters):
        return None
    gaps = [side - tag for side, tag in zip(sides[1:], tags, strict=True)]
    basis = sp.groebner(gaps, *letters, *tags, order=TagsLast(len(letters)), domain=sp.QQ)
    _, rest = basis.reduce(sides[0])
    return rest if sp.expand(rest.xreplace(dict.fromkeys(tags, sp.S.Zero))) == 0 else None


def _is_small(polynomials: Sequence[Any], letters: Sequence[Any]) -> bool:
    sizes = all(p.total_degree() <= MOST_DEGREE and len(p.terms()) <= MOST_TERMS for p in polynomials)
    return sizes and len(letters) <= MOST_LETTERS
