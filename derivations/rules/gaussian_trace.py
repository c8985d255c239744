"""The mean over the replicas of one Gaussian spin: the determinant of a matrix that is symmetric in replicas."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule(
    "Gaussian integral over replicas",
    "The exponent is quadratic in the replicas of one spin; its matrix has one eigenvalue along their sum and another, "
    "(m - 1)-fold, across it, and the mean is the inverse square root of their product.",
)
def gaussian_trace(
    *,
    spin: sp.IndexedBase,
    replica: sp.Symbol,
    n_replicas: sp.Symbol,
    variance: Any,
    curvature: sp.Symbol,
    source: sp.Symbol,
    square: sp.Symbol,
) -> Inference:
    """Mean of exp(x M^2 / 2 + y M + c S / 2), with M the sum of m Gaussian spins and S that of their squares.

    It holds where ``variance`` times c and times (c + m x) are below 1; the result is its logarithm.
    """
    m, x, y, c = n_replicas, curvature, source, square
    ends = (replica, 1, m)
    total, squares = Sigma(spin[replica], ends), Sigma(cast(Any, spin[replica]) ** 2, ends)
    mean = GaussianMean(sp.exp(x * total**2 / 2 + y * total + c * squares / 2), spin, variance, ends)
    across, along = 1 - variance * c, 1 - variance * (c + m * x)
    push = m * variance * y**2 / (2 * along)
    value = across ** (-(m - 1) / sp.Integer(2)) / sp.sqrt(along) * sp.exp(push)
    logarithm = -(m - 1) * sp.log(across) / 2 - sp.log(along) / 2 + push
    quarter = sp.Rational(1, 4)
    sets: dict[Any, Any] = {m: sp.Range(1, sp.oo), x: (0, quarter), y: (-1, 1), c: (-1, quarter)}
    sets |= dict.fromkeys(sp.sympify(variance, strict=True).free_symbols, (0, 1))
    conditions = [sp.Lt(variance * c, 1), sp.Lt(variance * (c + m * x), 1)]
    return Inference(statement=Identity(mean, value, Domain(sets, conditions)), result=logarithm)
