"""The density and the distribution of a work from its Fourier transform, by integrals over frequencies."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
N_PERIODS = 60
"""Half periods of a wave that an extrapolation knows."""
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
    """From frequency 1 on: integrals between the zeros of a wave, whose sums are extrapolated.

    Without its drift the phase tends to a constant, so that they alternate in the end and change smoothly.
    """
    slow = abs(work - wave.drift)
    if slow == 0:
        raise _refusal(np.inf, work)
    ends = 1 + np.pi / slow * np.arange(N_PERIODS + 1)
    parts = [np.geomspace(low, high, _n_parts(low, high) + 1) for low, high in pairwise(ends)]
    half = np.concatenate([np.diff(p) for p in parts])[:, None] / 2
    frequencies = np.concatenate([p[:-1] for p in parts])[:, None] + half + half * NODES
    modulus, phase = wave(frequencies)
    turned = work * frequencies + phase
    values = np.exp(modulus) * (np.cos(turned) if density else np.sin(turned) / frequencies)
    starts = np.cumsum([0] + [len(p) - 1 for p in parts[:-1]])
    sums = np.cumsum(np.add.reduceat((values * half) @ WEIGHTS, starts))
    value, estimate = _limit(sums)
    if not estimate < PRECISION:
        raise _refusal(estimate, work)
    return value


def _n_parts(low: float, high: float) -> int:
    """The modulus changes by powers of the frequency: where it doubles, parts are finer than a period."""
    return int(np.ceil(np.log(high / low) / np.log(1.5)))


def _limit(sums: Array) -> tuple[float, float]:
    """The limit of a sequence by Wynn's epsilon algorithm (1956), and how far its last two values are apart."""
    before, now, found = np.zeros(len(sums) + 1), sums, [float(sums[-1])]
    while len(now) > 2:
        steps = np.diff(now)
        if not steps.all():
            return found[-1], 0.0
        before, now = now, before[1:-1] + 1 / steps
        steps = np.diff(now)
        if not steps.all():
            return found[-1], 0.0
        before, now = now, before[1:-1] + 1 / steps
        found.append(float(now[-1]))
    best = int(np.argmin(np.abs(np.diff(found))))
    return found[best + 1], abs(found[best + 1] - found[best])


def _refusal(estimate: float, work: float) -> QuadratureError:
    return QuadratureError(
        "the integral over frequencies", {"deviations from the offset": work}, estimate, PRECISION,
        "a law of few modes has no density at the end of its range; ask away from it",
    )  # fmt: skip
