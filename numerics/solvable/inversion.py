"""The density and the distribution of a work from its Fourier transform, by integrals over frequencies."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import IntegrationWarning, quad

from numerics.quadrature import QuadratureError
from numerics.solvable import derived

Array = NDArray[np.float64]
TAIL = 1e-11
"""What is left out at high frequencies, in units of the integral at the scale of the work."""
MOST_RADIANS = 2e5
"""Waves that take more before they fade are integrated by extrapolation."""
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
RADIANS = 3.0
"""A panel of 16 nodes integrates so much of a wave to 15 digits."""
BLOCK = 1 << 21
NEAR = 8.0
"""A mode with its extreme that many deviations away looks Gaussian until its wave has faded."""
PRECISION = 1e-7
"""Of the extrapolated integrals, absolute, in units of the integral at the scale of the work."""


def inverted(offset: float, curvatures: Array, tilts: Array, works: Array, *, density: bool) -> Any:
    """Density, or cumulative probability, of a sum of modes at works, as many as ``works``; Gil-Pelaez (1951).

    Raises
    ------
    QuadratureError
        If an integral does not converge.
    ValueError
        If the work does not fluctuate.
    """
    scale = float(np.sqrt(2 * derived.mode_moments()(curvatures, tilts)[..., 1].sum()))
    if scale == 0:
        raise ValueError("expected a work that fluctuates; found variance 0")
    wave = _Wave(curvatures / scale, tilts / scale)
    away = (works.ravel() - offset) / scale
    end = wave.faded()
    if end * (1 + np.abs(away).max(initial=0.0)) <= MOST_RADIANS:
        found = _by_panels(wave, away, 0.0, end, density=density)
    else:
        found = _by_panels(wave, away, 0.0, 1.0, density=density)
        found = found + np.array([_tail(wave, float(w), density=density) for w in away])
    values = found / np.pi / scale if density else np.clip(0.5 + found / np.pi, 0.0, 1.0)
    return values.reshape(works.shape)[()]


class _Wave:
    """The mean of exp(-i omega W) of modes in units of the deviation of the work."""

    def __init__(self, curvatures: Array, tilts: Array) -> None:
        self.curvatures, self.tilts = curvatures, tilts
        near = np.abs(tilts) < NEAR * np.abs(curvatures)
        self.drift = float(derived.mode_extreme()(curvatures[near], tilts[near])[..., 1].sum()) if near.any() else 0.0

    def __call__(self, frequencies: Array) -> tuple[Array, Array]:
        """Logarithm of the modulus, and phase."""
        parts = derived.mode_fourier()(self.curvatures, self.tilts, np.asarray(frequencies)[..., None]).sum(axis=-2)
        return parts[..., 0], parts[..., 1]

    def faded(self) -> float:
        """A frequency above which nearly nothing is left."""
        end = 1.0
        while end < MOST_RADIANS and end * np.exp(self(np.array(end))[0]) > TAIL:
            end *= 1.2
        return end


def _by_panels(wave: _Wave, away: Array, start: float, end: float, *, density: bool) -> Array:
    n_panels = int(np.ceil((end - start) * (1 + np.abs(away).max(initial=0.0)) / RADIANS)) + 4
    edges = np.linspace(start, end, n_panels + 1)
    half = np.diff(edges)[:, None] / 2
    frequencies = ((edges[:-1, None] + half) + half * NODES).ravel()
    weights = (half * WEIGHTS).ravel()
    total = np.zeros(len(away))
    block = max(BLOCK // max(len(away), len(wave.curvatures), 1), 1)
    for first in range(0, len(frequencies), block):
        part = frequencies[first : first + block]
        modulus, phase = wave(part)
        size = np.exp(modulus) * weights[first : first + block]
        turned = away[:, None] * part + phase
        total += np.cos(turned) @ size if density else np.sin(turned) @ (size / part)
    return total


def _tail(wave: _Wave, work: float, *, density: bool) -> float:
    """From frequency 1 on: the phase without its drift tends to a constant, so that what is left is one plain wave."""
    slow = work - wave.drift
    if slow == 0:
        raise _refusal(np.inf, work)

    def sides(frequency: float) -> tuple[float, float]:
        modulus, phase = wave(np.array(frequency))
        size, rest = float(np.exp(modulus)), float(phase) + frequency * wave.drift
        return (size, rest) if density else (size / frequency, rest - np.pi / 2)

    def along(frequency: float) -> float:
        size, rest = sides(frequency)
        return size * float(np.cos(rest))

    def across(frequency: float) -> float:
        size, rest = sides(frequency)
        return -size * float(np.sin(rest))

    return _extrapolated(along, "cos", slow, work) + _extrapolated(across, "sin", slow, work)


def _extrapolated(function: Callable[[float], float], weight: str, frequency: float, work: float) -> float:
    """Over [1, infinity), times a wave, by QUADPACK's extrapolation over its periods."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", IntegrationWarning)
        try:
            value, error = quad(
                function, 1.0, np.inf, weight=weight, wvar=abs(frequency), epsabs=PRECISION / 10, limlst=200, limit=200
            )
        except IntegrationWarning as problem:
            raise _refusal(np.inf, work) from problem
    if error > PRECISION:
        raise _refusal(error, work)
    return value * (np.sign(frequency) if weight == "sin" else 1)


def _refusal(estimate: float, work: float) -> QuadratureError:
    return QuadratureError(
        "the integral over frequencies", {"deviations from the offset": work}, estimate, PRECISION,
        "a law of few modes has no density at the end of its range; ask away from it",
    )  # fmt: skip
