"""Fixed points on a whole interval, and their eigenvalues, to many digits.

The equations of ``numerics.flows.collocation`` by Newton's method and inverse iteration, in numbers of python-flint.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from flint import arb, arb_mat, ctx, fmpq

from numerics.flows.chebyshev import BallGrid, Grid
from numerics.flows.collocation import Profile
from numerics.flows.slope_flow import SlopeFlow
from numerics.solvers.convergence import NotConvergedError

SPARE = 28
"""Decimal digits of work beyond those asked for."""
STEPS = 12
SETTLED = 1e6
LARGEST = 320
"""Points of a grid."""


@contextmanager
def precision(digits: int) -> Iterator[None]:
    """Numbers with digits to spare, for rounding in matrices of derivatives."""
    kept = ctx.prec
    ctx.prec = int((digits + SPARE) / math.log10(2))
    try:
        yield
    finally:
        ctx.prec = kept


@dataclass(frozen=True, kw_only=True)
class DigitProfile:
    """The slope m = du/drho of a fixed point, at the points of a grid of balls."""

    flow: SlopeFlow
    dimension: Any
    components: Any
    grid: BallGrid
    slopes: Any

    @cached_property
    def first(self) -> Any:
        """m' at the points, a column."""
        return (self.grid.derivative * self.slopes).mid()

    @cached_property
    def table(self) -> list[tuple[Any, ...]]:
        """The flow and its derivatives by m, m' and m'' at the points."""
        second = (self.grid.derivative * self.first).mid()
        second[self.grid.size - 1, 0] = self._bend * self.first[self.grid.size - 1, 0]
        jet = [list(part.entries()) for part in (self.slopes, self.first, second)]
        return self.flow.balls(self.dimension, self.components, self.grid.points, jet)

    @cached_property
    def stability_matrix(self) -> arb_mat:
        """Derivatives of dm/dt at the points by m at the points."""
        size = self.grid.size
        first, second = (m.table() for m in (self.grid.derivative, self.grid.second_derivative))
        second[-1] = [self._bend * entry for entry in first[-1]]
        rows = [
            [(slope * first[i][j] + bend * second[i][j]).mid() for j in range(size)]
            for i, (_, _, slope, bend) in enumerate(self.table)
        ]
        for i, (_, own, _, _) in enumerate(self.table):
            rows[i][i] += own
        return arb_mat(rows).mid()

    @property
    def _bend(self) -> Any:
        """m'' over m' at the far end, where m goes as the power 2/(d - 2) of the invariant."""
        return (2 / (self.dimension - 2) - 1) / self.grid.end

    def derivatives(self, place: Any, count: int) -> list[Any]:
        """Those of m of order 1 to ``count`` at a place."""
        found, column = [], self.slopes
        for _ in range(count):
            column = (self.grid.derivative * column).mid()
            found.append(self.grid.at(place, list(column.entries())))
        return found

    def zero(self, start: float) -> Any:
        """The zero of m near a place."""
        place, slopes, first = arb(start), list(self.slopes.entries()), list(self.first.entries())
        for _ in range(STEPS):
            step = self.grid.at(place, slopes) / self.grid.at(place, first)
            place = (place - step).mid()
            if abs(step) < abs(place) * arb(2) ** (-ctx.prec // 2):
                break
        return place

    def tail(self) -> float:
        """The last Chebyshev coefficients over the largest slope, about: what a finer grid would add."""
        size = self.grid.size
        values = list(self.slopes.entries())
        largest = max(abs(float(v)) for v in values)
        last = []
        for order in (size - 2, size - 3, size - 4):
            angles = [arb(fmpq(k * order, size - 1)).cos_pi() for k in range(size)]
            terms = [v * a for v, a in zip(values, angles, strict=True)]
            last.append(abs(float((sum(terms, arb(0)) - (terms[0] + terms[-1]) / 2).mid())) * 2 / (size - 1))
        return max(last) / max(largest, 1e-300)

    def eigenvalue(self, near: float) -> tuple[Any, list[Any]]:
        """The eigenvalue of the stability matrix that is nearest to a number, and its vector, by inverse iteration."""
        size, value = self.grid.size, arb(near)
        vector = arb_mat([[arb(1) / (k + 1)] for k in range(size)])  # no eigenvector itself
        for iteration in range(STEPS):
            shifted = arb_mat(self.stability_matrix)
            for k in range(size):
                shifted[k, k] -= value
            grown = shifted.mid().solve(vector, algorithm="approx").mid()
            entries, old = list(grown.entries()), list(vector.entries())
            best = max(range(size), key=lambda k: abs(float(entries[k])))
            vector = (grown / entries[best]).mid()
            if not iteration:  # only now is it about the eigenvector, and the step tells the eigenvalue
                continue
            step = (old[best] / entries[best]).mid()
            value = (value + step).mid()
            if abs(float(step)) < 2.0 ** (-ctx.prec // 2):
                return value, list(vector.entries())
        raise NotConvergedError(f"found no eigenvalue of the stability matrix near {near:g}: ask for fewer of them")


def refined(
    profile: Profile, digits: int, dimension: Fraction, components: Fraction, widened: float = 1.0
) -> DigitProfile:
    """A profile to as many digits as asked for, on a grid that is made finer until they settle."""
    wide = _reaching(profile, digits * math.log(10) + 5).grid.end * widened
    size = int((profile.grid.size + 2 * digits) * widened)
    found: DigitProfile | None = None
    while size < LARGEST:
        grid = BallGrid(size=size, end=arb(wide))
        if found is None:
            start = arb_mat([[arb(float(v))] for v in profile.on(Grid(size=size, end=wide)).slopes])
        else:
            start = (grid.matrix_from(found.grid) * found.slopes).mid()
        found = _solved(profile.flow, dimension, components, grid, start)
        if found.tail() < 10.0 ** -(digits + 2):
            return found
        size = int(1.3 * size)
    raise NotConvergedError(f"expected {digits} digits from {LARGEST} points at most: ask for fewer digits")


def _reaching(profile: Profile, damping: float) -> Profile:
    """Extended until errors at the far end are damped enough at the outermost zero."""
    zeros = profile.zeros()
    for _ in range(60):
        inner = float(np.interp(zeros[-1] if len(zeros) else 0.0, profile.grid.points, profile.damping()))
        if inner > damping:
            return profile
        profile = profile.on(Grid(size=profile.grid.size, end=1.04 * profile.grid.end))
    return profile


def _solved(flow: SlopeFlow, dimension: Fraction, components: Fraction, grid: BallGrid, start: Any) -> DigitProfile:
    numbers = [arb(fmpq(x.numerator, x.denominator)) for x in (dimension, components)]
    here = DigitProfile(flow=flow, dimension=numbers[0], components=numbers[1], grid=grid, slopes=start)
    before = math.inf
    for _ in range(4 * STEPS):
        residual = arb_mat([[row[0]] for row in here.table])
        step = here.stability_matrix.solve(residual, algorithm="approx").mid()
        size = max(
            float((abs(s) / (1 + abs(m))).mid()) for s, m in zip(step.entries(), here.slopes.entries(), strict=True)
        )
        here = DigitProfile(
            flow=flow, dimension=numbers[0], components=numbers[1], grid=grid, slopes=(here.slopes - step).mid()
        )
        if size < 2.0 ** (-ctx.prec // 2) or (size < SETTLED * 2.0 ** (-ctx.prec // 2) and size > before / 2):
            return here
        before = size
    raise NotConvergedError(
        "found no fixed point to many digits: Newton's method does not settle; ask for fewer digits"
    )
