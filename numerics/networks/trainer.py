"""Train a layered network by stochastic gradient descent, epoch by epoch.

Single precision, one BLAS product a layer and pass, everything else in place. The order in which epoch e
visits the samples is drawn from (seed, e) alone, so a run that stops after an epoch and goes on from its
state gives the same bits as one that never stopped, on the same machine with the same number of BLAS
threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.networks.backpropagation import Backpropagation
from numerics.networks.digits import Digits
from numerics.networks.hinge import squared_hinge
from numerics.networks.layered import LayeredNetwork, error_rate
from numerics.networks.settings import TrainingSettings
from numerics.networks.state import TrainingState


class TrainingDiverged(ArithmeticError):  # noqa: N818 - says what happened, as FloatingPointError cannot
    """The loss or a weight is no longer finite; the message names the epoch and the learning rate."""


def train(
    network: LayeredNetwork,
    data: Digits,
    settings: TrainingSettings,
    *,
    seed: int,
    on_epoch: Callable[[TrainingState], None] | None = None,
    start: TrainingState | None = None,
) -> TrainingState:
    """Train a network and return its state after the last epoch.

    Parameters
    ----------
    network
        The network before training; it is left as it is.
    data
        Training set, and the test set on which each epoch is measured.
    settings
        ``settings.epochs`` counts from the untrained network.
    seed
        Fixes the order of the samples; with the network and the settings it fixes the result.
    on_epoch
        Called with the state after each epoch, for progress or storage; to stop early, raise in it.
    start
        A state to go on from, of the same network and seed; None to begin.

    Raises
    ------
    TrainingDiverged
        If the loss or a weight is no longer finite.
    ValueError
        If network, data, seed and start do not fit each other.
    """
    states = training_states(network, data, settings, seed=seed, start=start)
    state = next(states)
    for state in states:
        if on_epoch is not None:
            on_epoch(state)
    return state


def training_states(
    network: LayeredNetwork,
    data: Digits,
    settings: TrainingSettings,
    *,
    seed: int,
    start: TrainingState | None = None,
) -> Iterator[TrainingState]:
    """The state a run begins with, then its state after each epoch; parameters and errors as in `train`."""
    state = TrainingState.untrained(network, seed) if start is None else start
    _require_fitting(network, data, seed, state)
    yield state
    descent = _Descent(state, settings)
    while state.epoch < settings.epochs:
        state = descent.next_epoch(state, data)
        yield state


class _Descent:
    """Weights, velocities and gradients in memory that the descent changes in place."""

    def __init__(self, state: TrainingState, settings: TrainingSettings) -> None:
        self._settings = settings
        self._weights = [w.copy() for w in state.network.weights]
        self._biases = [b.copy() for b in state.network.biases]
        self._weight_velocities = [v.copy() for v in state.weight_velocities]
        self._bias_velocities = [v.copy() for v in state.bias_velocities]
        self._weight_gradients = [np.empty_like(w) for w in self._weights]
        self._bias_gradients = [np.empty_like(b) for b in self._biases]
        self._passes = Backpropagation(state.network.layer_sizes, settings.batch_size, np.float32)

    def next_epoch(self, state: TrainingState, data: Digits) -> TrainingState:
        """One pass over the training set, then the error on the test set."""
        epoch = state.epoch + 1
        # A diverging run overflows; it is reported by the finite checks, once and with its cause.
        with np.errstate(over="ignore", invalid="ignore"):
            loss, error = self._visit_all(data, state.seed, epoch)
            self._require_finite_parameters(epoch)
            network = LayeredNetwork(weights=tuple(self._weights), biases=tuple(self._biases))
            test_error = error_rate(network, data.x_test, data.y_test)
        return TrainingState(
            network=network,
            weight_velocities=tuple(self._weight_velocities),
            bias_velocities=tuple(self._bias_velocities),
            epoch=epoch,
            seed=state.seed,
            history=state.history.extended(train_loss=loss, train_error=error, test_error=test_error),
        )

    def _visit_all(self, data: Digits, seed: int, epoch: int) -> tuple[float, float]:
        """Mean loss and error rate over the epoch's batches, each before its step."""
        n_samples = len(data.x_train)
        order = np.random.default_rng([seed, epoch]).permutation(n_samples)
        total_loss, n_wrong = 0.0, 0
        for first in range(0, n_samples, self._settings.batch_size):
            chosen = order[first : first + self._settings.batch_size]
            labels = data.y_train[chosen]
            loss = self._step(data.x_train, labels, chosen)
            self._require_finite_loss(epoch, loss)
            total_loss += loss * len(chosen)
            n_wrong += np.count_nonzero(self._passes.scores.argmax(axis=1) != labels)
        return total_loss / n_samples, n_wrong / n_samples

    def _step(self, samples: NDArray[np.float32], labels: NDArray[np.intp], chosen: NDArray[np.intp]) -> float:
        """One batch: its mean loss, and one step of v <- momentum v - rate gradient, w <- w + v."""
        passes = self._passes
        passes.load(samples, chosen)
        passes.forward(self._weights, self._biases)
        loss = squared_hinge(passes.scores, labels, self._settings.margin, passes.score_derivative)
        # Everything behind the scores is linear in this derivative: scaled here, on the smallest array, the
        # gradients come out as steps and no pass over the weights is spent on the learning rate.
        passes.score_derivative[...] *= -self._settings.learning_rate
        for k in range(len(self._weights), 0, -1):
            passes.backward(self._weights, k, self._weight_gradients[k - 1], self._bias_gradients[k - 1])
            self._move(self._weights[k - 1], self._weight_velocities[k - 1], self._weight_gradients[k - 1])
            self._move(self._biases[k - 1], self._bias_velocities[k - 1], self._bias_gradients[k - 1])
        return loss

    def _move(self, parameters: NDArray[Any], velocity: NDArray[Any], step: NDArray[Any]) -> None:
        velocity *= self._settings.momentum
        velocity += step
        parameters += velocity

    def _require_finite_loss(self, epoch: int, loss: float) -> None:
        if not isfinite(loss):
            raise self._diverged(epoch, f"the loss of a batch is {loss}")

    def _require_finite_parameters(self, epoch: int) -> None:
        """The last step of an epoch has no loss after it, so the weights themselves are looked at."""
        moving = (*self._weights, *self._biases, *self._weight_velocities, *self._bias_velocities)
        if not all(np.isfinite(array).all() for array in moving):
            raise self._diverged(epoch, "a weight or velocity is not finite")

    def _diverged(self, epoch: int, symptom: str) -> TrainingDiverged:
        rate = self._settings.learning_rate
        return TrainingDiverged(
            f"training diverged in epoch {epoch} at learning_rate = {rate:g}: {symptom}; "
            f"take a smaller learning rate, {rate / 10:g} say, or smaller initial weights"
        )


def _require_fitting(network: LayeredNetwork, data: Digits, seed: int, state: TrainingState) -> None:
    sizes = network.layer_sizes
    if sizes[0] != data.n_pixels:
        raise ValueError(f"the network takes {sizes[0]} inputs, the images have {data.n_pixels} pixels")
    if sizes[-1] < data.n_classes:
        raise ValueError(f"the network has {sizes[-1]} outputs, the labels need {data.n_classes}")
    if state.network.layer_sizes != sizes:
        raise ValueError(f"start belongs to layers {state.network.layer_sizes}, the network has {sizes}")
    if state.seed != seed:
        raise ValueError(f"start was trained with seed {state.seed}, asked to go on with seed {seed}")
