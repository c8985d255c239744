"""The least eigenvalue of I - M of single untrained networks against the large-layer prediction, by temperature.

The comparisons at the temperatures of one ensemble share their networks: their z are correlated, up to 0.99.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from numerics.chain import layer_chain
from numerics.crosschecks.comparison import Comparison, provenance
from numerics.crosschecks.crosscheck import Arrays, CrossCheck, Run
from numerics.crosschecks.ensembles import (
    FOUR_UNEQUAL,
    THREE_EQUAL,
    UntrainedEnsemble,
    variances_by_outputs,
    without_reaction,
)
from numerics.crosschecks.extrapolation import SizeFit, size_data
from numerics.crosschecks.gate import FALSE_ALARM_RATE, REPETITIONS, false_alarm_data
from numerics.edge_fluctuations import mean_edge_shift
from numerics.large_layer import edge, large_layer_least_eigenvalue, resolvent_equations
from numerics.spectra.dense import stability_spectrum

IDENTIFIER = "untrained-least-eigenvalue"
# Inverse temperatures, in units of the ensemble's critical one.
FRACTIONS = (0.5, 0.8, 1.0, 1.25, 1.6)
WIDTHS = {"quick": 4, "default": 4, "full": 5}
N_SEEDS = {"quick": 20, "default": 40, "full": 200}


@dataclass(frozen=True, kw_only=True)
class RivalCurve:
    """A wrong theory of the least eigenvalue of I - M at one temperature."""

    name: str
    least_eigenvalue: Callable[[UntrainedEnsemble, float], float]


def _without_reaction(ensemble: UntrainedEnsemble, beta: float) -> float:
    chain = layer_chain(ensemble.proportions, ensemble.weight_variances)
    return edge(without_reaction(resolvent_equations(chain, beta))).least_eigenvalue


def _of_hessian(ensemble: UntrainedEnsemble, beta: float) -> float:
    """Scaled to a unit diagonal, so that both curves begin at 1: its bonds are beta^2 times their value at beta = 1."""
    return 1 - (beta * ensemble.critical_temperature) ** 2


def _by_outputs(ensemble: UntrainedEnsemble, beta: float) -> float:
    return float(large_layer_least_eigenvalue(ensemble.proportions, variances_by_outputs(ensemble), beta))


NO_REACTION = RivalCurve(name="Onsager reaction term dropped (M = beta J)", least_eigenvalue=_without_reaction)
HESSIAN = RivalCurve(name="least eigenvalue of the replica Hessian", least_eigenvalue=_of_hessian)
BY_OUTPUTS = RivalCurve(name="variance C_k / N_k in place of C_k / N_(k-1)", least_eigenvalue=_by_outputs)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One ensemble, the width it starts at, and a rival for each temperature.

    At the critical temperature itself the Hessian is no rival, for there both curves vanish: that is the result.
    """

    ensemble: UntrainedEnsemble
    least_width: int
    rivals: tuple[RivalCurve, ...]

    def widths(self, run: Run) -> tuple[int, ...]:
        """Doubled from each to the next."""
        return tuple(self.least_width * 2**i for i in range(WIDTHS[run.scale]))

    @property
    def inverse_temperatures(self) -> tuple[float, ...]:
        """Around the ensemble's critical one."""
        return tuple(f / self.ensemble.critical_temperature for f in FRACTIONS)


CASES = (
    Case(ensemble=THREE_EQUAL, least_width=24, rivals=(HESSIAN, HESSIAN, NO_REACTION, HESSIAN, NO_REACTION)),
    Case(ensemble=FOUR_UNEQUAL, least_width=8, rivals=(HESSIAN, HESSIAN, BY_OUTPUTS, BY_OUTPUTS, BY_OUTPUTS)),
)


def _answer(run: Run) -> tuple[Comparison, ...]:
    total = sum(len(case.widths(run)) for case in CASES)
    comparisons: list[Comparison] = []
    for number, case in enumerate(CASES):
        samples = []
        for place, width in enumerate(case.widths(run)):
            samples.append(_eigenvalues(run, case, width)["least_eigenvalues"])
            run.report(number * WIDTHS[run.scale] + place + 1, total, f"{case.ensemble.name}, width {width}")
        comparisons += [_compared(run, case, place, [s[:, place] for s in samples]) for place in range(len(FRACTIONS))]
    return tuple(comparisons)


def _eigenvalues(run: Run, case: Case, width: int) -> Arrays:
    n_seeds = N_SEEDS[run.scale]
    key = {"check": IDENTIFIER, "version": 1, "ensemble": case.ensemble.name, "width": width, "n_seeds": n_seeds}
    return run.unit(key, 0, partial(_measured, case, width, run.seed, n_seeds))


def _measured(case: Case, width: int, seed: int, n_seeds: int) -> Arrays:
    """Dense diagonalization: these networks are small, and the iterative solver is checked elsewhere."""
    rows = []
    for member in range(n_seeds):
        weights = case.ensemble.weights(width, seed, member)
        rows.append([stability_spectrum(weights, b, orientation="in-out")[0] for b in case.inverse_temperatures])
    return {"least_eigenvalues": np.array(rows)}


def _compared(run: Run, case: Case, place: int, samples: Sequence[np.ndarray]) -> Comparison:
    ensemble, beta, rival = case.ensemble, case.inverse_temperatures[place], case.rivals[place]
    sizes = tuple(ensemble.n_spins(w) for w in case.widths(run))
    fit = SizeFit(n_spins=sizes, n_seeds=tuple(map(len, samples)))
    shifts = [mean_edge_shift(ensemble.layer_sizes(w), ensemble.weight_variances, beta) for w in case.widths(run)]
    corrected = [s - shift for s, shift in zip(samples, shifts, strict=True)]
    estimate = fit.limit(corrected)
    bias, bias_error = fit.remaining_bias(corrected)
    return Comparison(
        identifier=f"{IDENTIFIER}:{ensemble.name}:{FRACTIONS[place]}",
        title=f"Least eigenvalue of I - M at {FRACTIONS[place]} of the critical inverse temperature, "
        + ensemble.name.replace("-", " "),
        quantity="least eigenvalue of I - M, dimensionless, extrapolated to large layers",
        prediction=float(large_layer_least_eigenvalue(ensemble.proportions, ensemble.weight_variances, beta)),
        measurement=estimate.value,
        standard_error=estimate.standard_error,
        degrees_of_freedom=estimate.degrees_of_freedom,
        finite_size_bias=bias,
        k=estimate.k,
        false_alarm_rate=FALSE_ALARM_RATE,
        rival=rival.name,
        rival_prediction=rival.least_eigenvalue(ensemble, beta),
        n_samples=sum(map(len, samples)),
        provenance=provenance(seed=run.seed, scale=run.scale),
        data={
            "finite_size_bias_error": bias_error,
            "inverse_temperature": beta,
            **size_data(fit, samples, shifts),
            "false_alarms": false_alarm_data(fit.limit, corrected, repetitions=REPETITIONS[run.scale], seed=run.seed),
        },
    )


UNTRAINED_CURVE = CrossCheck(
    identifier=IDENTIFIER,
    title="The least eigenvalue of untrained networks against temperature",
    question="Does the spectrum of I - M of one large network begin where the large-layer theory says, on both sides "
    "of the transition?",
    answer=_answer,
)
