"""Chains of a restricted machine between its layers: by products in single precision, or of bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from numerics.free_energies.layer_updates import CompiledUpdates, Doubles, Singles, layer_updates
from numerics.free_energies.rounded_couplings import RoundedCouplings

Bits = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True, eq=False)
class Biases:
    """Of a path, in single precision.

    Attributes
    ----------
    visible, hidden : ndarray
        Of the machine.
    base : ndarray, shape (n_visible,)
        At the start of the path.
    gain : ndarray, shape (n_visible,)
        Visible ones less those.
    """

    visible: Singles
    hidden: Singles
    base: Singles
    gain: Singles


class LayerMoves(Protocol):
    """Chains that move along a path."""

    def step(self, before: float, after: float) -> Doubles:
        """Works of a change of lam, shape (n_chains,); then both layers move at the new value."""
        ...

    def states(self) -> Bits:
        """Visible units, shape (n_chains, n_visible)."""
        ...


class SingleMoves:
    """By products in single precision with weights and with their transpose, each contiguous."""

    def __init__(
        self, weights: Singles, transposed: Singles, biases: Biases, states: Bits, rng: np.random.Generator
    ) -> None:
        self._weights, self._transposed, self._biases = weights, transposed, biases
        self._updates = layer_updates(rng)
        self._visible = states.astype(np.float32)
        self._hidden = np.empty((len(states), weights.shape[1]), dtype=np.float32)
        self._gains = states.astype(float) @ biases.gain

    def step(self, before: float, after: float) -> Doubles:
        """See `LayerMoves`."""
        own = self._biases
        np.matmul(self._visible, self._weights, out=self._hidden)
        works = self._updates.hidden(self._hidden, own.hidden, before, after) - (after - before) * self._gains
        np.matmul(self._hidden, self._transposed, out=self._visible)
        self._gains = self._updates.visible(self._visible, own.visible, own.base, own.gain, after)
        return works

    def states(self) -> Bits:
        """See `LayerMoves`."""
        return self._visible.astype(np.uint8)


class RoundedMoves:
    """By products of bytes with rounded couplings."""

    def __init__(self, couplings: RoundedCouplings, biases: Biases, states: Bits, rng: np.random.Generator) -> None:
        self._couplings, self._biases, self._n_chains = couplings, biases, len(states)
        self._updates = CompiledUpdates(rng)
        self._visible, self._hidden = couplings.visible_units(len(states)), couplings.hidden_units(len(states))
        self._visible[: len(states), : states.shape[1]] = states
        self._gains = states.astype(float) @ biases.gain

    def step(self, before: float, after: float) -> Doubles:
        """See `LayerMoves`."""
        own, n = self._biases, self._n_chains
        fields = self._couplings.onto_hidden(self._visible)[:n]
        works = self._updates.hidden(fields, own.hidden, before, after, self._hidden) - (after - before) * self._gains
        fields = self._couplings.onto_visible(self._hidden)[:n]
        self._gains = self._updates.visible(fields, own.visible, own.base, own.gain, after, self._visible)
        return works

    def states(self) -> Bits:
        """See `LayerMoves`."""
        return self._visible[: self._n_chains, : self._biases.visible.size].copy()
