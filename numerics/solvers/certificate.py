"""A proof, up to rounding, that a critical temperature is the first and a minimum the deepest.

The solver surveys other temperatures by eigenvalues that a subspace found; a subspace can only underestimate. Here each
of them is bounded from above by a Cholesky factorization, and `concave_bound` carries the bounds to all
temperatures between, so nothing is left to sampling.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from numerics.orientation import Orientation, layer_blocks
from numerics.solvers.critical_temperature import CriticalTemperature
from numerics.solvers.layered_bonds import LayeredBonds
from numerics.solvers.proved_curve import ProvedCurve

_MAX_FACTORIZATIONS = 500
# Where a bound is tried, as a fraction of the way from the estimate to what it must stay below; at the ends,
# where nothing is demanded, as a fraction of the estimate.
_TRIED = (0.2, 0.9)
_TRIED_AT_ENDS = (0.02, 0.5)
_ATTAINED_ERROR = 1e-12
_END_ERROR = 5e-3
# The curve is sampled at this distance in log beta from a minimum: its bounds there reach the ends in one chord, and
# those near the minimum reach it (measured). Errors and spare room as fractions of what the curve falls.
_NEIGHBOR = 0.045
_NEIGHBOR_ERROR = 0.01
_NEIGHBOR_SPARE = 0.04
# Nearer bounds are tried at the quadratic law through the sample, with this much to spare.
_SPARE = 1.2


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What could be proved about one result, to a tolerance t.

    Attributes
    ----------
    first_crossing : bool or None
        No inverse temperature below (1 - t) first_crossing has an eigenvalue below threshold - t, and within
        (1 +- t) of it one is below threshold + t. None if the result has no crossing.
    minimum : bool or None
        No inverse temperature at all has an eigenvalue below least_eigenvalue - t, and within (1 +- t) at_minimum
        one is below least_eigenvalue + t. Here and above, t is multiplied by the eigenvalue where that exceeds 1.
        None if it was not asked for.
    refuted_at : float or None
        An inverse temperature at which an eigenvalue contradicts one of the two, if one was found.
    tolerance : float
        As given.
    n_factorizations : int
        Cholesky factorizations that were needed.
    """

    first_crossing: bool | None
    minimum: bool | None
    refuted_at: float | None
    tolerance: float
    n_factorizations: int

    @property
    def holds(self) -> bool:
        """Whether all that was asked for is proved."""
        return self.minimum is not False and self.first_crossing is not False


def certify(
    weights: Sequence[ArrayLike],
    result: CriticalTemperature,
    *,
    tolerance: float = 1e-8,
    temperature_only: bool = False,
    orientation: Orientation | None = None,
) -> Certificate:
    """Prove a result of `critical_temperature` for the same weights, or find where it fails.

    Takes two block Cholesky factorizations for a crossing, some eight to sixteen for a minimum, and the memory of three
    matrices between the widest layers. A false claim is never certified, up to the rounding of the factorization
    (some 1e-14); a true one may be left open.

    Parameters
    ----------
    weights, orientation
        As for `critical_temperature`.
    result : CriticalTemperature
        What is to be proved.
    tolerance : float
        Of the eigenvalues and inverse temperatures; see `Certificate`.
    temperature_only : bool
        Prove what makes `result.temperature` the critical one: of a network that crosses only that the crossing is the
        first, and nothing about the minimum beyond it.

    Raises
    ------
    ValueError
        A tolerance outside 1e-12 to 1e-2, weights that `critical_temperature` refuses, or a result for other layers.
    """
    if not 1e-12 <= tolerance <= 1e-2:
        raise ValueError(
            f"expected a tolerance from 1e-12 to 1e-2; found {tolerance}: rounding is near 1e-14, try 1e-8"
        )
    bonds = LayeredBonds.from_blocks(layer_blocks(weights, orientation=orientation, keep_single=True))
    if len(result.eigenvector) != sum(bonds.layer_sizes):
        raise ValueError(
            f"expected a result for these weights, with one entry of the eigenvector for each of "
            f"{sum(bonds.layer_sizes)} neurons; found {len(result.eigenvector)}: pass the weights that it belongs to"
        )
    curve = ProvedCurve(bonds, result.eigenvector)
    refuted_at = None
    crossing = minimum = None
    if result.first_crossing is not None:
        claim = _Claim(curve, result.first_crossing, result.threshold, tolerance)
        crossing = claim.is_attained() and claim.excludes_lower_before(1 - tolerance)
        refuted_at = claim.refuted_at
    if crossing is None or not temperature_only:
        claim = _Claim(curve, result.at_minimum, result.least_eigenvalue, tolerance)
        minimum = claim.is_attained() and claim.excludes_lower()
        refuted_at = claim.refuted_at if claim.refuted_at is not None else refuted_at
    return Certificate(
        first_crossing=crossing,
        minimum=minimum,
        refuted_at=refuted_at,
        tolerance=tolerance,
        n_factorizations=curve.n_factorizations,
    )


class _Claim:
    """That the least eigenvalue has a value at an inverse temperature, and no lower one elsewhere."""

    def __init__(self, curve: ProvedCurve, inverse_temperature: float, eigenvalue: float, tolerance: float) -> None:
        self.refuted_at: float | None = None
        self._curve = curve
        self._beta = inverse_temperature * curve.bonds.scale
        self._eigenvalue = eigenvalue
        self._margin = tolerance * max(1.0, abs(eigenvalue))
        self._log_beta = math.log(self._beta / math.sqrt(1 - eigenvalue))
        # What is excluded: a ratio that would put the eigenvalue a margin lower.
        self._limit = math.sqrt(1 - eigenvalue + self._margin)
        # The largest ratio found at the claimed temperature.
        self._attained = 0.0

    def is_attained(self) -> bool:
        """Whether some vector's quotient is within the margin of the eigenvalue."""
        self._attained = self._curve.estimate(self._log_beta, relative_error=_ATTAINED_ERROR).value
        return 1 - self._attained**2 <= self._eigenvalue + self._margin

    def excludes_lower_before(self, multiple: float) -> bool:
        """Whether no eigenvalue is lower at any inverse temperature up to this multiple of the claimed one."""
        end = math.log(self._beta * multiple / self._limit)
        return self._is_bounded(-math.inf) and self._is_bounded(end) and self._is_closed(end)

    def excludes_lower(self) -> bool:
        """Whether no eigenvalue is lower at any inverse temperature."""
        if not (self._is_bounded(-math.inf) and self._is_bounded(math.inf)):
            return False
        return self._surround() and self._is_closed(math.inf)

    def _is_closed(self, end: float) -> bool:
        """Add bounds where the others leave most room, until none of it is above the limit."""
        while self._curve.n_factorizations < _MAX_FACTORIZATIONS:
            highest = self._curve.highest(end)
            if highest.ratio < self._limit:
                return True
            if not self._is_bounded(highest.log_beta):
                return False
        return False

    def _surround(self) -> bool:
        """Bound the curve about the claimed minimum, where the bounds must be closest; False if that refutes it."""
        peak, margin = self._attained, self._limit / self._attained - 1
        if margin <= 0 or not self._curve.prove(self._log_beta, peak * (1 + _TRIED[0] * margin)):
            return self._is_bounded(self._log_beta)
        return all(self._bound_side(peak, margin, side) for side in (-_NEIGHBOR, _NEIGHBOR))

    def _bound_side(self, peak: float, margin: float, side: float) -> bool:
        r"""Bound the curve at a distance from the minimum, and so near that the chord from there stays in the margin.

        At a distance s the claimed vector alone has the ratio kappa / cosh s, and the largest ratio is near
        kappa (1 - (1 - a) (cosh s - 1)), the same a at every small s; a chord from the minimum to s stays within
        a^2 s^2 / 8 of kappa.
        """
        fall = math.cosh(side) - 1
        ratio = self._curve.estimate(self._log_beta + side, relative_error=_NEIGHBOR_ERROR * fall).value
        if not self._curve.prove(self._log_beta + side, ratio + _NEIGHBOR_SPARE * fall * peak):
            return self._is_bounded(self._log_beta + side)
        a = _SPARE * max(1 - (1 - ratio / peak) / fall, _NEIGHBOR_SPARE)
        near = math.copysign(min(math.sqrt(8 * (1 - _TRIED[0]) * margin) / a, _NEIGHBOR / 2), side)
        # A guess that fails leaves its place to the search for what is still open.
        self._curve.prove(self._log_beta + near, peak * (1 - (1 - a) * (math.cosh(near) - 1)))
        return True

    def _is_bounded(self, log_beta: float) -> bool:
        """Add an upper bound at one temperature; False if there is none below the limit."""
        if self._curve.is_proved(log_beta):
            return True
        at_end = math.isinf(log_beta)
        limit = 0.0 if at_end else self._limit
        error = _END_ERROR if at_end else _ATTAINED_ERROR
        for afresh, fraction in zip((False, True), _TRIED_AT_ENDS if at_end else _TRIED, strict=True):
            estimate = self._curve.estimate(log_beta, relative_error=error, limit=limit, afresh=afresh).value
            if not at_end and estimate >= limit:
                self.refuted_at = limit * math.exp(log_beta) / self._curve.bonds.scale
                return False
            if self._curve.prove(log_beta, estimate + fraction * (estimate if at_end else limit - estimate)):
                return True
        return False
