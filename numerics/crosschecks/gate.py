"""How far a mean over seeds may lie from a right prediction: Student's quantile for a stated false-alarm rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Of each comparison: a run of some twenty of them then alarms falsely once in fifty.
FALSE_ALARM_RATE = 1e-3
# Where false alarms are counted: a gate of one in twenty alarms often enough for the count to mean something.
COUNTED_RATE = 0.05
REPETITIONS = {"quick": 200, "default": 200, "full": 2000}


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number with its standard error and the degrees of freedom of that error."""

    value: float
    standard_error: float
    degrees_of_freedom: float

    @property
    def k(self) -> float:
        """Student's quantile of the gate, two-sided."""
        return student_quantile(FALSE_ALARM_RATE, self.degrees_of_freedom)


def student_quantile(false_alarm_rate: float, degrees_of_freedom: float) -> float:
    """The number of standard errors that a Gaussian mean exceeds, on either side, with the given probability."""
    from scipy.special import stdtrit

    if not 0 < false_alarm_rate < 1 or not degrees_of_freedom >= 1:
        raise ValueError(
            "expected a rate between 0 and 1 and at least one degree of freedom; "
            f"found {false_alarm_rate} and {degrees_of_freedom}"
        )
    return float(stdtrit(degrees_of_freedom, 1 - false_alarm_rate / 2))


def mean_over_seeds(values: Array) -> Estimate:
    """Mean of independent values, shape (n_seeds,), with the error of the mean."""
    if len(values) < 2:
        raise ValueError(f"expected values of at least two seeds; found {len(values)}")
    error = float(np.std(values, ddof=1)) / np.sqrt(len(values))
    return Estimate(value=float(np.mean(values)), standard_error=float(error), degrees_of_freedom=len(values) - 1)


def combination(weights: Array, samples: Sequence[Array]) -> Estimate:
    """A fixed linear combination of the means of independent samples, with Welch's degrees of freedom.

    Parameters
    ----------
    weights
        shape (n_samples,); they must not depend on the samples' values.
    samples
        One array of independent values each.
    """
    variances = np.array([np.var(s, ddof=1) / len(s) for s in samples]) * weights**2
    degrees = variances.sum() ** 2 / np.sum(variances**2 / np.array([len(s) - 1 for s in samples]))
    value = float(weights @ np.array([np.mean(s) for s in samples]))
    return Estimate(value=value, standard_error=float(np.sqrt(variances.sum())), degrees_of_freedom=float(degrees))


def counted_false_alarms(
    estimate: Callable[[Sequence[Array]], Estimate],
    samples: Sequence[Array],
    *,
    repetitions: int,
    rate: float,
    rng: Generator,
) -> int:
    """How often a gate of the given rate refuses the truth, on data resampled from the measured values.

    A repetition draws as many values as were measured, with replacement, so that the truth of the resampled world is
    what the measured values give. Spread and skewness are those of the networks, which are not made anew.
    """
    truth = estimate(samples).value
    alarms = 0
    for _ in range(repetitions):
        found = estimate([rng.choice(s, len(s)) for s in samples])
        alarms += abs(found.value - truth) > student_quantile(rate, found.degrees_of_freedom) * found.standard_error
    return alarms


def false_alarm_data(
    estimate: Callable[[Sequence[Array]], Estimate], samples: Sequence[Array], *, repetitions: int, seed: int
) -> dict[str, Any]:
    """The count of `counted_false_alarms` beside its binomial interval, as a comparison carries it."""
    rng = np.random.default_rng([seed, repetitions])
    alarms = counted_false_alarms(estimate, samples, repetitions=repetitions, rate=COUNTED_RATE, rng=rng)
    return {
        "data": "surrogates: the measured values, resampled with replacement",
        "rate": COUNTED_RATE,
        "repetitions": repetitions,
        "counted": alarms,
        "interval": binomial_interval(COUNTED_RATE, repetitions),
    }


def binomial_interval(rate: float, repetitions: int, *, coverage: float = 0.999) -> tuple[int, int]:
    """The counts that a gate of that rate gives in all but 1 - coverage of all experiments."""
    from scipy.special import bdtr

    counts = np.arange(repetitions + 1)
    below: Any = bdtr(counts, repetitions, rate)
    tail = (1 - coverage) / 2
    return int(np.argmax(below > tail)), int(np.argmax(below >= 1 - tail))
