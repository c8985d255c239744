"""The highest point of one network's stability curve and its first crossing of a level, with a survey of the rest.

A local method finds a minimum of the least eigenvalue, or a crossing. Whether it is the deepest, or the first, is a
question about every other temperature; `concave_bound` reduces it to a handful of roughly converged eigenvalues.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from numerics.solvers.bipartite_subspace import BipartiteSubspace
from numerics.solvers.concave_bound import Bound, CurvePoint, bound_between
from numerics.solvers.layered_bonds import LayeredBonds, Vector
from numerics.solvers.ritz_pair import weights_at
from numerics.solvers.stability_aims import Aim, FirstReach, Held, Peak, own_reach, value_error
from numerics.solvers.subspace_iteration import CAPACITY, KEPT, Solution, converge

# Accuracy of log beta at the crossing, a decade to spare for the 1e-8 that is promised, and at the peak, where the
# bound exceeds the error by two decades (measured).
_ACCURACY = 1e-9
_PEAK_ACCURACY = 1e-8
# The survey excludes higher peaks and earlier crossings up to this fraction of the ratio. Between two points
# at distance h in log beta the bound is at most h^2 / 8 above them, so 0.09 is always near enough.
SURVEY_MARGIN = 1e-3
_SURVEY_POINTS = 500
# First samples: near the peak, while the subspace still knows it, so that the far ends need little accuracy.
_NEIGHBOR = 0.25
_END_ERROR = 1e-2
# Elsewhere a chain of this length from a random vector comes first: a sample is worth nothing if the largest
# ratio belongs to a part of the network that the vectors so far have not seen.
_RANDOM_STEPS = 6
# Least eigenvalues this close to the threshold touch it: sums over some thousand neurons are not exact to less.
_TOUCH = 1e-12


@dataclass(frozen=True, kw_only=True)
class Landmarks:
    """What the exploration found.

    Attributes
    ----------
    peak : Solution
        The largest ratio over all temperatures.
    reach : Solution or None
        The first temperature from above at which the ratio is at the level.
    bound : float
        No other temperature has a ratio above this, by the survey's eigenvalues.
    """

    peak: Solution
    reach: Solution | None
    bound: float


class StabilityCurve:
    """The largest ratio kappa(beta) of one network, explored by one subspace.

    Parameters
    ----------
    bonds : LayeredBonds
        The network.
    rng : numpy.random.Generator
        For the vectors that keep a part of the network from staying unseen.
    start : tuple of ndarray, optional
        A first vector on the even and on the odd layers, instead of a random one.
    """

    def __init__(
        self, bonds: LayeredBonds, *, rng: np.random.Generator, start: tuple[Vector, Vector] | None = None
    ) -> None:
        self._subspace = BipartiteSubspace(bonds, capacity=CAPACITY, rng=rng, start=start)
        self._samples: list[CurvePoint] = []

    def explore(self, level: float) -> Landmarks:
        """Find the peak and the first crossing of the level, then survey until nothing else can be either."""
        # The climb starts from the strongest bonds: of two peaks of the same height, that at the higher temperature.
        strongest = self._sampled(Held(log_beta=-math.inf, relative_error=_END_ERROR), afresh=True)
        peak = self._climb(strongest.pair.own_log_beta)
        reach = self._descend(peak, level)
        center = peak.pair.log_beta
        for log_beta in (center - _NEIGHBOR, center + _NEIGHBOR, math.inf):
            peak, reach = self._revised(peak, reach, self._sample(log_beta, peak, reach), level)
        while (doubt := self._doubt(peak, reach)) is not None and len(self._samples) < _SURVEY_POINTS:
            peak, reach = self._revised(peak, reach, self._sample(doubt, peak, reach), level)
        bound = max(bound.ratio for bound in self._bounds(peak, None))
        return Landmarks(peak=peak, reach=reach, bound=max(bound, peak.pair.value))

    def largest_ratio(self, log_beta: float, *, relative_error: float, limit: float = 0.0) -> Solution:
        """Return the largest ratio at one inverse temperature (log beta minus infinity: v^T J v / v^T v).

        Where it falls short of a positive `limit`, an error of a tenth of the distance to it is good enough.
        """
        return self._solve_afresh(Held(log_beta=log_beta, relative_error=relative_error, limit=limit), log_beta)

    def nearby_ratio(self, log_beta: float, *, relative_error: float, limit: float = 0.0) -> Solution:
        """Return `largest_ratio` as the vectors so far lead to it, without a look at the rest of the network."""
        return self._solve(Held(log_beta=log_beta, relative_error=relative_error, limit=limit), log_beta)

    def _solve(self, aim: Aim, log_beta: float) -> Solution:
        return converge(self._subspace, aim, self._subspace.best(*weights_at(log_beta)))

    def _solve_afresh(self, aim: Aim, log_beta: float) -> Solution:
        return converge(self._subspace, aim, self._subspace.restart(log_beta, KEPT, _RANDOM_STEPS))

    def _climb(self, log_beta: float) -> Solution:
        return self._solve(Peak(log_beta_error=_PEAK_ACCURACY), log_beta)

    def _descend(self, peak: Solution, level: float, upper: float = math.inf) -> Solution | None:
        upper = min(upper, peak.pair.log_beta)
        excess = peak.pair.value**2 - level**2
        if excess <= 0:
            return peak if excess >= -_TOUCH else None
        return self._solve(FirstReach(level=level, upper_log_beta=upper, relative_error=_ACCURACY), upper)

    def _sample(self, log_beta: float, peak: Solution, reach: Solution | None) -> Solution:
        """Estimate the ratio at one temperature, as well as is needed to tell it from the known landmarks."""
        if math.isinf(log_beta):
            return self._sampled(Held(log_beta=log_beta, relative_error=_END_ERROR), afresh=True)
        known = reach if reach is not None and log_beta < reach.pair.log_beta else peak
        aim = Held(log_beta=log_beta, relative_error=SURVEY_MARGIN / 4, limit=known.pair.value)
        return self._sampled(aim, afresh=abs(log_beta - peak.pair.log_beta) > _NEIGHBOR)

    def _sampled(self, aim: Held, *, afresh: bool) -> Solution:
        sample = self._solve_afresh(aim, aim.log_beta) if afresh else self._solve(aim, aim.log_beta)
        self._samples.append(_point(sample))
        return sample

    def _revised(
        self, peak: Solution, reach: Solution | None, sample: Solution, level: float
    ) -> tuple[Solution, Solution | None]:
        """Follow a sample's vector where it alone has a higher peak or an earlier crossing than those known."""
        if sample.pair.own_peak > peak.pair.value * (1 + _ACCURACY):
            peak = self._climb(sample.pair.own_log_beta)
            reach = self._descend(peak, level, math.inf if reach is None else reach.pair.log_beta)
        upper = own_reach(sample.pair, level)
        if reach is not None and upper is not None and upper < reach.pair.log_beta - _ACCURACY:
            reach = self._descend(peak, level, upper)
        return peak, reach

    def _bounds(self, peak: Solution, reach: Solution | None) -> list[Bound]:
        """Bounds between neighbours, up to the crossing where there is one."""
        end = math.inf if reach is None else reach.pair.log_beta
        known = [*self._samples, _point(peak), *([] if reach is None else [_point(reach)])]
        points = sorted({point.log_beta: point for point in known if point.log_beta <= end}.items())
        return [bound_between(left, right) for (_, left), (_, right) in pairwise(points)]

    def _doubt(self, peak: Solution, reach: Solution | None) -> float | None:
        """Return log beta where a higher peak or an earlier crossing is least excluded, if any is not."""
        limits = [(peak.pair.value, self._bounds(peak, None))]
        if reach is not None:
            limits.append((reach.pair.value, self._bounds(peak, reach)))
        excess, log_beta = max((bound.ratio / limit, bound.log_beta) for limit, bounds in limits for bound in bounds)
        return log_beta if excess > 1 + SURVEY_MARGIN else None


def _point(solution: Solution) -> CurvePoint:
    pair = solution.pair
    return CurvePoint(log_beta=pair.log_beta, ratio=pair.value * (1 + value_error(pair, solution.residual)))
