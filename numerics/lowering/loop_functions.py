"""What the loops of a NumPy source call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

# Arrays or scalars of any floating type, as for a ufunc.
Values = Any

LONGEST_LOOP = 1e8
"""Terms of a sum or a product beyond which it is not run through."""


def loop_start(low: Values, high: Values, neutral: float) -> Values:
    """What a sum or a product starts from; NaN where the bounds are not whole, or are too far apart."""
    with np.errstate(invalid="ignore"):
        usable = (np.floor(low) == low) & (np.floor(high) == high) & (np.subtract(high, low) < LONGEST_LOOP)
    return np.where(usable, neutral, np.nan)[()]


def loop_indices(low: Values, high: Values) -> Iterator[float]:
    """The whole numbers from the least lower to the largest upper bound of those that can be run through."""
    usable = np.isfinite(loop_start(low, high, 0.0)) & (low <= high)
    lows, highs = (np.broadcast_to(bound, usable.shape)[usable] for bound in (low, high))
    return map(float, range(int(lows.min()), int(highs.max()) + 1)) if lows.size else iter(())


def loop_add(total: Values, rest: Values, term: Values) -> tuple[Values, Values]:
    """Add a term, and keep what rounding took from it."""
    with np.errstate(invalid="ignore"):  # an infinite sum has no rounding
        found = total + term
        added = found - total
        return found, rest + ((total - (found - added)) + (term - added))


def loop_total(total: Values, rest: Values) -> Values:
    """A sum with what rounding took; infinite where it overflowed."""
    return np.where(np.isfinite(rest), total + rest, total)[()]
