"""Single untrained networks against the ensemble: where their paramagnet is least stable, and where the glass melts.

One definition of T_c throughout: the temperature at which the least eigenvalue of I - M of that network is least
(`at_minimum`). In large layers the minimum is zero and is the melting point. In a finite network the least eigenvalue
mostly stops short of zero, so that a first crossing is seldom there to be averaged; where it is, it lies off by the
root of the minimum's depth, N^(-1/3), against N^(-2/3) for the place of the minimum. It is also what section 3.2 of
the paper reads: the first beta at which the eigenvalue is down to its minimum before training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from numerics.crosschecks.comparison import REJECTION, Comparison, provenance
from numerics.crosschecks.crosscheck import Arrays, CrossCheck, Run
from numerics.crosschecks.ensembles import (
    BY_OUTPUTS,
    FIVE_EQUAL,
    FOUR_UNEQUAL,
    NO_REACTION,
    ONE_LAYER_FEWER,
    THREE_EQUAL,
    RivalTemperature,
    UntrainedEnsemble,
)
from numerics.crosschecks.extrapolation import SizeFit, seeds_for_rejection, size_data
from numerics.crosschecks.gate import FALSE_ALARM_RATE, REPETITIONS, false_alarm_data
from numerics.edge_fluctuations import mean_temperature_shift
from numerics.solvers.critical_temperature import critical_temperature

IDENTIFIER = "untrained-critical-temperature"
LEAST_SEEDS = {"quick": 20, "default": 32, "full": 200}
# Relative spread of T_c over seeds, times N^(2/3): 0.6 to 1.1 in 500 networks of each of four shapes; its largest.
PLANNED_SPREAD = 1.1
# A rival at five standard errors on average would be missed half of the time; two more make that one time in forty.
PLANNED_SIGMA = REJECTION + 2.0
WIDTHS = {"quick": 4, "default": 5, "full": 6}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One ensemble, the width it starts at, the rival it rejects, and the printed equation it tests."""

    ensemble: UntrainedEnsemble
    least_width: int
    rival: RivalTemperature
    equation: str

    def widths(self, run: Run) -> tuple[int, ...]:
        """Doubled from each to the next: nearly the best for an extrapolation at given cost."""
        return tuple(self.least_width * 2**i for i in range(WIDTHS[run.scale]))

    def fit(self, run: Run, n_seeds: int) -> SizeFit:
        """The extrapolation with that many networks of each width."""
        sizes = tuple(self.ensemble.n_spins(w) for w in self.widths(run))
        return SizeFit(n_spins=sizes, n_seeds=(n_seeds,) * len(sizes))

    def n_seeds(self, run: Run) -> int:
        """Networks of each width: enough to reject the rival, and never fewer than twenty."""
        predicted = self.ensemble.critical_temperature
        distance = abs(self.rival.temperature(self.ensemble) / predicted - 1)
        needed = seeds_for_rejection(self.fit(run, 1), distance=distance, spread=PLANNED_SPREAD, sigma=PLANNED_SIGMA)
        return max(LEAST_SEEDS[run.scale], needed)


CLAIMS = ("barney2024neural:claim:2.2h", "barney2024neural:claim:3.2e")
"""That one large network melts where the ensemble does."""
CASES = (
    Case(ensemble=THREE_EQUAL, least_width=32, rival=ONE_LAYER_FEWER, equation="barney2024neural:17"),
    Case(ensemble=FIVE_EQUAL, least_width=20, rival=NO_REACTION, equation="barney2024neural:17"),
    Case(ensemble=FOUR_UNEQUAL, least_width=12, rival=BY_OUTPUTS, equation="barney2024neural:15"),
)


def _answer(run: Run) -> tuple[Comparison, ...]:
    total = sum(len(case.widths(run)) for case in CASES)
    comparisons: list[Comparison] = []
    for number, case in enumerate(CASES):
        samples = []
        for place, width in enumerate(case.widths(run)):
            samples.append(_temperatures(run, case, width)["critical_temperature"])
            run.report(number * WIDTHS[run.scale] + place + 1, total, f"{case.ensemble.name}, width {width}")
        comparisons.append(_compared(run, case, samples))
    return tuple(comparisons)


def _temperatures(run: Run, case: Case, width: int) -> Arrays:
    n_seeds = case.n_seeds(run)
    key = {"check": IDENTIFIER, "version": 1, "ensemble": case.ensemble.name, "width": width, "n_seeds": n_seeds}
    return run.unit(key, 0, partial(_measured, case.ensemble, width, run.seed, n_seeds))


def _measured(ensemble: UntrainedEnsemble, width: int, seed: int, n_seeds: int) -> Arrays:
    found = [
        critical_temperature(ensemble.weights(width, seed, member), orientation="in-out") for member in range(n_seeds)
    ]
    return {
        "critical_temperature": np.array([1 / f.at_minimum for f in found]),
        "least_eigenvalue": np.array([f.least_eigenvalue for f in found]),
        "crosses": np.array([f.crosses for f in found]),
    }


def _compared(run: Run, case: Case, samples: Sequence[np.ndarray]) -> Comparison:
    fit, ensemble = case.fit(run, len(samples[0])), case.ensemble
    shifts = [
        ensemble.critical_temperature * mean_temperature_shift(ensemble.layer_sizes(w), ensemble.weight_variances)
        for w in case.widths(run)
    ]
    corrected = [s - shift for s, shift in zip(samples, shifts, strict=True)]
    estimate = fit.limit(corrected)
    bias, bias_error = fit.remaining_bias(corrected)
    return Comparison(
        identifier=f"{IDENTIFIER}:{case.ensemble.name}",
        title=f"Critical temperature of untrained networks, {case.ensemble.name.replace('-', ' ')}",
        quantity="critical temperature in units of the weights, extrapolated to large layers",
        prediction=ensemble.critical_temperature,
        measurement=estimate.value,
        standard_error=estimate.standard_error,
        degrees_of_freedom=estimate.degrees_of_freedom,
        finite_size_bias=bias,
        k=estimate.k,
        false_alarm_rate=FALSE_ALARM_RATE,
        rival=case.rival.name,
        rival_prediction=case.rival.temperature(case.ensemble),
        n_samples=sum(map(len, samples)),
        provenance=provenance(seed=run.seed, scale=run.scale),
        serves=(case.equation, *CLAIMS),
        data={
            "finite_size_bias_error": bias_error,
            **size_data(fit, samples, shifts),
            "false_alarms": false_alarm_data(fit.limit, corrected, repetitions=REPETITIONS[run.scale], seed=run.seed),
        },
    )


UNTRAINED_TEMPERATURE = CrossCheck(
    identifier=IDENTIFIER,
    title="The critical temperature of untrained networks",
    question="Do single networks with random weights become unstable where the replica theory says the glass melts?",
    answer=_answer,
)
