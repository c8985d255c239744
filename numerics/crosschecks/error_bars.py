"""Errors of free energies in units of their error bars, over many seeds: normal, or called out."""

from __future__ import annotations

from math import pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from numerics.crosschecks.fresh_estimates import (
    N_RUNS,
    FreshEstimate,
    acceptance_ratio,
    annealing,
    exponential_average,
    heavy_tails,
)
from numerics.crosschecks.network_series import Series

Array = NDArray[np.float64]
IDENTIFIER = "error-bars"
N_SEEDS = {"quick": 400, "default": 1000, "full": 4000}
"""The mean of |z| has a standard error of 0.6 over their root: 400 put an error bar off by the root of two beyond 7."""
NORMAL_MEAN = sqrt(2 / pi)
"""Of |z| for a standard normal z."""
SECOND_ORDER = 10.0
"""Over the number of runs: how far the mean of |z| is off. By Edgeworth's expansion of a studentized mean it is the
excess kurtosis of the weights, their squared skewness and 1, with coefficients below 1, less than 10 together here."""
FEW = 30
"""Effective samples that a plain rule asks for."""


def _answer(run: Run) -> tuple[Comparison, ...]:
    found = []
    normal = {
        "exponential-average": exponential_average(),
        "acceptance-ratio": acceptance_ratio(np.random.default_rng([run.seed, *IDENTIFIER.encode()])),
        "annealing": annealing(),
    }
    for done, (name, case) in enumerate(normal.items(), start=1):
        found.append(_normal(run, name, case))
        run.report(done, len(TITLES), TITLES[name])
    found += _heavy_tails(run)
    run.report(len(TITLES), len(TITLES), TITLES["heavy-tails"])
    return tuple(found)


FACTORS = {"exponential-average": sqrt(2), "acceptance-ratio": sqrt(2), "annealing": 1 / sqrt(2)}
"""By which the rival's errors are larger than its error bars say."""


def _normal(run: Run, name: str, case: FreshEstimate) -> Comparison:
    scores, reliable, _ = _scored(run, name, case)
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
    scores, reliable, effective = _scored(run, "heavy-tails", heavy_tails())
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


def _scored(run: Run, name: str, case: FreshEstimate) -> tuple[Array, NDArray[np.bool_], Array]:
    """Errors in units of the error bars, whether reliable, and effective sample sizes, each of shape (n_seeds,)."""
    key = {"check": IDENTIFIER, "case": name, "scale": run.scale, "runs": N_RUNS}

    def compute() -> dict[str, Any]:
        found = [case.estimate(np.random.default_rng([run.seed, *name.encode(), k])) for k in range(N_SEEDS[run.scale])]
        return {
            "scores": np.array([(f.log_ratio - case.log_ratio) / f.standard_error for f in found]),
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
