"""What follows from premises: the domain they cut out, or a claim that is one of them times a factor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef

from derivations.engine.isolation import Solved, isolated, known
from derivations.engine.undetermined import in_letters, varying, worked_out
from theory.domain import Domain
from theory.statements import Identity, Statement
from theory.sums import Binder, free_names

Equations = Sequence[Identity]
Names = frozenset[Any]
ENTIRE = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)


def connected(statement: Statement, premises: Iterable[Any]) -> tuple[Any, ...]:
    """The premises that share a name with the claim, or with one that does; each has a ``statement``."""
    waiting, names = list(premises), _names(statement)
    found: list[Any] = []
    while joined := [p for p in waiting if _names(p.statement) & names]:
        found += joined
        names |= set().union(*(_names(p.statement) for p in joined))
        waiting = [p for p in waiting if p not in joined]
    return tuple(found)


def cut_out(domain: Domain, equations: Equations) -> Domain | None:
    """The part of a domain where all equations hold; None if one of them has no form that a domain can take.

    An equation that is solved with certainty determines its symbol; one that says what a symbol is equal to in terms
    of that symbol itself determines it implicitly.
    """
    solved: list[Solved] = []
    for equation in equations:
        left, right = (_with(side, solved) for side in (equation.left, equation.right))
        taken = frozenset(s.symbol for s in solved) | {left for left, _ in domain.equations()}
        found = isolated(left, right, domain, taken) or _implicit(left, right, domain, taken)
        if found is None:
            return None
        solved.append(found)
    constraints = [c for s in solved for c in s.constraints if not _is_implied(c, domain)]
    return domain.extended(constraints=constraints)


def _implicit(left: Any, right: Any, domain: Domain, taken: frozenset[Any]) -> Solved | None:
    for symbol, value in ((left, right), (right, left)):
        free = isinstance(symbol, sp.Symbol) and symbol not in taken
        if free and symbol in value.free_symbols and isinstance(domain.sets[symbol], sp.Interval):
            return Solved(symbol=symbol, value=value, conditions=())
    return None


def _is_implied(condition: Any, domain: Domain) -> bool:
    """Whether a condition such as ``m < 1`` says no more than the set of m does."""
    name, bound = condition.args
    if not isinstance(name, sp.Symbol) or not bound.is_number or isinstance(condition, sp.Eq):
        return False
    return domain.sets[name].is_subset(condition.as_set()) is True


def consequence(claim: Statement, equations: Equations, held: Names = frozenset()) -> Identity | None:
    """An identity that holds everywhere and makes the claim follow from the equations; None if none was found.

    Either the claim's difference is a factor times the difference of one equation, or the claim is an identity once
    a function or a derivative that stands alone in an equation is replaced by the other side. All equations hold for
    certain values of ``held`` only.
    """
    if not isinstance(claim, Identity) or isinstance(claim.left, sp.MatrixBase):
        return None
    equations = [e for e in equations if covers(e, claim)]
    for equation in equations:
        found = _multiple(claim, equation)
        if found is not None:
            return in_letters(found)
    replaced = _replaced(claim, equations, held)
    return in_letters(replaced) if replaced is not None else None


def covers(premise: Statement, claim: Statement) -> bool:
    """Whether a premise holds for all values that a claim is about."""
    ours, theirs = claim.domain.sets, premise.domain.sets
    beyond = set(premise.domain.constraints) - set(claim.domain.constraints)
    if any(free_names(c) & set(ours) for c in beyond):
        return False
    return all(ours[n] == theirs[n] or ours[n].is_subset(theirs[n]) is True for n in set(ours) & set(theirs))


def explicit_function(equation: Identity) -> Any:
    """The function that an equation states for every value of its arguments; None if it states none."""
    for function, value in ((equation.left, equation.right), (equation.right, equation.left)):
        if isinstance(function, AppliedUndef) and all(isinstance(a, sp.Symbol) for a in function.args):
            return None if value.atoms(AppliedUndef) else function
    return None


def _multiple(claim: Identity, equation: Identity) -> Identity | None:
    ours, theirs = claim.left - claim.right, equation.left - equation.right
    divisor = worked_out(theirs)
    factor = sp.cancel(worked_out(ours) / divisor) if divisor != 0 else sp.nan
    if factor.has(sp.nan, sp.zoo, sp.oo) or factor == 0 or not _is_finite(factor):
        return None
    denominator = sp.denom(sp.together(factor))
    if known(denominator, claim.domain).is_nonzero is not True:
        return None
    names = free_names(equation.left) | free_names(equation.right)
    wider = claim.domain.extended({n: s for n, s in equation.domain.sets.items() if n in names})
    return Identity(ours, factor * theirs, wider)


def _is_finite(factor: Any) -> bool:
    """Whether nothing but a denominator can make a factor infinite: it must be finite where the equation holds."""
    return all(isinstance(f, (*ENTIRE, AppliedUndef)) for f in factor.atoms(sp.Function))


def _replaced(claim: Identity, equations: Equations, held: Names) -> Identity | None:
    left, right = worked_out(claim.left), worked_out(claim.right)
    before = (left, right)
    for equation in equations:
        for atom, value in ((equation.left, equation.right), (equation.right, equation.left)):
            if isinstance(atom, AppliedUndef | sp.Derivative) and not value.has(atom):
                if _captured(left, equation, held) or _captured(right, equation, held):
                    return None
                left, right = left.xreplace({atom: value}), right.xreplace({atom: value})
                break
    if (left, right) == before:
        return None
    wider = claim.domain
    for equation in equations:
        wider = wider.extended({n: s for n, s in equation.domain.sets.items() if n not in wider.sets})
    return Identity(left, right, wider)


def _captured(expression: Any, equation: Identity, held: Names) -> bool:
    """Whether something binds a name of the equation beyond the values for which the equation holds."""
    names = free_names(equation.left) | free_names(equation.right)
    held = held | held_names([equation])
    limits = [limit for node in expression.atoms(ExprWithLimits) for limit in node.limits]
    binders = set().union(*(node.bound_names for node in expression.atoms(Binder)))
    slopes = {v for node in expression.atoms(sp.Derivative) for v in node.variables}
    bound = {limit.args[0] for limit in limits} | binders
    if (bound | slopes) & held or slopes & (names - varying(equation.domain)) or binders & set(for_all(equation)):
        return True
    return not all(_within(limit, equation) for limit in limits if limit.args[0] in for_all(equation))


def _within(limit: Any, equation: Identity) -> bool:
    """Whether the range of an integral lies in the set for which the equation holds."""
    name, *ends = limit.args
    if len(ends) != 2 or not all(end.is_number for end in ends):
        return False
    chosen = equation.domain.sets[name]
    return name in varying(equation.domain) and sp.Interval.open(*ends).is_subset(chosen) is True


def for_all(premise: Statement) -> tuple[sp.Symbol, ...]:
    """The symbols for every value of which a premise holds: the arguments of its undetermined functions."""
    functions = set().union(*(e.atoms(AppliedUndef) for e in premise.expressions()))
    return tuple(sorted({a for f in functions for a in f.args if isinstance(a, sp.Symbol)}, key=str))


def held_names(premises: Iterable[Statement]) -> Names:
    """Names that premises hold for certain values of only: all but the arguments of undetermined functions."""
    held: set[Any] = set()
    for premise in premises:
        held |= set().union(*(free_names(e) for e in premise.expressions())) - set(for_all(premise))
    return frozenset(held)


def _with(expression: Any, solved: Sequence[Solved]) -> Any:
    """The expression with what was solved put in, so that a later equation is solved for another symbol."""
    for found in solved:
        if found.symbol not in found.value.free_symbols:
            expression = expression.xreplace({found.symbol: found.value})
    return expression


def _names(statement: Statement) -> set[sp.Basic]:
    names = set().union(*(free_names(e) for e in statement.expressions()))
    functions = set().union(*(e.atoms(AppliedUndef) for e in statement.expressions()))
    return names | {sp.Symbol(f"function {f.func}") for f in functions}  # pyright: ignore[reportAttributeAccessIssue]
