"""A proof, up to rounding, that a critical temperature is the first and a minimum the deepest.

The solver surveys other temperatures by eigenvalues that a subspace found; a subspace can only underestimate. Here each
of them is bounded from above by a Cholesky factorization, and `concave_bound` carries the bounds to all
temperatures between, so nothing is left to sampling.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from numerics.orientation import Orientation, layer_blocks
from numerics.solvers.block_cholesky import is_positive_definite
from numerics.solvers.concave_bound import CurvePoint, bound_between
from numerics.solvers.critical_temperature import CriticalTemperature
from numerics.solvers.layered_bonds import LayeredBonds
from numerics.solvers.ritz_pair import weights_at
from numerics.solvers.stability_curve import StabilityCurve

_MAX_FACTORIZATIONS = 500
# Where a bound is tried, as a fraction of the way from the estimate to what it must stay below; at the ends,
# where nothing is demanded, as a fraction of the estimate.
_TRIED = (0.2, 0.9)
_TRIED_AT_ENDS = (0.01, 0.5)
_ESTIMATE_ERROR = 1e-12


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What could be proved about one result, to a tolerance t.

    Attributes
    ----------
    first_crossing : bool or None
        No inverse temperature below (1 - t) first_crossing has an eigenvalue below threshold - t, and within
        (1 +- t) of it one is below threshold + t. None if the result has no crossing.
    minimum : bool
        No inverse temperature at all has an eigenvalue below least_eigenvalue - t, and within (1 +- t) at_minimum
        one is below least_eigenvalue + t. Here and above, t is multiplied by the eigenvalue where that exceeds 1.
    refuted_at : float or None
        An inverse temperature at which an eigenvalue contradicts one of the two, if one was found.
    tolerance : float
        As given.
    n_factorizations : int
        Cholesky factorizations that were needed.
    """

    first_crossing: bool | None
    minimum: bool
    refuted_at: float | None
    tolerance: float
    n_factorizations: int

    @property
    def holds(self) -> bool:
        """Whether all that the result says is proved."""
        return self.minimum and self.first_crossing is not False


def certify(
    weights: Sequence[ArrayLike],
    result: CriticalTemperature,
    *,
    tolerance: float = 1e-8,
    orientation: Orientation | None = None,
) -> Certificate:
    """Prove a result of `critical_temperature` for the same weights, or find where it fails.

    Takes some tens of block Cholesky factorizations and the memory of one layer's square. A false claim is never
    certified, up to the rounding of the factorization (some 1e-14); a true one may be left open.

    Raises
    ------
    ValueError
        A tolerance outside 1e-12 to 1e-2, or weights that `critical_temperature` refuses.
    """
    if not 1e-12 <= tolerance <= 1e-2:
        raise ValueError(
            f"expected a tolerance from 1e-12 to 1e-2; found {tolerance}: rounding is near 1e-14, try 1e-8"
        )
    bonds = LayeredBonds.from_blocks(layer_blocks(weights, orientation=orientation))
    minimum = _Claim(bonds, result.at_minimum, result.least_eigenvalue, tolerance)
    crossing = None
    if result.first_crossing is not None:
        crossing = _Claim(bonds, result.first_crossing, result.threshold, tolerance)
    proved = minimum.is_attained() and minimum.excludes_lower(math.inf)
    proved_crossing = crossing and crossing.is_attained() and crossing.excludes_lower(1 - tolerance)
    claims = [claim for claim in (minimum, crossing) if claim is not None]
    return Certificate(
        first_crossing=proved_crossing,
        minimum=proved,
        refuted_at=next((claim.refuted_at for claim in claims if claim.refuted_at is not None), None),
        tolerance=tolerance,
        n_factorizations=sum(claim.n_factorizations for claim in claims),
    )


class _Claim:
    """That the least eigenvalue has a value at an inverse temperature, and no lower one elsewhere."""

    def __init__(self, bonds: LayeredBonds, inverse_temperature: float, eigenvalue: float, tolerance: float) -> None:
        self.refuted_at: float | None = None
        self.n_factorizations = 0
        self._bonds = bonds
        self._beta = inverse_temperature * bonds.scale
        self._eigenvalue = eigenvalue
        self._margin = tolerance * max(1.0, abs(eigenvalue))
        # What is excluded: a ratio that would put the eigenvalue a margin lower.
        self._limit = math.sqrt(1 - eigenvalue + self._margin)
        self._points: list[CurvePoint] = []
        # Not the solver's start vector: a second look at the network should not share its blind spots.
        self._curve = StabilityCurve(bonds, rng=np.random.default_rng(1))

    def is_attained(self) -> bool:
        """Whether some vector's quotient is within the margin of the eigenvalue."""
        log_beta = math.log(self._beta / math.sqrt(1 - self._eigenvalue))
        ratio = self._curve.largest_ratio(log_beta, relative_error=_ESTIMATE_ERROR).pair.value
        return 1 - ratio**2 <= self._eigenvalue + self._margin

    def excludes_lower(self, up_to: float) -> bool:
        """Whether no eigenvalue is lower at any inverse temperature up to this multiple of the claimed one."""
        end = math.log(self._beta * up_to / self._limit) if math.isfinite(up_to) else math.inf
        if not (self._is_bounded(-math.inf) and self._is_bounded(end)):
            return False
        while self.n_factorizations < _MAX_FACTORIZATIONS:
            points = sorted(self._points, key=lambda point: point.log_beta)
            worst = max((bound_between(*pair) for pair in pairwise(points)), key=lambda bound: bound.ratio)
            if worst.ratio < self._limit:
                return True
            if not self._is_bounded(worst.log_beta):
                return False
        return False

    def _is_bounded(self, log_beta: float) -> bool:
        """Add an upper bound at one temperature; False if there is none below the limit."""
        at_end = math.isinf(log_beta)
        limit = 0.0 if at_end else self._limit
        found = self._curve.largest_ratio(log_beta, relative_error=_ESTIMATE_ERROR, limit=limit)
        estimate = found.pair.value
        if not at_end and estimate >= limit:
            self.refuted_at = limit * math.exp(log_beta) / self._bonds.scale
            return False
        room = estimate if at_end else limit - estimate
        for fraction in _TRIED_AT_ENDS if at_end else _TRIED:
            ratio = estimate + fraction * room
            self.n_factorizations += 1
            if is_positive_definite(self._bonds, weights_at(log_beta), ratio):
                self._points.append(CurvePoint(log_beta=log_beta, ratio=ratio))
                return True
        return False
