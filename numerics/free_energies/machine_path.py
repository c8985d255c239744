"""Chains of a restricted Boltzmann machine along a path from independent units, in single precision."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.networks.boltzmann import RestrictedBoltzmannMachine

Singles = NDArray[np.float32]


class MachinePath:
    """Laws of visible units p(v) = exp((1 - lam) a.v + lam b.v) prod_j (1 + exp(lam (c_j + v.W_j))) / Z(lam).

    At lam = 0 they are independent with biases a, at lam = 1 those of the machine. Salakhutdinov and Murray (2008).

    Parameters
    ----------
    machine
        With units 0 and 1.
    base_bias
        a, shape (n_visible,).
    """

    def __init__(self, machine: RestrictedBoltzmannMachine, base_bias: Any) -> None:
        self.n_visible, self.n_hidden = machine.n_visible, machine.n_hidden
        self._weights = machine.weights.astype(np.float32)
        self._transposed = np.ascontiguousarray(self._weights.T)
        self._visible, self._hidden = machine.visible_bias.astype(np.float32), machine.hidden_bias.astype(np.float32)
        self._base = np.asarray(base_bias, dtype=np.float32)
        self._gain = machine.visible_bias - self._base.astype(float)

    @property
    def base_log_partition(self) -> float:
        """log Z(0)."""
        return float(np.logaddexp(0, self._base.astype(float)).sum() + self.n_hidden * np.log(2))

    def base_states(self, n_chains: int, rng: np.random.Generator) -> Singles:
        """Independent states at lam = 0, shape (n_chains, n_visible)."""
        return _drawn(np.broadcast_to(self._base, (n_chains, self.n_visible)).copy(), rng)

    def equilibrated(self, states: Singles, lam: float, n_steps: int, rng: np.random.Generator) -> Singles:
        """States after some steps of Gibbs' sampler at fixed lam."""
        for _ in range(n_steps):
            fields = states @ self._weights
            fields += self._hidden
            states = self._visible_states(_drawn(np.multiply(fields, np.float32(lam), out=fields), rng), lam, rng)
        return states

    def works(
        self, states: Singles, lams: Sequence[float], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], Singles]:
        """Works of each step, shape (n_steps, n_chains), and final states of chains that follow ``lams`` either way.

        A step changes lam and, unless it is the last, moves the hidden and then the visible units at the new value.
        """
        works = np.empty((len(lams) - 1, states.shape[0]))
        for step, (before, after) in enumerate(pairwise(lams)):
            fields = states @ self._weights
            fields += self._hidden
            magnitudes = np.abs(fields)
            old = np.exp(np.multiply(magnitudes, np.float32(-before)))
            new = np.exp(np.multiply(magnitudes, np.float32(-after), out=magnitudes), out=magnitudes)
            works[step] = -(after - before) * (
                states @ self._gain + np.maximum(fields, 0).sum(axis=1, dtype=np.float64)
            )
            new += 1
            old += 1
            works[step] -= np.log(np.divide(new, old, out=old), out=old).sum(axis=1, dtype=np.float64)
            if step + 2 < len(lams):
                hidden = _chosen(new, fields, rng)
                states = self._visible_states(hidden, after, rng)
        return works, states

    def _visible_states(self, hidden: Singles, lam: float, rng: np.random.Generator) -> Singles:
        fields = hidden @ self._transposed
        fields += self._visible
        fields *= np.float32(lam)
        fields += np.float32(1 - lam) * self._base
        return _drawn(fields, rng)


def _drawn(fields: Singles, rng: np.random.Generator) -> Singles:
    """Units that are 1 with probability 1 / (1 + exp(-field)); the fields are spent."""
    magnitudes = np.exp(-np.abs(fields))
    magnitudes += 1
    return _chosen(magnitudes, fields, rng)


def _chosen(one_plus_odds: Singles, fields: Singles, rng: np.random.Generator) -> Singles:
    """The same, where 1 + exp(-|field|) is known and spent: u (1 + odds) < 1 is the likelier of both values."""
    one_plus_odds *= rng.random(fields.shape, dtype=np.float32)
    return ((one_plus_odds < 1) == (fields >= 0)).astype(np.float32)
