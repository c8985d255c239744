"""Random finite chains that are driven by random energies, with exact means over all their paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from numerics.solvable.system import DrivenSystem

Array = NDArray[np.float64]
Mixing = Literal["reversible", "circulating", "sluggish"]


@dataclass(frozen=True, kw_only=True, eq=False)
class DrivenChain(DrivenSystem):
    """A protocol of T steps on S states: in step t the energies become those of row t, then the state moves.

    Attributes
    ----------
    lams : tuple of float
        lambda_0 = 0 to lambda_T = 1.
    energies : ndarray, shape (T + 1, S)
        Row t at lambda_t, in units of k_B T.
    kernels : ndarray, shape (T + 1, S, S)
        Probabilities of moves from row to column; kernel t leaves exp(-energies[t]) invariant.
    """

    lams: tuple[float, ...]
    energies: Array
    kernels: Array

    @property
    def schedule(self) -> tuple[float, ...]:
        """Values of lam from 0 to 1."""
        return self.lams

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0."""
        return -float(np.log(self.ratio))

    def energy(self, lam: float, x: Any) -> Any:
        """Energies of states x, shape (n_chains,), at a value of the schedule."""
        return self.energies[self.lams.index(lam)][x]

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """The next states."""
        # Rounding may leave the last rung below 1: a number above all the others is the last state.
        rungs = np.cumsum(self.kernels[self.lams.index(lam)], axis=1)[x, :-1]
        return np.sum(rng.random(x.size)[:, np.newaxis] >= rungs, axis=1)

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """n independent states from equilibrium at lam = 0."""
        return rng.choice(self.start.size, n, p=self.start)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        """n independent states from equilibrium at lam = 1."""
        return rng.choice(self.start.size, n, p=boltzmann(self.energies[-1]))

    @property
    def ratio(self) -> float:
        """Z_1 / Z_0, each the sum over all states."""
        return float(np.exp(-self.energies[-1]).sum() / np.exp(-self.energies[0]).sum())

    @property
    def start(self) -> Array:
        """Probabilities of equilibrium at lambda_0."""
        return boltzmann(self.energies[0])

    def mean_weight(self, power: int = 1) -> float:
        """<exp(-power W)> over all paths from equilibrium, each step's work spent before its move."""
        shares = self.start
        for change, kernel in zip(np.diff(self.energies, axis=0), self.kernels[1:], strict=True):
            shares = (shares * np.exp(-power * change)) @ kernel
        return float(shares.sum())

    def mean_weight_of_late_work(self) -> float:
        """<exp(-W)> for the wrong order: the change of energy is taken at the state after each step's move."""
        shares = self.start
        for change, kernel in zip(np.diff(self.energies, axis=0), self.kernels[1:], strict=True):
            shares = (shares @ kernel) * np.exp(-change)
        return float(shares.sum())

    def mean_work(self) -> float:
        """<W> over all paths."""
        shares, total = self.start, 0.0
        for change, kernel in zip(np.diff(self.energies, axis=0), self.kernels[1:], strict=True):
            total += float(shares @ change)
            shares = shares @ kernel
        return total


def boltzmann(energies: Array) -> Array:
    """Probabilities exp(-E) / Z, shape (S,)."""
    weights = np.exp(-energies)
    return weights / weights.sum()


def random_chain(
    *, n_states: int, n_steps: int, spread: float, mixing: Mixing, rng: np.random.Generator
) -> DrivenChain:
    """Gaussian energies of the given spread at both ends and on the way, random steps, random kernels.

    Parameters
    ----------
    n_states, n_steps
        S and T.
    spread
        Standard deviation of the energies, in units of k_B T.
    mixing
        "reversible" kernels are Metropolis' with random symmetric proposals, "circulating" ones products of two of
        them, which have currents, "sluggish" ones move once in fifty steps.
    rng
        Source of randomness.
    """
    inner = np.sort(rng.random(n_steps - 1))
    schedule = np.concatenate([[0.0], inner, [1.0]])
    first, last, bump = spread * rng.normal(size=(3, n_states))
    lams = schedule[:, np.newaxis]
    energies = (1 - lams) * first + lams * last + 4 * lams * (1 - lams) * bump / 2
    kernels = [_kernel(row, mixing, rng) for row in energies]
    return DrivenChain(lams=tuple(schedule.tolist()), energies=energies, kernels=np.array(kernels))


def _kernel(energies: Array, mixing: Mixing, rng: np.random.Generator) -> Array:
    if mixing == "circulating":
        return _metropolis(energies, rng) @ _metropolis(energies, rng)
    kernel = _metropolis(energies, rng)
    return kernel if mixing == "reversible" else 0.02 * kernel + 0.98 * np.eye(energies.size)


def _metropolis(energies: Array, rng: np.random.Generator) -> Array:
    """Random symmetric proposals, accepted with probability min(1, exp(-change of energy))."""
    size = energies.size
    proposals = rng.random((size, size))
    proposals = (proposals + proposals.T) / (2 * size)
    moves = proposals * np.minimum(1, np.exp(energies[:, np.newaxis] - energies[np.newaxis, :]))
    np.fill_diagonal(moves, 0.0)
    return moves + np.diag(1 - moves.sum(axis=1))
