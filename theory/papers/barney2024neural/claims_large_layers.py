"""Claims of section 2.2 about one large network, and of section 3 about networks before training."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.models import multilayer as model
from theory.papers.barney2024neural.claims_trained import RUNS
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


def zero_at_every_temperature() -> PrintedLine:
    """What keeps the least eigenvalue of large layers of any sizes from being negative."""
    return line(
        "any layers: the resolvents 1 belong to the spectral parameter 0 at every temperature, and the edge is the "
        "largest spectral parameter that all layers reach",
        Identity(z[i], 0, PARAMETERS.extended({z: REAL, g: sp.FiniteSet(1), i: sp.Range(0, L + 1)})),
        z[i],
        assumes=("the edge is the largest spectral parameter of positive resolvents",),
        note="Hence the edge is nowhere negative; it is zero only where no change of the resolvents raises all "
        "spectral parameters, that is where their Jacobian, the Hessian (15), has the eigenvalue 0 with a positive "
        "vector.",
    )


def least_at_transition() -> tuple[PrintedLine, ...]:
    """The least eigenvalue is nowhere negative, and zero at the transition alone; in closed form for deep networks."""
    root: Any = sp.sqrt(2 * C_equal)
    square = Identity(edge, (1 - root * beta) ** 2, DEEP)
    return (
        zero_at_every_temperature(),
        jacobian_is_hessian(),
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
        "3.2e",
        "Before training the critical temperature is near the analytic result obtained in Section 2.1.",
        jacobian_is_hessian(),
    ),
    claim(
        "3.3b",
        "before training the bulk of the spectrum extends all the way to 0 where it has a hard cutoff.",
        zero_at_every_temperature(),
        jacobian_is_hessian(),
        vanishing_at_transition(),
    ),
    claim(
        "3.4d",
        "For the cases we have studied in this work, the transition temperature is within the crossover of these two "
        r"regimes, making both $\lambda_{\max}(J)$ and $\lambda_{\min}(R)$ quantities of interest.",
        line(
            "before training: at the transition the term of the bonds in the edge is 2, that of the reaction 1",
            Identity(edge, 1 - 2 * beta * sp.sqrt(2 * C_equal) + 2 * beta**2 * C_equal, DEEP),
            edge,
            assumes=DEEP_NETWORKS,
        ),
        line("after training", None, note=RUNS),
    ),
)
