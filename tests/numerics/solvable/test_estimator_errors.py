"""Bias and spread of estimates: what leading order says, against repeated samples of a system that is no oscillator."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from numerics import lower
from numerics.solvable.dragged_oscillator import DraggedOscillator
from numerics.solvable.estimator_errors import (
    EstimatorErrors,
    estimator_errors,
    leading_acceptance_errors,
    leading_exponential_errors,
    mean_acceptances,
)
from numerics.solvable.system import SolvableSystem

GATE = 4.0
"""Standard errors; a false alarm in sixteen thousand."""


class ExponentialLaw:
    """Of the work (rate - 1) x, with x of mean 1."""

    def __init__(self, scale: float) -> None:
        self.mean, self.variance = scale, scale**2

    def log_transform(self, s: Any) -> Any:
        return -np.log1p(np.asarray(s) * self.mean)

    def cumulative(self, work: Any) -> Any:
        return -np.expm1(-np.maximum(work, 0) / self.mean)


class SuddenRate(SolvableSystem):
    """E = (1 + lam (rate - 1)) x on x > 0, changed at once."""

    def __init__(self, rate: float) -> None:
        self.rate = rate

    schedule = (0.0, 1.0)

    @property
    def free_energy_difference(self) -> float:
        return math.log(self.rate)

    def energy(self, lam: float, x: Any) -> Any:
        return (1 + lam * (self.rate - 1)) * x

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        return rng.exponential(size=x.shape) / (1 + lam * (self.rate - 1))

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        return rng.exponential(size=n)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        return rng.exponential(size=n) / self.rate

    def work_law(self, direction: str = "forward") -> Any:
        assert direction == "forward"
        return ExponentialLaw(self.rate - 1)


@pytest.fixture(scope="module")
def few_runs() -> EstimatorErrors:
    return estimator_errors(SuddenRate(5.0), n_samples=40, n_repetitions=3000, rng=np.random.default_rng(0))


def test_biases_are_those_of_leading_order_and_no_others(few_runs: EstimatorErrors):
    """The next order is some 15 % here, less than the noise."""
    for found, leading in (
        (few_runs.exponential, few_runs.leading_exponential),
        (few_runs.acceptance, few_runs.leading_acceptance),
    ):
        assert leading.bias > 3 * found.bias_error
        assert abs(found.bias - leading.bias) < GATE * found.bias_error
        assert abs(found.bias + leading.bias) > GATE * found.bias_error
        assert abs(found.bias - 3 * leading.bias) > GATE * found.bias_error


def test_spreads_are_those_of_leading_order(few_runs: EstimatorErrors):
    for found, leading in (
        (few_runs.exponential, few_runs.leading_exponential),
        (few_runs.acceptance, few_runs.leading_acceptance),
    ):
        assert found.deviation == pytest.approx(leading.deviation, rel=0.05)
        assert found.reported == pytest.approx(leading.deviation, rel=0.05)
        assert abs(found.deviation - math.sqrt(2) * leading.deviation) > 10 * found.deviation_error


def test_more_runs_shrink_the_leading_order():
    system = SuddenRate(3.0)
    for leading in (leading_exponential_errors, leading_acceptance_errors):
        few, many = leading(system, 10), leading(system, 40)
        assert few.bias == pytest.approx(4 * many.bias)
        assert few.deviation == pytest.approx(2 * many.deviation)


def test_leading_orders_have_their_closed_forms():
    """Weights exp(-(r - 1) x) have relative variance r^2 / (2 r - 1) - 1; f = 1 / (1 + y^(r - 1) / r), y uniform."""
    rate = 3.0
    assert leading_exponential_errors(SuddenRate(rate), 1).deviation == pytest.approx(math.sqrt(rate**2 / 5 - 1))

    def accepted(x: float, power: int) -> float:
        return math.exp(-x) / (1 + math.exp((rate - 1) * x) / rate) ** power

    A, S = (quad(accepted, 0, 60, args=(power,), epsabs=1e-13)[0] for power in (1, 2))
    found = leading_acceptance_errors(SuddenRate(rate), 1)
    assert found.deviation == pytest.approx(math.sqrt(1 / A - 2), rel=1e-4)
    assert found.bias == pytest.approx((2 * S - A) / (2 * A**2), rel=1e-3)


def test_weights_of_a_dragged_trap_have_the_derived_variance():
    from derivations.nonequilibrium.second_law import build

    trap = DraggedOscillator(stiffness=2.0, distance=1.5, schedule=8, retained=0.6)
    step = build()["variance of Gaussian weights"]
    derived = float(lower(step.result, tuple(step.result.free_symbols))(trap.work_variance))
    assert leading_exponential_errors(trap, 30).deviation ** 2 == pytest.approx(derived / 30, rel=1e-12)


def test_weights_without_a_second_moment_have_no_leading_order():
    class Divergent(SuddenRate):
        def work_law(self, direction: str = "forward") -> Any:
            law = ExponentialLaw(self.rate - 1)
            law.log_transform = lambda s: math.inf if s > 1.5 else -math.log(self.rate)
            return law

    assert leading_exponential_errors(Divergent(3.0), 100).deviation == math.inf


def test_half_of_the_runs_are_accepted_where_nothing_changes():
    mean, square = mean_acceptances(lambda w: np.where(np.asarray(w) >= 0, 1.0, 0.0), 0.0)
    assert mean == pytest.approx(0.5, abs=2e-3)
    assert square == pytest.approx(0.25, abs=2e-3)


@pytest.mark.parametrize("numbers", [(0, 5), (5, 5), (4, 1)])
def test_too_few_runs_are_refused(numbers: tuple[int, int]):
    with pytest.raises(ValueError, match="even number of runs"):
        estimator_errors(SuddenRate(2.0), n_samples=numbers[0], n_repetitions=numbers[1], rng=np.random.default_rng(0))
