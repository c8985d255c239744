r"""Bounds on the ratio of bonds to what opposes them, at all temperatures, from its value at a few.

For weights p, q >= 0 the reciprocal of the largest ratio,

    gamma(p, q) = min over v of  (p v^T v + q v^T D v) / v^T J v ,

is a minimum of linear functions: concave, and homogeneous of degree one. Between two directions it lies above the
linear function alpha p + delta q through its values there. On the curve p = 1/beta, q = beta this bounds

    kappa(beta) = 1 / gamma <= 1 / (alpha / beta + delta beta),      largest at beta^2 = alpha / delta,

so a few eigenvalues exclude, with nothing left to chance between them, a deeper minimum or an earlier crossing.
"""

import math
from dataclasses import dataclass

import numpy as np

from numerics.solvers.ritz_pair import weights_at


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """An upper bound on the ratio at one temperature.

    Attributes
    ----------
    log_beta : float
        Minus infinity for p = 1, q = 0; infinity for p = 0, q = 1.
    ratio : float
        sigma(p, q) is at most this.
    """

    log_beta: float
    ratio: float


@dataclass(frozen=True, kw_only=True)
class Bound:
    """The largest value of the bound between two points, and where it is."""

    log_beta: float
    ratio: float


def bound_between(left: CurvePoint, right: CurvePoint) -> Bound:
    """Bound the ratio for left.log_beta <= log beta <= right.log_beta."""
    directions = np.array([weights_at(left.log_beta), weights_at(right.log_beta)])
    alpha, delta = np.linalg.solve(directions, [1 / left.ratio, 1 / right.ratio])
    if alpha > 0 and delta > 0:
        top = 0.5 * (math.log(alpha) - math.log(delta))
    else:  # a chord that falls towards one end of the range has its largest ratio there
        top = -math.inf if delta > 0 else math.inf
    log_beta = min(max(top, left.log_beta), right.log_beta)
    if math.isinf(log_beta):
        return Bound(log_beta=log_beta, ratio=0.0)
    p, q = weights_at(log_beta)
    return Bound(log_beta=log_beta, ratio=1 / (alpha * p + delta * q))
