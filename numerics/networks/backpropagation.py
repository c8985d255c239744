"""Forward and backward pass of a rectified network, over buffers that are allocated once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]


class Backpropagation:
    """Activations a_0 … a_L and their derivatives d_0 … d_L for one batch at a time.

    The hidden layers are rectified, a_k = max(0, a_{k-1} J^(k) + b_k), the last layer is linear. Weights
    and biases belong to the caller and are handed in at each pass. Works in single precision to train and
    in double to check.

    Parameters
    ----------
    layer_sizes
        N_0 to N_L.
    batch_size
        The largest batch that will be asked for; smaller ones use the first rows of the same buffers.
    dtype
        Of all buffers.
    """

    def __init__(self, layer_sizes: Sequence[int], batch_size: int, dtype: DTypeLike) -> None:
        self._activations = [np.empty((batch_size, size), dtype) for size in layer_sizes]
        self._derivatives = [np.empty((batch_size, size), dtype) for size in layer_sizes]
        self._active = [np.empty((batch_size, size), np.bool_) for size in layer_sizes]
        self._select(batch_size)

    def _select(self, n_samples: int) -> None:
        self._n_samples = n_samples
        self._a = [buffer[:n_samples] for buffer in self._activations]
        self._d = [buffer[:n_samples] for buffer in self._derivatives]
        self._on = [buffer[:n_samples] for buffer in self._active]

    def load(self, samples: Array, chosen: NDArray[np.intp]) -> None:
        """Copy the chosen rows of `samples`, shape (n, N_0), into the input layer."""
        if len(chosen) != self._n_samples:
            self._select(len(chosen))
        # mode="clip" lets NumPy write straight into the buffer; the indices are a permutation, so none is
        # clipped.
        np.take(samples, chosen, axis=0, out=self._a[0], mode="clip")

    @property
    def scores(self) -> Array:
        """Output of the last `forward`, shape (batch, N_L)."""
        return self._a[-1]

    @property
    def score_derivative(self) -> Array:
        """Where the caller writes the loss's derivative by the scores, shape (batch, N_L)."""
        return self._d[-1]

    def forward(self, weights: Sequence[Array], biases: Sequence[Array]) -> None:
        """Fill the activations of layers 1 to L from those of layer 0."""
        last = len(weights)
        for k, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
            np.matmul(self._a[k - 1], weight, out=self._a[k])
            self._a[k] += bias
            if k < last:
                np.maximum(self._a[k], 0, out=self._a[k])

    def backward(self, weights: Sequence[Array], k: int, weight_gradient: Array, bias_gradient: Array) -> None:
        """Gradient by J^(k) and b_k, then the derivative by a_{k-1}; call with k = L down to 1.

        The derivative by a_{k-1} is taken here, before the caller changes J^(k).
        """
        np.matmul(self._a[k - 1].T, self._d[k], out=weight_gradient)
        np.add.reduce(self._d[k], axis=0, out=bias_gradient)
        if k > 1:  # nobody needs the derivative by the pixels
            np.matmul(self._d[k], weights[k - 1].T, out=self._d[k - 1])
            np.greater(self._a[k - 1], 0, out=self._on[k - 1])  # the rectifier's derivative, 0 at 0
            self._d[k - 1] *= self._on[k - 1]
