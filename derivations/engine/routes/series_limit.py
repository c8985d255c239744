"""Limits by series of scales: a proof for all values of the parameters, and the limit at each single point."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import exact
from derivations.engine.routes.asymptotics.approach import approaches
from derivations.engine.routes.asymptotics.cases import by_cases, interval, settled
from derivations.engine.routes.asymptotics.limit import limit_of
from derivations.engine.routes.asymptotics.scale import UnknownScaleError
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from derivations.engine.routes.balls import UnknownError
from derivations.engine.routes.field import UnsupportedError
from theory.domain import Assignment, Domain
from theory.statements import LimitStatement
from theory.sums import unroll

TECHNIQUE = "series of scales"
SPECIAL = (sp.S.Zero, sp.S.One, sp.S.NegativeOne)
"""Values of a parameter at which a limit may be another one."""


@dataclass(frozen=True)
class AtPoints:
    """The equation of a limit at one point of the parameters: the limit there, and what is claimed."""

    statement: LimitStatement

    def __call__(self, point: Assignment) -> list[tuple[Any, Any]]:
        """The limit found at the point against the claimed value.

        Raises
        ------
        UnknownError
            If there is no series, or the values on the way do not approach what it gives.
        """
        s = self.statement
        parts = [unroll(part, point) for part in (s.expression, s.value, s.point)]
        side = 1 if s.direction == "+" else -1
        try:
            found = limit_of(parts[0], s.variable, parts[2], side, Signs())
        except (UnknownScaleError, UndecidedSignError) as error:
            raise UnknownError(str(error)) from None
        if not approaches(parts[0], s.variable, parts[2], side, found):
            raise UnknownError(f"the values on the way are not seen to approach {found}")
        return [(found, parts[1])]


def parameters(statement: LimitStatement) -> Domain | None:
    """The domain without the variable; None where something else depends on the variable."""
    return None if statement.value.has(statement.variable) else without(statement.domain, statement.variable)


def without(domain: Domain, name: sp.Symbol) -> Domain | None:
    """A domain without one of its names; None where something else depends on that name."""
    others = {n: s for n, s in domain.sets.items() if n != name}
    if any(name in s.free_symbols for s in (*others.values(), *domain.constraints)):
        return None
    return Domain(others, domain.constraints)


def proof(statement: LimitStatement, domain: Domain, claim: str) -> Evidence:
    """The exact route: the limit in each case of the parameters equals the claimed value there."""
    start = time.perf_counter()
    outcome, reason, used = "undecided", "", {TECHNIQUE}
    try:
        side = 1 if statement.direction == "+" else -1
        cases = by_cases(domain, lambda signs: _limit(statement, side, signs))
        techniques = [_equal(found, statement.value, part) for part, found in cases]
        outcome = "proves" if all(techniques) else "undecided"
        reason = "" if all(techniques) else "the limit is not seen to be the claimed value"
        used |= set(techniques) | ({f"{len(cases)} cases"} if len(cases) > 1 else set())
    except (UnknownScaleError, UndecidedSignError, UnsupportedError, ValueError) as error:
        reason = str(error)
    return Evidence(
        route="exact", outcome=outcome, technique="; ".join(sorted(used)) if not reason else "", engine=exact.ENGINE,
        seconds=time.perf_counter() - start, claim=claim, reason=reason,
    )  # fmt: skip


def _limit(statement: LimitStatement, side: int, signs: Signs) -> Any:
    known = settled(signs.domain)
    expression, point = (part.xreplace(known) for part in (statement.expression, statement.point))
    return limit_of(expression, statement.variable, point, side, signs)


def _equal(found: Any, value: Any, domain: Domain) -> str:
    if found.is_infinite or value.is_infinite:
        return "an infinite limit" if found == value else ""
    known = settled(domain)
    return exact.equal(found.xreplace(known), value.xreplace(known), domain)


def special_points(domain: Domain, seed: int) -> Iterator[Assignment]:
    """Points at which one parameter is 0, 1 or -1, or at a closed end of its interval."""
    rng = random.Random(seed)
    for name, chosen in ((n, interval(s)) for n, s in domain.sets.items()):
        if not isinstance(name, sp.Symbol) or not isinstance(chosen, sp.Interval) or chosen.free_symbols:
            continue
        for value in (*SPECIAL, chosen.start, chosen.end):
            if value.is_Rational and chosen.contains(value) == sp.true:
                try:
                    yield domain.sample(rng, fixed={name: value})
                except ValueError:
                    continue
