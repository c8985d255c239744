"""Arrays that a machine of units is made of, as users hand them in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


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
        raise ValueError(
            f"expected finite numbers as {name}; found {np.count_nonzero(~np.isfinite(array))} that are not: a unit "
            "that is fixed is left out of a machine, with what it couples to as biases"
        )
    return array
