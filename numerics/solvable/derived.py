"""The derived formulas of driven oscillators as functions of arrays. No formula is typed here."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

import sympy as sp

from derivations.nonequilibrium import dragged_oscillator, gaussian_work, stiffened_oscillator
from numerics.lowering import lower
from numerics.lowering.lowered import Lowered
from theory.models import driven_oscillator as model


@cache
def _results(derivation: ModuleType) -> dict[str, Any]:
    return {step.name: step.result for step in derivation.build().steps}


def _lowered(derivation: ModuleType, name: str, *arguments: sp.Symbol, entries: slice | int | None = None) -> Lowered:
    result = _results(derivation)[name]
    return lower(result if entries is None else result.args[entries], arguments)


@cache
def work_step() -> Lowered:
    """Of mean, precision, power, stiffness and center before and after: what a step adds to log <exp(-s W)>, then the
    mean and the precision of weighted runs, in the last axis."""
    traps = (model.stiffness, model.center, model.next_stiffness, model.next_center)
    return _lowered(
        gaussian_work, "step of work", model.mean, model.precision, model.power, *traps, entries=slice(None)
    )


@cache
def motion_step() -> Lowered:
    """Of mean, precision, stiffness, center and share retained: mean and precision after the move, in the last axis."""
    names = (model.mean, model.next_precision, model.next_stiffness, model.next_center, model.retained)
    return _lowered(gaussian_work, "step of motion", *names, entries=slice(1, None))


_MOMENTS = (
    gaussian_work.mean_at_zero,
    gaussian_work.mean_slope,
    gaussian_work.precision_at_zero,
    gaussian_work.precision_slope,
)


@cache
def work_moments() -> Lowered:
    """Of the four numbers of the state and both traps: minus the mean, half the variance that a step adds, then the
    four numbers of the state, in the last axis."""
    traps = (model.stiffness, model.center, model.next_stiffness, model.next_center)
    return _lowered(gaussian_work, "moments after work", *_MOMENTS, *traps, entries=slice(1, None))


@cache
def motion_moments() -> Lowered:
    """Of the four numbers of the state, the trap and the share retained: the four numbers after the move."""
    trap = (model.next_stiffness, model.next_center, model.retained)
    return _lowered(gaussian_work, "moments after motion", *_MOMENTS, *trap, entries=slice(None))


@cache
def mode_transform() -> Lowered:
    """log <exp(-s W)> of curvature, tilt and power."""
    return _lowered(gaussian_work, "transform of a mode", model.curvature, model.tilt, model.power)


@cache
def mode_moments() -> Lowered:
    """Minus the mean and half the variance of a mode of curvature and tilt, in the last axis."""
    return _lowered(gaussian_work, "moments of a mode", model.curvature, model.tilt, entries=slice(1, None))


@cache
def mode_fourier() -> Lowered:
    """Logarithm of the modulus, and phase, of <exp(-i omega W)> of curvature, tilt and frequency, in the last axis."""
    names = (model.curvature, model.tilt, model.frequency)
    return _lowered(gaussian_work, "Fourier transform of a mode", *names, entries=slice(None))


@cache
def mode_extreme() -> Lowered:
    """Place and value of the extreme work of a mode of curvature and tilt, in the last axis."""
    return _lowered(gaussian_work, "distribution of a mode", model.curvature, model.tilt, entries=slice(0, 2))


@cache
def mode_reach() -> Lowered:
    """How far from the place of the extreme the work has a value: of curvature, tilt and the value."""
    names = (model.curvature, model.tilt, gaussian_work.value)
    return _lowered(gaussian_work, "distribution of a mode", *names, entries=2)


@cache
def mode_probability() -> Lowered:
    """Probability to be as near to the place of the extreme as a reach: of place and reach."""
    return _lowered(gaussian_work, "distribution of a mode", gaussian_work.place, gaussian_work.reach, entries=3)


@cache
def mode_density() -> Lowered:
    """Probability per unit of work of a mode of positive curvature: of curvature, place and reach."""
    return _lowered(gaussian_work, "density of a mode", model.curvature, gaussian_work.place, gaussian_work.reach)


@cache
def free_energy_change() -> Lowered:
    """F' - F of one coordinate, of both stiffnesses."""
    return _lowered(stiffened_oscillator, "change of free energy", model.stiffness, model.next_stiffness)


@cache
def sudden_density() -> Lowered:
    """Probability per unit of work of a sudden stiffening: of work, dimension and both stiffnesses."""
    names = (stiffened_oscillator.work, stiffened_oscillator.dimension, model.stiffness, model.next_stiffness)
    return _lowered(stiffened_oscillator, "law of a sudden change", *names, entries=0)


@cache
def sudden_law() -> Lowered:
    """Shape and scale of the Gamma law of a sudden stiffening: of dimension and both stiffnesses, in the last axis."""
    names = (stiffened_oscillator.dimension, model.stiffness, model.next_stiffness)
    return _lowered(stiffened_oscillator, "law of a sudden change", *names, entries=slice(1, None))


@cache
def steady_mean() -> Lowered:
    """Mean work at constant speed: of stiffness, distance, rate and duration."""
    return _lowered(
        dragged_oscillator, "mean work at constant speed", model.stiffness, model.distance, model.rate, model.duration
    )


@cache
def steady_variance() -> Lowered:
    """Variance of the work at constant speed: of stiffness, distance, rate and duration."""
    names = (model.stiffness, model.distance, model.rate, model.duration)
    return _lowered(dragged_oscillator, "variance of the work at constant speed", *names)


@cache
def best_lag() -> Lowered:
    """The lag at which dragging with jumps spends least: of distance, rate and duration."""
    return _lowered(dragged_oscillator, "best lag", model.distance, model.rate, model.duration)


@cache
def least_mean() -> Lowered:
    """The least mean work of a drag: of stiffness, distance, rate and duration."""
    names = (model.stiffness, model.distance, model.rate, model.duration)
    return _lowered(dragged_oscillator, "least mean work", *names)
