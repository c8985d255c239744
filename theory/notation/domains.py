"""From conditions to a domain, and to the symbols it declares, with the assumptions that their sets allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.notation.build import Builder
from theory.notation.conditions import Between, Steps, parse_conditions
from theory.notation.errors import NotationError
from theory.notation.facts import Facts, Tie
from theory.notation.scope import Scope, suggestion
from theory.notation.syntax import Entry, Name
from theory.sums import free_names
from theory.symbols import family


@dataclass(frozen=True, kw_only=True)
class Declarations:
    """A domain, and what the names in its conditions stand for."""

    domain: Domain = field(default_factory=lambda: Domain({}))
    names: dict[str, Any] = field(default_factory=dict)

    def scope(self) -> Scope:
        """A fresh scope in which these names are known."""
        return Scope(names=self.names)


RELATIONS: dict[str, Any] = {"<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "=": sp.Eq, "!=": sp.Ne}


def read_domain(*texts: str) -> Declarations:
    """What some lists of conditions declare, as ``beta > 0, x in (-3, 3), L in 1..8, f function``.

    Every symbol gets the assumptions that its set allows (positive, integer, real …). Conditions on one symbol
    add up.

    Raises
    ------
    NotationError
        At the character where a condition cannot be read, or contradicts another.
    """
    facts = Facts()
    for text in texts:
        builder = Builder(text)
        for condition in parse_conditions(text):
            facts.note(builder, condition)
    _determine(facts)
    names = {**{f: sp.Function(f) for f in sorted(facts.functions)}, **_symbols(facts)}
    scope = Scope(names=names)
    sets = {names[n]: s for n, s in facts.sets.items()}
    sets |= {names[n]: _range(builder, node, scope) for n, (builder, node) in facts.ranges.items()}
    constraints = [c for tie in facts.ties if (c := _constraint(tie, scope)) is not None]
    return Declarations(domain=_domain(facts, sets, constraints), names=names)


def _determine(facts: Facts) -> None:
    """A symbol that an equation determines is real where nothing else is said of it."""
    for tie in facts.ties:
        if tie.sign == "=" and isinstance(tie.left, Name | Entry):
            name = tie.left.name
            if name not in facts.sets and name not in facts.ranges:
                facts.families.setdefault(name, len(tie.left.indices) if isinstance(tie.left, Entry) else 0)
                facts.places.setdefault(name, (tie.builder, tie.left))
                facts.sets[name] = sp.S.Reals
    for name in facts.ranges:
        if name in facts.sets:
            builder, node = facts.places[name]
            builder.refuse(f"expected one set for {name}: write all of it as bounds, as in 0 < x, x < a", node)


def _symbols(facts: Facts) -> dict[str, Any]:
    made = {}
    for name in (*facts.sets, *facts.ranges):
        assumed = assumptions(facts.sets[name]) if name in facts.sets else _assumed_of_range(*facts.ranges[name])
        made[name] = family(name, **assumed) if facts.families.get(name) else sp.Symbol(name, **assumed)
    return made


def assumptions(chosen: sp.Set) -> dict[str, bool]:
    """What SymPy may assume of every member of a set of real numbers.

    >>> assumptions(sp.Interval.open(0, 1))
    {'real': True, 'positive': True}
    """
    kind = {"integer": True} if chosen.is_subset(sp.S.Integers) else {"real": True}
    return {**kind, **_sign(chosen.inf, chosen.sup, chosen.contains(sp.S.Zero) != sp.false)}


def _sign(low: Any, high: Any, zero: bool) -> dict[str, bool]:
    if low >= 0:
        return {"nonnegative": True} if zero else {"positive": True}
    if high <= 0:
        return {"nonpositive": True} if zero else {"negative": True}
    return {} if zero else {"nonzero": True}


def _assumed_of_range(builder: Builder, node: Between | Steps) -> dict[str, bool]:
    """Of a set with names in its ends: the kind of number, and the sign where the lower end is a number."""
    scope = Scope()
    low = builder.end(node.low, scope)
    kind = {"integer": True} if isinstance(node, Steps) else {"real": True}
    if scope.missing or not low.is_nonnegative:
        return kind
    open_there = isinstance(node, Between) and node.brackets[0] == "("
    return {**kind, ("positive" if low.is_positive or open_there else "nonnegative"): True}


def _range(builder: Builder, node: Between | Steps, scope: Scope) -> sp.Set:
    low, high = builder.end(node.low, scope), builder.end(node.high, scope)
    _require_declared(builder, scope)
    kind = "real numbers" if isinstance(node, Between) else "integers"
    for end, where in ((low, node.low), (high, node.high)):
        if not (end.is_infinite or (end.is_real if isinstance(node, Between) else end.is_integer)):
            builder.refuse(f"expected {kind} as ends, found {end}", where)
    if isinstance(node, Between):
        return sp.Interval(low, high, node.brackets[0] == "(", node.brackets[1] == ")")
    if low.is_infinite:
        builder.refuse("expected a number as the lower end; write bounds, as in `i integer, i <= n`", node.low)
    return sp.Range(low, high + 1)


def _constraint(tie: Tie, scope: Scope) -> Any:
    """A relation of the domain, or None if the sets imply it already."""
    inner = scope
    for index in tie.left.indices if isinstance(tie.left, Entry) and tie.sign == "=" else ():
        if isinstance(index, Name):
            inner = inner.inside(index.name, sp.Symbol(index.name, integer=True))
    left, right = (tie.builder.scalar(n, inner) for n in (tie.left, tie.right))
    _require_declared(tie.builder, inner)
    relation = RELATIONS[tie.sign](left, right)
    if relation == sp.false:
        tie.builder.refuse("expected a condition that can hold, found one that never does", tie.left)
    return None if relation == sp.true else relation


def _require_declared(builder: Builder, scope: Scope) -> None:
    if scope.missing:
        raise undeclared(builder.text, scope)


def undeclared(text: str, scope: Scope) -> NotationError:
    """The error about every name that was used and not declared, at the first of them."""
    first = min(scope.missing, key=lambda name: scope.missing[name])
    names = ", ".join(f"`{n}`" for n in sorted(scope.missing, key=lambda name: scope.missing[name]))
    hint = suggestion(first, scope.names, called=False)
    plural = len(scope.missing) > 1
    problem = (
        f"{names} {'have' if plural else 'has'} no domain; say what {'they range' if plural else 'it ranges'} over, "
        f"as in --where '{first} > 0' or '{first} real'" + (f"; {hint}" if hint else "")
    )
    return NotationError(problem, text, scope.missing[first])


def concerning(domain: Domain, *expressions: sp.Basic) -> Domain:
    """The part of a domain that can matter for some expressions.

    A constraint, or a set with names in its ends, ties names together: all that is tied to a name in the
    expressions, directly or through others, is kept.
    """
    ties = [free_names(c) for c in domain.constraints]
    ties += [{n} | set().union(*(free_names(a) for a in s.args)) for n, s in domain.sets.items() if s.free_symbols]
    names = set().union(*(free_names(e) for e in expressions))
    while grown := set().union(*(tie for tie in ties if tie & names)) - names:
        names |= grown
    kept = {n: s for n, s in domain.sets.items() if n in names}
    return Domain(kept, [c for c in domain.constraints if free_names(c) & names])


def _domain(facts: Facts, sets: dict[Any, Any], constraints: list[Any]) -> Domain:
    try:
        return Domain(sets, constraints)
    except (TypeError, ValueError) as error:
        builder, node = next(iter(facts.places.values()))
        raise NotationError(str(error), builder.text, node.position) from error
