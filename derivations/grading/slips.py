"""Wrong versions of whole statements, by their kind: in either side, in the order, the direction, the point."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import sympy as sp

from derivations.engine.mutation import Slip, mutants, mutated_part
from theory.statements import (
    EnsembleMean,
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Statement,
    Stationarity,
)

Attempt = tuple[str, str, Callable[[], Statement]]
"""Kind and text of a slip, and what makes the statement: validation takes time, and few attempts are wanted."""


def slips_of(statement: Statement, rng: random.Random) -> Iterator[Slip]:
    """Statements with one slip, no two alike, in random order but every kind of slip before one comes again."""
    seen = {_content(statement)}
    for kind, text, make in _in_turns(_attempts(statement), rng):
        try:
            changed = make()
        except (ValueError, TypeError, ZeroDivisionError):
            # The slip leaves no statement at all, as 1/0 or an entry that is not finite: there is nothing to grade.
            continue
        if _content(changed) not in seen:
            seen.add(_content(changed))
            yield Slip(kind, text, changed)


def _in_turns(attempts: Iterator[Attempt], rng: random.Random) -> Iterator[Attempt]:
    queues: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        queues.setdefault(attempt[0], []).append(attempt)
    for queue in queues.values():
        rng.shuffle(queue)
    while queues:
        for kind in rng.sample(sorted(queues), len(queues)):
            yield queues[kind].pop()
            if not queues[kind]:
                del queues[kind]


def _attempts(statement: Statement) -> Iterator[Attempt]:
    found = [make for kind, make in SLIPS.items() if isinstance(statement, kind)]
    return found[0](statement) if found else _in(statement, *([statement.claimed] if statement.claimed else []))


def _content(statement: Statement) -> tuple[Any, ...]:
    """All that a statement says, over a given domain."""
    return tuple(getattr(statement, f.name) for f in fields(statement) if f.name != "domain")


def _in(statement: Statement, *parts: str) -> Iterator[Attempt]:
    for part in parts:
        for kind, text, changed in mutated_part(getattr(statement, part)):
            replacement = {part: changed}
            yield kind, f"{text} ({part})", lambda replacement=replacement: statement.replaced(**replacement)


def _expansion(statement: Expansion) -> Iterator[Attempt]:
    yield from _in(statement, "left", "right")
    yield "order", "order one higher", lambda: statement.replaced(order=statement.order + 1)


def _limit(statement: LimitStatement) -> Iterator[Attempt]:
    yield from _in(statement, "expression", "value")
    if statement.point.is_finite:
        other = "-" if statement.direction == "+" else "+"
        yield "direction", "the other side", lambda: statement.replaced(direction=other)
        yield "limits", "point one further", lambda: statement.replaced(point=statement.point + 1)


def _inequality(statement: Inequality) -> Iterator[Attempt]:
    yield from _in(statement, "left", "right")
    other = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}[statement.relation]
    yield "direction", "relation reversed", lambda: statement.replaced(relation=other)


def _definite(statement: PositiveDefinite) -> Iterator[Attempt]:
    yield from _in(statement, "matrix")
    condition = statement.condition
    if isinstance(condition, sp.core.relational.Relational):
        yield "condition", "condition reversed", lambda: statement.replaced(condition=condition.negated)
        for kind, text, changed in mutants(condition.args[1]):
            bound: Any = condition.func(condition.args[0], changed)
            yield kind, f"{text} (condition)", lambda bound=bound: statement.replaced(condition=bound)


SLIPS: dict[type[Statement], Callable[[Any], Iterator[Attempt]]] = {
    Identity: lambda statement: _in(statement, "left", "right"),
    Expansion: _expansion,
    LimitStatement: _limit,
    Stationarity: lambda statement: _in(statement, "action", "at"),
    PositiveDefinite: _definite,
    Inequality: _inequality,
    EqualUpToTotalDerivative: lambda statement: _in(statement, "left", "right"),
    EnsembleMean: lambda statement: _in(statement, "expression", "value"),
}
"""A kind that is not named here is changed in the part where it says that its claim lies."""
