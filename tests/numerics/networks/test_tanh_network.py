"""Networks of hyperbolic tangents: their states, slopes and training against the definitions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from numerics.networks.digits import load_digits
from numerics.networks.initialization import sample_network
from numerics.networks.layered import LayeredNetwork
from numerics.networks.tanh_network import (
    DescentSettings,
    descend,
    layer_states,
    mean_slopes,
    one_hot,
    squared_error,
)


def small(seed: int = 0) -> LayeredNetwork:
    rng = np.random.default_rng(seed)
    bare = sample_network((4, 3, 2), (1.0, 1.0), rng)
    return LayeredNetwork(weights=bare.weights, biases=tuple(rng.normal(size=w.shape[1]) for w in bare.weights))


def data(rng: np.random.Generator, n: int = 7) -> tuple[np.ndarray, np.ndarray]:
    return rng.normal(size=(n, 4)), rng.uniform(-0.5, 0.5, size=(n, 2))


def test_a_state_is_the_answer_to_the_layer_before() -> None:
    network, (x, _) = small(), data(np.random.default_rng(1))
    states = layer_states(network, x)
    for row in range(len(x)):
        for k, (w, b) in enumerate(zip(network.weights, network.biases, strict=True)):
            for neuron in range(w.shape[1]):
                signal = sum(states[k][row, i] * w[i, neuron] for i in range(w.shape[0])) + b[neuron]
                assert states[k + 1][row, neuron] == pytest.approx(np.tanh(signal), rel=1e-13)


def test_slopes_are_difference_quotients_at_the_mean_signal() -> None:
    network, (x, _) = small(), data(np.random.default_rng(2))
    states, slopes, step = layer_states(network, x), mean_slopes(network, x), 1e-6
    for k, (w, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        signal = np.mean(states[k] @ w + b, axis=0)
        np.testing.assert_allclose(slopes[k], (np.tanh(signal + step) - np.tanh(signal - step)) / (2 * step), rtol=1e-8)
        of_the_mean_of_slopes = np.mean(1 - states[k + 1] ** 2, axis=0)
        assert np.max(np.abs(of_the_mean_of_slopes - slopes[k])) > 1e-2


def test_one_step_goes_down_the_gradient_of_the_error() -> None:
    network, (x, y) = small(), data(np.random.default_rng(3))
    rate, step = 1e-3, 1e-6
    moved = descend(
        network, x, y, DescentSettings(epochs=1, learning_rate=rate, batch_size=len(x)), np.random.default_rng(0)
    )
    for name in ("weights", "biases"):
        for k, array in enumerate(getattr(network, name)):
            for place in np.ndindex(array.shape):
                values = []
                for sign in (1, -1):
                    changed = [np.array(a) for a in getattr(network, name)]
                    changed[k][place] += sign * step
                    parts: Any = {"weights": network.weights, "biases": network.biases, name: tuple(changed)}
                    values.append(squared_error(LayeredNetwork(**parts), x, y))
                gradient = (values[0] - values[1]) / (2 * step)
                found = (array[place] - getattr(moved, name)[k][place]) / rate
                assert found == pytest.approx(gradient, abs=1e-8)


def test_training_lowers_the_error_on_digits_and_repeats_itself() -> None:
    digits = load_digits()
    x, y = digits.x_train[:500], one_hot(digits.y_train[:500], 10)
    start = sample_network((784, 20, 10), (1.0, 1.0), np.random.default_rng(4))
    settings = DescentSettings(epochs=3, learning_rate=0.1, batch_size=20)
    once, again = (descend(start, x, y, settings, np.random.default_rng(5)) for _ in range(2))
    assert squared_error(once, x, y) < 0.5 * squared_error(start, x, y)
    for a, b in zip(once.weights, again.weights, strict=True):
        np.testing.assert_array_equal(a, b)
    other = descend(start, x, y, settings, np.random.default_rng(6))
    assert np.any(other.weights[0] != once.weights[0])


@pytest.mark.parametrize(
    "changed", [{"epochs": 0}, {"learning_rate": -1.0}, {"learning_rate": np.nan}, {"batch_size": 0}]
)
def test_settings_that_train_nothing_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected a positive"):
        DescentSettings(**({"epochs": 1, "learning_rate": 0.1, "batch_size": 5} | changed))


def test_targets_of_another_shape_and_divergence_are_refused() -> None:
    network, (x, y) = small(), data(np.random.default_rng(7))
    settings, rng = DescentSettings(epochs=5, learning_rate=0.1, batch_size=3), np.random.default_rng(0)
    with pytest.raises(ValueError, match="targets of shape"):
        descend(network, x, y[:, :1], settings, rng)
    fast = DescentSettings(epochs=5, learning_rate=1e308, batch_size=3)
    with pytest.raises(ValueError, match="the training diverged"), np.errstate(all="ignore"):
        descend(network, x, 1e10 * y, fast, rng)
