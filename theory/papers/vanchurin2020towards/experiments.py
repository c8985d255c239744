"""Section 10, equations (10.1) to (10.5): what the experiments are compared with."""

from __future__ import annotations

import sympy as sp

from theory.domain import Domain
from theory.models import learning as model
from theory.papers.vanchurin2020towards.equilibrium import LARGE_ALONE, UP_TO_A_NUMBER
from theory.papers.vanchurin2020towards.letters import (
    EQUILIBRIUM,
    PAPER,
    N,
    N_large,
    among,
    beta,
    i,
    lam,
    over_large,
)
from theory.papers.writing import line
from theory.statements import Definition, Identity
from theory.sums import Sigma

U, y = model.loss_value, sp.Symbol("y", real=True)
ANY_INPUT = Domain({y: (-sp.oo, sp.oo)})
n, first_complexity = sp.Symbol("n", integer=True, positive=True), sp.Symbol("C_n", real=True)

EXPERIMENTS = (
    PAPER.equation(
        "10.1",
        "10",
        r"U(\beta) = \frac{N_{>}}{2\beta},",
        line(
            "the mean loss of large eigenvalues",
            Identity(model.large_loss, N_large / (2 * beta), among(EQUILIBRIUM, model.large_loss)),
            model.large_loss,
            relation="approximate",
        ),
        conventions=("Estimated in (7.5).", LARGE_ALONE),
    ),
    PAPER.equation(
        "10.2",
        "10",
        r"C(\mathbf{b}, \hat{w}) = -\frac{1}{2} \sum_{\lambda_i \gg \beta^{-1}} \log(\lambda_i) + \frac{N}{2} "
        r"\log(2\pi) + \text{const},",
        line(
            "the complexity, with a constant of zero",
            Identity(
                model.large_complexity,
                -over_large(sp.log(lam[i])) / 2 + N / 2 * sp.log(2 * sp.pi),
                among(EQUILIBRIUM, model.large_complexity),
            ),
            model.large_complexity,
            relation="approximate",
        ),
        conventions=("Estimated in (6.7).", LARGE_ALONE, UP_TO_A_NUMBER),
    ),
    PAPER.equation(
        "10.3",
        "10",
        r"S_0(\beta) = -\frac{N_{>}}{2}\log(\beta) + \text{const} = \frac{N_{>}}{2}\log(U) - "
        r"\frac{N_{>}}{2}\log\left(\frac{N_{>}}{2}\right) + \text{const},",
        line(
            "by the temperature, with the constant N_> / 2",
            Identity(
                model.large_entropy,
                -N_large / 2 * sp.log(beta) + N_large / 2,
                among(EQUILIBRIUM, model.large_entropy),
            ),
            model.large_entropy,
            relation="approximate",
        ),
        line(
            "by the mean loss, with the constant N_> / 2",
            Identity(
                model.entropy_by_loss,
                N_large / 2 * sp.log(U) - N_large / 2 * sp.log(N_large / 2) + N_large / 2,
                among(EQUILIBRIUM, model.entropy_by_loss),
            ),
            model.entropy_by_loss,
            relation="approximate",
        ),
        conventions=(
            "Estimated in (7.4).",
            LARGE_ALONE,
            "The constants are free of the temperature; the one that (7.4) gives, N_> / 2, is constant while N_> is.",
        ),
    ),
    PAPER.equation(
        "10.4",
        "10",
        r"f'_{ii}(y_i) = \frac{df(y_i)}{dy_i} = \frac{d\tanh(y_i)}{dy_i} = \operatorname{sech}(y_i)^2 = 4(\exp(y_i) + "
        r"\exp(-y_i))^{-2}.",
        line(
            "the square of the hyperbolic secant",
            Identity(sp.Derivative(sp.tanh(y), y), sp.sech(y) ** 2, ANY_INPUT),
        ),
        line(
            "in exponentials",
            Identity(sp.sech(y) ** 2, 4 * (sp.exp(y) + sp.exp(-y)) ** -2, ANY_INPUT),
        ),
    ),
    PAPER.equation(
        "10.5",
        "10",
        r"C_n(\mathbf{b}, \hat{w}) = -\frac{1}{2} \sum_{i=1}^n \log(\lambda_i) + \frac{N}{2} \log(2\pi),",
        line(
            "the first n eigenvalues",
            Definition(first_complexity, -Sigma(sp.log(lam[i]), (i, 1, n)) / 2 + N / 2 * sp.log(2 * sp.pi)),
            relation="definition",
        ),
        conventions=("The eigenvalues are ordered, the largest first.",),
    ),
)
