"""Errors of free energies in units of their error bars, over many seeds: normal, or called out."""

from __future__ import annotations

from collections.abc import Callable
from math import log, pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.driven_chains import random_chain
from numerics.crosschecks.network_series import Series
from numerics.free_energies.acceptance_ratio import bennett_acceptance_ratio
from numerics.free_energies.annealing import annealed_importance_sampling
from numerics.free_energies.estimate import FreeEnergyEstimate
from numerics.free_energies.exponential_average import jarzynski

Array = NDArray[np.float64]
Case = tuple[Callable[[np.random.Generator], FreeEnergyEstimate], float]
"""An estimate from fresh runs, and the exact log ratio."""
IDENTIFIER = "error-bars"
N_SEEDS = {"quick": 400, "default": 1000, "full": 4000}
"""The mean of |z| has a standard error of 0.6 over their root: 400 put an error bar off by the root of two beyond 7."""
NORMAL_MEAN = sqrt(2 / pi)
"""Of |z| for a standard normal z."""
N_RUNS = 2000
SECOND_ORDER = 10.0
"""Over the number of runs: how far the mean of |z| is off. By Edgeworth's expansion of a studentized mean it is the excess
kurtosis of the weights, their squared skewness and 1, with coefficients below 1; they add up to less than 10 here."""
WORK_VARIANCE = 0.25
STIFFNESS, STEPS = 4.0, 8
TAIL = 1.2
"""Weights have moments of lower order only: a mean, and no variance."""
FEW = 30
"""Effective samples that a plain rule asks for."""


def _gaussian(rng: np.random.Generator) -> FreeEnergyEstimate:
    return jarzynski(rng.normal(WORK_VARIANCE / 2, sqrt(WORK_VARIANCE), N_RUNS))


def _both_directions(seed: int) -> Case:
    chain = random_chain(
        n_states=6,
        n_steps=4,
        spread=1.5,
        mixing="reversible",
        rng=np.random.default_rng([seed, *IDENTIFIER.encode()]),
    )

    def estimate(rng: np.random.Generator) -> FreeEnergyEstimate:
        forward = chain.sampled_work(N_RUNS, rng)
        return bennett_acceptance_ratio(forward, chain.sampled_work(N_RUNS // 2, rng, direction="reverse"))

    return estimate, -chain.free_energy_difference


def _annealed(rng: np.random.Generator) -> FreeEnergyEstimate:
    """A harmonic well that is stiffened, with Metropolis moves that do not keep up."""

    def energy(lam: float, x: Any) -> Any:
        return (1 + (STIFFNESS - 1) * lam) * x**2 / 2

    def step(x: Any, lam: float, rng: np.random.Generator) -> Any:
        proposed = x + rng.normal(size=x.shape)
        accepted = rng.random(x.shape) < np.exp(np.minimum(0, energy(lam, x) - energy(lam, proposed)))
        return np.where(accepted, proposed, x)

    start = rng.normal(size=N_RUNS)
    return annealed_importance_sampling(energy, step, n_chains=N_RUNS, schedule=STEPS, rng=rng, initial=start)


def _heavy(rng: np.random.Generator) -> FreeEnergyEstimate:
    return jarzynski(-rng.exponential(1 / TAIL, N_RUNS))


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    for done, name in enumerate(NORMAL, start=1):
        found.append(_normal(run, name))
        run.report(done, len(NORMAL) + 1, TITLES[name])
    found += _heavy_tails(run)
    run.report(len(NORMAL) + 1, len(NORMAL) + 1, TITLES["heavy-tails"])
    return tuple(found)


NORMAL: dict[str, Callable[[int], Case]] = {
    "exponential-average": lambda seed: (_gaussian, 0.0),
    "acceptance-ratio": _both_directions,
    "annealing": lambda seed: (_annealed, -log(STIFFNESS) / 2),
}
FACTORS = {"exponential-average": sqrt(2), "acceptance-ratio": sqrt(2), "annealing": 1 / sqrt(2)}
"""By which the rival's errors are larger than its error bars say."""


def _normal(run: Run, name: str) -> Comparison:
    scores, reliable, _ = _scored(run, name, NORMAL[name](run.seed))
    wrong = "short" if FACTORS[name] > 1 else "long"
    return Series(
        name=name,
        title=TITLES[name],
        quantity="mean of |error| in units of the error bar",
        places=np.zeros(1),
        weights=np.ones(1),
        samples=[np.abs(scores)],
        exact=[NORMAL_MEAN],
        rival=[FACTORS[name] * NORMAL_MEAN],
        rival_name=f"error bars too {wrong} by the root of two",
        estimator=f"{scores.size} seeds of {N_RUNS} runs",
        n_networks=scores.size,
        bias=SECOND_ORDER / N_RUNS,
        more={
            "scores": scores,
            "reliable": float(reliable.mean()),
            "kolmogorov_smirnov_p": kolmogorov_smirnov(scores),
            "bias": "Edgeworth's correction to a studentized mean, of the order of the inverse number of runs",
        },
    ).compared(run, IDENTIFIER)


def _heavy_tails(run: Run) -> tuple[Comparison, Comparison]:
    scores, reliable, effective = _scored(run, "heavy-tails", (_heavy, log(TAIL / (TAIL - 1))))
    missed, called = np.abs(scores) > 3, ~reliable
    common: dict[str, Any] = {
        "places": np.zeros(1),
        "weights": np.ones(1),
        "exact": None,
        "estimator": f"{scores.size} seeds of {N_RUNS} weights without a variance",
        "n_networks": scores.size,
        "more": {"unreliable": float(called.mean()), "missed_unnoticed": float(np.mean(missed & reliable))},
    }
    by_rule = effective < FEW
    return (
        Series(
            name="heavy-tails",
            title=TITLES["heavy-tails"],
            quantity="share of estimates off by more than three error bars",
            samples=[missed.astype(float)],
            rival=[normal_tail(3.0)],
            rival_name="weights taken for Gaussian: error bars as good as elsewhere",
            **common,
        ).compared(run, IDENTIFIER),
        Series(
            name="called-out",
            title="Heavy-tailed weights are called unreliable",
            quantity=f"share called unreliable, beyond that with fewer than {FEW} effective samples",
            samples=[called.astype(float) - by_rule],
            rival=[0.0],
            rival_name="warnings that know no more than the effective number of samples",
            **common,
        ).compared(run, IDENTIFIER),
    )


def _scored(run: Run, name: str, case: Case) -> tuple[Array, NDArray[np.bool_], Array]:
    """Errors in units of the error bars, whether reliable, and effective sample sizes, each of shape (n_seeds,)."""
    estimate, exact = case
    key = {"check": IDENTIFIER, "case": name, "scale": run.scale, "runs": N_RUNS}

    def compute() -> dict[str, Any]:
        found = [estimate(np.random.default_rng([run.seed, *name.encode(), k])) for k in range(N_SEEDS[run.scale])]
        return {
            "scores": np.array([(f.log_ratio - exact) / f.standard_error for f in found]),
            "reliable": np.array([f.reliable for f in found]),
            "effective": np.array([f.effective_sample_size for f in found]),
        }

    kept = run.unit(key, 0, compute)
    return kept["scores"], kept["reliable"].astype(bool), kept["effective"]


def kolmogorov_smirnov(scores: Array) -> float:
    """Probability that standard normal numbers lie farther from their law than these."""
    from scipy.stats import kstest

    found: Any = kstest(scores, "norm")
    return float(found.pvalue)


def normal_tail(beyond: float) -> float:
    """Probability of a standard normal number beyond, on either side."""
    from scipy.special import ndtr

    return float(2 * ndtr(-beyond))


TITLES = {
    "exponential-average": "Error bars of exponential averages are those of a normal error",
    "acceptance-ratio": "Error bars of the acceptance ratio are those of a normal error",
    "annealing": "Error bars of annealed importance sampling are those of a normal error",
    "heavy-tails": "Error bars of heavy-tailed weights fail",
}
ERROR_BARS = CrossCheck(
    identifier=IDENTIFIER,
    title="Error bars of free energies",
    question="Are errors of free energies normal in units of their error bars, and called out where they are not?",
    answer=_answer,
)
