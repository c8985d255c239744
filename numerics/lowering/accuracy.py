"""The worst error of a lowered function, in units in the last place of the exact value."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from flint import arb, fmpq

from derivations.engine.routes.enclosures.balls import precision
from numerics.lowering.arguments import Argument
from numerics.lowering.probes import Point
from numerics.lowering.reference import PRECISIONS, reference_value

STEP = sp.Rational(1, 2**30)
"""Of an argument, in parts of it: values of 63 bits and more then give a condition number to many digits."""
LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What a measurement found.

    Attributes
    ----------
    max_ulp
        Largest error in units in the last place; infinite where a finite value came out as NaN or infinity, NaN where
        no point had a value to compare with.
    worst_point
        Where, by argument; None if no point had a value.
    n_points
        Points that were compared.
    """

    max_ulp: float
    worst_point: dict[Any, float] | None
    n_points: int


def measured(
    function: Callable[..., Any], expressions: Sequence[Any], arguments: Sequence[Argument], points: Sequence[Point]
) -> Measurement:
    """Compare a function with exact values of expressions at points of its arguments.

    Parameters
    ----------
    expressions
        The entries of the function's value, in the arguments' atoms, as the user wrote them.
    """
    worst, place, count = -1.0, None, 0
    for point, _, _, error in _errors(function, expressions, arguments, points):
        count += 1
        if error > worst:
            worst, place = error, point
    if place is None:
        return Measurement(max_ulp=math.nan, worst_point=None, n_points=0)
    named = {a.atom: x for a, x in zip(arguments, place, strict=True)}
    return Measurement(max_ulp=worst, worst_point=named, n_points=count)


def worst_per_condition(
    function: Callable[..., Any], expressions: Sequence[Any], arguments: Sequence[Argument], points: Sequence[Point]
) -> float:
    """Largest error in units in the last place over max(1, condition number); NaN where nothing could be evaluated."""
    exact_forms, worst = [_without_floats(expression) for expression in expressions], math.nan
    for point, entry, exact, error in _errors(function, expressions, arguments, points):
        condition = _condition(exact_forms[entry], exact, exact_point(arguments, point))
        if condition is not None:
            worst = float(np.fmax(worst, error / max(1.0, condition)))
    return worst


def _condition(expression: Any, exact: arb, point: dict[Any, Any]) -> float | None:
    """The sum of |x df/dx / f|, by differences: some derivatives, as of Bessel functions by their order, have no name.

    At a corner or a step the smaller one of the two sides is taken; whole numbers are not rounded.
    """
    total = 0.0
    for atom, x in point.items():
        if not x or atom.is_integer:
            continue
        sides = (reference_value(expression, {**point, atom: x * (1 + side * STEP)}) for side in (1, -1))
        with precision(PRECISIONS[0]):
            found = [float(abs((value - exact) / exact / _ball(STEP)).mid()) for value in sides if value is not None]
        if not found or exact.contains(0):
            return None
        total += min(found)
    return total


def _ball(value: Any) -> arb:
    return arb(fmpq(int(value.p), int(value.q)))


def _errors(
    function: Callable[..., Any], expressions: Sequence[Any], arguments: Sequence[Argument], points: Sequence[Point]
) -> Iterator[tuple[Point, int, arb, float]]:
    """Each point and entry with a value, that value, and the function's error there."""
    exact_forms = [_without_floats(expression) for expression in expressions]
    for point, values in zip(points, computed(function, points, len(expressions)), strict=True):
        for entry, form in enumerate(exact_forms):
            exact = reference_value(form, exact_point(arguments, point))
            if exact is not None:
                yield point, entry, exact, ulp_error(float(values[entry]), exact)


def _without_floats(expression: Any) -> Any:
    """Floating-point constants as the rationals they are."""
    return expression.xreplace({f: sp.Rational(f) for f in expression.atoms(sp.Float)})


def exact_point(arguments: Sequence[Argument], point: Point) -> dict[Any, Any]:
    """The doubles of a point as the rationals they are, by atom."""
    return {a.atom: sp.Rational(x) for a, x in zip(arguments, point, strict=True)}


def computed(
    function: Callable[..., Any], points: Sequence[Point], n_entries: int = 1
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The function at all points in one call, shape (n_points, n_entries)."""
    columns = [np.array(column) for column in zip(*points, strict=True)]
    with np.errstate(all="ignore"):  # points without a value are among them
        values = np.asarray(function(*columns), dtype=np.float64)
        return np.broadcast_to(values.reshape(-1, n_entries), (len(points), n_entries))


def ulp_error(value: float, exact: arb) -> float:
    """Distance of a double from an exact value, in units in the last place of the double nearest to it.

    A value beyond the largest double should come out as infinity of its sign.
    """
    with precision(PRECISIONS[-1]):
        nearest = float(exact.mid()) if abs(exact) < arb(LARGEST) else math.copysign(math.inf, float(exact.sgn()))
        if math.isinf(nearest):
            return 0.0 if value == nearest else math.inf
        if not math.isfinite(value):
            return math.inf
        distance = abs(arb(fmpq(*value.as_integer_ratio())) - exact)
        return float((distance / arb(float(np.spacing(abs(nearest))))).mid())
