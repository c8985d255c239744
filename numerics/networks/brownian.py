"""Brownian particles, free or under constraints on their averages."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Positions = NDArray[np.float64]
"""Shape (n_particles, dimension)."""


def moved_freely(start: Positions, *, diffusion: float, duration: float, rng: Generator) -> Positions:
    """Positions after a time of free diffusion: each coordinate gains a Gaussian of variance D times it.

    Parameters
    ----------
    start
        Shape (n_particles, dimension).
    diffusion
        D, squared length per time.
    duration
        Not negative.
    rng
        Source of the noise.
    """
    return start + math.sqrt(diffusion * duration) * rng.normal(size=start.shape)


def moved_under_constraints(
    start: Positions,
    gradients: Sequence[Callable[[Positions], Any]],
    laplacians: Sequence[Callable[[Positions], Any]],
    *,
    diffusion: float,
    duration: float,
    n_steps: int,
    rng: Generator,
) -> Positions:
    """Positions after a time in which a common force keeps the particles' averages of some functions.

    The force is a combination of the functions' gradients; before each stage its coefficients are so chosen that no
    average changes, by averages over the particles themselves. Steps of Heun's kind, of second order in their length
    for averages.

    Parameters
    ----------
    start
        Shape (n_particles, dimension).
    gradients, laplacians
        Of each function, from positions to arrays of shape (n_particles, dimension) and (n_particles,).
    diffusion, duration
        As for `moved_freely`.
    n_steps
        Equal ones.
    rng
        Source of the noise.
    """
    step = duration / n_steps
    now = start
    for _ in range(n_steps):
        noise = math.sqrt(diffusion * step) * rng.normal(size=now.shape)
        force = _force(now, gradients, laplacians, diffusion)
        ahead = _force(now + step * force + noise, gradients, laplacians, diffusion)
        now = now + step / 2 * (force + ahead) + noise
    return now


def _force(
    x: Positions,
    gradients: Sequence[Callable[[Positions], Any]],
    laplacians: Sequence[Callable[[Positions], Any]],
    diffusion: float,
) -> Positions:
    """The force on each particle: averages of functions grow by (D/2) of their Laplacians and by the force's work."""
    slopes = np.array([gradient(x) for gradient in gradients])
    overlaps = np.einsum("kni,lni->kl", slopes, slopes) / len(x)
    growth = diffusion / 2 * np.array([np.mean(laplacian(x)) for laplacian in laplacians])
    return np.tensordot(np.linalg.solve(overlaps, -growth), slopes, axes=1)
