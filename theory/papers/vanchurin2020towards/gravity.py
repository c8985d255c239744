"""Section 12, equations (12.1) to (12.14): from entropy production to the field equations of gravity."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import gaussian_family as gaussian
from theory.models import onsager_tensor as onsager
from theory.papers.vanchurin2020towards.curvature import (
    CHOICE_LINE,
    CURVATURE_LINES,
    FIELD_LINE,
    FLUX_LINE,
    ONSAGER_LINE,
)
from theory.papers.vanchurin2020towards.geometry import ACTION_LINE, CONNECTION_LINES, RICCI_LINE, STRESS_LINE
from theory.papers.vanchurin2020towards.letters import PAPER, among
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, EqualUpToTotalDerivative, Identity
from theory.sums import Sigma
from theory.symbols import family

SUMS = "Summations over repeated indices are implied."
ONSAGER = (
    r"\frac{1}{8\kappa} \left( g^{\alpha\nu} g^{\beta\delta} g^{\mu\gamma} + g^{\alpha\gamma} g^{\beta\nu} "
    r"g^{\mu\delta} - g^{\alpha\gamma} g^{\beta\delta} g^{\mu\nu} - g^{\alpha\beta} g^{\gamma\delta} g^{\mu\nu} \right)"
)
CURVATURE = r"\Gamma^{\alpha}_{\nu[\mu,\alpha]} + \Gamma^{\beta}_{\nu[\mu} \Gamma^{\alpha}_{\alpha]\beta}"
p, Q, D = gaussian.density, gaussian.place, gaussian.diffusion
PARAMETERS = gaussian.parameters_domain()
mu, nu, alpha, beta, gamma, delta = PLACES = onsager.PLACES
g, L, dimension = onsager.inverse_metric, onsager.onsager, onsager.dimension
kappa = sp.Symbol("kappa", positive=True)
TENSORS = onsager.tensor_domain().extended({kappa: (0, sp.oo)})
flux, metric = family("J", real=True), sp.Function(r"g_{\alpha\beta}", real=True)
x = sp.Symbol(r"x^{\mu}", real=True)


def onsager_as_printed(m: Any, n: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """The tensor of (12.9), at any indices."""
    return (
        g[a, n] * g[b, d] * g[m, c]
        + g[a, c] * g[b, n] * g[m, d]
        - g[a, c] * g[b, d] * g[m, n]
        - g[a, b] * g[c, d] * g[m, n]
    ) / (8 * kappa)


def of_symmetric_forces(tensor: Any, m: Any, n: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """The part of a tensor that is symmetric in alpha and beta, and in gamma and delta: the brackets of (12.8)."""
    orders = ((a, b, c, d), (b, a, c, d), (a, b, d, c), (b, a, d, c))
    return sp.Add(*(tensor(m, n, *order) for order in orders)) / 4


def any_tensor(*places: Any) -> Any:
    """The part with all symmetries of any tensor of three inverse metrics."""
    return L[places]


def symmetric_as_printed(*places: Any) -> Any:
    """The part of the tensor of (12.9) that symmetric forces see."""
    return of_symmetric_forces(onsager_as_printed, *places)


PRINTED_ORDER = (nu, mu, beta, alpha, delta, gamma)
EXCHANGED = (nu, mu, gamma, delta, alpha, beta)
INTERCHANGE = "the indices in the order to which (mu, alpha, beta) <-> (nu, gamma, delta) leads"

GRAVITY = (
    PAPER.equation(
        "12.1",
        "12",
        r"S(\hat{g}, \mathbf{\Phi}) = \int_{0}^{T} dt \sum_{k} \left\langle -\frac{D}{2} \frac{\partial^{2} \log "
        r"p(\hat{g}, \mathbf{Q})}{\partial Q_{k}^{2}} \right\rangle + \int_{0}^{T} dt \sum_{\tilde{k}} \left\langle "
        r"\frac{d\Phi_{\tilde{k}}}{dt} \Theta_{\tilde{k}}(\mathbf{Q}) \right\rangle.",
        line(
            "the entropy production of (11.6) as a mean, one component",
            EqualUpToTotalDerivative(
                gaussian.entropy_flow,
                p * (-D / 2 * sp.Derivative(sp.log(p), (Q, 2))),
                among(PARAMETERS, gaussian.entropy_flow),
                fields={p: (0, sp.oo)},
                coordinates=(Q,),
            ),
            gaussian.entropy_flow,
        ),
        conventions=("Boundary terms are ignored, as in (11.7).",),
    ),
    PAPER.equation(
        "12.2",
        "12",
        r"S(g_{\mu\nu}, \Phi) = \int d^{D+1}x \, \sqrt{|g|} \, \left( -\frac{1}{2\kappa} R(g_{\mu\nu}(x)) + \Lambda "
        r"\right) + \int d^{D+1}x \, \sqrt{|g|} \, \mathcal{L}(g_{\mu\nu}(x), \Phi(x))",
        ACTION_LINE,
    ),
    PAPER.equation(
        "12.3",
        "12",
        r"\frac{1}{2\kappa}R = g_{\alpha\beta,\mu}J^{\mu\alpha\beta}",
        FLUX_LINE,
        conventions=(SUMS,),
    ),
    PAPER.equation(
        "12.4",
        "12",
        r"g_{\alpha\beta,\mu} \equiv \frac{\partial g_{\alpha\beta}}{\partial x^{\mu}}.",
        line(
            "generalized forces",
            Definition(onsager.forces[mu, alpha, beta], sp.Derivative(metric(x), x)),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "12.5",
        "12",
        r"J^{\mu\alpha\beta} = L^{\mu\nu\alpha\beta\gamma\delta} g_{\gamma\delta,\nu}.",
        line(
            "fluxes",
            Definition(
                flux[mu, alpha, beta],
                Sigma(
                    L[PLACES] * onsager.forces[nu, gamma, delta],
                    (nu, 1, dimension),
                    (gamma, 1, dimension),
                    (delta, 1, dimension),
                ),
            ),
            relation="definition",
            note="It defines L: fluxes are taken to be linear in the forces and to vanish with them.",
        ),
        damage="The conversion prints the indices of L in pairs with spaces between them; their order is the same.",
        conventions=(SUMS,),
    ),
    PAPER.equation(
        "12.6",
        "12",
        r"\frac{1}{2\kappa}R = L^{\mu\nu\alpha\beta\gamma\delta}g_{\alpha\beta,\mu}g_{\gamma\delta,\nu}.",
        ONSAGER_LINE,
        conventions=(SUMS,),
    ),
    PAPER.equation(
        "12.7",
        "12",
        r"L^{\mu\nu\alpha\beta\gamma\delta} = L^{\nu\mu\beta\alpha\delta\gamma}.",
        line(
            "any tensor of three inverse metrics with all symmetries",
            Identity(L[PLACES], L[PRINTED_ORDER], among(TENSORS, L)),
            L[PLACES],
            fragment=r"L^{\nu\mu\beta\alpha\delta\gamma}",
            readings=(
                Reading(
                    kind="correction", text=INTERCHANGE, statement=Identity(L[PLACES], L[EXCHANGED], among(TENSORS, L))
                ),
            ),
        ),
        line(
            "the tensor of (12.9) as printed",
            Identity(onsager_as_printed(*PLACES), onsager_as_printed(*PRINTED_ORDER), TENSORS),
            fragment=r"L^{\nu\mu\beta\alpha\delta\gamma}",
            readings=(
                Reading(
                    kind="correction",
                    text=INTERCHANGE,
                    statement=Identity(onsager_as_printed(*PLACES), onsager_as_printed(*EXCHANGED), TENSORS),
                ),
            ),
        ),
        conventions=("Symmetric under the exchange of (mu, alpha, beta) and (nu, gamma, delta).",),
    ),
    PAPER.equation(
        "12.8",
        "12",
        r"L^{\mu\nu\alpha\beta\gamma\delta} = L^{\mu\nu(\alpha\beta)(\gamma\delta)}.",
        line(
            "any tensor of three inverse metrics with all symmetries",
            Identity(L[PLACES], of_symmetric_forces(any_tensor, *PLACES), among(TENSORS, L)),
            L[PLACES],
        ),
        line(
            "the tensor of (12.9)",
            Identity(onsager_as_printed(*PLACES), symmetric_as_printed(*PLACES), TENSORS),
            readings=(
                Reading(
                    kind="condition",
                    text="the tensor of (12.9) is replaced by its part that is symmetric in alpha and beta and in "
                    "gamma and delta, which has the same contraction with the forces",
                    statement=Identity(
                        symmetric_as_printed(*PLACES), of_symmetric_forces(symmetric_as_printed, *PLACES), TENSORS
                    ),
                ),
            ),
        ),
    ),
    PAPER.equation(
        "12.9",
        "12",
        r"L^{\mu\nu\alpha\beta\gamma\delta} = " + ONSAGER + ".",
        line(
            "the tensor that gives the curvature up to a divergence, as symmetric forces see it",
            Identity(onsager.gravity[PLACES], symmetric_as_printed(*PLACES), among(TENSORS, onsager.gravity)),
            onsager.gravity[PLACES],
            note="A divergence is dropped under the integral, as in (12.10).",
        ),
    ),
    PAPER.equation(
        "12.10",
        "12",
        r"\int d^{D+1}x \sqrt{|g|} \frac{1}{2\kappa} R = \int d^{D+1}x \sqrt{|g|} g^{\mu\nu} \frac{1}{\kappa} \left( "
        + CURVATURE
        + r" \right) = \int d^{D+1}x \sqrt{|g|} "
        + ONSAGER
        + r" g_{\alpha\beta,\mu} g_{\gamma\delta,\nu}",
        *CURVATURE_LINES,
        conventions=(SUMS, "Boundary terms are neglected."),
    ),
    PAPER.equation(
        "12.11",
        "12",
        r"\Gamma^{\mu}_{\gamma\delta} \equiv \frac{1}{2} g^{\mu\nu} \left( g_{\nu\gamma,\delta} + g_{\nu\delta,\gamma} "
        r"- g_{\gamma\delta,\nu} \right) \qquad \text{and} \qquad \Gamma^{\alpha}_{\mu\nu,\beta} \equiv "
        r"\frac{\partial}{\partial x^{\beta}} \Gamma^{\alpha}_{\mu\nu}.",
        *CONNECTION_LINES,
        conventions=(SUMS,),
    ),
    PAPER.equation(
        "12.12",
        "12",
        r"R_{\mu\nu} - \frac{1}{2}Rg_{\mu\nu} + \Lambda g_{\mu\nu} = \kappa T_{\mu\nu}",
        FIELD_LINE,
        conventions=("Upon varying (12.2) with respect to the metric.",),
    ),
    PAPER.equation(
        "12.13",
        "12",
        r"R_{\mu\nu} \equiv 2 \left( " + CURVATURE + r" \right)",
        RICCI_LINE,
        conventions=(SUMS, "Brackets around two indices are half the difference of both orders."),
    ),
    PAPER.equation(
        "12.14",
        "12",
        r"T_{\mu\nu} \equiv -\frac{2}{\sqrt{|g|}} \frac{\delta(\sqrt{|g|}\mathcal{L})}{\delta g^{\mu\nu}}.",
        STRESS_LINE,
    ),
)

GRAVITY_CLAIMS = (
    PAPER.claim(
        "12a",
        r"The first term represents the entropy production and depends only on $\hat{g}$ and the second term "
        r"represents constraints and depends on both $\hat{g}$ and Lagrange multipliers $\mathbf{\Phi}$.",
        line(
            "the rate of the entropy of a Gaussian density is the first term",
            Identity(
                gaussian.total_entropy_rate,
                gaussian.total_production,
                among(PARAMETERS, gaussian.total_entropy_rate, gaussian.total_production),
            ),
            gaussian.total_entropy_rate,
            gaussian.total_production,
            readings=(
                Reading(
                    kind="condition",
                    text="the density moves by diffusion (11.5), which for a Gaussian density is dg/dt = -2 D g^2; "
                    "otherwise the rate depends on dg/dt",
                    statement=Identity(
                        gaussian.total_entropy_rate,
                        gaussian.total_production,
                        among(PARAMETERS, gaussian.total_entropy_rate, gaussian.total_production).extended(
                            constraints=[
                                sp.Eq(gaussian.rates[gaussian.k], -2 * D * gaussian.precisions[gaussian.k] ** 2)
                            ]
                        ),
                    ),
                ),
            ),
        ),
    ),
)
CURVATURE_CLAIMS = (
    PAPER.claim(
        "12h",
        "The overall space of such tensors is still pretty large, but it turns out that a very simple choice leads to "
        "general relativity.",
        CHOICE_LINE,
    ),
)
