"""Free energies by Bennett's acceptance ratio: the least error that works from both sides allow."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, log_expit, logsumexp

from numerics.free_energies.estimate import FreeEnergyEstimate
from numerics.free_energies.exponential_average import jarzynski
from numerics.free_energies.sample_mean import sample_mean
from numerics.free_energies.works import COARSEST_ROUNDING, checked_works, rounding_warnings

ALARM = 4.0
"""Standard errors; a false alarm in fifteen thousand."""
WIDEST_BRACKET = 1e6
"""In units of k_B T; wider ones are halved, which overflows nowhere."""
LARGEST_EXCESS = float(np.log(15_000))
"""By Markov's inequality the mean of numbers of mean 1 exceeds 15 000 once in 15 000 times, whatever their law."""
METHOD = "acceptance ratio (Bennett 1976, J. Comput. Phys. 22, 245)"


def bennett_acceptance_ratio(forward_work: Any, reverse_work: Any) -> FreeEnergyEstimate:
    """log(Z_1 / Z_0) from independent runs in both directions.

    The difference C of free energies at which the expected numbers of exchanges agree: the sum over forward works of
    1 / (1 + exp(M + W - C)) is that over reverse works of 1 / (1 + exp(-M + W + C)), with M the logarithm of the ratio
    of their numbers. By Crooks' relation no other combination of the works has a smaller asymptotic variance
    (Shirts, Bair, Hooker and Pande 2003, PRL 91, 140601).

    Parameters
    ----------
    forward_work
        Spent from 0 to 1, in units of k_B T, shape (n_forward,).
    reverse_work
        Spent from 1 to 0, shape (n_reverse,).

    Returns
    -------
    FreeEnergyEstimate
        Its ``effective_sample_size`` counts the samples in the overlap of both directions.

    Raises
    ------
    ValueError, TypeError
        If the works are no numbers, there is none, or one is NaN or minus infinity.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> found = bennett_acceptance_ratio(rng.normal(3, 2, 10_000), rng.normal(1, 2, 10_000))
    >>> abs(found.free_energy_difference - 1) < 4 * found.standard_error, found.reliable
    (True, True)
    """
    forward, reverse = checked_works(forward_work, "forward_work"), checked_works(reverse_work, "reverse_work")
    ratio = float(np.log(forward.size / reverse.size))
    found = _difference(forward, reverse, ratio)
    shift = found - ratio if np.isfinite(found) else 0.0
    with np.errstate(over="ignore"):  # beyond all numbers an acceptance is 0 or 1
        ahead = sample_mean(expit(shift - forward), "acceptances of forward runs")
        back = sample_mean(expit(-shift - reverse), "acceptances of reverse runs")
    error = float(np.hypot(ahead.relative_error, back.relative_error))
    coarse = rounding_warnings(float(np.spacing(abs(found))) if np.isfinite(found) else 0.0, error, "works")
    return FreeEnergyEstimate(
        log_ratio=-found,
        standard_error=error,
        effective_sample_size=min(ahead.effective_size, back.effective_size),
        tail_index=float(np.fmax(ahead.tail_index, back.tail_index)),
        warnings=(*_contradictions(forward, reverse, found, error), *ahead.warnings, *back.warnings, *coarse),
        work=forward,
        reverse_work=reverse,
        method=METHOD,
    )


def _difference(forward: Any, reverse: Any, ratio: float) -> float:
    """The root of what increases with C; infinite where no run of one direction ever comes to the other's states."""
    if not np.isfinite(reverse).any():
        return -np.inf if np.isfinite(forward).any() else np.nan
    if not np.isfinite(forward).any():
        return np.inf

    def imbalance(difference: float) -> float:
        with np.errstate(over="ignore"):
            ahead = logsumexp(log_expit(difference - ratio - forward))
            return float(ahead - logsumexp(log_expit(ratio - difference - reverse)))

    ends = np.concatenate([forward[np.isfinite(forward)], -reverse[np.isfinite(reverse)]])
    low, high, margin = float(np.min(ends)), float(np.max(ends)), 1.0 + abs(ratio)
    while imbalance(low - margin) > 0 or imbalance(high + margin) < 0:
        margin *= 2
    low, high = low - margin, high + margin
    while high / 2 - low / 2 > WIDEST_BRACKET:
        middle = low / 2 + high / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if imbalance(middle) < 0 else (low, middle)
    root: Any = brentq(imbalance, low, high, xtol=1e-14, rtol=4 * np.finfo(float).eps)
    return float(root)


def _contradictions(forward: Any, reverse: Any, difference: float, difference_error: float) -> list[str]:
    """Where the works cannot be those of one protocol and its reverse."""
    found = []
    total = float(np.sum(forward / forward.size)) + float(np.sum(reverse / reverse.size))
    error = float(np.hypot(_error(forward), _error(reverse)))
    if total < -(ALARM * error + COARSEST_ROUNDING):
        off = -total / error if error else np.inf
        found.append(
            f"forward and reverse works add up to {total:.3g}, below zero by {off:.1f} standard errors: no protocol "
            "gains work in both directions; reverse works are those spent from 1 to 0, and every run starts in "
            "equilibrium"
        )
    one, other = jarzynski(forward), jarzynski(reverse)
    for name, excess in (("forward", one.log_ratio + difference), ("reverse", other.log_ratio - difference)):
        if excess > LARGEST_EXCESS + ALARM * difference_error:
            found.append(
                f"{name} works are too low for the free energy that both directions agree on: the mean of "
                f"exp(difference - work) is exp({excess:.3g}) where 1 is expected; they belong to different protocols, "
                "or runs did not start in equilibrium"
            )
    if one.reliable and other.reliable:
        gap, error = abs(one.log_ratio + other.log_ratio), float(np.hypot(one.standard_error, other.standard_error))
        if gap > ALARM * error + COARSEST_ROUNDING:
            found.append(
                f"both directions alone disagree by {gap:.3g}, {gap / error if error else np.inf:.1f} standard errors: "
                "they belong to different protocols, or runs did not start in equilibrium"
            )
    return found


def _error(works: Any) -> float:
    """Standard error of the mean; infinite where a work is."""
    if works.size < 2 or not np.isfinite(works).all():
        return np.inf
    scale = float(np.max(np.abs(works))) or 1.0
    return scale * float(np.std(works / scale, ddof=1) / np.sqrt(works.size))
