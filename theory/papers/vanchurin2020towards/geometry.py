"""Lines of section 12 that define: the action, the connection, the Ricci tensor and the energy-momentum tensor."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import connection as model
from theory.papers.writing import line
from theory.statements import Definition

mu, nu, alpha, beta = model.mu, model.nu, model.alpha, model.beta
gamma, delta, p = model.gamma, model.delta, model.forces
x, coordinate, entry = (
    sp.Symbol("x", real=True),
    sp.Symbol(r"x^{\beta}", real=True),
    sp.Symbol(r"g^{\mu\nu}", real=True),
)
kappa, Lambda = sp.Symbol("kappa", positive=True), sp.Symbol("Lambda", real=True)
volume, curvature, matter = (sp.Function(name, real=True) for name in (r"\sqrt{|g|}", "R", r"\mathcal{L}"))
symbol: Any = sp.Function(r"\Gamma^{\alpha}_{\mu\nu}", real=True)
EVERYWHERE = (x, -sp.oo, sp.oo)
DOMAIN = model.connection_domain()

ACTION_LINE = line(
    "the action of gravity and matter",
    Definition(
        sp.Symbol("S_g", real=True),
        sp.Integral(volume(x) * (-curvature(x) / (2 * kappa) + Lambda), EVERYWHERE)
        + sp.Integral(volume(x) * matter(x), EVERYWHERE),
    ),
    relation="definition",
    note="A model: it is put in the place of (12.1), and nothing here derives it from there.",
)
CONNECTION_LINES = (
    line(
        "Christoffel symbols",
        Definition(
            model.christoffel[mu, gamma, delta],
            model.over(
                model.inverse_metric[mu, nu] * (p[delta, nu, gamma] + p[gamma, nu, delta] - p[nu, gamma, delta]), nu
            )
            / 2,
        ),
        relation="definition",
        domain=DOMAIN,
        note="The only connection without torsion that keeps the metric.",
    ),
    line(
        "their derivatives",
        Definition(model.connection_slopes[alpha, mu, nu, beta], sp.Derivative(symbol(coordinate), coordinate)),
        relation="definition",
    ),
)
RICCI_LINE = line(
    "the Ricci tensor",
    Definition(
        model.ricci[mu, nu],
        2
        * (
            model.over(
                model.connection_slopes[alpha, nu, mu, alpha] - model.connection_slopes[alpha, nu, alpha, mu], alpha
            )
            / 2
            + model.over(
                model.connection[beta, nu, mu] * model.connection[alpha, alpha, beta]
                - model.connection[beta, nu, alpha] * model.connection[alpha, mu, beta],
                alpha,
                beta,
            )
            / 2
        ),
    ),
    relation="definition",
    domain=DOMAIN,
    note="The trace of the curvature over its first and third index, with which spheres have positive curvature.",
)
STRESS_LINE = line(
    "the energy-momentum tensor",
    Definition(
        sp.Symbol(r"T_{\mu\nu}", real=True),
        -2 / volume(entry) * sp.Derivative(volume(entry) * matter(entry), entry),
    ),
    relation="definition",
    note="For matter without slopes of the metric. A scalar field has positive energy by it where time has the "
    "negative sign of the metric.",
)
