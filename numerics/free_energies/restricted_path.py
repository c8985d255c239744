"""Chains of a restricted Boltzmann machine along a path from independent units."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.free_energies.layer_moves import Biases, LayerMoves, RoundedMoves, SingleMoves
from numerics.free_energies.rounded_couplings import RoundedCouplings, has_rounded_products, spread_of_rounding
from numerics.networks.boltzmann import RestrictedBoltzmannMachine

Bits = NDArray[np.uint8]
LARGEST_SPREAD = 0.1
"""Of energies by rounded couplings: the variance of the work grows by 1/100 at most."""


class RestrictedPath:
    """Laws of visible units p(v) = exp((1 - lam) a.v + lam b.v) prod_j (1 + exp(lam (c_j + v.W_j))) / Z(lam).

    At lam = 0 they are independent with biases a, at lam = 1 those of the machine. Salakhutdinov and Murray (2008).
    Fields are in single precision, works add up in double.

    A path may take any laws on its way. Where the processor multiplies bytes, couplings below lam = 1 are rounded to
    fifteen bits, so that products take a third of the time and have no error; the step to lam = 1, whose work is taken
    in double precision, sets that right. Chains at lam = 1 move by the couplings themselves.

    Parameters
    ----------
    machine
        With units 0 and 1.
    base_bias
        a, shape (n_visible,).
    rounded
        Whether couplings are rounded on the way; None where that is possible and changes energies by little.

    Raises
    ------
    ValueError
        If fields may be too large for single precision.
    """

    def __init__(self, machine: RestrictedBoltzmannMachine, base_bias: Any, *, rounded: bool | None = None) -> None:
        self.n_units, self._machine = machine.n_visible, machine
        with np.errstate(over="ignore"):
            self._weights = machine.weights.astype(np.float32)
            visible, hidden = machine.visible_bias.astype(np.float32), machine.hidden_bias.astype(np.float32)
            total = sum(float(np.sum(np.abs(a))) for a in (self._weights, visible, hidden))
        if not np.isfinite(np.float32(total)):
            raise ValueError(
                f"expected a machine whose energies single precision holds; found couplings and biases that add up to "
                f"{total:.3g}: it is frozen, so look for its states of least energy"
            )
        self._transposed = np.ascontiguousarray(self._weights.T)
        base = np.asarray(base_bias, dtype=np.float32)
        self._biases = Biases(visible=visible, hidden=hidden, base=base, gain=visible - base)
        if rounded is None:
            rounded = spread_of_rounding(machine.weights) <= LARGEST_SPREAD and has_rounded_products(machine.n_units)
        self._rounded = RoundedCouplings(machine.weights) if rounded else None

    @property
    def base_log_partition(self) -> float:
        """log Z(0)."""
        return float(np.logaddexp(0, self._biases.base.astype(float)).sum() + self._biases.hidden.size * np.log(2))

    def base_states(self, n_chains: int, rng: np.random.Generator) -> Bits:
        """Independent states at lam = 0, shape (n_chains, n_visible)."""
        odds = np.exp(-self._biases.base.astype(float))
        return (rng.random((n_chains, self.n_units)) * (1 + odds) < 1).astype(np.uint8)

    def moved(self, states: Bits, lam: float, n_steps: int, rng: np.random.Generator) -> Bits:
        """States after some steps of Gibbs' sampler at fixed lam."""
        return self.works(states, [lam] * (n_steps + 1), rng)[1]

    def works(self, states: Bits, lams: Sequence[float], rng: np.random.Generator) -> tuple[NDArray[np.float64], Bits]:
        """Works of each step, shape (n_steps, n_chains), and final states of chains that follow ``lams`` either way.

        A step changes lam and then moves the hidden and the visible units at the new value.
        """
        works = np.empty((len(lams) - 1, len(states)))
        moves = self._moves(lams[0], states, rng)
        for step, (before, after) in enumerate(pairwise(lams)):
            if self._is_rounded(before) == self._is_rounded(after):
                works[step] = moves.step(before, after)
                continue
            states = moves.states()
            works[step] = self._log_weight(states, before) - self._log_weight(states, after)
            moves = self._moves(after, states, rng)
            moves.step(after, after)
        return works, moves.states()

    def _is_rounded(self, lam: float) -> bool:
        return self._rounded is not None and lam < 1

    def _moves(self, lam: float, states: Bits, rng: np.random.Generator) -> LayerMoves:
        if self._rounded is not None and self._is_rounded(lam):
            return RoundedMoves(self._rounded, self._biases, states, rng)
        return SingleMoves(self._weights, self._transposed, self._biases, states, rng)

    def _log_weight(self, states: Bits, lam: float) -> NDArray[np.float64]:
        """log of Z(lam) p(v), shape (n_chains,), in double precision, on either side of the step to lam = 1."""
        if self._rounded is None or lam == 1:
            return self._machine.visible_log_weight(states)
        visible, biases = states.astype(float), self._biases
        fields = lam * (biases.hidden.astype(float) + visible @ self._rounded.values)
        linear = visible @ (lam * biases.visible.astype(float) + (1 - lam) * biases.base.astype(float))
        return linear + np.logaddexp(0, fields).sum(axis=1)
