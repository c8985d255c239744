"""Networks whose neurons all answer with the hyperbolic tangent, and their training by gradient descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from numerics.networks.layered import LayeredNetwork

Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class DescentSettings:
    """How a network is trained.

    Attributes
    ----------
    epochs
        How often every sample is seen.
    learning_rate
        Of plain gradient descent: parameters move by it times the derivative of the loss, the mean over a batch.
    batch_size
        Samples in a step.

    Raises
    ------
    ValueError
        If a number is not positive.
    """

    epochs: int
    learning_rate: float
    batch_size: int

    def __post_init__(self) -> None:
        if self.epochs < 1 or self.batch_size < 1 or not 0 < self.learning_rate < np.inf:
            raise ValueError(
                "expected a positive number of epochs, rate of learning and size of batches; found "
                f"{self.epochs}, {self.learning_rate} and {self.batch_size}"
            )


def layer_states(network: LayeredNetwork, inputs: Array) -> tuple[Array, ...]:
    """States of all layers, the inputs first: x_k = tanh(x_{k-1} J^(k) + b_k), shape (n_samples, N_k) each."""
    states = [np.asarray(inputs)]
    for weight, bias in zip(network.weights, network.biases, strict=True):
        states.append(np.tanh(states[-1] @ weight + bias))
    return tuple(states)


def mean_slopes(network: LayeredNetwork, inputs: Array) -> tuple[Array, ...]:
    """Derivative of tanh at the mean signal into each neuron, over the samples, shape (N_k,) for all layers but 0.

    Parameters
    ----------
    inputs
        shape (n_samples, N_0).
    """
    before = layer_states(network, inputs)[:-1]
    signals = (
        state.mean(axis=0) @ weight + bias
        for state, weight, bias in zip(before, network.weights, network.biases, strict=True)
    )
    return tuple(np.cosh(signal) ** -2.0 for signal in signals)


def squared_error(network: LayeredNetwork, inputs: Array, targets: Array) -> float:
    """Half the squared distance of outputs from targets, both shape (n_samples, ...), summed over neurons, averaged."""
    return float(np.mean(np.sum((layer_states(network, inputs)[-1] - targets) ** 2, axis=1)) / 2)


def one_hot(labels: Array, n_classes: int) -> Array:
    """1 at the label and 0 elsewhere, shape (n_samples, n_classes)."""
    return np.eye(n_classes)[labels]


def descend(
    network: LayeredNetwork, inputs: Array, targets: Array, settings: DescentSettings, rng: Generator
) -> LayeredNetwork:
    """The network after stochastic gradient descent of the squared error, in double precision.

    Parameters
    ----------
    inputs, targets
        shape (n_samples, N_0) and (n_samples, N_L).
    rng
        Draws the order of the samples in each epoch.

    Raises
    ------
    ValueError
        If shapes do not fit each other, or the training diverges.
    """
    x, y = np.asarray(inputs, dtype=np.float64), np.asarray(targets, dtype=np.float64)
    expected = (len(x), network.layer_sizes[-1])
    if x.ndim != 2 or x.shape[1] != network.layer_sizes[0] or y.shape != expected:
        raise ValueError(
            f"expected inputs of shape (n_samples, {network.layer_sizes[0]}) and targets of shape {expected}; found "
            f"{x.shape} and {y.shape}"
        )
    weights = [np.array(w, dtype=np.float64) for w in network.weights]
    biases = [np.array(b, dtype=np.float64) for b in network.biases]
    for _ in range(settings.epochs):
        order = rng.permutation(len(x))
        for first in range(0, len(x), settings.batch_size):
            chosen = order[first : first + settings.batch_size]
            _step(weights, biases, x[chosen], y[chosen], settings.learning_rate)
    if not all(np.isfinite(array).all() for array in (*weights, *biases)):
        raise ValueError(f"the training diverged at the rate of learning {settings.learning_rate}: take a lower one")
    return LayeredNetwork(weights=tuple(weights), biases=tuple(biases))


def _step(weights: list[Array], biases: list[Array], x: Array, y: Array, rate: float) -> None:
    """Move all parameters, last layer first; derivatives are those before the step."""
    states = [x]
    for weight, bias in zip(weights, biases, strict=True):
        states.append(np.tanh(states[-1] @ weight + bias))
    slope = (states[-1] - y) * (1 - states[-1] ** 2) / len(x)
    for k in reversed(range(len(weights))):
        before = slope @ weights[k].T * (1 - states[k] ** 2) if k else slope
        weights[k] -= rate * (states[k].T @ slope)
        biases[k] -= rate * slope.sum(axis=0)
        slope = before
