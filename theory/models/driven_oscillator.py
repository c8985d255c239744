"""A particle in a harmonic trap that is moved and stiffened, in units of k_B T, with its moves at fixed trap.

Sources: O. Mazonka, C. Jarzynski, arXiv:cond-mat/9912121 (1999); A. Imparato, L. Peliti, Europhysics Letters 70, 740
(2005); T. Schmiedl, U. Seifert, Physical Review Letters 98, 108301 (2007).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain

position = sp.Symbol("x", real=True)
stiffness, next_stiffness = sp.symbols("k k'", positive=True)
center, next_center = sp.symbols("c c'", real=True)
retained = sp.Symbol("a", positive=True)
"""How much of the distance from the center a move retains: exp(-rate * time) for Langevin dynamics."""

power = sp.Symbol("s", positive=True)
"""In the mean of exp(-s W)."""
mean = sp.Symbol("m", real=True)
precision, next_precision = sp.symbols("g g'", positive=True)
"""Mean and inverse variance of the position in runs that are weighted by exp(-s W)."""
deviation, noise = sp.symbols("y z", real=True)
source, slope = sp.symbols("h l", real=True)

curvature, tilt = sp.symbols("mu nu", real=True)
"""Of a work mu z^2 / 2 + nu z of a standard Gaussian z."""
frequency = sp.Symbol("omega", real=True)

time, duration, rate, distance = sp.symbols("t tau r D", positive=True)
lag = sp.Function("u", real=True)

POSITIVE: Any = (0, sp.oo)
SETS: dict[Any, Any] = {
    **dict.fromkeys((position, center, next_center, mean, deviation, noise, source, slope), sp.S.Reals),
    **dict.fromkeys((stiffness, next_stiffness, power, precision, next_precision), POSITIVE),
    retained: (0, 1),
}


def energy(stiffness_: Any = stiffness, center_: Any = center) -> Any:
    """Energy of the position in the trap, zero at its center."""
    return stiffness_ * (position - center_) ** 2 / 2


def moved() -> Any:
    """The position after a move in the next trap that keeps its equilibrium, the noise a standard Gaussian."""
    rest = sp.sqrt((1 - retained**2) / next_stiffness)
    return next_center + retained * (mean + deviation - next_center) + rest * noise


def driven_domain() -> Domain:
    """All positive stiffnesses, and weights under which the position still has a law."""
    change = power * (next_stiffness - stiffness)
    return Domain(SETS, [sp.Gt(precision + change, 0)])
