"""Upper bounds on one network's stability curve, each proved by a factorization.

Where to try a bound is guessed from below, by a subspace; a guess that misses costs a factorization and no more.
"""

from itertools import pairwise

import numpy as np

from numerics.solvers.block_cholesky import is_positive_definite
from numerics.solvers.concave_bound import Bound, CurvePoint, bound_between
from numerics.solvers.layered_bonds import LayeredBonds, Vector
from numerics.solvers.ritz_pair import RitzPair, weights_at
from numerics.solvers.stability_curve import StabilityCurve


class ProvedCurve:
    """What is known of the curve: proved from above at some temperatures, estimated from below at any.

    Attributes
    ----------
    n_factorizations : int
        Cholesky factorizations so far.
    """

    def __init__(self, bonds: LayeredBonds, vector: Vector) -> None:
        self.bonds = bonds
        self.n_factorizations = 0
        self._points: dict[float, CurvePoint] = {}
        # Not the solver's start vector: a second look at the network should not share its blind spots.
        self._curve = StabilityCurve(bonds, rng=np.random.default_rng(1), start=bonds.part(vector))

    def estimate(self, log_beta: float, *, relative_error: float, limit: float = 0.0, afresh: bool = False) -> RitzPair:
        """Return the best vector found at one temperature, as good as is needed to tell its ratio from the limit."""
        look = self._curve.largest_ratio if afresh else self._curve.nearby_ratio
        return look(log_beta, relative_error=relative_error, limit=limit).pair

    def prove(self, log_beta: float, ratio: float) -> bool:
        """Try to prove that the ratio is at most this at one temperature."""
        if log_beta in self._points and self._points[log_beta].ratio <= ratio:
            return True
        self.n_factorizations += 1
        if not is_positive_definite(self.bonds, weights_at(log_beta), ratio):
            return False
        self._points[log_beta] = CurvePoint(log_beta=log_beta, ratio=ratio)
        return True

    def is_proved(self, log_beta: float) -> bool:
        """Whether there is a bound at this temperature."""
        return log_beta in self._points

    def highest(self, up_to: float) -> Bound:
        """The largest ratio that the bounds leave open at temperatures up to this one, which must have a bound."""
        points = [self._points[log_beta] for log_beta in sorted(self._points) if log_beta <= up_to]
        return max((bound_between(*pair) for pair in pairwise(points)), key=lambda bound: bound.ratio)
