"""Claims of sections 6 to 8: when the partition function is a product, the laws of learning, the Laplacian's sign."""

from __future__ import annotations

import sympy as sp

from theory.models import learning as model
from theory.papers.vanchurin2020towards.equilibrium import LARGE_ALONE, LEARNING_EQUILIBRIUM
from theory.papers.vanchurin2020towards.letters import (
    EQUILIBRIUM,
    PAPER,
    SPLIT,
    N,
    among,
    beta,
    i,
    lam,
    over_large,
    over_small,
)
from theory.papers.vanchurin2020towards.thermodynamics import A_PATH, PATH, q
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Expansion, Identity, Inequality
from theory.sums import Sigma

ONE = model.eigenvalue
TERM = sp.log(1 + beta * ONE)
ONE_EIGENVALUE = EQUILIBRIUM.restricted(TERM)
GROWN = among(model.growth_domain(), model.growth, model.curvature)
(PRODUCT,) = [line for e in LEARNING_EQUILIBRIUM if e.number == "6.3" for line in e.lines]

EQUILIBRIUM_CLAIMS = (
    PAPER.claim(
        "6a",
        "A very important property of an equilibrium, which follows from (6.2), is that the partition function must be "
        "a product of two terms",
        PRODUCT,
    ),
    PAPER.claim(
        "6b",
        "However, the free energy obtained from (5.14) (with the local objectives parameter $m$ set for simplicity to "
        "zero) is (6.5) which does not in general decompose into a sum of two terms as in (6.4).",
        line(
            "the mixed derivative of the term of one eigenvalue, which vanishes for a sum of two terms",
            Identity(sp.Derivative(TERM, beta, ONE), (1 + beta * ONE) ** -2, ONE_EIGENVALUE),
            note="It vanishes nowhere: a sum of two terms is exact only where no eigenvalue changes, or where the "
            "changes of several cancel at every temperature.",
        ),
    ),
    PAPER.claim(
        "6c",
        r"One possibility (that we shall verify numerically) is that $\sum_{\lambda_i \gg \beta^{-1}} \log (1 + \beta "
        r"\lambda_i) \approx \sum_{\lambda_i \gg \beta^{-1}} \log(\lambda_i) + N_{>} \log(\beta) \gg "
        r"\sum_{\lambda_i \lesssim \beta^{-1}} \beta \lambda_i \approx \sum_{\lambda_i \lesssim \beta^{-1}} \log (1 + "
        r"\beta \lambda_i)$",
        line(
            "the term of a large eigenvalue",
            Expansion(TERM, sp.log(ONE) + sp.log(beta), ONE_EIGENVALUE, variable=ONE, order=1, about=sp.oo),
            relation="approximate",
            note="The remainder log(1 + 1 / (beta lambda)) is below 1 / (beta lambda).",
        ),
        line(
            "the term of a small eigenvalue",
            Expansion(TERM, beta * ONE, ONE_EIGENVALUE, variable=ONE, order=2),
            relation="approximate",
            note="The remainder is below (beta lambda)^2 / 2: small for an eigenvalue far below 1 / beta, and not for "
            "one near it, which the sums allow.",
        ),
    ),
)

LAW_CLAIMS = (
    PAPER.claim(
        "7d",
        r"As the learning progresses, the average loss, $U(\beta)$, decreases, the temperature parameter, "
        r"$\beta^{-1}$, decreases and, thus, according to (7.4) one might expect that the thermodynamic entropy, "
        "$S_0$, should also decrease.",
        line(
            "the slope of (7.4) by the mean loss, for one number of large eigenvalues",
            Inequality(
                sp.Derivative(model.entropy_by_loss, model.loss_value),
                0,
                among(EQUILIBRIUM, model.entropy_by_loss),
                relation=">",
            ),
            model.entropy_by_loss,
        ),
        conventions=(LARGE_ALONE,),
    ),
    PAPER.claim(
        "7e",
        r"If we assume that near equilibrium $N_{>}$ does not change significantly, then a decrease in $C(\mathbf{b}, "
        r"\hat{w})$ implies that the largest eigenvalues $\sum_{\lambda_i \gg \beta^{-1}} \log(\lambda_i)$ of the "
        r"operator $\hat{G}$ must increase and at the same time, according to (7.8), the smallest eigenvalues "
        r"$\sum_{\lambda_i \lesssim \beta^{-1}} \log(\lambda_i)$ must decrease.",
        line(
            "the complexity and the sum over the largest",
            Identity(
                over_large(sp.log(lam[i])),
                N * sp.log(2 * sp.pi) - 2 * model.large_complexity,
                among(EQUILIBRIUM, model.large_complexity),
            ),
            model.large_complexity,
        ),
        line(
            "the sum over the smallest, where (7.8) sets that over all to zero",
            Identity(
                over_small(sp.log(lam[i])),
                Sigma(sp.log(lam[i]), (i, 1, model.n_large + model.n_small)) - over_large(sp.log(lam[i])),
                SPLIT.restricted(over_small(lam[i])),
            ),
        ),
        conventions=(LARGE_ALONE,),
    ),
    PAPER.claim(
        "7f",
        r"For a system transitioning between equilibrium states at constant temperature $T = 1/\beta$, variations of "
        "the free energy must vanish, $dF = 0$",
        line(
            "any thermodynamic free energy and any complexity along a path of equilibria",
            Identity(model.free_energy_change, 0, among(PATH, model.free_energy_change)),
            model.free_energy_change,
            model.held_complexity,
            readings=(
                Reading(
                    kind="condition",
                    text="if the complexity changes by beta times the change of the thermodynamic free energy; where "
                    "that depends on the temperature alone, if the complexity does not change",
                    statement=Identity(
                        sp.Derivative(A_PATH - model.held_complexity / beta, q),
                        0,
                        among(PATH, model.held_complexity),
                    ),
                ),
            ),
        ),
    ),
)

DESTRUCTION_CLAIMS = (
    PAPER.claim(
        "8b",
        "Evidently, the Laplacian is always negative and, thus, the entropy density (8.11) must always decrease with "
        "learning",
        line(
            "the Laplacian in the eigenvalues",
            Inequality(-model.curvature, 0, GROWN, relation="<"),
            model.curvature,
        ),
        line(
            "the logarithm of the entropy density, less that at infinite temperature",
            Inequality(model.growth, 0, GROWN, relation="<"),
            model.growth,
        ),
        conventions=("The entropy density is the solution of the local equation (8.6), and positive at beta = 0.",),
    ),
)
