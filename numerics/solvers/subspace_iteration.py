"""Growing a subspace by residuals until the pair sought in it is good enough ("nonlinear Arnoldi")."""

from collections.abc import Callable
from dataclasses import dataclass

from numerics.solvers.bipartite_subspace import BipartiteSubspace
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.layered_bonds import Vector
from numerics.solvers.ritz_pair import RitzPair, log_of_beta
from numerics.solvers.stability_aims import ROUNDING, Aim, value_error

# Bases of 32 vectors a side keep the memory below that of the weights of any network wider than some ten
# neurons a layer; restarting with 16 costs no more products than never restarting (measured).
CAPACITY = 32
KEPT = 16
# Products between two solutions of the projected problem, which cost as much as two products with some 10^6 weights.
_STEPS = 2
# Within this the metric of another temperature still makes good directions (measured: 0.005 to 0.05 alike).
_METRIC_DRIFT = 0.01
# Of the residual: where the rounding of rough products is more, they have told what they can.
_ROUNDING_SHARE = 0.1
# Weights that differ by many decades lose digits in the small matrices; the value is still good to the square.
_EXHAUSTED = 1e-8


@dataclass(frozen=True, kw_only=True)
class Solution:
    """A converged pair: its vector on the even and on the odd layers, and its residual norm."""

    pair: RitzPair
    even: Vector
    odd: Vector
    residual: float


def converge(subspace: BipartiteSubspace, aim: Aim, start: RitzPair, *, max_products: int = 20_000) -> Solution:
    """Solve for an aim, from a pair of the same subspace.

    Raises
    ------
    NotConvergedError
        More than `max_products` products were used.
    """
    last = subspace.bonds.count.products + max_products
    pair = subspace.rebase(aim.project(subspace, start, drift=1.0), CAPACITY)
    while True:
        pair, residuals, norm = _measured(subspace, aim, pair, lambda _, norm: _ROUNDING_SHARE * norm)
        if aim.accepts(subspace, pair, norm):
            # Until here the temperature needed to be no better than the vector; now it is solved for to rounding.
            pair = aim.project(subspace, pair, drift=ROUNDING)
            pair, residuals, norm = _measured(subspace, aim, pair, value_error)
            if aim.accepts(subspace, pair, norm):
                break
        if subspace.bonds.count.products > last:
            raise NotConvergedError(
                f"expected the residual of {aim} to fall within {max_products} products with the bond matrix; "
                f"found {norm:.1e} of the value: the spectrum is too dense at its edge for this solver"
            )
        if not subspace.has_room(_STEPS + 1):
            pair = subspace.rebase(pair, KEPT)
        elif pair.weights != subspace.metric and abs(pair.log_beta - log_of_beta(*subspace.metric)) > _METRIC_DRIFT:
            pair = subspace.rebase(pair, CAPACITY)
        grew = subspace.expand(*residuals, _STEPS)
        pair = aim.project(subspace, pair, drift=0.1 * norm if grew else ROUNDING)
        if not grew:  # the subspace holds all that float64 can tell apart
            norm = subspace.relative_norm(pair, subspace.residuals(pair))
            if norm <= _EXHAUSTED:
                break
            raise NotConvergedError(
                f"expected new directions while the residual of {aim} is {norm:.1e} of the value; found none: "
                "the weights differ in scale beyond float64, so leave out couplings that are negligible"
            )
    even, odd = subspace.vectors(pair)
    return Solution(pair=pair, even=even, odd=odd, residual=norm)


def _measured(
    subspace: BipartiteSubspace, aim: Aim, pair: RitzPair, rounding: Callable[[RitzPair, float], float]
) -> tuple[RitzPair, tuple[Vector, Vector], float]:
    """Return the pair with its residuals and their norm, of products that are good to an allowed rounding."""
    n_refined = 1
    while True:
        residuals = subspace.residuals(pair)
        norm = subspace.relative_norm(pair, residuals)
        if subspace.image_error(pair) <= max(rounding(pair, norm), ROUNDING):
            return pair, residuals, norm
        pair = aim.project(subspace, subspace.refine(pair, n_refined), drift=max(0.1 * norm, ROUNDING))
        # Where levels lie so close that rounding mixes them, the pair's own vector is not enough.
        n_refined *= 2
