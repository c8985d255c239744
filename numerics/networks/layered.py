"""A layered feed-forward network: the weights between neighboring layers, as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class LayeredNetwork:
    """Weights and biases of a network of L + 1 layers, numbered 0 (the input) to L (the output).

    Parameters
    ----------
    weights
        L matrices; the k-th is J^(k), shape (N_{k-1}, N_k): entry (i, j) joins neuron i of layer k - 1
        to neuron j of layer k, so that layer k receives ``activations @ J^(k) + bias``.
    biases
        L vectors, shape (N_k,). Left out, they are zero: the spin model of the network then has no field.

    Raises
    ------
    ValueError
        For no layer to connect, shapes that do not form a chain, or an entry that is not finite.
    TypeError
        For an array that does not hold real floating-point numbers.

    Notes
    -----
    The orientation is that of Barney, Winer and Galitski (2024), eqs. (1) and (4).
    The arrays are made read-only, so that a record cannot change under those who hold it.
    """

    weights: tuple[Array, ...]
    biases: tuple[Array, ...] = ()

    def __post_init__(self) -> None:
        weights = tuple(_frozen(f"weights[{k}]", w, 2) for k, w in enumerate(self.weights))
        if not weights:
            raise ValueError("a layered network needs at least one weight matrix, found none: hand in J^(1), …")
        _require_chain(weights)
        given = self.biases or tuple(np.zeros(w.shape[1], w.dtype) for w in weights)
        biases = tuple(_frozen(f"biases[{k}]", b, 1) for k, b in enumerate(given))
        _require_matching(weights, biases)
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "biases", biases)

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """Number of neurons of each layer, N_0 to N_L."""
        return (self.weights[0].shape[0], *(w.shape[1] for w in self.weights))

    def outputs(self, inputs: Array) -> Array:
        """Output of the network with rectified linear hidden layers and a linear last layer.

        Parameters
        ----------
        inputs
            shape (n_samples, N_0).

        Returns
        -------
        array, shape (n_samples, N_L)
            One score per class; the largest is the network's answer.
        """
        activations = np.asarray(inputs)
        if activations.ndim != 2 or activations.shape[1] != self.layer_sizes[0]:
            raise ValueError(f"inputs must have shape (n_samples, {self.layer_sizes[0]}), found {activations.shape}")
        last = len(self.weights) - 1
        for k, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            activations = activations @ weight + bias
            if k < last:
                np.maximum(activations, 0, out=activations)
        return activations


def error_rate(network: LayeredNetwork, inputs: Array, labels: Array) -> float:
    """Fraction of samples whose largest output is not at the label.

    Parameters
    ----------
    inputs
        shape (n_samples, N_0).
    labels
        shape (n_samples,), integers from 0 to N_L - 1.
    """
    if labels.shape != (len(inputs),) or not len(inputs):
        raise ValueError(f"labels must have shape ({len(inputs)},), one a sample, found {labels.shape}")
    wrong = sum(
        np.count_nonzero(network.outputs(inputs[rows]).argmax(axis=1) != labels[rows])
        for rows in _row_blocks(len(inputs))
    )
    return wrong / len(inputs)


def _row_blocks(n_rows: int, block: int = 1024) -> list[slice]:
    """Slices that keep the hidden activations of a large test set within the cache."""
    return [slice(first, first + block) for first in range(0, n_rows, block)]


def _frozen(name: str, values: object, ndim: int) -> Array:
    """Return a read-only C-ordered copy, or say what is wrong with the array called `name`."""
    array = np.asarray(values)
    if array.dtype.kind != "f":
        raise TypeError(f"{name} must hold real floating-point numbers, found dtype {array.dtype}")
    if array.ndim != ndim or 0 in array.shape:
        raise ValueError(f"{name} must be a non-empty array of {ndim} dimension(s), found shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} has {np.count_nonzero(~np.isfinite(array))} entries that are not finite")
    array = np.array(array, order="C")
    array.setflags(write=False)
    return array


def _require_chain(weights: Sequence[Array]) -> None:
    for k, (left, right) in enumerate(pairwise(weights)):
        if left.shape[1] != right.shape[0]:
            raise ValueError(
                f"weights[{k}] has shape {left.shape} and weights[{k + 1}] has shape {right.shape}: "
                f"they join only if {left.shape[1]} = {right.shape[0]}; J^(k) has shape (N_(k-1), N_k)"
            )


def _require_matching(weights: Sequence[Array], biases: Sequence[Array]) -> None:
    expected = [(w.shape[1],) for w in weights]
    found = [b.shape for b in biases]
    if expected != found:
        raise ValueError(f"biases must have the shapes {expected}, one vector a layer, found {found}")
