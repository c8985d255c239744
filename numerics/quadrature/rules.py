"""Trapezoidal rules after a change of variable, as nodes and a matrix of functionals of the samples.

On the line under a Gaussian and on a window outside which the integrand vanishes nothing is changed; an interval is
stretched to the line by the doubly exponential change of Takahasi and Mori, x = 1 / (1 + exp(-pi sinh t)); a half-line
by x = exp(pi / 2 sinh t) (Publ. RIMS 9, 721 (1974)). Nodes then crowd at the ends, where steep or singular places lie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from numerics.quadrature.estimates import Doubles
from numerics.quadrature.spectrum import functionals, sample_places

# A standard normal density is 6e-18 there.
GAUSSIAN_HALF_RANGE = 8.9
# 1 / (1 + exp(pi sinh t)) is 4e-28 there: the root of the distance from a singular end is then negligible.
INTERVAL_HALF_RANGE = 3.7
# exp(+-pi / 2 sinh t) is 1e+-33 there.
HALF_LINE_HALF_RANGE = 4.57

Place = Callable[[Any, Any], Any]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    Attributes
    ----------
    place
        From the ends of stretches, shape (n, 1), the places of the samples, shape (n, n_samples) or (1, n_samples).
    matrix
        See `numerics.quadrature.spectrum.functionals`.
    stretched
        Whether integrals are to be multiplied by the lengths of the stretches.
    weighs
        Whether the matrix holds a density.
    """

    place: Place
    matrix: Doubles
    stretched: bool
    weighs: bool = False

    @property
    def n_samples(self) -> int:
        """Values of the integrand that it takes for one stretch."""
        return len(self.matrix)


@lru_cache(maxsize=64)
def gaussian_rule(n_nodes: int) -> Rule:
    """The mean of f(x) over a standard normal x."""
    places, step = sample_places(n_nodes, GAUSSIAN_HALF_RANGE)
    density = np.exp(-(places**2) / 2) / np.sqrt(2 * np.pi)
    row = places[None, :]
    matrix = functionals(places, step, density)
    return Rule(place=lambda *_: row, matrix=matrix, stretched=False, weighs=True)


@lru_cache(maxsize=64)
def window_rule(n_nodes: int) -> Rule:
    """The integral over a stretch at whose ends the integrand is negligible."""
    places, step = sample_places(n_nodes, 0.5)
    row = places[None, :] + 0.5
    matrix = functionals(places, step, np.ones(len(places)))
    return Rule(place=lambda low, high: low + (high - low) * row, matrix=matrix, stretched=True)


@lru_cache(maxsize=64)
def interval_rule(n_nodes: int) -> Rule:
    """The integral over a stretch between two finite ends."""
    places, step = sample_places(n_nodes, INTERVAL_HALF_RANGE)
    from_end = 1 / (1 + np.exp(np.pi * np.sinh(np.abs(places))))
    slope = np.pi * np.cosh(places) * from_end * (1 - from_end)
    left = places[None, :] < 0

    def place(low: Doubles, high: Doubles) -> Doubles:
        # From the nearer end, so that places close to it are told apart.
        inward = (high - low) * from_end
        return np.where(left, low + inward, high - inward)

    return Rule(place=place, matrix=functionals(places, step, slope), stretched=True)


@lru_cache(maxsize=64)
def half_line_rule(n_nodes: int, sign: int) -> Rule:
    """The integral from a finite end to infinity: the lower one for sign 1, the upper one for -1."""
    places, step = sample_places(n_nodes, HALF_LINE_HALF_RANGE)
    distance = np.exp(np.pi / 2 * np.sinh(places))
    slope = np.pi / 2 * np.cosh(places) * distance
    matrix = functionals(places, step, slope)
    row = sign * distance[None, :]
    return Rule(place=lambda low, high: (low if sign > 0 else high) + row, matrix=matrix, stretched=False)
