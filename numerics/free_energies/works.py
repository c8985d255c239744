"""Works as users hand them in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
COARSEST_ROUNDING = 1e-6
"""In units of k_B T; what is finer spoils no error bar."""


def checked_works(work: Any, name: str = "work") -> Array:
    """Works in units of k_B T, shape (n_samples,); plus infinity stands for a forbidden final state.

    Raises
    ------
    ValueError, TypeError
        If they are no such numbers, or fewer than one.
    """
    if isinstance(work, np.ma.MaskedArray) and np.ma.is_masked(work):
        raise ValueError(
            f"expected {name} without masked entries; found {np.ma.count_masked(work)}: hand in {name}.compressed() if "
            "they stand for no run, infinity where a run ended in a forbidden state"
        )
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


def rounding_warnings(rounding: float, standard_error: float, name: str) -> list[str]:
    """Whether numbers called ``name`` that are rounded so coarsely can tell of weights."""
    if rounding <= max(COARSEST_ROUNDING, standard_error if np.isfinite(standard_error) else 0.0):
        return []
    return [
        f"{name} are rounded to {rounding:.1g} k_B T, more than the error bar: subtract from the energies what all of "
        "them have in common, or use double precision"
    ]


def rounding_of(works: Array) -> float:
    """The distance of the least work to the next number; zero where none is finite."""
    lowest = float(np.min(works))
    return float(np.spacing(abs(lowest))) if np.isfinite(lowest) else 0.0
