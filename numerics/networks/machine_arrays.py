"""Arrays that a machine of units is made of, as users hand them in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LARGEST = 1e300
"""Of the sum of all couplings and biases: a machine of spins has up to eight times as much in units 0 and 1."""


def checked_array(values: Any, name: str, n_axes: int) -> Array:
    """Finite real numbers in double precision, with so many axes.

    Raises
    ------
    ValueError, TypeError
        If they are no such numbers.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"expected real numbers as {name}; found dtype {array.dtype}")
    if array.ndim != n_axes:
        raise ValueError(f"expected {name} with {n_axes} axes; found shape {array.shape}")
    array = np.ascontiguousarray(array, dtype=np.float64)
    if not np.isfinite(array).all():
        fixes = "bias" in name and bool(np.isinf(array).any())
        remedy = (
            "leave out units that an infinite bias fixes, with what they couple to as biases of the others"
            if fixes
            else "save numbers from before they diverged"
        )
        raise ValueError(
            f"expected finite numbers as {name}; found {np.count_nonzero(~np.isfinite(array))} that are not: {remedy}"
        )
    return array


def check_energies(*arrays: Array) -> None:
    """Refuse couplings and biases whose energies are beyond the range of double precision, in either kind of units.

    Raises
    ------
    ValueError
        If they are.
    """
    with np.errstate(over="ignore"):
        total = sum(float(np.sum(np.abs(array))) for array in arrays)
    if total > LARGEST:
        raise ValueError(
            f"expected couplings and biases that add up to less than {LARGEST:.0e} k_B T; found {total:.3g}: such "
            "a machine is frozen, so look for its states of least energy"
        )
