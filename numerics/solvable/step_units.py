"""The steps of a schedule as multiples of one unit, so that a sum of works in steps stays on a grid."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

_LARGEST_DENOMINATOR = 10_000
_ROUNDING = 1e-12


def step_units(schedule: Sequence[float], *, most: int) -> NDArray[np.int64]:
    """Whole numbers n_t with lam_(t+1) - lam_t = n_t / |sum(n)|, shape (n_steps,).

    Parameters
    ----------
    schedule
        Values of lam from 0 to 1, or back.
    most
        The largest sum.

    Raises
    ------
    ValueError
        If no unit up to 1 / ``most`` divides all steps.
    """
    found = [Fraction(lam).limit_denominator(_LARGEST_DENOMINATOR) for lam in schedule]
    total = lcm(*(f.denominator for f in found))
    if total > most or any(abs(float(f) - lam) > _ROUNDING for f, lam in zip(found, schedule, strict=True)):
        raise ValueError(
            f"expected a schedule whose values are multiples of 1/n with n up to {most}, so that the work has few "
            "values: take equal steps, or log_work_transform for any schedule"
        )
    return np.diff([int(f * total) for f in found])
