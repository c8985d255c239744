"""Claims of section 2.2 about one large network, and of section 3 about networks before training."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.models import multilayer as model
from theory.papers.barney2024neural.letters import PARAMETERS, REAL, C_equal, H, L, N, beta, i, j
from theory.papers.barney2024neural.printed import claim, line
from theory.records import PrintedLine
from theory.statements import Identity

g, z, edge = model.resolvent, model.edge_spectral_parameter, model.deep_edge
ROWS = {i: sp.Range(0, L + 1), j: sp.Range(0, L + 1)}
DEEP = Domain({edge: REAL, C_equal: (0, sp.oo), beta: (0, sp.oo)})
AT_TRANSITION = sp.Eq(beta, 1 / sp.sqrt(2 * C_equal))
"""The transition of (18)."""
DEEP_NETWORKS = ("equal layers far from both ends of a deep network", "edge universality")
"""For what the form of the edge is derived; for other networks the Jacobian says where it vanishes."""


def jacobian_is_hessian() -> PrintedLine:
    """What makes the least eigenvalue of one large network vanish where the Hessian becomes singular."""
    return line(
        "the spectral parameter at which the layers of one large network have the resolvents g depends on them with "
        "the Hessian of the ensemble as Jacobian, so that both degenerate at one temperature",
        Identity(
            N[i] * FieldDerivative(z[i], g[j]),
            H[i, j],
            PARAMETERS.extended({z: REAL, H: REAL, g: sp.FiniteSet(1), **ROWS}),
        ),
        z[i],
        H[i, j],
    )


def least_at_transition() -> tuple[PrintedLine, ...]:
    """Deep networks of equal layers: the least eigenvalue is nowhere negative, and zero at the transition alone."""
    root: Any = sp.sqrt(2 * C_equal)
    square = Identity(edge, (1 - root * beta) ** 2, DEEP)
    return (
        line(
            "nowhere negative, and zero at one temperature: the square of what is linear in beta",
            square,
            edge,
            assumes=DEEP_NETWORKS,
        ),
        vanishing_at_transition(),
    )


def vanishing_at_transition() -> PrintedLine:
    """The edge at the transition."""
    claimed = Identity(edge, 0, DEEP.extended({}, [AT_TRANSITION]))
    return line("zero at the transition (18)", claimed, edge, assumes=DEEP_NETWORKS)


LARGE_LAYERS = (
    claim(
        "2.2h",
        "For systems with sufficiently large layers we expect the result from the TAP equations for a single instance "
        "to approximate our analytical result for the ensemble.",
        jacobian_is_hessian(),
    ),
    claim(
        "2.2i",
        "Both vanish or nearly vanish at the same value of $\\beta$. (caption of figure 3)",
        jacobian_is_hessian(),
    ),
    claim(
        "2.2j",
        "As the system moves to the thermodynamic limit we expect the least eigenvalue of $I_N - M$ to vanish at the "
        "single point of its minimum as a function of $\\beta$.",
        *least_at_transition(),
    ),
    claim(
        "2.2k",
        "This indicates that nontrivial TAP solutions appear at the same temperature that replica symmetry breaking "
        "occurs in the MSK model.",
        jacobian_is_hessian(),
    ),
)

UNTRAINED = (
    claim(
        "3.2b",
        "Before training the least eigenvalue vanishes only at its minimum (or nearly does so).",
        *least_at_transition(),
    ),
    claim(
        "3.3b",
        "before training the bulk of the spectrum extends all the way to 0 where it has a hard cutoff.",
        vanishing_at_transition(),
    ),
)
