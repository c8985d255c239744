"""Estimates of known free energies from fresh runs, for their errors to be counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np

from numerics.crosschecks.driven_chains import random_chain
from numerics.free_energies.acceptance_ratio import bennett_acceptance_ratio
from numerics.free_energies.annealing import annealed_importance_sampling
from numerics.free_energies.estimate import FreeEnergyEstimate
from numerics.free_energies.exponential_average import jarzynski

N_RUNS = 2000
WORK_VARIANCE = 0.25
STIFFNESS, STEPS = 4.0, 8
TAIL = 1.2
"""Weights have moments of lower order only: a mean, and no variance."""


@dataclass(frozen=True, kw_only=True)
class FreshEstimate:
    """An estimate that can be repeated.

    Attributes
    ----------
    log_ratio : float
        log(Z_1 / Z_0), exactly.
    estimate
        From runs of the generator's.
    """

    log_ratio: float
    estimate: Callable[[np.random.Generator], FreeEnergyEstimate]


def exponential_average() -> FreshEstimate:
    """Of Gaussian works of variance 1/4 that obey the Jarzynski equality with no difference of free energies."""
    mean, deviation = WORK_VARIANCE / 2, sqrt(WORK_VARIANCE)
    return FreshEstimate(log_ratio=0.0, estimate=lambda rng: jarzynski(rng.normal(mean, deviation, N_RUNS)))


def acceptance_ratio(rng: np.random.Generator) -> FreshEstimate:
    """Of a random chain, with half as many runs on the way back."""
    chain = random_chain(n_states=6, n_steps=4, spread=1.5, mixing="reversible", rng=rng)

    def estimate(rng: np.random.Generator) -> FreeEnergyEstimate:
        forward = chain.sampled_work(N_RUNS, rng)
        return bennett_acceptance_ratio(forward, chain.sampled_work(N_RUNS // 2, rng, direction="reverse"))

    return FreshEstimate(log_ratio=-chain.free_energy_difference, estimate=estimate)


def annealing() -> FreshEstimate:
    """Of a harmonic well that is stiffened in eight steps, with Metropolis moves that do not keep up."""

    def energy(lam: float, x: Any) -> Any:
        return (1 + (STIFFNESS - 1) * lam) * x**2 / 2

    def step(x: Any, lam: float, rng: np.random.Generator) -> Any:
        proposed = x + rng.normal(size=x.shape)
        accepted = rng.random(x.shape) < np.exp(np.minimum(0, energy(lam, x) - energy(lam, proposed)))
        return np.where(accepted, proposed, x)

    def estimate(rng: np.random.Generator) -> FreeEnergyEstimate:
        start = rng.normal(size=N_RUNS)
        return annealed_importance_sampling(energy, step, n_chains=N_RUNS, schedule=STEPS, rng=rng, initial=start)

    return FreshEstimate(log_ratio=-log(STIFFNESS) / 2, estimate=estimate)


def heavy_tails() -> FreshEstimate:
    """Of works with an exponential tail, whose weights exp(-W) have a mean and no variance."""
    return FreshEstimate(
        log_ratio=log(TAIL / (TAIL - 1)), estimate=lambda rng: jarzynski(-rng.exponential(1 / TAIL, N_RUNS))
    )
