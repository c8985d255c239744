"""Threshold functions: the one-loop integrals of the functional renormalization group, as functions of a mass.

l_n(w) = (n + delta_n0)/2 int_0^inf dy y^(d/2) (-2 y r' - eta r) / (y (1 + r) + w)^(n+1), with R_k = Z q^2 r(y) and
y = q^2/k^2, so that dl_n/dw = - (n + delta_n0) l_(n+1). Source: J. Berges, N. Tetradis, C. Wetterich, Physics Reports
363, 223 (2002), equation (4.18).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.regulators import Regulator, y


def factor(order: int) -> int:
    """n + delta_n0, what a derivative by the mass brings down."""
    return max(order, 1)


def kernel(shape: Any, *, order: int, mass: Any, dimension: Any, anomalous_dimension: Any) -> Any:
    """The integrand of l_n over y, for a shape r(y)."""
    growth = -2 * y * sp.diff(shape, y) - anomalous_dimension * shape
    return factor(order) * y ** (dimension / 2) * growth / (2 * (y * (1 + shape) + mass) ** (order + 1))


def slow_kernel(shape: Any, *, order: int, mass: Any, dimension: Any, anomalous_dimension: Any) -> Any:
    """The same integrand by the reciprocal of the shape, which is finite where the shape grows without bound."""
    inverse = sp.simplify(1 / shape)
    growth = sp.simplify(-2 * y * sp.diff(shape, y) / shape) - anomalous_dimension
    bottom = y * (1 + inverse) + mass * inverse
    return factor(order) * y ** (dimension / 2) * growth * inverse**order / (2 * bottom ** (order + 1))


def threshold_integral(
    regulator: Regulator, order: int, mass: Any, *, dimension: Any, anomalous_dimension: Any = 0
) -> sp.Integral:
    """l_n(w) of a regulator as an integral, unevaluated.

    Raises
    ------
    ValueError
        If the order is negative, or the regulator has no shape.
    """
    if order < 0:
        raise ValueError(f"expected an order of at least 0; found {order}")
    own = kernel(regulator.shape, order=order, mass=mass, dimension=dimension, anomalous_dimension=anomalous_dimension)
    return sp.Integral(own, (y, 0, regulator.edge))
