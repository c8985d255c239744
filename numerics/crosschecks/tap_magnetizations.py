"""Magnetizations of single instances: the TAP equations against Monte Carlo of the same couplings and fields.

What is compared is the ratio sum_i m_i s_i / sum_i m_i^2, with m from the equations and s sampled: 1 if they agree. The
equations are exact for independent couplings in large systems; at N spins the ratio lies off by some 1/N, which the fit
over sizes takes off. With forty instances of each size from 72 to 576: 0.9988 (12) in one ensemble, 1.0000 (11)
in the other. Temperatures are well above the de Almeida-Thouless line of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.random import Generator

from numerics.crosschecks.comparison import REJECTION, Comparison, provenance
from numerics.crosschecks.crosscheck import Arrays, CrossCheck, Run
from numerics.crosschecks.ensembles import FOUR_UNEQUAL
from numerics.crosschecks.extrapolation import SizeFit, seeds_for_rejection
from numerics.crosschecks.gate import FALSE_ALARM_RATE, REPETITIONS, combination, false_alarm_data
from numerics.networks.initialization import sample_weights
from numerics.sampling import parallel_tempering
from numerics.spectra.dense import bond_matrix
from numerics.tap import tap_solution

IDENTIFIER = "tap-magnetizations"
# Temperatures in units of the transition without fields, and the spread of the Gaussian fields in the same units.
TEMPERATURE, FIELD, HOTTER = 1.5, 0.5, 2.1
HEATING = 1.05
LEAST_SEEDS = {"quick": 20, "default": 40, "full": 200}
LEAST_SPINS = {"quick": 48, "default": 48, "full": 144}
SIZES = {"quick": 3, "default": 4, "full": 4}
SWEEPS = {"quick": 320, "default": 1600, "full": 6400}
# Spread of the ratio over instances times N^(2/3): 0.3 to 0.6 in twelve of each size from 48 to 192; the largest.
PLANNED_SPREAD = 0.6
# A rival at five standard errors on average would be missed half of the time; two more make that one time in forty.
PLANNED_SIGMA = REJECTION + 2.0


@dataclass(frozen=True, kw_only=True)
class Case:
    """An ensemble of couplings.

    Attributes
    ----------
    name, title
        In identifiers, and for people.
    block
        Numbers of spins are multiples of it.
    critical_temperature
        In the units of the couplings.
    couplings
        Draws a bond matrix of that many spins.
    serves
        Printed equations.
    """

    name: str
    title: str
    block: int
    critical_temperature: float
    couplings: Callable[[int, Generator], Any]
    serves: tuple[str, ...] = ()

    def sizes(self, run: Run) -> tuple[int, ...]:
        """Numbers of spins, doubled from each to the next."""
        least = LEAST_SPINS[run.scale] // self.block * self.block
        return tuple(least * 2**i for i in range(SIZES[run.scale]))

    def fit(self, run: Run, n_seeds: int) -> SizeFit:
        """The extrapolation, in powers of 1/N: there is no edge of a spectrum in it."""
        sizes = self.sizes(run)
        return SizeFit(n_spins=sizes, n_seeds=(n_seeds,) * len(sizes), exponents=(1.0,), next_exponent=2.0)

    def n_seeds(self, run: Run) -> int:
        """Instances of each size: enough to reject the nearer rival, and never fewer than twenty.

        Its distance is that in one instance of the largest size.
        """
        instance = self.instance(self.sizes(run)[-1], run.seed, 0)
        magnetizations = instance.tap().magnetizations
        distance = instance.ratio(magnetizations, instance.heated(magnetizations)) - 1
        needed = seeds_for_rejection(self.fit(run, 1), distance=distance, spread=PLANNED_SPREAD, sigma=PLANNED_SIGMA)
        return max(LEAST_SEEDS[run.scale], needed)

    def instance(self, n_spins: int, seed: int, member: int) -> Instance:
        """One of the instances, fixed by the run's seed and its number."""
        rng = np.random.default_rng([seed, *IDENTIFIER.encode(), *self.name.encode(), n_spins, member])
        bonds = self.couplings(n_spins, rng)
        return Instance(
            bonds=bonds,
            field=self.critical_temperature * FIELD * rng.standard_normal(n_spins),
            temperature=self.critical_temperature * TEMPERATURE,
            rng=rng,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Instance:
    """Couplings and fields, with what each theory and the sampler say of their magnetizations."""

    bonds: Any
    field: Any
    temperature: float
    rng: Generator

    def tap(self) -> Any:
        """The solution of the TAP equations."""
        return tap_solution(self.bonds, temperature=self.temperature, field=self.field)

    def heated(self, start: Any) -> Any:
        """The rival with 1.05 beta in place of beta."""
        return self._near(start, temperature=self.temperature / HEATING)

    def without_reaction(self, start: Any) -> Any:
        """The rival without Onsager's reaction: naive mean field."""
        return self._near(start, temperature=self.temperature, order=1)

    def _near(self, start: Any, **options: Any) -> Any:
        return tap_solution(self.bonds, field=self.field, start=start, **options).magnetizations

    def sampled(self, n_sweeps: int) -> Any:
        """By parallel tempering with one hotter temperature; one chain starts at random, one along the fields."""
        hotter = self.temperature * HOTTER / TEMPERATURE
        found = parallel_tempering(
            self.bonds,
            temperatures=[self.temperature, hotter],
            field=self.field,
            rng=self.rng,
            n_sweeps=n_sweeps,
            n_burn_in=n_sweeps // 4,
            n_chains=2,
        )
        return found.magnetizations[0]

    @staticmethod
    def ratio(reference: Any, magnetizations: Any) -> float:
        """Projection on the reference, in units of the reference."""
        return float(reference @ magnetizations / (reference @ reference))


def _independent(n_spins: int, rng: Generator) -> Any:
    """Sherrington and Kirkpatrick (1975): variance 1/N for each pair."""
    upper = np.triu(rng.standard_normal((n_spins, n_spins)), 1) / np.sqrt(n_spins)
    return upper + upper.T


def _layered(n_spins: int, rng: Generator) -> Any:
    sizes = FOUR_UNEQUAL.layer_sizes(n_spins // sum(FOUR_UNEQUAL.proportions))
    return bond_matrix(sample_weights(sizes, FOUR_UNEQUAL.weight_variances, rng), orientation="in-out")


CASES = (
    Case(
        name="sherrington-kirkpatrick",
        title="Sherrington-Kirkpatrick model",
        block=1,
        critical_temperature=1.0,
        couplings=_independent,
    ),
    Case(
        name=FOUR_UNEQUAL.name,
        title="four unequal layers",
        block=sum(FOUR_UNEQUAL.proportions),
        critical_temperature=FOUR_UNEQUAL.critical_temperature,
        couplings=_layered,
        serves=("barney2024neural:20",),
    ),
)
RIVALS = {"without_reaction": "Onsager reaction term dropped", "heated": f"{HEATING} beta in place of beta"}


def _answer(run: Run) -> tuple[Comparison, ...]:
    total = sum(len(case.sizes(run)) for case in CASES)
    comparisons: list[Comparison] = []
    for number, case in enumerate(CASES):
        n_seeds, samples = case.n_seeds(run), []
        for place, n_spins in enumerate(case.sizes(run)):
            samples.append(_ratios(run, case, n_spins, n_seeds))
            run.report(number * SIZES[run.scale] + place + 1, total, f"{case.name}, {n_spins} spins")
        comparisons += [_compared(run, case, rival, samples) for rival in RIVALS]
    return tuple(comparisons)


def _ratios(run: Run, case: Case, n_spins: int, n_seeds: int) -> Arrays:
    key = {"check": IDENTIFIER, "version": 1, "ensemble": case.name, "n_spins": n_spins, "n_seeds": n_seeds}
    return run.unit({**key, "n_sweeps": SWEEPS[run.scale]}, 0, partial(_measured, run, case, n_spins, n_seeds))


def _measured(run: Run, case: Case, n_spins: int, n_seeds: int) -> Arrays:
    rows: list[dict[str, float]] = []
    for member in range(n_seeds):
        instance = case.instance(n_spins, run.seed, member)
        tap = instance.tap()
        m = tap.magnetizations
        rows.append(
            {
                "sampled": instance.ratio(m, instance.sampled(SWEEPS[run.scale])),
                "without_reaction": instance.ratio(m, instance.without_reaction(m)),
                "heated": instance.ratio(m, instance.heated(m)),
                "plefka_margin": tap.plefka_margin,
                "residual": tap.residual,
            }
        )
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _compared(run: Run, case: Case, rival: str, samples: Sequence[Arrays]) -> Comparison:
    sampled, wrong = [s["sampled"] for s in samples], [s[rival] for s in samples]
    fit = case.fit(run, len(sampled[0]))
    estimate = fit.limit(sampled)
    bias, bias_error = fit.remaining_bias(sampled)
    rival_estimate = fit.limit(wrong)
    return Comparison(
        identifier=f"{IDENTIFIER}:{case.name}:{rival.replace('_', '-')}",
        title=f"Magnetizations of single instances, {case.title}",
        quantity="sampled magnetizations projected on those of the TAP equations, extrapolated to large systems",
        prediction=1.0,
        measurement=estimate.value,
        standard_error=estimate.standard_error,
        degrees_of_freedom=estimate.degrees_of_freedom,
        finite_size_bias=bias + bias_error,  # the measured coefficient may be small by chance
        k=estimate.k,
        false_alarm_rate=FALSE_ALARM_RATE,
        rival=RIVALS[rival],
        rival_prediction=rival_estimate.value,
        n_samples=sum(map(len, sampled)),
        provenance=provenance(seed=run.seed, scale=run.scale),
        serves=case.serves,
        data={
            "temperature": case.critical_temperature * TEMPERATURE,
            "field": case.critical_temperature * FIELD,
            "n_spins": fit.n_spins,
            "n_seeds": fit.n_seeds,
            "n_sweeps": SWEEPS[run.scale],
            "means": [float(np.mean(s)) for s in sampled],
            "standard_errors": [float(np.std(s, ddof=1) / np.sqrt(len(s))) for s in sampled],
            "coefficient_of_inverse_size": combination(fit.rows[1], sampled).value,
            "finite_size_bias_error": bias_error,
            "rival_standard_error": rival_estimate.standard_error,
            "least_plefka_margin": min(float(s["plefka_margin"].min()) for s in samples),
            "largest_residual": max(float(s["residual"].max()) for s in samples),
            "false_alarms": false_alarm_data(fit.limit, sampled, repetitions=REPETITIONS[run.scale], seed=run.seed),
        },
    )


TAP_MAGNETIZATIONS = CrossCheck(
    identifier=IDENTIFIER,
    title="TAP magnetizations against Monte Carlo",
    question="Do the TAP equations of given couplings and fields predict the magnetizations that spins with them have?",
    answer=_answer,
)
