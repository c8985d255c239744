"""Restricted Boltzmann machines: energies, conditional laws, samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from numerics.networks.machine_arrays import Array, check_energies, checked_array


@dataclass(frozen=True, eq=False)
class RestrictedBoltzmannMachine:
    """Two layers of units with couplings between them, at temperature 1.

    E(v, h) = -b_visible.v - b_hidden.h - v.W.h, with units 0 and 1, or -1 and 1 for ``spins``.

    Attributes
    ----------
    weights : ndarray, shape (n_visible, n_hidden)
        W, in units of k_B T.
    visible_bias, hidden_bias : ndarray, shape (n_visible,) and (n_hidden,)
        In units of k_B T.
    spins : bool
        Whether units are -1 and 1.

    Raises
    ------
    ValueError, TypeError
        If shapes do not fit, a number is not finite and real, or energies are beyond double precision.
    """

    weights: Array
    visible_bias: Array
    hidden_bias: Array
    spins: bool = False

    def __post_init__(self) -> None:
        weights = checked_array(self.weights, "weights", 2)
        if 0 in weights.shape:
            raise ValueError(
                f"expected weights of shape (n_visible, n_hidden), with a unit in each layer; found shape "
                f"{weights.shape}: units alone have as log Z the sum of log(1 + exp(bias))"
            )
        for name, size in (("visible_bias", weights.shape[0]), ("hidden_bias", weights.shape[1])):
            bias = checked_array(getattr(self, name), name, 1)
            if bias.shape != (size,):
                raise ValueError(
                    f"expected {name} of shape ({size},) beside weights of shape {weights.shape} (visible, hidden); "
                    f"found shape {bias.shape}: transpose the weights if they are stored as (hidden, visible)"
                )
            object.__setattr__(self, name, bias)
        object.__setattr__(self, "weights", weights)
        check_energies(weights, self.visible_bias, self.hidden_bias)

    @property
    def n_visible(self) -> int:
        """Number of visible units."""
        return self.weights.shape[0]

    @property
    def n_hidden(self) -> int:
        """Number of hidden units."""
        return self.weights.shape[1]

    @property
    def n_units(self) -> int:
        """Number of units in both layers."""
        return self.n_visible + self.n_hidden

    def energy(self, visible: ArrayLike, hidden: ArrayLike) -> Array:
        """E(v, h) of states along the first axes, shape (n_states,), in units of k_B T."""
        v, h = np.asarray(visible, dtype=float), np.asarray(hidden, dtype=float)
        return -v @ self.visible_bias - h @ self.hidden_bias - np.sum((v @ self.weights) * h, axis=-1)

    def visible_log_weight(self, visible: ArrayLike) -> Array:
        """log of the sum of exp(-E(v, h)) over hidden states, shape (n_states,); less log Z it is log p(v)."""
        v = np.asarray(visible, dtype=float)
        fields = v @ self.weights + self.hidden_bias
        terms = np.logaddexp(fields, -fields) if self.spins else np.logaddexp(0, fields)
        return v @ self.visible_bias + terms.sum(axis=-1)

    def transposed(self) -> RestrictedBoltzmannMachine:
        """The same machine with the names of both layers exchanged."""
        return RestrictedBoltzmannMachine(self.weights.T, self.hidden_bias, self.visible_bias, self.spins)

    def with_binary_units(self) -> tuple[RestrictedBoltzmannMachine, float]:
        """The machine in units 0 and 1, and what has to be added to its energies: s = 2 x - 1 for spins."""
        if not self.spins:
            return self, 0.0
        weights, visible, hidden = self.weights, self.visible_bias, self.hidden_bias
        binary = RestrictedBoltzmannMachine(
            4 * weights, 2 * (visible - weights.sum(axis=1)), 2 * (hidden - weights.sum(axis=0))
        )
        return binary, float(visible.sum() + hidden.sum() - weights.sum())
