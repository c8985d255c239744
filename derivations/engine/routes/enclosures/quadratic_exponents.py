"""Means over several Gaussian variables of the exponential of a quadratic, as balls: one square is completed at a time.

E exp(a z^2 / 2 + b z + c) = exp(c + v b^2 / (2 w)) / sqrt(w), w = 1 - v a > 0, for one variable z of variance v. What
is left is the exponential of a quadratic in the other variables.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb

from derivations.engine.routes.enclosures.points import Frame, VagueError
from derivations.engine.routes.enclosures.table import NAN, ball


def quadratic_mean(body: Any, sizes: dict[Any, acb], frame: Frame) -> acb | None:
    """The mean of a body over variables with these variances; None where it is no exponential of a real quadratic.

    A mean that diverges has no finite ball.

    Raises
    ------
    VagueError
        If the balls of the coefficients do not decide whether it converges.
    """
    front, exponent = _exponential(body, set(sizes))
    names = list(sizes)
    if exponent is None or not all(isinstance(z, sp.Symbol) for z in names):
        return None
    if not all(v.imag == 0 and v.real > 0 for v in sizes.values()):
        return None
    try:
        poly = sp.Poly(exponent, *names)
    except sp.PolynomialError:
        return None
    if poly.total_degree() > 2:
        return None
    form = {powers: ball(coefficient, frame) for powers, coefficient in poly.terms()}
    if any(value.imag != 0 for powers, value in form.items() if sum(powers) == 2):
        return None
    curvature = [[_entry(form, i, j, len(names)) for j in range(len(names))] for i in range(len(names))]
    slope = [form.get(_unit(i, len(names)), acb(0)) for i in range(len(names))]
    constant = form.get((0,) * len(names), acb(0))
    found = _completed(curvature, slope, constant, [sizes[z] for z in names])
    return found * ball(front, frame) if found is not None else NAN


def _exponential(body: Any, names: set[Any]) -> tuple[Any, Any]:
    """The factor without the variables, and the exponent of the rest; None for another kind of body."""
    front, rest = body.as_independent(*names, as_Add=False)
    factors = sp.Mul.make_args(rest)
    if not all(isinstance(f, sp.exp) for f in factors):
        return front, None
    return front, sp.Add(*(f.args[0] for f in factors))


def _unit(*places: int) -> tuple[int, ...]:
    *chosen, length = places
    return tuple(chosen.count(k) for k in range(length))


def _entry(form: dict[Any, acb], i: int, j: int, length: int) -> acb:
    """The second derivative by two of the variables."""
    return form.get(_unit(i, j, length), acb(0)) * (2 if i == j else 1)


def _completed(curvature: list[list[acb]], slope: list[acb], constant: acb, variances: list[acb]) -> acb | None:
    """The mean, the last variable first; None where it diverges."""
    value = acb(1)
    for last in reversed(range(len(slope))):
        row, push, size = curvature[last], slope[last], variances[last]
        width = 1 - size * row[last]
        if not width.real > 0:
            if width.real <= 0:
                return None
            raise VagueError("it is not decided whether a Gaussian mean converges")
        gain = size / width
        constant += gain * push * push / 2
        value /= width.sqrt()
        for i in range(last):
            slope[i] += gain * push * row[i]
            for j in range(last):
                curvature[i][j] += gain * row[i] * row[j]
    return value * constant.exp()
