"""Training of restricted Boltzmann machines by contrastive divergence with persistent chains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.networks.boltzmann import RestrictedBoltzmannMachine

LEAST_MEAN = 0.01
"""Of a unit of the data, for the biases at the start."""


def train_restricted_machine(
    data: ArrayLike,
    *,
    n_hidden: int,
    epochs: int,
    rng: np.random.Generator,
    batch_size: int = 100,
    learning_rate: float = 0.05,
    n_steps: int = 1,
) -> RestrictedBoltzmannMachine:
    """A machine of units 0 and 1 that was trained to give the data a high likelihood.

    The gradient of the log-likelihood is the mean of v h over the data less that over the machine. The latter is taken
    over chains that go on from batch to batch (T. Tieleman, ICML 2008), one for each image of a batch. The learning
    rate falls linearly to zero, so that the chains follow.

    Parameters
    ----------
    data
        Visible states 0 and 1, shape (n_samples, n_visible).
    n_hidden
        Hidden units.
    epochs
        Passes over the data.
    rng
        Source of randomness.
    batch_size, learning_rate
        Of the stochastic gradient.
    n_steps
        Steps of Gibbs' sampler between two gradients.

    Raises
    ------
    ValueError
        If the data are no such states, or a number is not positive.
    """
    samples = _checked(data)
    for name, value in (("n_hidden", n_hidden), ("epochs", epochs), ("batch_size", batch_size), ("n_steps", n_steps)):
        if value < 1:
            raise ValueError(f"expected {name} of at least 1; found {value}")
    means = np.clip(samples.mean(axis=0), LEAST_MEAN, 1 - LEAST_MEAN)
    weights = (0.01 * rng.standard_normal((samples.shape[1], n_hidden))).astype(np.float32)
    visible, hidden = np.log(means / (1 - means)).astype(np.float32), np.zeros(n_hidden, dtype=np.float32)
    chains = (rng.random((batch_size, samples.shape[1])) < means).astype(np.float32)
    n_batches = -(-len(samples) // batch_size)
    batches = (order[k::n_batches] for order in _orders(len(samples), epochs, rng) for k in range(n_batches))
    for step, chosen in enumerate(batches):
        batch = samples[chosen]
        rate = np.float32(learning_rate * (1 - step / (epochs * n_batches)))
        for _ in range(n_steps):
            active = _drawn(chains @ weights + hidden, rng)
            chains = _drawn(active @ weights.T + visible, rng)
        ahead, back = _probabilities(batch @ weights + hidden), _probabilities(chains @ weights + hidden)
        weights += rate * (batch.T @ ahead / len(batch) - chains.T @ back / len(chains))
        visible += rate * (batch.mean(axis=0) - chains.mean(axis=0))
        hidden += rate * (ahead.mean(axis=0) - back.mean(axis=0))
    return RestrictedBoltzmannMachine(weights.astype(float), visible.astype(float), hidden.astype(float))


def _orders(n_samples: int, epochs: int, rng: np.random.Generator) -> Iterator[Any]:
    for _ in range(epochs):
        yield rng.permutation(n_samples)


def _checked(data: ArrayLike) -> Any:
    samples = np.asarray(data)
    if samples.ndim != 2 or 0 in samples.shape:
        raise ValueError(f"expected states of shape (n_samples, n_visible); found shape {samples.shape}")
    if not np.isin(samples, (0, 1)).all():
        raise ValueError("expected units 0 and 1 as data; found other numbers: compare gray levels with 1/2")
    return samples.astype(np.float32)


def _probabilities(fields: Any) -> Any:
    return 1 / (1 + np.exp(np.clip(-fields, -80, 80)))


def _drawn(fields: Any, rng: np.random.Generator) -> Any:
    return (rng.random(fields.shape, dtype=np.float32) < _probabilities(fields)).astype(np.float32)
