"""Works as users hand them in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def checked_works(work: Any, name: str = "work") -> Array:
    """Works in units of k_B T, shape (n_samples,); plus infinity stands for a forbidden final state.

    Raises
    ------
    ValueError, TypeError
        If they are no such numbers, or fewer than one.
    """
    try:
        array = np.asarray(work)
    except ValueError as error:
        raise ValueError(f"expected numbers as {name}; found rows of unequal length") from error
    if array.dtype.kind not in "fiu":
        raise TypeError(f"expected real numbers as {name}, in units of k_B T; found dtype {array.dtype}")
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"expected {name} of shape (n_samples,) with at least one; found shape {array.shape}")
    works = array.astype(np.float64)
    if np.isnan(works).any():
        raise ValueError(f"expected {name} without NaN; found {np.count_nonzero(np.isnan(works))} of {works.size}")
    if np.any(works == -np.inf):
        raise ValueError(
            f"expected {name} above -infinity; found {np.count_nonzero(works == -np.inf)} of {works.size} there: a run "
            "started in a state of infinite energy, which equilibrium does not visit"
        )
    return works
