"""Every path of a small driven Markov chain, one by one, in exact fractions.

A chain is given by its Boltzmann weights ``weights[t][a]`` = exp(-E(a; lambda(t))) for t = 0, ..., T and by its
transition matrices ``kernels[t][a][b]``, the probability to go from a to b in step t + 1; states are numbered from 0.
What stands for the work is the factor exp(-W), a fraction, so that works are told apart exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Vector = Sequence[Fraction]
Matrix = Sequence[Vector]


@dataclass(frozen=True, kw_only=True)
class DrivenChain:
    """A chain with its protocol.

    Attributes
    ----------
    weights
        Boltzmann weights of every state at every time, T + 1 rows.
    kernels
        The T transition matrices of the forward chain.
    reverse_kernels
        The T transition matrices of the reverse chain: ``reverse_kernels[t][b][a]`` goes from b to a.
    """

    weights: Matrix
    kernels: Sequence[Matrix]
    reverse_kernels: Sequence[Matrix]

    @property
    def n_steps(self) -> int:
        """The number of steps."""
        return len(self.kernels)

    def paths(self) -> Iterator[tuple[int, ...]]:
        """Every path, forward in time."""
        return product(range(len(self.weights[0])), repeat=self.n_steps + 1)

    def forward(self, path: Sequence[int], start: Vector | None = None) -> Fraction:
        """The probability of a path that starts in equilibrium, or by the law ``start``."""
        law = equilibrium(self.weights[0]) if start is None else start
        chance = law[path[0]]
        for step, matrix in enumerate(self.kernels):
            chance *= matrix[path[step]][path[step + 1]]
        return chance

    def reverse(self, path: Sequence[int]) -> Fraction:
        """The probability that the reverse chain takes the path backwards, from equilibrium at the last time."""
        chance = equilibrium(self.weights[-1])[path[-1]]
        for step in reversed(range(self.n_steps)):
            chance *= self.reverse_kernels[step][path[step + 1]][path[step]]
        return chance

    def exponential_work(self, path: Sequence[int]) -> Fraction:
        """exp(-W): in step t the state is reached first, then its energy changes."""
        factor = Fraction(1)
        for step in range(1, self.n_steps + 1):
            factor *= self.weights[step][path[step]] / self.weights[step - 1][path[step]]
        return factor

    @property
    def ratio(self) -> Fraction:
        """The last partition function over the first."""
        return sum(self.weights[-1], Fraction(0)) / sum(self.weights[0], Fraction(0))


def equilibrium(weights: Vector) -> list[Fraction]:
    """Probabilities from Boltzmann weights."""
    total = sum(weights, Fraction(0))
    return [weight / total for weight in weights]


def mean_exponential_work(chain: DrivenChain, power: int = 1, start: Vector | None = None) -> Fraction:
    """The mean of exp(-power W) over the paths of the forward chain."""
    weighted = (chain.forward(p, start) * chain.exponential_work(p) ** power for p in chain.paths())
    return sum(weighted, Fraction(0))


def work_law(chain: DrivenChain) -> dict[Fraction, Fraction]:
    """The probability of each value of exp(-W) in the forward chain."""
    found: dict[Fraction, Fraction] = {}
    for path in chain.paths():
        value = chain.exponential_work(path)
        found[value] = found.get(value, Fraction(0)) + chain.forward(path)
    return found


def reverse_work_law(chain: DrivenChain) -> dict[Fraction, Fraction]:
    """The probability of each value of exp(-W) in the reverse chain, W the work spent on it.

    Its steps begin with the change of the energy, at the state where the chain is.
    """
    found: dict[Fraction, Fraction] = {}
    for path in chain.paths():
        value = Fraction(1)
        for step in reversed(range(1, chain.n_steps + 1)):
            value *= chain.weights[step - 1][path[step]] / chain.weights[step][path[step]]
        found[value] = found.get(value, Fraction(0)) + chain.reverse(path)
    return found


def weighted_last_states(chain: DrivenChain) -> list[Fraction]:
    """For each state, the mean of exp(-W) over the paths that end there, counted as zero elsewhere."""
    found = [Fraction(0)] * len(chain.weights[0])
    for path in chain.paths():
        found[path[-1]] += chain.forward(path) * chain.exponential_work(path)
    return found
