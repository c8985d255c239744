"""A scalar field as matter at one point of n coordinates, beside a metric of Lorentz signature.

The field has the slopes f_a and the potential V there; the inverse metric has the entries G_ab. Source: V. Vanchurin,
Towards a theory of machine learning (2020), (12.2) and (12.14), for the simplest matter.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain

potential = sp.Symbol("V", real=True)
lagrangian = sp.Symbol(r"\mathcal{L}", real=True)
energy_density, reversed_density = sp.symbols("T_00 T_00^-", real=True)
stress = sp.Symbol("T_01", real=True)
DIMENSIONS = (2, 3, 4)
"""D + 1."""


def slopes(dimension: int) -> tuple[sp.Symbol, ...]:
    """The derivatives of the field."""
    return tuple(sp.Symbol(f"f_{a}", real=True) for a in range(dimension))


def inverse_metric(dimension: int) -> Any:
    """The inverse metric, any symmetric matrix, shape (n, n)."""
    return sp.ImmutableMatrix(dimension, dimension, lambda a, b: sp.Symbol(f"G_{min(a, b)}{max(a, b)}", real=True))


def scalar_lagrangian(dimension: int, sign: int = -1) -> Any:
    """Kinetic term and potential; ``sign`` is -1 where time has the negative sign of the metric, else 1."""
    f, matrix = slopes(dimension), inverse_metric(dimension)
    square = sp.Add(*(matrix[a, b] * f[a] * f[b] for a in range(dimension) for b in range(dimension)))
    return sign * square / 2 - potential


def flat(dimension: int, sign: int = -1) -> dict[Any, Any]:
    """The entries of the flat inverse metric: ``sign`` for time, the other one for places."""
    matrix = inverse_metric(dimension)
    return {
        matrix[a, b]: sp.Integer((sign if a == 0 else -sign) if a == b else 0)
        for a in range(dimension)
        for b in range(a, dimension)
    }


def matter_domain(dimension: int) -> Domain:
    """Any slopes and potential, and any inverse metric that is not singular."""
    names = (*slopes(dimension), *sorted(inverse_metric(dimension).free_symbols, key=str), potential)
    return Domain(dict.fromkeys(names, (-sp.oo, sp.oo)))
