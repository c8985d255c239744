"""The best vector of a subspace at one temperature, and what it says about others."""

import math
from dataclasses import dataclass

from numerics.solvers.layered_bonds import Vector


@dataclass(frozen=True, kw_only=True)
class RitzPair:
    """The best vector of a subspace for the weights (p, q).

    Attributes
    ----------
    weights : tuple of float
        p and q.
    value, second_value : float
        The largest sigma(p, q) in the subspace and the next one.
    even, odd : ndarray
        Coefficients of the vector v in the two bases, normalized to v^T G v = 1.
    unit_ratio, reaction_ratio : float
        v^T v / v^T J v and v^T D v / v^T J v, so that 1 / value = p unit_ratio + q reaction_ratio.
    """

    weights: tuple[float, float]
    value: float
    second_value: float
    even: Vector
    odd: Vector
    unit_ratio: float
    reaction_ratio: float

    @property
    def gap(self) -> float:
        """Distance to the next value as a fraction of the value."""
        return 1.0 - self.second_value / self.value

    @property
    def log_beta(self) -> float:
        """s = log(q / p) / 2, the logarithm of the inverse temperature for p = e^-s, q = e^s."""
        p, q = self.weights
        return log_of_beta(p, q)

    @property
    def own_log_beta(self) -> float:
        """The s at which this vector alone has its largest ratio."""
        return 0.5 * math.log(self.unit_ratio / self.reaction_ratio)

    @property
    def own_peak(self) -> float:
        """That largest ratio, j / (2 sqrt(n d)): no subspace with this vector reaches less."""
        return 0.5 / math.sqrt(self.unit_ratio * self.reaction_ratio)


def weights_at(log_beta: float) -> tuple[float, float]:
    """Return (1 / beta, beta), or the directions (1, 0) and (0, 1) of beta = 0 and of infinite beta."""
    if math.isinf(log_beta):
        return (1.0, 0.0) if log_beta < 0 else (0.0, 1.0)
    return math.exp(-log_beta), math.exp(log_beta)


def log_of_beta(p: float, q: float) -> float:
    """Invert `weights_at`, up to a common factor of the weights."""
    if p == 0 or q == 0:
        return -math.inf if q == 0 else math.inf
    return 0.5 * (math.log(q) - math.log(p))
