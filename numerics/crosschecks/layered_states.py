"""States of small feedforward networks, sampled: log Z in their bounds, from the definition of the loss alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class LayeredStates:
    """The bulk loss H(x) = sum over layers of |x_k - f(x_{k-1} J^(k))|^2 / 2, less m |x|^2 / 2, without biases.

    Attributes
    ----------
    weights
        J^(k), shape (N_{k-1}, N_k) each.
    activation
        f, on arrays.
    mass
        m.
    """

    weights: tuple[Array, ...]
    activation: Callable[[Array], Array]
    mass: float

    @property
    def n_neurons(self) -> int:
        """Of all layers."""
        return sum(w.shape[0] for w in self.weights) + self.weights[-1].shape[1]

    def dense(self) -> Array:
        """G of the state without activity, where f' = 1, written out."""
        ends = np.cumsum([0, *(w.shape[0] for w in self.weights), self.weights[-1].shape[1]])
        one_less = np.eye(ends[-1])
        for k, weight in enumerate(self.weights, start=1):
            one_less[ends[k] : ends[k + 1], ends[k - 1] : ends[k]] -= weight.T
        return one_less.T @ one_less

    def sampled_weights(self, n: int, beta: float, rng: Generator) -> Array:
        """Numbers whose mean is Z / (2 pi / beta)^(N / 2), shape (n,); Z is over states within -1 and 1.

        Errors are drawn with the variance 1 / beta, layer after layer; from errors to states volumes do not change.
        """
        states = rng.normal(size=(n, self.weights[0].shape[0])) / np.sqrt(beta)
        squares, inside = np.sum(states**2, axis=1), np.all(np.abs(states) < 1, axis=1)
        for weight in self.weights:
            states = self.activation(states @ weight) + rng.normal(size=(n, weight.shape[1])) / np.sqrt(beta)
            squares += np.sum(states**2, axis=1)
            inside &= np.all(np.abs(states) < 1, axis=1)
        return np.where(inside, np.exp(beta * self.mass / 2 * squares), 0.0)

    def uniform_weights(self, n: int, beta: float, rng: Generator) -> Array:
        """Numbers whose mean is Z / 2^N, shape (n,): exp(-beta H) at states drawn evenly within -1 and 1."""
        sizes = [w.shape[0] for w in self.weights] + [self.weights[-1].shape[1]]
        states = [rng.uniform(-1, 1, size=(n, size)) for size in sizes]
        loss = np.sum(states[0] ** 2, axis=1) / 2 - self.mass / 2 * sum(np.sum(x**2, axis=1) for x in states)
        for (before, after), weight in zip(pairwise(states), self.weights, strict=True):
            loss += np.sum((after - self.activation(before @ weight)) ** 2, axis=1) / 2
        return np.exp(-beta * loss)


def as_it_is(signal: Any) -> Any:
    """The linear activation, whose loss is quadratic in the state."""
    return signal
