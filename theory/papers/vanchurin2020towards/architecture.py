"""Section 8, equations (8.1) to (8.12): entropy production and the Laplacian of the free energy."""

from __future__ import annotations

import sympy as sp

from theory.models import learning as model
from theory.papers.vanchurin2020towards.letters import FRACTIONS, PAPER, N, among, beta, i, lam, over_neurons
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity

GROWTH = over_neurons(sp.log(1 + beta * lam[i])) / (2 * beta)
WINDOW = N / (2 * beta) * sp.log(2 * sp.pi)
OF_EIGENVALUES = "The parameters are the eigenvalues of G, and m is set to zero."
LOCALLY = "The solution of the local equation (8.6)."
alpha = model.learning_strength
DENSITIES = among(model.growth_domain(), model.growth, model.curvature, model.steady_growth)
density, share, norm = sp.symbols("sigma p M", positive=True)

ARCHITECTURE = (
    PAPER.equation(
        "8.1",
        "8",
        r"\frac{\partial}{\partial \beta} p(\beta, \mathbf{Q}) = -\sum_{k} \frac{dQ_k}{d\beta} "
        r"\frac{\partial}{\partial Q_k} p(\beta, \mathbf{Q})",
    ),
    PAPER.equation(
        "8.2",
        "8",
        r"\frac{dQ_k}{d\beta} = \alpha \frac{\partial F}{\partial Q_k} = \alpha \sum_i \frac{\partial b_i}{\partial "
        r"Q_k} \frac{\partial F}{\partial b_i} + \alpha \sum_{i,j} \frac{dw_{ij}}{dQ_k} \frac{\partial F}{\partial "
        r"w_{ij}}.",
    ),
    PAPER.equation(
        "8.3",
        "8",
        r"\mathcal{S}(\beta) = -\int d^K Q \ p(\beta, \mathbf{Q}) \log (Mp(\beta, \mathbf{Q}))",
        damage="The conversion prints the letter of this entropy upright here and in script elsewhere in the section; "
        "it is taken to be the script letter, as the prose after it has it.",
    ),
    PAPER.equation(
        "8.4",
        "8",
        r"\frac{\partial}{\partial \beta} \mathcal{S}(\beta) = -\frac{\partial}{\partial \beta} \int d^{K}Q \ p "
        r"\log(Mp) = \int d^{K}Q \sum_{k} \frac{dQ_{k}}{d\beta} \frac{\partial p}{\partial Q_{k}} \log(Mp) = \alpha "
        r"\int d^{K}Q \sum_{k} \frac{\partial F}{\partial Q_{k}} \frac{\partial p}{\partial Q_{k}} \log(Mp) = -\alpha "
        r"\int d^{K}Q \sum_{k} \frac{\partial^{2}F}{\partial Q_{k}^{2}} p \log(Mp) - \alpha \int d^{K}Q \sum_{k} "
        r"\frac{\partial F}{\partial Q_{k}} \frac{\partial p}{\partial Q_{k}} = \alpha \int d^{K}Q \sum_{k} "
        r"\frac{\partial^{2}F}{\partial Q_{k}^{2}} p \left(1 - \log(Mp)\right)",
        conventions=("p vanishes at the boundary.",),
    ),
    PAPER.equation(
        "8.5",
        "8",
        r"\frac{\partial}{\partial \beta} \mathcal{S}(\beta) = -\frac{\partial}{\partial \beta} \int d^K Q \ p "
        r"\log(Mp) \approx -\alpha \int d^K Q \ \sum_k \frac{\partial^2 F}{\partial Q_k^2} p \log(Mp).",
        conventions=("M is far below 1 / p.",),
    ),
    PAPER.equation(
        "8.6",
        "8",
        r"\frac{\partial}{\partial \beta} \sigma(\beta, \mathbf{Q}) = \alpha \sum_{k} \frac{\partial^{2} F}{\partial "
        r"Q_{k}^{2}} \sigma(\beta, \mathbf{Q})",
    ),
    PAPER.equation(
        "8.7",
        "8",
        r"\sigma(\beta, \mathbf{Q}) = -p(\beta, \mathbf{Q}) \log (Mp(\beta, \mathbf{Q})).",
        line("the entropy density", Definition(density, -share * sp.log(norm * share)), relation="definition"),
    ),
    PAPER.equation(
        "8.8",
        "8",
        r"\sigma(\beta, \mathbf{Q}) = \sigma(0, \mathbf{Q}) \exp(\beta \alpha \Delta F)",
        line(
            "the exponent",
            Identity(model.growth, -beta * alpha * model.curvature, DENSITIES),
            model.growth,
            model.curvature,
            model.steady_growth,
            readings=(
                Reading(
                    kind="condition",
                    text="if the Laplacian of the free energy is the same at all temperatures",
                    statement=Identity(model.steady_growth, beta * alpha * model.steady_laplacian, DENSITIES),
                ),
            ),
        ),
        conventions=(LOCALLY,),
    ),
    PAPER.equation(
        "8.9",
        "8",
        r"F \approx \frac{1}{2\beta} \log \det \left( \hat{I} + \beta \hat{G} \right) \approx \frac{1}{2\beta} "
        r"\sum_{i} \log \left( 1 + \beta \lambda_{i} \right) - \frac{N}{2\beta} \log(2\pi)",
        line(
            "by the determinant",
            Identity(model.free_energy, GROWTH, among(FRACTIONS, model.free_energy)),
            model.free_energy,
            relation="approximate",
            readings=(
                Reading(
                    kind="condition",
                    text="up to the term - N log(2 pi) / (2 beta), which is the same for all eigenvalues",
                    statement=Identity(model.free_energy + WINDOW, GROWTH, among(FRACTIONS, model.free_energy)),
                ),
            ),
        ),
        line(
            "by the eigenvalues",
            Identity(model.free_energy, GROWTH - WINDOW, among(FRACTIONS, model.free_energy)),
            model.free_energy,
            relation="approximate",
        ),
        conventions=(OF_EIGENVALUES,),
    ),
    PAPER.equation(
        "8.10",
        "8",
        r"\Delta F \approx \frac{1}{2\beta} \Delta \log \det \left( \hat{I} + \beta \hat{G} \right) \approx "
        r"\frac{1}{2\beta} \sum_{j} \frac{\partial^{2}}{\partial \lambda_{j}^{2}} \sum_{i} \log \left( 1 + \beta "
        r"\lambda_{i} \right) \approx -\frac{\beta}{2} \sum_{i} \left( 1 + \beta \lambda_{i} \right)^{-2}.",
        line(
            "the Laplacian in the eigenvalues",
            Identity(
                -model.curvature,
                -beta / 2 * over_neurons((1 + beta * lam[i]) ** -2),
                among(FRACTIONS, model.curvature),
            ),
            model.curvature,
            relation="approximate",
            fragment=r"-\frac{\beta}{2} \sum_{i} \left( 1 + \beta \lambda_{i} \right)^{-2}",
        ),
        conventions=(OF_EIGENVALUES,),
    ),
    PAPER.equation(
        "8.11",
        "8",
        r"\sigma(\beta, \mathbf{Q}) = \sigma(0, \mathbf{Q}) \exp\left(-\frac{\alpha}{2} \sum_{i} (1 + \beta "
        r"\lambda_i)^{-2}\right).",
        line(
            "the exponent",
            Identity(model.growth, -alpha / 2 * over_neurons((1 + beta * lam[i]) ** -2), DENSITIES),
            model.growth,
        ),
        conventions=(LOCALLY, OF_EIGENVALUES),
    ),
    PAPER.equation(
        "8.12",
        "8",
        r"\Delta F \approx -\frac{\beta}{2} \sum_{\lambda_i \ll \beta^{-1}} (1 + \beta \lambda_i)^{-2} \approx "
        r"-\frac{\beta}{2} N_{<}.",
    ),
)
