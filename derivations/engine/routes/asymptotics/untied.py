"""A claim about a neighborhood where its domain ties other names to the variable: they move with it.

Where the domain says ``y = g(x)``, an expansion or a limit in x sees g(x) and not a fixed y. The set of y then holds
only where g(x) lies in it; a refutation counts where that is certain close to the point.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.evidence import Evidence
from theory.domain import Domain
from theory.statements import Statement
from theory.sums import unfold

S = TypeVar("S", bound=Statement)
CLOSE = sp.Rational(1, 10**6)
Examiner = Callable[[Any, float, int], tuple[Evidence, ...]]


def moving(domain: Domain, variables: set[Any]) -> list[tuple[Any, Any]]:
    """What the domain says of names that depend on the variables, in terms of the variables."""
    found: list[tuple[Any, Any]] = []
    waiting = domain.equations()
    while joined := [(n, v) for n, v in waiting if v.free_symbols & (variables | {n for n, _ in found})]:
        found += joined
        waiting = [pair for pair in waiting if pair not in joined]
    return found


def examined_untied(
    statement: Any, variables: set[Any], point: Any, examiner: Examiner, deadline: float, seed: int
) -> tuple[Evidence, ...]:
    """The evidence of an examiner, with names that move with the variables replaced by what they are."""
    ties = moving(statement.domain, variables)
    if not ties and not any(name in variables for name, _ in statement.domain.equations()):
        return examiner(statement, deadline, seed)
    claim = claim_hash(statement)
    fixed = [n for n, _ in statement.domain.equations() if n in variables]
    names = {n for n, _ in ties}
    implicit = any(_in_variables(v, ties).free_symbols & names for _, v in ties)
    if fixed or implicit or not all(isinstance(n, sp.Symbol) for n in names):
        reason = (
            f"the domain ties {fixed[0] if fixed else ties[0][0]} to other names, in a way that is not followed here"
        )
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=reason),)
    found = examiner(_freed(statement, ties), deadline, seed)
    certain = all(_stays_inside(_in_variables(v, ties), statement.domain.sets[n], variables, point) for n, v in ties)
    return tuple(_about(e, claim, certain) for e in found)


def _freed(statement: S, ties: list[tuple[Any, Any]]) -> S:
    names = {n for n, _ in ties}
    parts = {
        field: _in_variables(getattr(statement, field), ties)
        for field in ("left", "right", "expression", "value")
        if hasattr(statement, field)
    }
    sets = {n: s for n, s in statement.domain.sets.items() if n not in names}
    kept = [_in_variables(c, ties) for c in statement.domain.constraints if c.args[0] not in names]
    return statement.replaced(**parts, domain=Domain(sets, kept))


def _in_variables(expression: Any, ties: list[tuple[Any, Any]]) -> Any:
    for _ in ties:
        for name, value in ties:
            expression = unfold(expression, name, value)
    return expression


def _stays_inside(value: Any, chosen: sp.Set, variables: set[Any], point: Any) -> bool:
    """Whether a name is certain to lie in its set close to the point; never where other symbols decide it."""
    if chosen == sp.S.Reals:
        return True
    if len(variables) != 1 or value.free_symbols - variables or not isinstance(chosen, sp.Interval):
        return False
    (variable,) = variables
    steps = [point + CLOSE / 4**k if point.is_finite else sp.sign(point) * 4**k / CLOSE for k in range(4)]
    values = [sp.N(value.subs(variable, step), 30) for step in steps]
    return all(v.is_Float and chosen.interior.contains(v) == sp.true for v in values)


def _about(evidence: Evidence, claim: str, certain: bool) -> Evidence:
    if evidence.outcome != "refutes" or certain:
        return replace(evidence, claim=claim)
    reason = "it fails, but the names that move with the variable may leave their sets there"
    return replace(evidence, claim=claim, outcome="undecided", counterexample=None, reason=reason)
