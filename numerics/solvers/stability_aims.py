r"""What is sought in a subspace: the strongest vector at one temperature, at the best one, or at the first critical.

With the weights p = 1/beta, q = beta the ratio of the bonds to all that opposes them is

    kappa(beta) = max over v of  v^T J v / v^T (I / beta + beta D) v ,

and I - M = I - beta J + beta^2 D (Barney et al., Eq. 23) has a least eigenvalue below tau < 1 just where
kappa(beta / sqrt(1 - tau)) > sqrt(1 - tau): one curve answers for every threshold. Its highest point gives the minimum
of the least eigenvalue over all beta, which is 1 - kappa^2.
"""

import math
from dataclasses import dataclass
from typing import Protocol

from numerics.solvers.bipartite_subspace import BipartiteSubspace
from numerics.solvers.ritz_pair import RitzPair, weights_at

# Residuals of products in float64, summed over some thousand neurons, do not fall much below this.
ROUNDING = 1e-13
# The eigenvector at a crossing is good to this fraction of its length.
_VECTOR_ERROR = 1e-6
# Above this residual the gap in the subspace says little about the gap in the spectrum.
_RESOLVED = 2e-2
_PROJECTED_STEPS = 40


class Aim(Protocol):
    """A choice of temperature and vector in the subspace, and when it is good enough."""

    def project(self, subspace: BipartiteSubspace, pair: RitzPair, *, drift: float) -> RitzPair:
        """Solve the projected problem from a nearby pair, log beta to within `drift`."""
        ...

    def accepts(self, subspace: BipartiteSubspace, pair: RitzPair, residual: float) -> bool:
        """Whether the residual norm, relative to the value, is small enough."""
        ...


@dataclass(frozen=True, kw_only=True)
class Held:
    """The largest ratio at one inverse temperature.

    Attributes
    ----------
    log_beta : float
        Logarithm of the inverse temperature; infinities are allowed.
    relative_error : float
        Of the ratio, where nothing looser will do.
    limit : float
        What the ratio has to be told from: an error of a tenth of the distance to it is good enough.
    """

    log_beta: float
    relative_error: float
    limit: float = 0.0

    def project(self, subspace: BipartiteSubspace, pair: RitzPair, *, drift: float) -> RitzPair:  # noqa: ARG002 (an Aim)
        """Take the best vector at the held temperature."""
        return subspace.best(*weights_at(self.log_beta))

    def accepts(self, subspace: BipartiteSubspace, pair: RitzPair, residual: float) -> bool:  # noqa: ARG002
        """Compare the estimated error of the value, residual^2 / gap, with what is asked for."""
        if residual > _RESOLVED:
            return False
        clearance = 0.1 * (1 - pair.value / self.limit) if self.limit > 0 else 0.0
        return residual <= ROUNDING or value_error(pair, residual) <= max(self.relative_error, clearance)


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The largest ratio over all temperatures near the start, log beta to an absolute error."""

    log_beta_error: float

    def project(self, subspace: BipartiteSubspace, pair: RitzPair, *, drift: float) -> RitzPair:
        """Climb: each step takes the vector's own best temperature, so the ratio never falls."""
        previous: tuple[float, float] | None = None
        log_beta = pair.own_log_beta
        for _ in range(_PROJECTED_STEPS):
            pair = subspace.best(*weights_at(log_beta))
            step = pair.own_log_beta - log_beta
            if abs(step) <= drift:
                break
            here, log_beta = (log_beta, step), log_beta + _extrapolated(previous, (log_beta, step))
            previous = here
        return pair

    def accepts(self, subspace: BipartiteSubspace, pair: RitzPair, residual: float) -> bool:
        r"""Bound the error of the peak's place.

        With the components r_j of the residual and their distances g_j the subspace misses sum_j r_j^2 / g_j of log
        kappa, so its peak is off by 2 sum_j r_j r'_j / g_j over the curvature c. The r'_j have the norm of the
        leverage, and sum_j r'_j^2 / g_j = (1 - c) / 2 by second-order perturbation theory.
        """
        if residual <= ROUNDING:
            return True
        if pair.gap <= 0:
            return False
        error = 2 * residual * min(subspace.leverage(pair) / pair.gap, math.sqrt(0.5 / pair.gap))
        return error <= self.log_beta_error and error <= self.log_beta_error * self.curvature(subspace, pair)

    @staticmethod
    def curvature(subspace: BipartiteSubspace, pair: RitzPair) -> float:
        """Return -d^2 log kappa / (d log beta)^2 at a peak, between 0 and 1, in the subspace."""
        # The slope of log kappa at s is tanh(own_log_beta - s); a finite step this size leaves errors near 1e-6.
        offset = 1e-3
        log_beta = pair.log_beta + offset
        shifted = subspace.best(*weights_at(log_beta))
        return min(1.0, max(math.tanh(log_beta - shifted.own_log_beta) / offset, ROUNDING))


@dataclass(frozen=True, kw_only=True)
class FirstReach:
    """The smallest inverse temperature below a known one at which the ratio reaches a level.

    Attributes
    ----------
    level : float
        sqrt(1 - threshold).
    upper_log_beta : float
        Where the ratio is known to be at or above the level.
    relative_error : float
        Of the inverse temperature.
    """

    level: float
    upper_log_beta: float
    relative_error: float

    def project(self, subspace: BipartiteSubspace, pair: RitzPair, *, drift: float) -> RitzPair:
        """Take each vector's own crossing as the next temperature: Newton's iteration, from above."""
        upper = self.upper_log_beta
        log_beta = self._next(pair, upper, upper)
        for _ in range(_PROJECTED_STEPS):
            pair = subspace.best(*weights_at(log_beta))
            if pair.value >= self.level:
                upper = log_beta
            # A vector that never reaches the level says nothing: halve the way to where it is reached.
            step = self._next(pair, upper, 0.5 * (log_beta + upper)) - log_beta
            if abs(step) <= drift:
                break
            log_beta += step
        return pair

    def accepts(self, subspace: BipartiteSubspace, pair: RitzPair, residual: float) -> bool:  # noqa: ARG002
        """Bound the crossing's error, value error / slope, and ask for a vector good to three digits more."""
        slope = abs(math.tanh(pair.own_log_beta - pair.log_beta))
        wanted = self.relative_error * slope
        return residual <= ROUNDING or (value_error(pair, residual) <= wanted and residual <= _VECTOR_ERROR * pair.gap)

    def _next(self, pair: RitzPair, upper: float, otherwise: float) -> float:
        reach = own_reach(pair, self.level)
        return otherwise if reach is None else min(upper, reach)


def own_reach(pair: RitzPair, level: float) -> float | None:
    """Return log of the least beta at which this vector's own ratio is at the level, if it ever is.

    It is the smaller root of n / beta + d beta = j / level, and bounds the network's first crossing from above.
    """
    discriminant = 1 / level**2 - 4 * pair.unit_ratio * pair.reaction_ratio
    if discriminant < 0:
        return None
    return math.log(2 * pair.unit_ratio / (1 / level + math.sqrt(discriminant)))


def value_error(pair: RitzPair, residual: float) -> float:
    """Estimate the relative error of a Ritz value; it never exceeds the residual norm."""
    return min(residual, residual**2 / pair.gap) if pair.gap > 0 else residual


def _extrapolated(previous: tuple[float, float] | None, here: tuple[float, float]) -> float:
    """Secant step for the root of the climbing step, where the two last points support one."""
    (log_beta, step) = here
    if previous is None:
        return step
    fall = previous[1] - step
    secant = step * (log_beta - previous[0]) / fall if fall * (log_beta - previous[0]) > 0 else step
    # A secant over noise may leap; beyond this multiple the plain step, which always climbs, is safer.
    return secant if abs(secant) <= 20 * abs(step) else step
