"""Section 12, equations (12.1) to (12.14): from entropy production to the field equations of gravity."""

from __future__ import annotations

from theory.papers.vanchurin2020towards.letters import PAPER

SUMS = "Summations over repeated indices are implied."
ONSAGER = (
    r"\frac{1}{8\kappa} \left( g^{\alpha\nu} g^{\beta\delta} g^{\mu\gamma} + g^{\alpha\gamma} g^{\beta\nu} "
    r"g^{\mu\delta} - g^{\alpha\gamma} g^{\beta\delta} g^{\mu\nu} - g^{\alpha\beta} g^{\gamma\delta} g^{\mu\nu} \right)"
)
CURVATURE = r"\Gamma^{\alpha}_{\nu[\mu,\alpha]} + \Gamma^{\beta}_{\nu[\mu} \Gamma^{\alpha}_{\alpha]\beta}"

GRAVITY = (
    PAPER.equation(
        "12.1",
        "12",
        r"S(\hat{g}, \mathbf{\Phi}) = \int_{0}^{T} dt \sum_{k} \left\langle -\frac{D}{2} \frac{\partial^{2} \log "
        r"p(\hat{g}, \mathbf{Q})}{\partial Q_{k}^{2}} \right\rangle + \int_{0}^{T} dt \sum_{\tilde{k}} \left\langle "
        r"\frac{d\Phi_{\tilde{k}}}{dt} \Theta_{\tilde{k}}(\mathbf{Q}) \right\rangle.",
    ),
    PAPER.equation(
        "12.2",
        "12",
        r"S(g_{\mu\nu}, \Phi) = \int d^{D+1}x \, \sqrt{|g|} \, \left( -\frac{1}{2\kappa} R(g_{\mu\nu}(x)) + \Lambda "
        r"\right) + \int d^{D+1}x \, \sqrt{|g|} \, \mathcal{L}(g_{\mu\nu}(x), \Phi(x))",
    ),
    PAPER.equation("12.3", "12", r"\frac{1}{2\kappa}R = g_{\alpha\beta,\mu}J^{\mu\alpha\beta}", conventions=(SUMS,)),
    PAPER.equation("12.4", "12", r"g_{\alpha\beta,\mu} \equiv \frac{\partial g_{\alpha\beta}}{\partial x^{\mu}}."),
    PAPER.equation(
        "12.5",
        "12",
        r"J^{\mu\alpha\beta} = L^{\mu\nu\alpha\beta\gamma\delta} g_{\gamma\delta,\nu}.",
        damage="The conversion prints the indices of L in pairs with spaces between them; their order is the same.",
        conventions=(SUMS,),
    ),
    PAPER.equation(
        "12.6",
        "12",
        r"\frac{1}{2\kappa}R = L^{\mu\nu\alpha\beta\gamma\delta}g_{\alpha\beta,\mu}g_{\gamma\delta,\nu}.",
        conventions=(SUMS,),
    ),
    PAPER.equation(
        "12.7",
        "12",
        r"L^{\mu\nu\alpha\beta\gamma\delta} = L^{\nu\mu\beta\alpha\delta\gamma}.",
        conventions=("Symmetric under the exchange of (mu, alpha, beta) and (nu, gamma, delta).",),
    ),
    PAPER.equation(
        "12.8",
        "12",
        r"L^{\mu\nu\alpha\beta\gamma\delta} = L^{\mu\nu(\alpha\beta)(\gamma\delta)}.",
    ),
    PAPER.equation("12.9", "12", r"L^{\mu\nu\alpha\beta\gamma\delta} = " + ONSAGER + "."),
    PAPER.equation(
        "12.10",
        "12",
        r"\int d^{D+1}x \sqrt{|g|} \frac{1}{2\kappa} R = \int d^{D+1}x \sqrt{|g|} g^{\mu\nu} \frac{1}{\kappa} \left( "
        + CURVATURE
        + r" \right) = \int d^{D+1}x \sqrt{|g|} "
        + ONSAGER
        + r" g_{\alpha\beta,\mu} g_{\gamma\delta,\nu}",
        conventions=(SUMS, "Boundary terms are neglected."),
    ),
    PAPER.equation(
        "12.11",
        "12",
        r"\Gamma^{\mu}_{\gamma\delta} \equiv \frac{1}{2} g^{\mu\nu} \left( g_{\nu\gamma,\delta} + g_{\nu\delta,\gamma} "
        r"- g_{\gamma\delta,\nu} \right) \qquad \text{and} \qquad \Gamma^{\alpha}_{\mu\nu,\beta} \equiv "
        r"\frac{\partial}{\partial x^{\beta}} \Gamma^{\alpha}_{\mu\nu}.",
        conventions=(SUMS,),
    ),
    PAPER.equation(
        "12.12",
        "12",
        r"R_{\mu\nu} - \frac{1}{2}Rg_{\mu\nu} + \Lambda g_{\mu\nu} = \kappa T_{\mu\nu}",
        conventions=("Upon varying (12.2) with respect to the metric.",),
    ),
    PAPER.equation("12.13", "12", r"R_{\mu\nu} \equiv 2 \left( " + CURVATURE + r" \right)", conventions=(SUMS,)),
    PAPER.equation(
        "12.14",
        "12",
        r"T_{\mu\nu} \equiv -\frac{2}{\sqrt{|g|}} \frac{\delta(\sqrt{|g|}\mathcal{L})}{\delta g^{\mu\nu}}.",
    ),
)
