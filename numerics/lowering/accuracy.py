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
from numerics.lowering.formula import Formula
from numerics.lowering.probes import Point
from numerics.lowering.reference import PRECISIONS, Values, reference_values

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
    function: Callable[..., Any], formula: Formula, arguments: Sequence[Argument], points: Sequence[Point]
) -> Measurement:
    """Compare a function with exact values of a formula at points of its arguments.

    Parameters
    ----------
    formula
        In the arguments' atoms, as the user wrote it.
    """
    worst, place, count = -1.0, None, 0
    for point, _, errors in _errors(function, formula.map(_without_floats), arguments, points):
        for error in (e for e in errors if e is not None):
            count += 1
            if error > worst:
                worst, place = error, point
    if place is None:
        return Measurement(max_ulp=math.nan, worst_point=None, n_points=0)
    named = {a.atom: x for a, x in zip(arguments, place, strict=True)}
    return Measurement(max_ulp=worst, worst_point=named, n_points=count)


def worst_per_condition(
    function: Callable[..., Any], formula: Formula, arguments: Sequence[Argument], points: Sequence[Point]
) -> float:
    """Largest error in units in the last place over max(1, condition number); NaN where nothing could be evaluated."""
    exact_form, worst = formula.map(_without_floats), math.nan
    for point, exact, errors in _errors(function, exact_form, arguments, points):
        if all(error is None or error <= worst for error in errors):
            continue  # no condition number raises it
        conditions = _conditions(exact_form, exact, exact_point(arguments, point))
        for error, condition in zip(errors, conditions, strict=True):
            if error is not None and condition is not None:
                worst = float(np.fmax(worst, error / max(1.0, condition)))
    return worst


def _conditions(formula: Formula, exact: Values, point: dict[Any, Any]) -> list[float | None]:
    """Of each entry f, the sum of |x df/dx / f|; None where it has no value, or where that is zero.

    It is taken by differences: some derivatives, as of Bessel functions by their order, have no name. At a corner or a
    step the smaller one of the two sides counts; whole numbers are not rounded.
    """
    totals: list[float | None] = [None if value is None or value.contains(0) else 0.0 for value in exact]
    for atom, x in point.items():
        if not x or atom.is_integer:
            continue
        sides = [reference_values(formula, {**point, atom: x * (1 + side * STEP)}) for side in (1, -1)]
        for entry, (value, *near) in enumerate(zip(exact, *sides, strict=True)):
            totals[entry] = _increased(totals[entry], value, [v for v in near if v is not None])
    return totals


def _increased(total: float | None, exact: arb | None, near: Sequence[arb]) -> float | None:
    """A condition number with one more argument: exact values there, and beside it on either side."""
    if total is None or exact is None or not near:
        return None
    with precision(PRECISIONS[0]):
        return total + min(float(abs((value - exact) / exact / _ball(STEP)).mid()) for value in near)


def _ball(value: Any) -> arb:
    return arb(fmpq(int(value.p), int(value.q)))


def _errors(
    function: Callable[..., Any], formula: Formula, arguments: Sequence[Argument], points: Sequence[Point]
) -> Iterator[tuple[Point, Values, list[float | None]]]:
    """Each point, the values of the entries there, and the function's errors; None where there is no value."""
    for point, values in zip(points, computed(function, points, formula.size), strict=True):
        exact = reference_values(formula, exact_point(arguments, point))
        pairs = zip(values, exact, strict=True)
        yield point, exact, [None if e is None else ulp_error(float(value), e) for value, e in pairs]


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
