"""Threshold functions of the momentum dependence of a two-point function: m_22 of two masses.

With P = y (1 + r), its scale derivative g = y (-eta r - 2 y r'), F = 1 / ((P + w_1)^2 (P + w_2)^2) and E = -dF/dP / 2,

    m_22(w_1, w_2) = int_0^inf dy y^(d/2) P' (P' g E - g' F),

which is -1/2 int dy y^(d/2) P'^2 F with the scale derivative acting on the regulator alone. Source: J. Berges,
N. Tetradis, C. Wetterich, Physics Reports 363, 223 (2002), section 4.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.regulators import y

Pieces = tuple[Any, Any, Any, Any]
"""P, P', g and g', or what stands for them."""


def pieces(shape: Any, anomalous_dimension: Any) -> Pieces:
    """P, P', g and g' of a shape r(y)."""
    p, growth = y * (1 + shape), y * (-anomalous_dimension * shape - 2 * y * sp.diff(shape, y))
    return p, sp.diff(p, y), growth, sp.diff(growth, y)


def slow_pieces(inverse: Any, rate: Any, bend: Any, anomalous_dimension: Any) -> Pieces:
    """The same times powers of s = 1/r that keep them finite where the shape grows: s P, s^2 P', s g, s^2 g'.

    By s, l = -2 y r'/r and y l', since y s' = s l / 2.
    """
    growth = rate - anomalous_dimension
    slope = inverse * (1 + inverse - rate / 2)
    return y * (1 + inverse), slope, y * growth, inverse * (growth * (1 - rate / 2) + bend)


def momentum_integrand(parts: Pieces, *, masses: tuple[Any, Any], dimension: Any) -> Any:
    """The integrand of m_22 over y by the pieces of a shape; by slow pieces with the masses times s."""
    p, slope, growth, bend = parts
    first, second = (1 / (p + w) for w in masses)
    ratio = slope * first * second
    return y ** (dimension / 2) * ratio * (ratio * growth * (first + second) - bend * first * second)


def momentum_kernel(shape: Any, *, masses: tuple[Any, Any], dimension: Any, anomalous_dimension: Any) -> Any:
    """The integrand of m_22 over y, for a smooth shape r(y)."""
    return momentum_integrand(pieces(shape, anomalous_dimension), masses=masses, dimension=dimension)


def edged_momentum_kernel(shape: Any, *, masses: tuple[Any, Any], dimension: Any, anomalous_dimension: Any) -> Any:
    """An integrand without second derivatives, for kinks too: it lacks the derivative of `momentum_surface`."""
    p = y * (1 + shape)
    once, twice = _pair(p, masses)
    slope, eta = sp.diff(p, y), anomalous_dimension
    by_scale = slope * twice * (2 * p - eta * (p - y)) - slope * (dimension / 2 + 1) * once
    return y ** (dimension / 2) * slope * (by_scale + eta * (slope - 1) * once)


def momentum_surface(shape: Any, *, masses: tuple[Any, Any], dimension: Any) -> Any:
    """y^(d/2 + 1) P'^2 F, whose derivative is what `momentum_kernel` has beyond `edged_momentum_kernel`."""
    p = y * (1 + shape)
    return y ** (dimension / 2 + 1) * sp.diff(p, y) ** 2 * _pair(p, masses)[0]


def _pair(p: Any, masses: tuple[Any, Any]) -> tuple[Any, Any]:
    """F and E."""
    first, second = (1 / (p + w) for w in masses)
    return first**2 * second**2, first**3 * second**2 + first**2 * second**3
