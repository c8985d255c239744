"""Limits by series of scales: a proof for all values of the parameters, and the limit at each single point."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.routes import exact
from derivations.engine.routes.asymptotics.approach import approaches
from derivations.engine.routes.asymptotics.cases import by_cases, exceptions, given, interval
from derivations.engine.routes.asymptotics.limit import limit_of
from derivations.engine.routes.asymptotics.scale import UnknownScaleError
from derivations.engine.routes.asymptotics.signs import Signs, UndecidedSignError
from derivations.engine.routes.enclosures.balls import UnknownError
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.averages import ConfigurationSum, OverlapIntegral
from theory.domain import Assignment, Domain
from theory.drawing import draw
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
    return None if statement.value.has(statement.variable) else statement.domain.without(statement.variable)


def proof(statement: LimitStatement, domain: Domain, claim: str) -> Evidence:
    """The exact route: the limit in each case of the parameters equals the claimed value there."""
    start = time.perf_counter()
    outcome, reason, used = "undecided", "", {TECHNIQUE}
    try:
        cases = by_cases(domain, lambda signs: at_signs(statement, signs))
        techniques = [_equal(found, statement.value, signs) for signs, found in cases]
        outcome = "proves" if all(techniques) else "undecided"
        reason = "" if all(techniques) else "the limit is not seen to be the claimed value"
        used |= set(techniques) | ({f"{len(cases)} cases"} if len(cases) > 1 else set())
    except (UnknownScaleError, UndecidedSignError, UnsupportedError, ValueError) as error:
        reason = str(error)
    return Evidence(
        route="exact", outcome=outcome, technique="; ".join(sorted(used)) if not reason else "", engine=exact.ENGINE,
        seconds=time.perf_counter() - start, claim=claim, reason=reason,
    )  # fmt: skip


def at_signs(statement: LimitStatement, signs: Signs) -> Any:
    """The limit, where it is the same for all parameters with these signs."""
    side = 1 if statement.direction == "+" else -1
    expression, point = (given(part, signs) for part in (statement.expression, statement.point))
    return limit_of(expression, statement.variable, point, side, signs)


def _equal(found: Any, value: Any, signs: Signs) -> str:
    if found.is_infinite or value.is_infinite:
        return "an infinite limit" if found == value else ""
    sides = [signs.resolved(given(side, signs)) for side in (found, value)]
    return exact.equal(sides[0], sides[1], signs.domain)


def special_points(
    domain: Domain, seed: int, expressions: tuple[Any, ...], work: Callable[[Signs], Any]
) -> Iterator[Assignment]:
    """Points at which the answer may be another one, and all has a meaning.

    Those at which a sign that ``work`` asks for changes, and those at which one parameter is 0, 1 or -1, at a closed
    end of its interval, or equal to another one. None where configurations are summed: written out at any sizes,
    they are too many.
    """
    if any(e.has(ConfigurationSum, OverlapIntegral) for e in expressions):
        return
    rng = random.Random(seed)
    for fixed in (*exceptions(domain, work), *_special_values(domain)):
        try:
            point = domain.sample(rng, fixed=fixed)
            meant = not any(unroll(e, point).has(sp.nan, sp.zoo) for e in expressions)
        except ValueError:  # no such point, or a derivative that cannot be written at one
            continue
        if meant:
            yield point


def _special_values(domain: Domain) -> Iterator[dict[Any, Any]]:
    sets = {n: s for n, s in ((n, interval(s)) for n, s in domain.sets.items()) if isinstance(n, sp.Symbol)}
    real = {n: s for n, s in sets.items() if isinstance(s, sp.Interval) and not s.free_symbols}
    for name, chosen in real.items():
        for value in (*SPECIAL, chosen.start, chosen.end):
            if value.is_Rational and chosen.contains(value) == sp.true:
                yield {name: value}
    for first, second in combinations(real, 2):
        value = (
            draw(real[first].intersect(real[second]), random.Random(0), simple=True)
            if _meet(real, first, second)
            else None
        )
        if value is not None:
            yield {first: value, second: value}


def _meet(real: dict[Any, Any], first: Any, second: Any) -> bool:
    return isinstance(real[first].intersect(real[second]), sp.Interval)
