"""A linear quantity of ensembles in a row, measured bag by bag, as one comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.crosschecks.comparison import Comparison, provenance
from numerics.crosschecks.crosscheck import Run
from numerics.crosschecks.gate import FALSE_ALARM_RATE, REPETITIONS, combination, false_alarm_data

Array = NDArray[np.float64]
CLAIM = "erbin2022renormalization:claim:"
"""Before the place of a claim in the ledger of the paper."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Series:
    """What is measured on several ensembles, and how it becomes one number.

    Attributes
    ----------
    name, title, quantity
        Of the comparison.
    places
        The widths or standard deviations, shape (n,).
    weights
        Of each ensemble in the number, shape (n,); they do not depend on the data.
    samples
        For each ensemble its bags' values, shape (n_bags,).
    exact, rival
        Values of each ensemble by the theory and by the wrong theory, shape (n,); no exact ones for a claim without a
        number.
    rival_name
        The wrong theory.
    estimator
        How the bags were measured.
    n_networks
        In all bags of all ensembles.
    serves
        Printed equations and claims that the comparison tests.
    bias
        What the number may be off by beside its standard error; none where the prediction holds at finite sizes.
    """

    name: str
    title: str
    quantity: str
    places: Any
    weights: Any
    samples: Sequence[Array]
    exact: Any
    rival: Any
    rival_name: str
    estimator: str
    n_networks: int
    serves: tuple[str, ...] = ()
    bias: float = 0.0
    more: dict[str, Any] = field(default_factory=dict)

    def compared(self, run: Run, check: str) -> Comparison:
        """The comparison, in a run of the check."""
        weights = np.asarray(self.weights, dtype=float)
        estimate = partial(combination, weights)
        found = estimate(self.samples)
        return Comparison(
            identifier=f"{check}:{self.name}",
            title=self.title,
            quantity=f"{self.quantity}; {self.estimator}",
            prediction=None if self.exact is None else combined(weights, self.exact),
            measurement=found.value,
            standard_error=found.standard_error,
            degrees_of_freedom=found.degrees_of_freedom,
            finite_size_bias=self.bias,
            k=found.k,
            false_alarm_rate=FALSE_ALARM_RATE,
            rival=self.rival_name,
            rival_prediction=combined(weights, self.rival),
            n_samples=self.n_networks,
            provenance=provenance(seed=run.seed, scale=run.scale),
            serves=self.serves,
            data={
                "places": self.places,
                "means": [float(np.mean(s)) for s in self.samples],
                "standard_errors": [float(np.std(s, ddof=1) / np.sqrt(len(s))) for s in self.samples],
                "exact": self.exact,
                "rival": self.rival,
                **self.more,
                "false_alarms": false_alarm_data(
                    estimate, self.samples, repetitions=REPETITIONS[run.scale], seed=run.seed
                ),
            },
        )


def combined(weights: Any, values: Any) -> float:
    """The sum of values with weights; zero where it is below the rounding of its terms."""
    terms = np.asarray(weights) * np.asarray(values)
    found = float(terms.sum())
    return 0.0 if abs(found) < 1e-14 * float(np.abs(terms).sum()) else found


def slope_weights(places: Any) -> Array:
    """Weights of the slope of a straight line through values, all with the same weight."""
    centered = np.asarray(places, dtype=float) - np.mean(places)
    return centered / np.sum(centered**2)
