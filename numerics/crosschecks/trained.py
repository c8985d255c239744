"""Networks trained on the built-in digits: do T_c, the largest bond eigenvalue and the first level spacing grow?

T_c is read as in section 3.2 of the paper: the first inverse temperature at which the least eigenvalue of I - M is down
to its minimum before training. Before training that is the temperature of the minimum itself, the definition of the
checks on untrained networks; afterwards there still is a minimum, elsewhere, and its temperature is kept beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from numerics.crosschecks.comparison import Comparison, provenance
from numerics.crosschecks.crosscheck import Arrays, CrossCheck, Run
from numerics.crosschecks.gate import (
    FALSE_ALARM_RATE,
    REPETITIONS,
    Estimate,
    false_alarm_data,
    mean_over_seeds,
)
from numerics.networks.digits import Digits, load_digits
from numerics.networks.initialization import RECTIFIER_WEIGHT_VARIANCE, sample_network
from numerics.networks.settings import STANDARD_TRAINING
from numerics.networks.snapshots import logarithmic_epochs, training_snapshots
from numerics.solvers.critical_temperature import critical_temperature
from numerics.spectra.bond_edge import largest_bond_eigenvalue
from numerics.spectra.level_spacing import first_level_spacing

IDENTIFIER = "trained-growth"
NO_GROWTH = "no growth: the same value before and after training"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is trained.

    Attributes
    ----------
    hidden_width
        Neurons of each of the three hidden layers; 512 in the paper. With 64 the growth of the level spacing is lost
        in its scatter.
    n_seeds
        Networks, each with its own weights and order of samples. The logarithm of the spacing's growth, some 1.1,
        scatters by 0.5 to 0.9 over networks 128 wide: thirty of them put "no growth" seven standard errors off, as do
        twenty-four after the first epoch, where the growth is largest.
    last_epoch
        Epochs of 2000 digits; thirty of them are as many steps as one epoch of the paper's 60000.
    spacing_epochs
        Where the level spacing, which needs dense eigenvalues, is taken; the first and the last are among them.
    """

    hidden_width: int
    n_seeds: int
    last_epoch: int
    spacing_epochs: tuple[int, ...]

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """The paper's standard network, narrower where a run has to be short."""
        return (784, *(self.hidden_width,) * 3, 10)

    @property
    def epochs(self) -> tuple[int, ...]:
        """Epochs 0, 1, 2, 4, and so on."""
        return logarithmic_epochs(self.last_epoch)


PLANS = {
    "quick": Plan(hidden_width=128, n_seeds=24, last_epoch=1, spacing_epochs=(0, 1)),
    "default": Plan(hidden_width=128, n_seeds=30, last_epoch=32, spacing_epochs=(0, 1, 8, 32)),
    "full": Plan(hidden_width=512, n_seeds=30, last_epoch=64, spacing_epochs=(0, 1, 2, 4, 8, 16, 32, 64)),
}


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A series over epochs that the paper reports to grow."""

    name: str
    title: str
    description: str


QUANTITIES = (
    Quantity(
        name="critical_temperature",
        title="Growth of the critical temperature through training",
        description="logarithm of T_c after training over T_c before, T_c at the minimum before training",
    ),
    Quantity(
        name="largest_bond_eigenvalue",
        title="Growth of the largest bond eigenvalue through training",
        description="logarithm of the largest eigenvalue of J after training over that before",
    ),
    Quantity(
        name="first_level_spacing",
        title="Growth of the first level spacing through training",
        description="logarithm of s_0 / s_typ of I - M at T_c after training over that before",
    ),
)


def _answer(run: Run) -> tuple[Comparison, ...]:
    plan, data = PLANS[run.scale], load_digits()
    series: list[Arrays] = []
    for member in range(plan.n_seeds):
        series.append(_series(run, plan, data, member))
        run.report(member + 1, plan.n_seeds, f"trained network {member + 1} of {plan.n_seeds}")
    return tuple(_compared(run, plan, quantity, series) for quantity in QUANTITIES)


def _series(run: Run, plan: Plan, data: Digits, member: int) -> Arrays:
    key = {"check": IDENTIFIER, "version": 1, **asdict(plan)}
    return run.unit(key, member, partial(_trained, plan, data, run.seed, member))


def _trained(plan: Plan, data: Digits, seed: int, member: int) -> Arrays:
    """One network from its initialization to the last epoch, measured at the chosen epochs."""
    rng = np.random.default_rng([seed, *IDENTIFIER.encode(), member])
    network = sample_network(plan.layer_sizes, (RECTIFIER_WEIGHT_VARIANCE,) * 4, rng)
    settings = replace(STANDARD_TRAINING, epochs=plan.last_epoch)
    order = int(rng.integers(2**31))
    rows: list[dict[str, float]] = []
    threshold: float | None = None
    for state in training_snapshots(network, data, settings, seed=order, epochs=plan.epochs):
        weights = state.network.weights
        if threshold is None:
            threshold = critical_temperature(weights, orientation="in-out").least_eigenvalue
        error = state.history.test_error[-1] if state.epoch else np.nan
        spaced = state.epoch in plan.spacing_epochs
        rows.append({**_measured(weights, threshold, spaced=spaced), "test_error": float(error)})
    return {"epochs": np.array(plan.epochs), **{name: np.array([row[name] for row in rows]) for name in rows[0]}}


def _measured(weights: Sequence[Any], threshold: float, *, spaced: bool) -> dict[str, float]:
    found = critical_temperature(weights, threshold=threshold, orientation="in-out")
    beta = found.inverse_temperature
    spacing = first_level_spacing(weights, beta, orientation="in-out") if spaced else None
    return {
        "critical_temperature": found.temperature,
        "temperature_at_minimum": 1 / found.at_minimum,
        "least_eigenvalue": found.least_eigenvalue,
        "largest_bond_eigenvalue": largest_bond_eigenvalue(weights, orientation="in-out"),
        "first_level_spacing": np.nan if spacing is None else spacing,
    }


def _compared(run: Run, plan: Plan, quantity: Quantity, series: Sequence[Arrays]) -> Comparison:
    values = np.array([s[quantity.name] for s in series])
    growth = np.log(values[:, -1] / values[:, 0])
    estimate = mean_over_seeds(growth)
    return Comparison(
        identifier=f"{IDENTIFIER}:{quantity.name.replace('_', '-')}",
        title=quantity.title,
        quantity=quantity.description,
        prediction=None,
        measurement=estimate.value,
        standard_error=estimate.standard_error,
        degrees_of_freedom=estimate.degrees_of_freedom,
        finite_size_bias=0.0,  # each network is compared with itself, at its own size
        k=estimate.k,
        false_alarm_rate=FALSE_ALARM_RATE,
        rival=NO_GROWTH,
        rival_prediction=0.0,
        n_samples=len(series),
        provenance=provenance(seed=run.seed, scale=run.scale),
        data={
            "layer_sizes": plan.layer_sizes,
            "epochs": plan.epochs,
            **_over_seeds(quantity.name, series),
            **_over_seeds("temperature_at_minimum", series),
            **_over_seeds("test_error", series),
            "steps": _steps(plan.epochs, values),
            "growth_at_minimum": _growth(*(_column("temperature_at_minimum", series, place) for place in (0, -1))),
            "false_alarms": false_alarm_data(_mean, [growth], repetitions=REPETITIONS[run.scale], seed=run.seed),
        },
    )


def _over_seeds(name: str, series: Sequence[Arrays]) -> dict[str, Any]:
    values = np.array([s[name] for s in series])
    return {name: values.mean(axis=0), f"{name}_standard_error": values.std(axis=0, ddof=1) / np.sqrt(len(values))}


def _column(name: str, series: Sequence[Arrays], place: int) -> np.ndarray:
    return np.array([s[name][place] for s in series])


def _steps(epochs: Sequence[int], values: np.ndarray) -> list[dict[str, float]]:
    """Growth from each epoch to the next at which the quantity was measured; negative where it falls."""
    places = np.flatnonzero(np.isfinite(values).all(axis=0)).tolist()
    return [
        {"from_epoch": epochs[before], "to_epoch": epochs[after], **_growth(values[:, before], values[:, after])}
        for before, after in pairwise(places)
    ]


def _growth(before: np.ndarray, after: np.ndarray) -> dict[str, float]:
    """Mean over networks of the logarithm of the ratio, each network against itself."""
    found = mean_over_seeds(np.log(after / before))
    return {"log_growth": found.value, "standard_error": found.standard_error}


def _mean(samples: Sequence[np.ndarray]) -> Estimate:
    return mean_over_seeds(samples[0])


TRAINED_GROWTH = CrossCheck(
    identifier=IDENTIFIER,
    title="Networks trained on the built-in digits",
    question="Do the critical temperature, the largest bond eigenvalue and the first level spacing grow through "
    "training, as the paper reports?",
    answer=_answer,
)
