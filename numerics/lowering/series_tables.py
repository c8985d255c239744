"""Smooth functions as piecewise polynomials, the coefficients interpolated from balls.

A table covers an interval of its variable by equal pieces. On each stands the polynomial through the function's values
at the zeros of a Chebyshev polynomial.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from flint import acb, arb, arb_poly

from derivations.engine.routes.enclosures.table import precision
from numerics.lowering.stable_functions import Values

BITS = 160
PROOF_BITS = 700
RIM_BITS = 64
FINER = 4
"""Times the degree: of the interpolation that stands for the function in a proof."""
ELLIPSES = (2.0, 3.0, 4.0, 6.0, 12.0, 60.0)
ARCS = 64


@dataclass(frozen=True, kw_only=True)
class SeriesTable:
    """A function on an interval, one polynomial a piece.

    Attributes
    ----------
    function
        Its value as a ball; it need not have one at the ends.
    start, end
        The interval.
    n_pieces
        Into how many equal pieces it is cut.
    degree
        Of each polynomial.
    disc
        Center and radius of a disc about the interval, but for its ends, in which the function is analytic; an infinite
        radius for an entire function, None where no complex values are known.
    """

    function: Callable[[Any], Any]
    start: float
    end: float
    n_pieces: int
    degree: int
    disc: tuple[float, float] | None = None

    @cached_property
    def coefficients(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Of 1, s, s^2, ... with s from -1/2 to 1/2 across a piece; shape (n_pieces, degree + 1)."""
        with precision(BITS):
            return np.array([[float(c.mid()) for c in self.polynomial(k).coeffs()] for k in range(self.n_pieces)])

    def polynomial(self, piece: int, degree: int | None = None) -> arb_poly:
        """The interpolating polynomial of a piece in s, before its coefficients are rounded."""
        n = (self.degree if degree is None else degree) + 1
        places = [(arb.pi() * (2 * j + 1) / (2 * n)).cos() / 2 for j in range(n)]
        return arb_poly.interpolate(places, [self.value(piece, s).real for s in places])

    def value(self, piece: int, s: Any) -> acb:
        """The function at a place of a piece, as a ball."""
        return acb(self.function(self._place(piece, s)))

    def _place(self, piece: int, s: Any) -> acb:
        width = (arb(self.end) - arb(self.start)) / self.n_pieces
        return acb(arb(self.start) + width * (piece + arb(0.5) + s))

    def error(self, piece: int) -> float:
        """A proved bound of a piece's error, with the rounding of its coefficients; infinite where none is known.

        The distance to an interpolation of a much higher degree is at most the sum of its Chebyshev coefficients, and
        that interpolation has a bound from the function's size on an ellipse.
        """
        with precision(PROOF_BITS):
            degree = FINER * self.degree
            bounds = [self._interpolation_error(piece, degree, rho) for rho in ELLIPSES]
            difference = self.polynomial(piece, degree) - arb_poly(self.coefficients[piece].tolist())
            total = float((_chebyshev_sum(difference, degree + 1) + arb(min(bounds))).upper())
        return total if math.isfinite(total) else math.inf

    def _interpolation_error(self, piece: int, degree: int, ellipse: float) -> float:
        """At most 4 M rho^-n / (rho - 1) for a function analytic within an ellipse and there at most M.

        The ellipse has its foci at the ends of the piece, and semi-axes that sum to rho halves of it (Trefethen,
        Approximation Theory and Approximation Practice, theorem 8.2). M is that of balls which cover its rim.
        """
        if self.disc is None:
            return math.inf
        with precision(RIM_BITS):
            rim = [self._place(piece, s) for s in _rim(ellipse)]
            if not all(abs(t - self.disc[0]) < arb(self.disc[1]) for t in rim):
                return math.inf
            largest = max(float(abs(acb(self.function(t))).upper()) for t in rim)
        return float((4 * arb(largest) * arb(ellipse) ** -degree / (arb(ellipse) - 1)).upper())

    def __call__(self, t: Values) -> Values:
        """The polynomial of the piece in which t lies; beyond the ends, that of the last one."""
        place = (t - self.start) * (self.n_pieces / (self.end - self.start))
        # Not a number lies in any piece, and stays what it is.
        piece = np.clip(np.nan_to_num(place), 0, self.n_pieces - 1).astype(np.intp)
        s = place - piece - 0.5
        *lower, value = self.coefficients.T[:, piece]
        for row in reversed(lower):
            value = value * s + row
        return value


def _rim(ellipse: float) -> list[acb]:
    """Balls that cover the ellipse about [-1/2, 1/2]."""
    rho, arc = arb(ellipse), arb.pi() / ARCS
    angles = [arc * (2 * k + 1) + arb(0, 1) * arc for k in range(ARCS)]
    return [(rho * acb(0, a).exp() + acb(0, -a).exp() / rho) / 4 for a in angles]


def _chebyshev_sum(polynomial: arb_poly, n: int) -> arb:
    """The sum of the sizes of the n Chebyshev coefficients of a polynomial on [-1/2, 1/2], which bounds it there."""
    cosines = [(arb.pi() * k / (2 * n)).cos() for k in range(4 * n)]
    values = [polynomial(cosines[2 * k + 1] / 2) for k in range(n)]
    total = arb(0)
    for j in range(n):
        coefficient = sum((v * cosines[j * (2 * k + 1) % (4 * n)] for k, v in enumerate(values)), arb(0)) / n
        total += abs(coefficient) * (2 if j else 1)
    return total
