r"""A metric of n = D + 1 coordinates, the action of its curvature, and densities quadratic in its first derivatives.

Vanchurin (2020), section 12: the action is the integral of \sqrt{|g|} (-R / (2 \kappa) + \Lambda) and a matter part;
entropy production is expanded as L^{\mu\nu\alpha\beta\gamma\delta} g_{\alpha\beta,\mu} g_{\gamma\delta,\nu}.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.tensors import (
    Christoffel,
    ChristoffelSlope,
    Contracted,
    InverseMetric,
    ScalarCurvature,
    Slope,
    SymmetricTensorField,
    TensorEntry,
    VolumeElement,
)

coupling = sp.Symbol("kappa", positive=True)
cosmological_constant = sp.Symbol("Lambda", real=True)
entropy_density = sp.Symbol("s_R", real=True)
r"""\sqrt{|g|} R / (2 \kappa)."""
force_contraction = sp.Symbol("Q", real=True)
"""The Onsager tensor contracted with two forces, the derivatives of the metric."""
gravitational_action = sp.Symbol("s_g", real=True)
r"""\sqrt{|g|} (-R / (2 \kappa) + \Lambda)."""
varied_action = sp.Symbol(r"\delta s", real=True)
"""The first variation of the densities of gravity and matter."""
SPACETIME = 4
"""The number of coordinates of the paper."""
DIMENSIONS = (2, 3, 4)
"""D + 1, the numbers of coordinates in which claims are decided."""
SLOTS = ("mu", "nu", "alpha", "beta", "gamma", "delta")
"""The indices of the Onsager tensor in their order."""


def coordinates(dimension: int) -> tuple[sp.Symbol, ...]:
    """x0, x1, ..."""
    return tuple(sp.Symbol(f"x{k}", real=True) for k in range(dimension))


def metric_field(dimension: int) -> SymmetricTensorField:
    """The metric g of that many coordinates."""
    return SymmetricTensorField("g", coordinates(dimension))


def change_of_metric(dimension: int) -> SymmetricTensorField:
    """An arbitrary change h of the metric."""
    return SymmetricTensorField("h", coordinates(dimension))


def energy_momentum(dimension: int) -> SymmetricTensorField:
    """The energy-momentum tensor T of matter."""
    return SymmetricTensorField("T", coordinates(dimension))


def domain(dimension: int) -> Domain:
    """Any coordinates, a positive coupling, and any cosmological constant."""
    sets = dict.fromkeys(coordinates(dimension), sp.S.Reals)
    return Domain({**sets, coupling: sp.Interval.open(0, sp.oo), cosmological_constant: sp.S.Reals})


def antisymmetrized(entry: TensorEntry, first: str, second: str) -> Any:
    """Brackets around two indices: half the difference of both orders."""
    return (entry - entry.renamed({first: second, second: first})) / 2


def bracketed_curvature(metric: SymmetricTensorField) -> Any:
    r"""The sum in (12.10) and (12.13), with free lower indices mu and nu, as a summand.

    \Gamma^\alpha_{\nu[\mu,\alpha]} + \Gamma^\beta_{\nu[\mu} \Gamma^\alpha_{\alpha]\beta}
    """
    slopes = antisymmetrized(ChristoffelSlope(metric, "alpha", "nu", "mu", "alpha'"), "mu", "alpha'")
    first = slopes.xreplace({e: e.renamed({"alpha'": "alpha"}) for e in slopes.atoms(TensorEntry)})
    one = Christoffel(metric, "beta", "nu", "mu") * Christoffel(metric, "alpha", "alpha", "beta")
    other = Christoffel(metric, "beta", "nu", "alpha") * Christoffel(metric, "alpha", "mu", "beta")
    return first + (one - other) / 2


def curvature_density(metric: SymmetricTensorField) -> Any:
    r"""\sqrt{|g|} R / (2 \kappa)."""
    return VolumeElement(metric) * ScalarCurvature(metric) / (2 * coupling)


def gravitational_density(metric: SymmetricTensorField) -> Any:
    r"""\sqrt{|g|} (-R / (2 \kappa) + \Lambda), of (12.2)."""
    return VolumeElement(metric) * (-ScalarCurvature(metric) / (2 * coupling) + cosmological_constant)


def quadratic_in_slopes(metric: SymmetricTensorField, onsager: Any) -> Any:
    r"""L^{\mu\nu\alpha\beta\gamma\delta} g_{\alpha\beta,\mu} g_{\gamma\delta,\nu}.

    ``onsager`` is a summand in the letters of SLOTS.
    """
    return Contracted(onsager * Slope(metric, "alpha", "beta", "mu") * Slope(metric, "gamma", "delta", "nu"))


def products_of_inverse_metrics(metric: SymmetricTensorField) -> tuple[Any, ...]:
    """The fifteen products of three inverse metrics with the indices of the Onsager tensor."""
    found = {}
    for order in permutations(SLOTS):
        pairs = tuple(sorted(tuple(sorted(order[k : k + 2], key=SLOTS.index)) for k in (0, 2, 4)))
        found[pairs] = sp.Mul(*(InverseMetric(metric, *p) for p in pairs))
    return tuple(found[p] for p in sorted(found))
