"""Proportionality is an equation once the constant is known: the quotient at a point where neither side is zero."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Counterexample, Evidence
from derivations.engine.routes.certificates.nonzero import nonzero
from derivations.engine.routes.enclosed import ENGINE
from derivations.engine.routes.enclosures.balls import UnknownError, ball, precision
from derivations.engine.routes.enclosures.points import Frame, TooLargeError
from derivations.engine.routes.exact import determined, normal_form, with_tower
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.sampling import points
from theory.domain import Assignment, Domain
from theory.statements import Proportional
from theory.sums import free_names, unfold

BITS = 170
REFERENCES = 8
CHECKS = 3
LONGEST_CONSTANT = 80
Entry = tuple[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Both sides of one entry where the variables have fixed values: their quotient is the constant."""

    left: Any
    right: Any
    place: str


def examine(statement: Proportional, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence on left = c right, with c the quotient of both sides at the reference point."""
    claim = claim_hash(statement)
    vanishing = _vanishing(statement, claim, seed)
    if vanishing is not None:
        return (vanishing,)
    found = _reference(statement, seed)
    if isinstance(found, str):
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=found),)
    entries, constant = _entries(statement), _constant(found, statement.domain)
    said = f"the constant {constant}" if len(str(constant)) <= LONGEST_CONSTANT else "a long constant"
    task = Task(
        pairs=[(left, constant * right) for left, right in entries], domain=statement.domain, claim=claim,
        technique=f"{said}, by the quotient {found.place}",
        notes=(f"right times {said}, which is the quotient {found.place}",) * len(entries),
    )  # fmt: skip
    return tuple(_guarded(e, constant, statement.domain) for e in equations(task, deadline, seed))


def _entries(statement: Proportional) -> list[Entry]:
    if isinstance(statement.left, sp.MatrixBase):
        return list(zip(statement.left.flat(), statement.right.flat(), strict=True))
    return [(statement.left, statement.right)]


def _vanishing(statement: Proportional, claim: str, seed: int) -> Evidence | None:
    """A left side that is zero has the constant zero, if the right side is not."""
    if statement.left != statement.left * 0:
        return None
    for point in islice(points(statement.domain, random.Random(seed)), CHECKS):
        for place, (_, right) in enumerate(_entries(statement)):
            there = _ball(right, point)
            if there is not None and not there.contains(acb(0)):
                values = tuple(sorted(point.values.items(), key=lambda item: str(item[0])))
                note = "the constant is zero" if place == 0 else f"entry {place + 1}; the constant is zero"
                found = Counterexample(values=values, left="0", right=there.str(15, radius=False), note=note)
                return Evidence(route="enclosed", outcome="refutes", engine=ENGINE, claim=claim, counterexample=found)
    return None


def _reference(statement: Proportional, seed: int) -> Reference | str:
    """Values of the variables at which neither side of some entry is zero, or why there are none."""
    tied = _tied(statement)
    if tied:
        return f"the domain ties {tied} to what the constant may depend on"
    checks = list(islice(points(statement.domain, random.Random(seed + 1)), CHECKS))
    for point in _candidates(statement.domain, seed):
        for left, right in _entries(statement):
            sides = [_fixed(side, statement, point) for side in (left, right)]
            if all(_certainly_not_zero(side, check) for side in sides for check in checks):
                return Reference(left=sides[0], right=sides[1], place=_place(statement, point))
    return "no point was found at which neither side is zero"


def _tied(statement: Proportional) -> str:
    """A variable whose set or constraints hold a name that is no variable: a fixed value may leave the domain."""
    domain, variables = statement.domain, set(statement.variables)
    others = set(domain.sets) - variables
    for name in domain.sets:
        names = set().union(*(free_names(a) for a in domain.sets[name].args))
        if (name in variables and names & others) or (name in others and names & variables):
            return str(name)
    for constraint in domain.constraints:
        names = free_names(constraint) & set(domain.sets)
        if names & variables and names & others:
            return str(constraint)
    return ""


def _candidates(domain: Domain, seed: int) -> Iterator[Assignment]:
    simple = domain.sample(random.Random(0), simple=True)
    return chain([simple], islice(points(domain, random.Random(seed + 2)), REFERENCES))


def _fixed(side: Any, statement: Proportional, point: Assignment) -> Any:
    """A side with the variables at their values, every entry of a family at the same one."""
    side = determined(side, statement.domain)
    for name in statement.variables:
        if isinstance(name, sp.IndexedBase):
            for atom in [a for a in side.atoms(sp.Indexed) if a.base == name]:
                slots = [sp.Dummy(integer=True) for _ in atom.indices]
                first = name[tuple(sp.Integer(1) for _ in slots)]
                side = unfold(side, name[tuple(slots)], point(first))
        else:
            side = unfold(side, name, point(name))
    return side


def _place(statement: Proportional, point: Assignment) -> str:
    given = {str(n): point(n) for n in statement.variables if isinstance(n, sp.Symbol)}
    return "at " + ", ".join(f"{n} = {v}" for n, v in given.items()) if given else "in one entry"


def _certainly_not_zero(side: Any, point: Assignment) -> bool:
    there = _ball(side, point)
    return there is not None and not there.contains(acb(0))


def _ball(side: Any, point: Assignment) -> acb | None:
    try:
        with precision(BITS):
            there = ball(side, Frame(free=point))
    except (UnknownError, TooLargeError, ValueError, ZeroDivisionError):
        return None
    return there if there.is_finite() else None


def _constant(found: Reference, domain: Domain) -> Any:
    """The quotient at the reference point, in normal form where it has one."""
    try:
        return normal_form(found.left / found.right, domain)
    except (UnsupportedError, ValueError):
        return found.left / found.right


def _guarded(evidence: Evidence, constant: Any, domain: Domain) -> Evidence:
    """A proof of the equation is one of the claim if the constant is nowhere zero and nowhere infinite."""
    if evidence.outcome != "proves" or not free_names(constant):
        return evidence
    try:
        safe = with_tower(domain, lambda tower: nonzero(tower, tower.convert(constant)))
    except UnsupportedError:
        safe = False
    if safe:
        return evidence
    reason = f"it is not proved that the constant {constant} is always finite and not zero"
    return replace(evidence, outcome="undecided", technique="", reason=reason)
