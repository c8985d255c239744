"""What each kind of statement says at one point, read off in numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from mpmath import mp

from derivations.evaluation.meanings import MEANINGS
from derivations.evaluation.moderate_points import undetermined
from derivations.grading.ensembles import mean
from derivations.grading.moving import move_within
from derivations.grading.torus import change_of_integral
from derivations.oracles.evaluated import Value, condition, evaluator
from derivations.oracles.summation import UnansweredError, differentiated, integrated, whole
from theory.statements import (
    EnsembleMean,
    EqualUpToTotalDerivative,
    Expansion,
    Identity,
    Inequality,
    LimitStatement,
    PositiveDefinite,
    Proportional,
    Statement,
    Stationarity,
)

DIGITS = 42
"""Decimal digits in force,"""
NESTED_DIGITS = 34
"""fewer where integrals are nested,"""
AGREEMENT = 25
"""and so many of them must agree."""
DISTANCE = 8
"""Sides that agree to fewer digits than this are different; in between nobody knows."""

CASES = 40
"""For conditions and inequalities."""
GRIDS = (22, 28)
"""Nodes in each coordinate of a torus."""
MOVES = 4
"""Points that are compared for a constant ratio."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A claim as a question about points.

    Attributes
    ----------
    holds
        Whether it holds at a point; None where that cannot be told.
    digits
        The precision it needs.
    functions
        Its undetermined functions, which a point must make concrete.
    cases
        So many times more points are needed, where a claim may fail in a small part of its domain only.
    """

    holds: Callable[[dict[Any, Any]], bool | None]
    digits: int = DIGITS
    functions: tuple[Any, ...] = ()
    cases: int = 1


def compiled(expression: Any) -> Value:
    """The value of an expression at a point, by the oracle."""
    return evaluator(expression, MEANINGS)


def same(first: Any, second: Any) -> bool | None:
    """Whether two numbers are equal: to 25 digits, certainly not, or unknown."""
    if not (mp.isfinite(first) and mp.isfinite(second)):
        return None
    gap, scale = abs(first - second), max(abs(first), abs(second))
    if gap <= scale * mp.mpf(10) ** -AGREEMENT or gap <= mp.mpf(10) ** (8 - mp.dps):
        return True
    return False if gap > scale * mp.mpf(10) ** -DISTANCE and gap > mp.mpf(10) ** (12 - mp.dps) else None


def _all(answers: Any) -> bool | None:
    found = list(answers)
    return False if False in found else None if None in found else True


def _identity(statement: Identity) -> Reading:
    sides = [_entries_of(side) for side in (statement.left, statement.right)]
    values = [[compiled(e) for e in side] for side in sides]
    return Reading(
        holds=lambda point: _all(same(a(point), b(point)) for a, b in zip(*values, strict=True)),
        digits=NESTED_DIGITS if any(_nesting(e) > 1 for side in sides for e in side) else DIGITS,
        functions=undetermined(*sides[0], *sides[1]),
    )


def _entries_of(side: Any) -> list[Any]:
    return side.flat() if isinstance(side, sp.MatrixBase) else [side]


def _nesting(node: Any) -> int:
    """How many integrals lie inside one another."""
    here = len(node.limits) if isinstance(node, sp.Integral) else type(node).__name__ == "GaussianMean"
    return int(here) + max((_nesting(a) for a in node.args), default=0)


def _expansion(statement: Expansion) -> Reading:
    left, right, *about = (compiled(e) for e in (statement.left, statement.right, *statement.point))
    order = float(statement.order)

    def error(point: dict[Any, Any], step: Any) -> Any:
        moved = ((v, _beside(a(point), (k + 2) * step / 2)) for k, (v, a) in enumerate(zip(statement.variables, about)))  # noqa: B905
        there = {**point, **dict(moved)}
        return abs(left(there) - right(there))

    def holds(point: dict[Any, Any]) -> bool | None:
        near, far = error(point, mp.mpf("1e-5")), error(point, mp.mpf("1e-4"))
        noise = mp.mpf(10) ** (10 - mp.dps)
        if near < noise:
            return True if far < noise * 10**10 or near * 10**order < far * 10 else None
        found = mp.log10(far / near) if far else mp.mpf(0)
        return bool(found > order - 0.3) if abs(found - order + 0.5) > 0.2 else None

    functions = undetermined(statement.left, statement.right)
    return Reading(holds=holds, digits=40 + 6 * (int(order) + 3), functions=functions)


def _beside(about: Any, step: Any) -> Any:
    """A place above a point; near infinity its inverse is the step."""
    return mp.sign(about) / step if mp.isinf(about) else about + step


def _limit(statement: LimitStatement) -> Reading:
    expression, value, point_ = (compiled(e) for e in (statement.expression, statement.value, statement.point))

    def place(point: dict[Any, Any], power: int) -> Any:
        target = point_(point)
        if mp.isinf(target):
            return mp.sign(target) * mp.mpf(10) ** power
        return target + (1 if statement.direction == "+" else -1) * mp.mpf(10) ** -power

    def holds(point: dict[Any, Any]) -> bool | None:
        aim = value(point)
        errors = [abs(expression({**point, statement.variable: place(point, k)}) - aim) for k in (6, 9, 12)]
        return _tends_to_zero(errors, 1 + abs(aim))

    functions = undetermined(statement.expression, statement.value)
    return Reading(holds=holds, digits=70, functions=functions)


def _tends_to_zero(errors: list[Any], scale: Any) -> bool | None:
    first, second, third = errors
    if third < mp.mpf("1e-50") or (third < scale * mp.mpf("1e-5") and third < second / 8 and second < first / 8):
        return True
    if abs(third - second) < third / 100 or third > 8 * second:
        return False
    return None


def _stationarity(statement: Stationarity) -> Reading:
    if statement.constraints or statement.is_functional:
        raise UnansweredError("the oracle takes stationary points without constraints")
    action = compiled(statement.action)
    at = [(name, compiled(v)) for name, v in statement.at]

    def holds(point: dict[Any, Any]) -> bool | None:
        there = dict(point)
        for name, value in at:
            _put(there, name, value)
        return _all(same(1 + _slope(action, there, v), mp.mpf(1)) for v in statement.variables)

    return Reading(holds=holds, functions=undetermined(statement.action))


def _put(point: dict[Any, Any], name: Any, value: Value) -> None:
    """Give a symbol, or every entry of a family, its value."""
    if isinstance(name, sp.Indexed):
        known = dict(point)
        slots = name.indices
        point[name.base] = lambda *i: value({**known, **dict(zip(slots, i, strict=True))})
    else:
        point[name] = value(point)


def _slope(action: Value, point: dict[Any, Any], variable: Any) -> Any:
    if not isinstance(variable, sp.Indexed):
        return differentiated(lambda x: action({**point, variable: x}), (point[variable],), (1,))
    place = tuple(whole(compiled(i)(point)) for i in variable.indices)
    family = point[variable.base]

    def moved(x: Any) -> Any:
        return action({**point, variable.base: lambda *i: x if tuple(map(int, i)) == place else family(*i)})

    return differentiated(moved, (family(*map(mp.mpf, place)),), (1,))


def _definite(statement: PositiveDefinite) -> Reading:
    if statement.rows is not None:
        raise UnansweredError("the oracle takes matrices written out")
    size = statement.matrix.rows
    entries = [compiled(e) for e in statement.matrix]
    applies = condition(statement.condition, compiled)

    def holds(point: dict[Any, Any]) -> bool | None:
        values = [e(point) for e in entries]
        least = min(mp.eigsy(_square(values, size), eigvals_only=True))
        return None if abs(least) < mp.mpf(10) ** -DISTANCE else bool(least > 0) == applies(point)

    return Reading(holds=holds, cases=CASES)


def _square(values: list[Any], size: int) -> Any:
    return mp.matrix([values[size * i : size * (i + 1)] for i in range(size)])


def _inequality(statement: Inequality) -> Reading:
    gap = compiled(statement.gap)

    def holds(point: dict[Any, Any]) -> bool | None:
        value = gap(point)
        if not mp.isfinite(value) or mp.im(value) != 0:
            return None
        if abs(value) < mp.mpf(10) ** -AGREEMENT:
            return None if statement.strict else True
        return bool(mp.re(value) > 0)

    return Reading(holds=holds, functions=undetermined(statement.gap), cases=CASES)


def _ensemble(statement: EnsembleMean) -> Reading:
    expression, value = compiled(statement.expression), compiled(statement.value)
    return Reading(
        holds=lambda point: same(mean(expression, statement.over, point), value(point)),
        functions=undetermined(statement.expression, statement.value),
    )


def _divergence(statement: EqualUpToTotalDerivative) -> Reading:
    """The integral over a line changes by nothing when a field is changed inside it."""
    if len(statement.coordinates) != 1:
        return _on_a_torus(statement)
    (coordinate,), density = statement.coordinates, compiled(statement.left - statement.right)
    fields = [applied.func for applied, _ in statement.fields]

    def difference(point: dict[Any, Any], x: Any) -> Any:
        moved = {f: _moved(point[f], k) for k, f in enumerate(fields)}
        return density({**point, **moved, coordinate: x}) - density({**point, coordinate: x})

    def holds(point: dict[Any, Any]) -> bool | None:
        size = max(abs(difference(point, mp.mpf(x) / 3)) for x in range(-9, 10))
        change = integrated(lambda x: difference(point, x), -mp.inf, mp.inf)
        return same(1 + change / (1 + size), mp.mpf(1))

    return Reading(holds=holds, digits=NESTED_DIGITS, functions=undetermined(*statement.expressions()))


def _on_a_torus(statement: EqualUpToTotalDerivative) -> Reading:
    """Two grids must agree about the integrals before anything is said."""
    change = change_of_integral(statement.left - statement.right, statement.fields, statement.coordinates, compiled)

    def holds(point: dict[Any, Any]) -> bool | None:
        coarse, fine = (change(point, nodes) for nodes in GRIDS)
        error = abs(coarse - fine)
        if abs(fine) > mp.mpf(10) ** -DISTANCE and error < abs(fine) * mp.mpf(10) ** -DISTANCE:
            return False
        return True if max(abs(fine), error) < mp.mpf(10) ** -AGREEMENT else None

    return Reading(holds=holds, digits=NESTED_DIGITS, functions=undetermined(*statement.expressions()))


def _proportional(statement: Proportional) -> Reading:
    """The ratio of the sides is the same for all entries, and at points that differ in the variables."""
    sides = [[compiled(e) for e in _entries_of(side)] for side in (statement.left, statement.right)]
    moves = {v: move_within(statement.domain, v) for v in statement.variables}

    def holds(point: dict[Any, Any]) -> bool | None:
        places = [point, *({**point, **{v: move(point[v], k) for v, move in moves.items()}} for k in range(1, MOVES))]
        left, right = ([value(place) for place in places for value in side] for side in sides)
        largest = max(range(len(right)), key=lambda k: abs(right[k]))
        if abs(right[largest]) < mp.mpf(10) ** -DISTANCE:
            return None
        ratio = left[largest] / right[largest]
        if abs(ratio) < mp.mpf(10) ** -AGREEMENT:
            return False
        return _all(same(a, ratio * b) for a, b in zip(left, right, strict=True))

    return Reading(holds=holds, functions=undetermined(*statement.expressions()))


def _moved(field: Callable[..., Any], place: int) -> Callable[..., Any]:
    return lambda x: field(x) + mp.exp(-((x - (place + 1) * mp.mpf("0.2")) ** 2)) / (place + 2)


READINGS: dict[type[Statement], Callable[[Any], Reading]] = {
    Identity: _identity,
    Expansion: _expansion,
    LimitStatement: _limit,
    Stationarity: _stationarity,
    PositiveDefinite: _definite,
    Inequality: _inequality,
    EnsembleMean: _ensemble,
    EqualUpToTotalDerivative: _divergence,
    Proportional: _proportional,
}
