"""A limit is an equation between the limit that was found, by continuity or by a series, and the claimed value."""

from __future__ import annotations

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.equations import Task, equations
from derivations.engine.evidence import Evidence
from derivations.engine.routes.asymptotics import series_limit, substitution
from derivations.engine.routes.asymptotics.closed_sums import closed
from derivations.engine.routes.asymptotics.smooth import SMOOTH
from derivations.engine.routes.asymptotics.untied import examined_untied
from derivations.engine.routes.enclosures.switches import factors
from derivations.engine.verdict import HOLDING, status_of
from theory.statements import LimitStatement
from theory.sums import Binder

DECIDED = HOLDING | {"refuted"}
NOTE = "the limit of the expression, against the claimed one"


def examine(statement: LimitStatement, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """By a series, which knows every value of the parameters; else by continuity, which is seen at some of them."""
    return examined_untied(statement, {statement.variable}, statement.point, _examined, deadline, seed)


def _examined(statement: LimitStatement, deadline: float, seed: int) -> tuple[Evidence, ...]:
    claim = claim_hash(statement)
    found: tuple[Evidence, ...] = ()
    if not statement.expression.has(*SMOOTH, Binder):
        # Sums over configurations are written out at every point: they are left to the route that keeps them whole.
        found = _by_series(statement, claim, deadline, seed)
        if status_of(found) in DECIDED:
            return found
    resolved = substitution.resolve(statement, seed)
    if resolved.pairs:
        task = Task(
            pairs=list(resolved.pairs), domain=resolved.domain, claim=claim, technique=resolved.technique, notes=(NOTE,)
        )
        return equations(task, deadline, seed)
    found = found or _by_series(statement, claim, deadline, seed)
    if status_of(found) in DECIDED:
        return found
    return (Evidence(route="exact", outcome="undecided", claim=claim, reason=resolved.reason), *found)


def _by_series(statement: LimitStatement, claim: str, deadline: float, seed: int) -> tuple[Evidence, ...]:
    domain = series_limit.parameters(statement)
    if domain is None:
        reason = "something else depends on the variable of the limit"
        return (Evidence(route="exact", outcome="undecided", claim=claim, reason=reason),)
    statement = statement.replaced(expression=closed(statement.expression, statement.variable, statement.domain))
    task = Task(
        pairs=[], domain=domain, claim=claim, source=series_limit.AtPoints(statement), notes=(NOTE,),
        forms=[(statement.expression, statement.value), *((sp.sign(f), f) for f in factors(statement.expression))],
        proof=lambda: series_limit.proof(statement, domain, claim),
        first=tuple(
            series_limit.special_points(
                domain, seed, (statement.expression, statement.value), lambda s: series_limit.at_signs(statement, s)
            )
        ),
    )  # fmt: skip
    return equations(task, deadline, seed)
