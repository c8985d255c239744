"""Schedules and other arguments of driven systems, as they are handed in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.free_energies.annealing import checked_schedule

Array = NDArray[np.float64]


def values_of(schedule: int | ArrayLike) -> tuple[float, ...]:
    """The values of lam from 0 to 1, from themselves or from how many equal steps lie between.

    Raises
    ------
    ValueError, TypeError
        If it is neither.
    """
    return tuple(checked_schedule(schedule))


def both_ends(values: ArrayLike, name: str) -> tuple[float, float]:
    """What a parameter is at lam = 0 and at lam = 1, in units of k_B T.

    Raises
    ------
    ValueError
        If it is not two finite numbers.
    """
    ends = np.asarray(values, dtype=float)
    if ends.shape != (2,) or not np.isfinite(ends).all():
        raise ValueError(f"expected {name} as two finite numbers, in units of k_B T; found {values!r}")
    return float(ends[0]), float(ends[1])


def require_share(retained: float) -> float:
    """The share of the distance from its mean that a state retains in a move.

    Raises
    ------
    ValueError, TypeError
        If it is not in [0, 1), or no number.
    """
    require_number(retained, "retained")
    if not 0 <= retained < 1:
        raise ValueError(f"expected retained in [0, 1): 0 for independent states at each step; found {retained}")
    return float(retained)


def require_positive(**numbers: float) -> None:
    """Refuse the first of the numbers that is not positive and finite.

    Raises
    ------
    ValueError, TypeError
        If one is not positive, or no number; the message names it.
    """
    for name, number in numbers.items():
        require_number(number, name)
        if not 0 < number < np.inf:
            raise ValueError(f"expected a positive number as {name}; found {number}")


def require_number(number: Any, name: str) -> None:
    """Refuse what is no real number.

    Raises
    ------
    TypeError
        If it is none.
    """
    if isinstance(number, bool | np.bool_) or not isinstance(number, int | float | np.integer | np.floating):
        raise TypeError(f"expected a real number as {name}; found {number!r}")


def covariance_matrix(matrix: Any, name: str) -> Array:
    """A symmetric positive definite matrix.

    Raises
    ------
    ValueError
        If it is none.
    """
    found = np.asarray(matrix, dtype=float)
    if found.ndim != 2 or found.shape[0] != found.shape[1] or found.size == 0 or not np.isfinite(found).all():
        raise ValueError(f"expected a square matrix of finite numbers as {name}; found shape {found.shape}")
    if not np.allclose(found, found.T, rtol=1e-12, atol=0):
        raise ValueError(f"expected a symmetric matrix as {name}; found one that differs from its transpose")
    least = float(np.linalg.eigvalsh(found)[0])
    if least <= 0:
        raise ValueError(f"expected a positive definite matrix as {name}; found {least:.3g} as its least eigenvalue")
    return (found + found.T) / 2
