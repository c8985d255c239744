"""The error of an acceptance ratio whose reverse runs start where forward ones ended."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit


def error_of_families(forward_work: Any, reverse_work: Any, ancestors: NDArray[np.int_], difference: float) -> float:
    """Standard error of the difference C of free energies, with runs counted by families.

    A forward run and the reverse ones that start from its final state, drawn with a probability in proportion to
    exp(-W), are independent of all other families. C solves sum_i a_i = sum_j b_j for the acceptances a of forward and
    b of reverse runs, so that to first order its error is the sum over families of

        (a_i - mean a) - sum_{j from i} (b_j - mean b),

    over the number of runs times the mean acceptance. Where reverse runs forget their start before their work begins it
    is the error of independent runs; where they do not, shares of states that forward runs got wrong are wrong in both
    directions.

    Parameters
    ----------
    forward_work, reverse_work
        Spent from 0 to 1 and back, in units of k_B T, both of shape (n,).
    ancestors
        From which forward run each reverse one comes, shape (n,).
    difference
        C.

    Returns
    -------
    float
        Infinite where no run is ever accepted.
    """
    n, shift = forward_work.size, difference if np.isfinite(difference) else 0.0
    with np.errstate(over="ignore"):
        ahead, back = expit(shift - forward_work), expit(-shift - reverse_work)
    largest = max(float(ahead.max()), float(back.max()))
    if largest == 0:
        return float("inf")
    ahead, back = ahead / largest, back / largest  # so that no square of a tiny number is lost
    families = ahead - ahead.mean() - np.bincount(ancestors, back - back.mean(), minlength=n)
    acceptance = (ahead.mean() + back.mean()) / 2
    return float(np.sqrt(np.sum(families**2)) / (n * acceptance))
