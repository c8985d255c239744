"""Chains of a restricted Boltzmann machine along a path from independent units, in single precision."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.free_energies.layer_updates import layer_updates
from numerics.networks.boltzmann import RestrictedBoltzmannMachine

Bits = NDArray[np.uint8]


class RestrictedPath:
    """Laws of visible units p(v) = exp((1 - lam) a.v + lam b.v) prod_j (1 + exp(lam (c_j + v.W_j))) / Z(lam).

    At lam = 0 they are independent with biases a, at lam = 1 those of the machine. Salakhutdinov and Murray (2008).
    Fields are in single precision; works add up in double.

    Parameters
    ----------
    machine
        With units 0 and 1.
    base_bias
        a, shape (n_visible,).

    Raises
    ------
    ValueError
        If fields may be too large for single precision.
    """

    def __init__(self, machine: RestrictedBoltzmannMachine, base_bias: Any) -> None:
        self.n_units, self.n_hidden = machine.n_visible, machine.n_hidden
        with np.errstate(over="ignore"):
            self._weights = machine.weights.astype(np.float32)
            self._visible = machine.visible_bias.astype(np.float32)
            self._hidden = machine.hidden_bias.astype(np.float32)
            total = sum(float(np.sum(np.abs(a))) for a in (self._weights, self._visible, self._hidden))
        if not np.isfinite(np.float32(total)):
            raise ValueError(
                f"expected a machine whose energies single precision holds; found couplings and biases that add up to "
                f"{total:.3g}: it is frozen, so look for its states of least energy"
            )
        self._transposed = np.ascontiguousarray(self._weights.T)
        self._base = np.asarray(base_bias, dtype=np.float32)
        self._gain = self._visible - self._base

    @property
    def base_log_partition(self) -> float:
        """log Z(0)."""
        return float(np.logaddexp(0, self._base.astype(float)).sum() + self.n_hidden * np.log(2))

    def base_states(self, n_chains: int, rng: np.random.Generator) -> Bits:
        """Independent states at lam = 0, shape (n_chains, n_visible)."""
        odds = np.exp(-self._base.astype(float))
        return (rng.random((n_chains, self.n_units)) * (1 + odds) < 1).astype(np.uint8)

    def moved(self, states: Bits, lam: float, n_steps: int, rng: np.random.Generator) -> Bits:
        """States after some steps of Gibbs' sampler at fixed lam."""
        return self.works(states, [lam] * (n_steps + 1), rng)[1]

    def works(self, states: Bits, lams: Sequence[float], rng: np.random.Generator) -> tuple[NDArray[np.float64], Bits]:
        """Works of each step, shape (n_steps, n_chains), and final states of chains that follow ``lams`` either way.

        A step changes lam and then moves the hidden and the visible units at the new value.
        """
        updates = layer_updates(rng)
        works = np.empty((len(lams) - 1, len(states)))
        visible = states.astype(np.float32)
        hidden = np.empty((len(states), self.n_hidden), dtype=np.float32)
        gains = visible.astype(float) @ self._gain
        for step, (before, after) in enumerate(pairwise(lams)):
            np.matmul(visible, self._weights, out=hidden)
            works[step] = updates.hidden(hidden, self._hidden, before, after) - (after - before) * gains
            np.matmul(hidden, self._transposed, out=visible)
            gains = updates.visible(visible, self._visible, self._base, self._gain, after)
        return works, visible.astype(np.uint8)
