"""What an evolution is handed: checked, and put into arrays."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.evolution.grid import Array, Field, Grid
from numerics.evolution.harmonics import Harmonics

Progress = Callable[[int, int], None]
"""Called with the steps done and their number."""
MASS_ERROR = 1e-6
"""By which the sum over cells may miss 1: more is a density that was not normalized, or that the grid cuts off."""
NEGATIVE_MASS = 1e-6
"""Integral of the negative part from which on an array is no density."""
UNRESOLVED = 1e-4
"""Share of a wave in the fastest tenth of the grid's harmonics from which on the grid is too coarse."""


def positive(value: Any, what: str) -> float:
    """A positive finite number."""
    number = _number(value, what)
    if number <= 0:
        raise ValueError(f"expected a positive {what}; found {value!r}")
    return number


def _number(value: Any, what: str) -> float:
    if isinstance(value, bool | str | complex) or np.ndim(value) != 0:
        raise TypeError(f"expected a real number as {what}; found {value!r}")
    number = float(value)
    if not isfinite(number):
        raise ValueError(f"expected a finite {what}; found {value!r}")
    return number


def moments(times: ArrayLike) -> Array:
    """Times from 0 on, ascending, shape (n_times,)."""
    found = np.atleast_1d(np.asarray(times, dtype=float))
    if found.ndim != 1 or found.size == 0:
        raise ValueError(f"expected a list of times; found an array of shape {found.shape}")
    if not np.isfinite(found).all() or found[0] < 0 or (np.diff(found) <= 0).any():
        raise ValueError(f"expected finite times, not negative and in ascending order; found {found}")
    return found


def normalized_density(grid: Grid, density: Field) -> Array:
    """A density on the grid.

    Raises
    ------
    ValueError
        If it is out of shape, negative, or does not integrate to 1.
    """
    found = grid.values(density, "density")
    if (found < 0).any():
        raise ValueError(f"expected a density that is not negative; found {found.min()}")
    mass = grid.integral(found)
    if abs(mass - 1) > MASS_ERROR:
        raise ValueError(
            f"expected a density that integrates to 1 over the grid; found {mass:.9g}: divide by "
            "grid.integral(density), or widen a grid that cuts it off"
        )
    return found


def normalized_wave(grid: Grid, wave: Field, unresolved: float) -> NDArray[np.complex128]:
    """A wave function on the grid.

    Raises
    ------
    ValueError
        If it is out of shape, not finite, its square does not integrate to 1, or it changes too fast for the grid.
    """
    found = np.array(wave(*grid.points) if callable(wave) else wave, dtype=complex)
    if found.shape != grid.shape:
        raise ValueError(f"expected a wave function of the grid's shape {grid.shape}; found {found.shape}")
    if not np.isfinite(found).all():
        raise ValueError("expected a wave function of finite numbers; found others")
    norm = grid.integral(np.abs(found) ** 2)
    if abs(norm - 1) > MASS_ERROR:
        raise ValueError(
            f"expected a wave function whose square integrates to 1 over the grid; found {norm:.9g}: divide by the root"
        )
    require_resolved(grid, found, unresolved, "at the start")
    return found


def require_resolved(grid: Grid, wave: NDArray[np.complex128], allowed: float, when: str) -> None:
    """Refuse waves of which more than a share turns by nearly pi from cell to cell."""
    share = Harmonics(grid, "wave").unresolved_share(wave)
    if share > allowed:
        raise ValueError(
            f"expected a wave function that turns by less than 0.9 pi from cell to cell; found a share of {share:.2g} "
            f"that does not {when}: take more cells, one that vanishes towards walls, or allow more as unresolved="
        )


def require_density(grid: Grid, density: Array, time: float) -> None:
    """Refuse what steps have made negative."""
    negative = -grid.integral(np.minimum(density, 0.0))
    if not negative <= NEGATIVE_MASS:
        raise ArithmeticError(
            f"expected a density that is not negative; found a negative part of {negative:.2g} at time {time:.6g}: "
            "take smaller steps or more cells, or scheme='backward-euler'"
        )


def needed_step(time_step: Any, scheme: str) -> float:
    """The step of a scheme that takes steps."""
    if time_step is None:
        raise ValueError(f"expected a time_step for the scheme {scheme!r}; found none")
    return positive(time_step, "time_step")
