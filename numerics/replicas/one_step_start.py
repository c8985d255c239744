"""Starts for one step of breaking, up to its onset.

On lines of equal (h / h_onset)^2 the overlaps and the breakpoint over the distance from the critical temperature are
smooth; so is the difference of the overlaps over the distance of (h / h_onset)^2 from 1. They are followed along
ladders towards the onset, and beyond the last rung by the parabola through the last three.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from numerics.replicas.one_step_coarse import CoarseOneStep
from numerics.solvers.newton import Vector

DISTANCES = (0.25, 0.18, 0.13, 0.09, 0.06)
SQUARES = (0.4, 0.6, 0.7, 0.8, 0.85)
PARABOLA = 3


class OneStepStart:
    """Where one-step solutions begin to be looked for, at temperatures below 1 in units of the critical one.

    Parameters
    ----------
    coarse
        Equations by fixed rules.
    onset
        The field above which replica symmetry is stable, at a temperature.
    """

    def __init__(self, coarse: CoarseOneStep, onset: Callable[[float], float]) -> None:
        self._coarse, self._onset = coarse, onset
        self._fields: dict[float, float] = {}
        self._found: dict[tuple[float, float], Vector] = {}

    def at(self, temperature: float, field: float, onset: float) -> Vector:
        """Logarithms of q0, q1 - q0 and the breakpoint over the temperature, near the solution.

        Parameters
        ----------
        onset
            The field at which breaking ends at this temperature.

        Raises
        ------
        NotConvergedError
            If no solution is found on the way.
        """
        distance, square = 1 - temperature, (field / onset) ** 2
        self._fields[distance] = onset
        return self._ratios(distance, square) + _sizes(distance, square)

    def _ratios(self, distance: float, square: float) -> Vector:
        if square > SQUARES[-1]:
            places = SQUARES[-PARABOLA:]
            return _parabola(square, places, [self._ratios(distance, s) for s in places])
        if distance < DISTANCES[-1]:
            places = DISTANCES[-PARABOLA:]
            return _parabola(distance, places, [self._ratios(d, square) for d in places])
        return self._walked(distance, square)

    def _walked(self, distance: float, square: float) -> Vector:
        if (distance, square) not in self._found:
            self._found[distance, square] = self._solved(distance, square)
        return self._found[distance, square]

    def _solved(self, distance: float, square: float) -> Vector:
        temperature, field = 1 - distance, np.sqrt(square) * self._field(distance)
        if distance < DISTANCES[0]:
            start = self._walked(min(d for d in DISTANCES if d > distance), square)
        elif square > SQUARES[0]:
            start = self._walked(distance, max(s for s in SQUARES if s < square))
        else:
            start = self._coarse.scanned(temperature, field, distance) - _sizes(distance, square)
        return self._coarse.near(start + _sizes(distance, square), temperature, field) - _sizes(distance, square)

    def _field(self, distance: float) -> float:
        if distance not in self._fields:
            self._fields[distance] = self._onset(1 - distance)
        return self._fields[distance]


def _sizes(distance: float, square: float) -> Vector:
    """Logarithms of what q0, q1 - q0 and y are smooth over."""
    temperature = 1 - distance
    return np.log([distance, distance * (1 - square), distance / temperature])


def _parabola(place: float, places: tuple[float, ...], values: list[Vector]) -> Vector:
    coefficients = np.polyfit(places, np.array(values), PARABOLA - 1)
    return np.array([place ** (PARABOLA - 1 - k) for k in range(PARABOLA)]) @ coefficients
