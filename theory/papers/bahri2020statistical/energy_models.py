"""Sections 6.1 and 6.2, equations (12) to (14): Boltzmann laws, likelihood, free energies and relative entropy."""

from __future__ import annotations

import sympy as sp

from theory.models import boltzmann_law as law
from theory.papers.bahri2020statistical.letters import LAWS, PAPER, D, E, F, G, Z, among, ell, n, p, q, x
from theory.papers.writing import line
from theory.statements import Definition, Identity
from theory.sums import Sigma

MEAN_ENERGY = Sigma(q[x] * E[x], (x, 1, n))

ENERGY_MODELS = (
    PAPER.equation(
        12,
        "6.1",
        r"p(\mathbf{x}; \mathbf{w}) = \frac{1}{Z_{\mathbf{w}}} e^{-E(\mathbf{x}; \mathbf{w})}.",
        line("the law of the model", Definition(p[x], sp.exp(-E[x]) / Z), relation="definition"),
        line(
            "it is normalized by the sum of the Boltzmann factors",
            Identity(Sigma(sp.exp(-E[x]) / Z, (x, 1, n)), 1, LAWS),
        ),
        conventions=("$kT = 1$.", "Sums over any number of states stand for the integrals over x."),
    ),
    PAPER.equation(
        13,
        "6.2",
        r"-l(\mathbf{w}) = \langle E(\mathbf{x}; \mathbf{w}) \rangle_q - F_{\mathbf{w}},",
        line(
            "any number of states",
            Identity(-ell, MEAN_ENERGY - F, among(ell, F)),
            ell,
            F,
            note="l is the mean over the data of (5), not a sum.",
        ),
        conventions=(r"$F_{\mathbf{w}} = -\ln Z_{\mathbf{w}}$ is the Helmholtz free energy of the model.",),
    ),
    PAPER.equation(
        14,
        "6.2",
        r"D_{\text{KL}}(q \| p) = \int d\mathbf{x} q(\mathbf{x}) \ln \frac{q(\mathbf{x})}{p(\mathbf{x}; \mathbf{w})} = "
        r"G_{\mathbf{w}}(q) - F_{\mathbf{w}}.",
        line(
            "the relative entropy",
            Identity(D, Sigma(q[x] * sp.log(q[x] / p[x]), (x, 1, n)), among(D)),
            D,
        ),
        line("by free energies", Identity(D, G - F, among(D, G, F)), D, G, F),
        line(
            "densities: Gaussian data and a harmonic energy on a line",
            Identity(
                law.line_divergence,
                law.line_cost - law.line_entropy,
                law.line_domain().extended(
                    dict.fromkeys((law.line_divergence, law.line_cost, law.line_entropy), sp.S.Reals)
                ),
            ),
            law.line_divergence,
            law.line_cost,
            law.line_entropy,
            note="For finitely many points of a continuum, as in (4), both sides are infinite, as S(q) is; (13) holds.",
        ),
        conventions=(
            r"$G_{\mathbf{w}}(q) = \langle E(\mathbf{x}; \mathbf{w}) \rangle_q - S(q)$ with the entropy "
            r"$S(q) = -\int d\mathbf{x} q(\mathbf{x}) \ln q(\mathbf{x})$.",
        ),
    ),
)
