"""Errors of estimates of a known difference of free energies: as repeated samples show them, and to leading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit

from numerics.free_energies.acceptance_ratio import bennett_acceptance_ratio
from numerics.free_energies.estimate import FreeEnergyEstimate
from numerics.free_energies.exponential_average import jarzynski
from numerics.solvable.system import SolvableSystem

REACH, STEP = 45.0, 0.01
"""Of the grid over which acceptances are integrated, in k_B T: their slope is below 1e-19 outside."""


@dataclass(frozen=True, kw_only=True)
class SampledErrors:
    """Estimates from many samples of the same size, less the exact value, in units of k_B T.

    Attributes
    ----------
    bias, bias_error
        Mean of the errors, and its standard error.
    deviation, deviation_error
        Their standard deviation, and its standard error.
    reported : float
        Root of the mean square of the error bars that the estimates themselves report.
    reliable : float
        Share of the samples that the estimator calls reliable.
    """

    bias: float
    bias_error: float
    deviation: float
    deviation_error: float
    reported: float
    reliable: float


@dataclass(frozen=True, kw_only=True)
class LeadingErrors:
    """Bias and standard deviation of an estimate to leading order in the inverse number of samples, in k_B T."""

    bias: float
    deviation: float


@dataclass(frozen=True, kw_only=True)
class EstimatorErrors:
    """What to expect of both estimators for one system.

    Attributes
    ----------
    mean_dissipated_work : float
        Of the forward protocol, in k_B T.
    n_samples : int
        Forward runs of the exponential average; the acceptance ratio has half as many in each direction.
    exponential, acceptance
        As sampled.
    leading_exponential, leading_acceptance
        From the law of the work.
    """

    mean_dissipated_work: float
    n_samples: int
    exponential: SampledErrors
    acceptance: SampledErrors
    leading_exponential: LeadingErrors
    leading_acceptance: LeadingErrors


def estimator_errors(
    system: SolvableSystem, *, n_samples: int, n_repetitions: int, rng: np.random.Generator
) -> EstimatorErrors:
    """Repeat both estimates with the same number of runs.

    Parameters
    ----------
    system
        Known difference of free energies and law of the work.
    n_samples
        Runs in all, an even number: the acceptance ratio spends half of them in each direction.
    n_repetitions
        Independent samples.
    rng
        Source of randomness.

    Raises
    ------
    ValueError
        If the numbers of runs or of samples are too small.
    """
    if n_samples < 2 or n_samples % 2 or n_repetitions < 2:
        raise ValueError(
            f"expected an even number of runs and at least 2 repetitions; found {n_samples} and {n_repetitions}"
        )
    half, exact = n_samples // 2, system.free_energy_difference
    forward = system.sampled_work(n_samples * n_repetitions, rng).reshape(n_repetitions, n_samples)
    reverse = system.sampled_work(half * n_repetitions, rng, direction="reverse").reshape(n_repetitions, half)
    return EstimatorErrors(
        mean_dissipated_work=system.work_mean - exact,
        n_samples=n_samples,
        exponential=_sampled(jarzynski, [(works,) for works in forward], exact),
        acceptance=_sampled(bennett_acceptance_ratio, list(zip(forward[:, :half], reverse, strict=True)), exact),
        leading_exponential=leading_exponential_errors(system, n_samples),
        leading_acceptance=leading_acceptance_errors(system, half),
    )


def leading_exponential_errors(system: SolvableSystem, n_samples: int) -> LeadingErrors:
    """Of -log of a mean of n weights exp(-W) of relative variance v: bias v / (2 n), variance v / n.

    v = <exp(-2 W)> / <exp(-W)>^2 - 1, infinite where the weights have no second moment.
    """
    second, first = (float(system.work_law().log_transform(s)) for s in (2.0, 1.0))
    with np.errstate(over="ignore"):
        relative_variance = float(np.expm1(second - 2 * first))
    return LeadingErrors(
        bias=relative_variance / (2 * n_samples), deviation=float(np.sqrt(relative_variance / n_samples))
    )


def leading_acceptance_errors(system: SolvableSystem, n_samples: int) -> LeadingErrors:
    """Of the acceptance ratio with n runs in each direction: bias (2 S - A) / (2 n A^2), variance (1 / A - 2) / n.

    A is the mean of f = 1 / (1 + exp(W - DF)) over forward runs and S that of f^2. By Crooks' relation A is the mean
    acceptance of reverse runs too, and A - S that of their squares (Bennett 1976 for the variance): there is no bias at
    this order where both directions dissipate alike.
    """
    mean, square = mean_acceptances(system.work_law().cumulative, system.free_energy_difference)
    return LeadingErrors(
        bias=(2 * square - mean) / (2 * n_samples * mean**2), deviation=float(np.sqrt((1 / mean - 2) / n_samples))
    )


def mean_acceptances(cumulative: Callable[[Any], Any], difference: float) -> tuple[float, float]:
    """Means of 1 / (1 + exp(W - difference)) and of its square, by parts: laws need no density."""
    steps = np.arange(-REACH, REACH + STEP / 2, STEP)
    shares = cumulative(difference + steps) * expit(steps) * expit(-steps) * STEP
    return float(np.sum(shares)), float(np.sum(2 * expit(-steps) * shares))


def _sampled(
    estimator: Callable[..., FreeEnergyEstimate], samples: list[tuple[Any, ...]], exact: float
) -> SampledErrors:
    found = [estimator(*works) for works in samples]
    errors, n = np.array([f.free_energy_difference for f in found]) - exact, len(found)
    deviation, fourth = float(np.std(errors, ddof=1)), float(np.mean((errors - np.mean(errors)) ** 4))
    return SampledErrors(
        bias=float(np.mean(errors)),
        bias_error=deviation / float(np.sqrt(n)),
        deviation=deviation,
        deviation_error=float(np.sqrt(max(fourth - deviation**4, 0.0) / n)) / (2 * deviation) if deviation else 0.0,
        reported=float(np.sqrt(np.mean([f.standard_error**2 for f in found]))),
        reliable=float(np.mean([f.reliable for f in found])),
    )
