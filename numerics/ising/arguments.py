"""Temperatures, fields and starts as users hand them in."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np


def checked_temperature(temperature: Any) -> float:
    """A positive finite number.

    Raises
    ------
    ValueError, TypeError
        If it is none.
    """
    if isinstance(temperature, bool) or not isinstance(temperature, Real):
        raise TypeError(f"expected a temperature; found {temperature!r}: pass one number, in units of the couplings")
    value = float(temperature)
    if not (np.isfinite(value) and value > 0 and 1 / value < np.inf):
        raise ValueError(
            f"expected a positive finite temperature, in units of the couplings; found {temperature!r}: for ground "
            "states go down in temperature from solution to solution"
        )
    return value


def checked_field(field: Any, n_spins: int) -> Any:
    """Fields of shape (n_spins,)."""
    fields = _numbers(field, "field")
    if fields.shape not in ((), (n_spins,)):
        raise ValueError(f"expected one field, or {n_spins} of them; found shape {fields.shape}")
    return np.broadcast_to(fields, (n_spins,)).copy()


def checked_start(start: Any, n_spins: int) -> Any:
    """Magnetizations of shape (n_spins,), from -1 to 1."""
    magnetizations = _numbers(start, "start")
    if magnetizations.shape not in ((), (n_spins,)):
        raise ValueError(f"expected a start of {n_spins} magnetizations; found shape {magnetizations.shape}")
    if np.any(np.abs(magnetizations) > 1):
        worst = magnetizations.flat[np.argmax(np.abs(magnetizations))]
        raise ValueError(f"expected magnetizations from -1 to 1 as a start; found {worst}")
    return np.broadcast_to(magnetizations, (n_spins,)).copy()


def _numbers(values: Any, name: str) -> Any:
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"expected numbers as {name}; found rows of unequal length") from error
    if array.dtype.kind not in "fiub":
        raise TypeError(f"expected real numbers as {name}; found dtype {array.dtype}")
    array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError(f"expected finite numbers as {name}; found NaN or infinite")
    return array
