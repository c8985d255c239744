from itertools import pairwise

import numpy as np
import pytest

from numerics.networks.backpropagation import Backpropagation
from numerics.networks.hinge import squared_hinge

SIZES = (7, 6, 5, 4)
MARGIN = 1.0


class Case:
    """A small network in double precision with the loss of one batch as a function of its parameters."""

    def __init__(self) -> None:
        rng = np.random.default_rng(11)
        self.weights = [rng.standard_normal(shape) for shape in pairwise(SIZES)]
        self.biases = [rng.standard_normal(n) for n in SIZES[1:]]
        self.samples = rng.random((20, SIZES[0]))
        self.labels = rng.integers(0, SIZES[-1], 20)
        self.passes = Backpropagation(SIZES, 8, np.float64)

    def loss(self, chosen: np.ndarray) -> float:
        self.passes.load(self.samples, chosen)
        self.passes.forward(self.weights, self.biases)
        return squared_hinge(self.passes.scores, self.labels[chosen], MARGIN, self.passes.score_derivative)

    def gradients(self, chosen: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
        self.loss(chosen)
        by_weights = [np.empty_like(w) for w in self.weights]
        by_biases = [np.empty_like(b) for b in self.biases]
        for k in range(len(self.weights), 0, -1):
            self.passes.backward(self.weights, k, by_weights[k - 1], by_biases[k - 1])
        return by_weights, by_biases

    def difference(self, parameters: np.ndarray, index: tuple[int, ...], chosen: np.ndarray) -> float:
        step = 1e-5
        value = parameters[index]
        parameters[index] = value + step
        above = self.loss(chosen)
        parameters[index] = value - step
        below = self.loss(chosen)
        parameters[index] = value
        return (above - below) / (2 * step)


# A central difference of step h is off by h^2 times a third derivative, and by rounding eps / h: both near
# 1e-10 here. Losses and gradients are of order 1, so 1e-7 leaves room for a kink that is a thousand steps
# away and for no error.
FINITE_DIFFERENCE = 1e-7


@pytest.mark.parametrize("n_samples", [8, 3])
def test_gradients_are_the_derivatives_of_the_loss_by_every_parameter(n_samples: int) -> None:
    case = Case()
    chosen = np.arange(5, 5 + n_samples)
    by_weights, by_biases = case.gradients(chosen)
    for parameters, gradient in zip((*case.weights, *case.biases), (*by_weights, *by_biases), strict=True):
        assert np.abs(gradient).max() > 1e-3  # a gradient that vanishes everywhere would agree with anything
        for index in np.ndindex(parameters.shape):
            expected = case.difference(parameters, index, chosen)
            assert gradient[index] == pytest.approx(expected, abs=FINITE_DIFFERENCE)


def test_a_smaller_batch_after_a_larger_one_leaves_no_trace_of_it() -> None:
    fresh, used = Case(), Case()
    few = np.array([2, 9, 4])
    used.gradients(np.arange(8))
    for expected, found in zip(fresh.gradients(few), used.gradients(few), strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(expected, found, strict=True))


def test_a_neuron_at_exactly_zero_passes_nothing_back() -> None:
    passes = Backpropagation((1, 1, 1), 1, np.float64)
    weights, biases = [np.array([[1.0]]), np.array([[1.0]])], [np.array([0.0]), np.array([0.0])]
    passes.load(np.array([[0.0]]), np.array([0]))
    passes.forward(weights, biases)
    passes.score_derivative[...] = 1
    by_weight, by_bias = np.empty((1, 1)), np.empty(1)
    passes.backward(weights, 2, by_weight, by_bias)
    passes.backward(weights, 1, by_weight, by_bias)
    assert by_bias[0] == 0
