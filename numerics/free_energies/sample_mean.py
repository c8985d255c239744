"""The mean of a positive quantity, relative to itself: its error, and whether that is a normal one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.free_energies.pareto_tail import tail_index

LEAST_SAMPLES = 20
LARGEST_SKEWNESS = 0.25
"""Of the mean: the mean of its studentized error is then -0.12, its skewness -0.5."""
LARGEST_TAIL_INDEX = 0.5
"""Beyond it the variance diverges."""
LEAST_FOR_TAIL = 25
"""From so many on `tail_index` has the five largest to look at."""
SKEWNESS_SHARE, TAIL_SHARE = 0.4, 0.8
"""Skewness and index in these units may add up to 1: a sample that lacks its largest numbers shows less of both."""


@dataclass(frozen=True, kw_only=True)
class SampleMean:
    """Of nonnegative numbers, scaled so that their largest is 1.

    Attributes
    ----------
    mean : float
        Zero where every number is.
    relative_error : float
        Standard error over the mean.
    effective_size : float
        (sum w)^2 / sum w^2.
    tail_index : float
        See `numerics.free_energies.pareto_tail.tail_index`.
    warnings : tuple of str
        Why the error need not be a normal one.
    """

    mean: float
    relative_error: float
    effective_size: float
    tail_index: float
    warnings: tuple[str, ...]


def sample_mean(numbers: Any, name: str) -> SampleMean:
    """The mean of independent nonnegative numbers, shape (n,), called ``name`` in what it warns of."""
    n, largest = numbers.size, float(np.max(numbers))
    if largest == 0:
        return SampleMean(
            mean=0.0,
            relative_error=float("inf"),
            effective_size=0.0,
            tail_index=float("nan"),
            warnings=(f"all {n} {name} are zero",),
        )
    numbers = numbers / largest  # so that no square of a tiny number is lost
    mean = float(np.mean(numbers))
    error = float(np.std(numbers, ddof=1) / np.sqrt(n)) / mean if n > 1 else float("inf")
    index = tail_index(numbers)
    return SampleMean(
        mean=mean,
        relative_error=error,
        effective_size=float(np.sum(numbers) ** 2 / np.sum(numbers**2)),
        tail_index=index,
        warnings=tuple(_warnings(numbers, index, name)),
    )


def _warnings(numbers: Any, index: float, name: str) -> list[str]:
    found = []
    n = numbers.size
    if n < LEAST_SAMPLES:
        found.append(f"{n} samples are too few for an error bar: take at least {LEAST_SAMPLES}")
    skewness = mean_skewness(numbers)
    if skewness > LARGEST_SKEWNESS:
        share = float(np.max(numbers) / np.sum(numbers))
        found.append(
            f"few of the {name} dominate: the mean of {n} has skewness {skewness:.2f}, above {LARGEST_SKEWNESS}, and "
            f"the largest makes {share:.0%} of it; take more samples, or more and slower steps"
        )
    if index > LARGEST_TAIL_INDEX:
        found.append(
            f"the {name} are heavy-tailed: Pareto index {index:.2f}, above {LARGEST_TAIL_INDEX}, so their variance may "
            "not exist; take more and slower steps"
        )
    # Of fewer samples the tail tells nothing: it may be as heavy as the bound.
    presumed = LARGEST_TAIL_INDEX if n < LEAST_FOR_TAIL else index
    if not found and skewness / SKEWNESS_SHARE + max(presumed, 0.0) / TAIL_SHARE > 1:
        told = "may be" if n < LEAST_FOR_TAIL else "is"
        found.append(
            f"the {name} may be heavy-tailed: their mean has skewness {skewness:.2f} and their Pareto index {told} "
            f"{presumed:.2f}, together too near to the bounds {LARGEST_SKEWNESS} and {LARGEST_TAIL_INDEX}; "
            "take more samples, or more and slower steps"
        )
    return found


def mean_skewness(numbers: Any) -> float:
    """Of the mean of the numbers: that of one of them over the root of how many there are."""
    deviations = numbers - np.mean(numbers)
    variance = float(np.mean(deviations**2))
    scale = float(np.max(np.abs(numbers)))
    if variance <= (16 * np.finfo(float).eps * scale) ** 2:
        return 0.0
    return float(np.mean(deviations**3)) / variance**1.5 / float(np.sqrt(numbers.size))
