"""Section 9, equations (9.1) to (9.11): two groups of eigenvalues, and the spectrum of feedforward networks."""

from __future__ import annotations

import sympy as sp

from theory.models import feedforward as layers
from theory.models import learning as model
from theory.papers.vanchurin2020towards.letters import FRACTIONS, PAPER, N, among, beta, gamma, i, lam, over_neurons
from theory.papers.vanchurin2020towards.septuple import HIGH, vanishes
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity

x = model.log_eigenvalue
PLACE = 3 * sp.log(-sp.Rational(1, 2) + sp.sqrt(sp.Rational(1, 4) + 1 / beta))
BELOW_ONE = FRACTIONS.extended({beta: (0, 1)})
GROUPS = "A small fraction gamma << 1 of the eigenvalues is lambda, all others are lambda^(gamma / (gamma - 1))."
SHALLOW = "A feedforward network without hidden layers, L = 2."
moment_2, moment_3 = sp.symbols("mu_2 mu_3", real=True)

DEPTH = (
    PAPER.equation(
        "9.1",
        "9",
        r"-\Delta F = \frac{\beta}{2} \sum_{i} (1 + \beta \lambda_i)^{-2} = \frac{\beta}{2} Tr \left(\hat{I} + \beta "
        r"\hat{G}\right)^{-2},",
        line(
            "minus the Laplacian, the trace in eigenvalues",
            Identity(
                model.curvature, beta / 2 * over_neurons((1 + beta * lam[i]) ** -2), among(FRACTIONS, model.curvature)
            ),
            model.curvature,
        ),
    ),
    PAPER.equation(
        "9.2",
        "9",
        r"\det \hat{G} = \prod_{i} \lambda_{i} = \lambda^{\gamma N} \lambda^{\frac{\gamma}{\gamma - 1}(1 - \gamma)N} "
        r"= 1.",
        line(
            "the product of all eigenvalues",
            Identity(
                model.eigenvalue ** (gamma * N) * model.eigenvalue ** (gamma / (gamma - 1) * (1 - gamma) * N),
                1,
                FRACTIONS.extended({model.eigenvalue: (0, sp.oo)}),
            ),
        ),
        conventions=(GROUPS,),
    ),
    PAPER.equation(
        "9.3",
        "9",
        r"-\Delta F \approx \frac{\beta}{2} Tr \left( \hat{I} + \beta \hat{G} \right)^{-2} = \frac{N\beta}{2} \left( "
        r"\frac{\gamma}{\left( 1 + \beta \lambda \right)^2} + \frac{1 - \gamma}{\left( 1 + \beta "
        r"\lambda^{\frac{\gamma}{\gamma - 1}} \right)^2} \right).",
        line(
            "of two groups, with the logarithm x of the first eigenvalue",
            Identity(
                model.split_curvature,
                N
                * beta
                / 2
                * (
                    gamma / (1 + beta * sp.exp(x)) ** 2
                    + (1 - gamma) / (1 + beta * sp.exp(gamma / (gamma - 1) * x)) ** 2
                ),
                among(FRACTIONS, model.split_curvature),
            ),
            model.split_curvature,
        ),
        conventions=(GROUPS,),
    ),
    PAPER.equation(
        "9.4",
        "9",
        r"\log \lambda = 3\log\left(-\frac{1}{2} + \sqrt{\frac{1}{4} + \frac{1}{\beta}}\right).",
        line(
            "for the fraction 1/3 of figure 1",
            Identity(
                model.extremum_of_a_third,
                PLACE,
                among(BELOW_ONE, model.extremum_of_a_third, model.extremum_of_few),
            ),
            model.extremum_of_a_third,
            model.extremum_of_few,
            readings=(
                Reading(
                    kind="condition",
                    text="in the limit of a small fraction, gamma -> 0, and not for the fraction 1/3 of figure 1",
                    statement=Identity(
                        model.extremum_of_few,
                        PLACE,
                        among(BELOW_ONE, model.extremum_of_a_third, model.extremum_of_few),
                    ),
                ),
            ),
        ),
        conventions=(GROUPS, "Figure 1, which the sentences before and after it describe, has gamma = 1/3."),
    ),
    PAPER.equation(
        "9.5",
        "9",
        r"\mu_2 \equiv Tr \left( \log \hat{G} \right)^2",
        line("in eigenvalues", Definition(moment_2, over_neurons(sp.log(lam[i]) ** 2)), relation="definition"),
    ),
    PAPER.equation(
        "9.6",
        "9",
        r"\mu_3 \equiv Tr \left( \log \hat{G} \right)^3.",
        line("in eigenvalues", Definition(moment_3, over_neurons(sp.log(lam[i]) ** 3)), relation="definition"),
    ),
    PAPER.equation(
        "9.7",
        "9",
        r"\left(\hat{f}'\hat{w}\right)^n = \left(\hat{w}^T\hat{f}'\right)^n = 0 \quad \forall n \ge L",
        vanishes("an entry of a power", layers.power_entry(layers.response, HIGH)),
        vanishes("of the transposed matrix", layers.power_entry(layers.transposed(layers.response), HIGH)),
        conventions=("A feedforward network with L layers.",),
    ),
    PAPER.equation(
        "9.8",
        "9",
        r"\log \hat{G} = F_1(\hat{f}'\hat{w}\hat{w}^T\hat{f}')\,\hat{f}'\hat{w} + "
        r"F_2(\hat{w}^T\hat{f}'\hat{f}'\hat{w})\hat{w}^T\hat{f}'.",
        line(
            "the entry of log G in a singular direction of the inputs, which is zero for all functions F_1 and F_2",
            Identity(model.log_among_inputs, 0, among(model.shallow_domain(), model.log_among_inputs)),
            model.log_among_inputs,
        ),
        conventions=(SHALLOW,),
    ),
    PAPER.equation(
        "9.9",
        "9",
        r"Tr\left[\log\hat{G}\right] = 0",
        line(
            "of the directions of one singular value; all others contribute nothing",
            Identity(model.first_trace, 0, among(model.shallow_domain(), model.first_trace)),
            model.first_trace,
        ),
        vanishes(
            "for any number of layers: the logarithm of det G",
            sp.log(layers.determinant(layers.quadratic_form(layers.response))),
        ),
        conventions=(SHALLOW,),
    ),
    PAPER.equation(
        "9.10",
        "9",
        r"\mu_3 = Tr\left[\left(\log \hat{G}\right)^3\right] = 0.",
        line(
            "of the directions of one singular value",
            Identity(model.third_trace, 0, among(model.shallow_domain(), model.third_trace)),
            model.third_trace,
        ),
        conventions=(SHALLOW,),
    ),
    PAPER.equation(
        "9.11",
        "9",
        r"Tr\left[\left(\log \hat{G}\right)^{2n+1}\right] = 0",
        line(
            "of the directions of one singular value",
            Identity(model.odd_trace, 0, among(model.shallow_domain(), model.odd_trace)),
            model.odd_trace,
        ),
        conventions=(SHALLOW,),
    ),
)
