"""Section 10, equations (10.1) to (10.5): what the experiments are compared with."""

from __future__ import annotations

from theory.models import learning as model
from theory.papers.vanchurin2020towards.equilibrium import LARGE_ALONE
from theory.papers.vanchurin2020towards.letters import EQUILIBRIUM, PAPER, N_large, among, beta
from theory.papers.writing import line
from theory.statements import Identity

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
        conventions=("Estimated in (6.7).",),
    ),
    PAPER.equation(
        "10.3",
        "10",
        r"S_0(\beta) = -\frac{N_{>}}{2}\log(\beta) + \text{const} = \frac{N_{>}}{2}\log(U) - "
        r"\frac{N_{>}}{2}\log\left(\frac{N_{>}}{2}\right) + \text{const},",
        conventions=("Estimated in (7.4).",),
    ),
    PAPER.equation(
        "10.4",
        "10",
        r"f'_{ii}(y_i) = \frac{df(y_i)}{dy_i} = \frac{d\tanh(y_i)}{dy_i} = \operatorname{sech}(y_i)^2 = 4(\exp(y_i) + "
        r"\exp(-y_i))^{-2}.",
    ),
    PAPER.equation(
        "10.5",
        "10",
        r"C_n(\mathbf{b}, \hat{w}) = -\frac{1}{2} \sum_{i=1}^n \log(\lambda_i) + \frac{N}{2} \log(2\pi),",
        conventions=("The eigenvalues are ordered, the largest first.",),
    ),
)
