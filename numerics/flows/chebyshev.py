"""Functions on an interval by their values at Chebyshev points, in doubles or in many digits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from flint import arb, arb_mat, fmpq
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Chebyshev points of [0, end], both ends among them, in growing order.

    Attributes
    ----------
    size
        Their number.
    end
        The right end.
    """

    size: int
    end: float

    @cached_property
    def points(self) -> Vector:
        """Shape (size,)."""
        return self.end * np.sin(np.pi * np.arange(self.size) / (2 * (self.size - 1))) ** 2

    @cached_property
    def derivative(self) -> Matrix:
        """The matrix that differentiates values at the points, shape (size, size)."""
        weights = _weights(self.size)
        apart = self.points[:, None] - self.points[None, :] + np.eye(self.size)
        matrix = weights[None, :] / weights[:, None] / apart
        np.fill_diagonal(matrix, 0.0)
        np.fill_diagonal(matrix, -matrix.sum(axis=1))
        return matrix

    @cached_property
    def second_derivative(self) -> Matrix:
        """The same twice."""
        return self.derivative @ self.derivative

    def jet(self, values: Vector) -> tuple[Vector, Vector, Vector]:
        """The values, and the first and second derivatives at the points."""
        return values, self.derivative @ values, self.second_derivative @ values

    def coefficients(self, values: Vector) -> Vector:
        """Those of Chebyshev polynomials on the interval, by order, shape (size,)."""
        return np.asarray(chebyshev.chebfit(2 * self.points / self.end - 1, values, self.size - 1), dtype=np.float64)

    def polynomials(self, places: Any, order: int) -> Matrix:
        """Chebyshev polynomials up to an order at places, shape (n, order + 1)."""
        return np.asarray(chebyshev.chebvander(2 * np.asarray(places) / self.end - 1, order), dtype=np.float64)

    def at(self, places: Any, values: Vector) -> Vector:
        """The polynomial through the values, at places within the interval."""
        return np.asarray(
            chebyshev.chebval(2 * np.asarray(places) / self.end - 1, self.coefficients(values)), dtype=np.float64
        )


@dataclass(frozen=True, kw_only=True)
class BallGrid:
    """The same points and matrices in balls of the present precision, of which only the centers are kept."""

    size: int
    end: Any

    @cached_property
    def points(self) -> list[Any]:
        """Balls."""
        angles = [arb(fmpq(k, 2 * (self.size - 1))) for k in range(self.size)]
        return [(self.end * angle.sin_pi() ** 2).mid() for angle in angles]

    @cached_property
    def derivative(self) -> arb_mat:
        """Shape (size, size)."""
        points, weights = self.points, [arb(w) for w in _weights(self.size)]
        rows = []
        for i, (here, own) in enumerate(zip(points, weights, strict=True)):
            row = [
                arb(0) if i == j else (w / own / (here - there)).mid()
                for j, (there, w) in enumerate(zip(points, weights, strict=True))
            ]
            row[i] = -sum(row, arb(0)).mid()
            rows.append(row)
        return arb_mat(rows)

    @cached_property
    def second_derivative(self) -> arb_mat:
        """The same twice."""
        return (self.derivative * self.derivative).mid()

    def matrix_from(self, grid: Any) -> arb_mat:
        """Takes values at the points of another grid of balls to those at the points of this one, where it reaches."""
        weights = [arb(w) for w in _weights(grid.size)]
        return arb_mat([_barycentric(p, grid.points, weights) for p in self.points])

    def at(self, place: Any, values: list[Any]) -> Any:
        """The polynomial through the values, at one place."""
        row = _barycentric(place, self.points, [arb(w) for w in _weights(self.size)])
        return sum((r * v for r, v in zip(row, values, strict=True)), arb(0)).mid()


def _weights(size: int) -> Vector:
    weights = (-1.0) ** np.arange(size)
    weights[[0, -1]] /= 2
    return np.asarray(weights, dtype=np.float64)


def _barycentric(place: Any, points: list[Any], weights: list[Any]) -> list[Any]:
    gaps = [place - p for p in points]
    for k, gap in enumerate(gaps):
        if gap.contains(0):
            return [arb(int(j == k)) for j in range(len(points))]
    parts = [w / gap for w, gap in zip(weights, gaps, strict=True)]
    total = sum(parts, arb(0))
    return [(part / total).mid() for part in parts]
