"""Section 6, equations (6.1) to (6.8): the learning equilibrium."""

from __future__ import annotations

import sympy as sp

from theory.models import learning as model
from theory.papers.vanchurin2020towards.letters import (
    ENSEMBLE,
    EQUILIBRIUM,
    PAPER,
    WITHOUT_OBJECTIVE,
    A,
    C,
    N,
    N_large,
    among,
    beta,
    i,
    lam,
    over_large,
    over_neurons,
)
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Identity

LARGE_ALONE = "Only eigenvalues far above 1 / beta count; N_> is their number, and all others are far below it."
UP_TO_A_NUMBER = "A and C are fixed up to a number c: A + c / beta and C + c give the same free energy."
SEPARATION = model.separation_domain()
IN_A_PAIR = among(SEPARATION, model.pair_log_partition, model.pair_thermal_part, model.pair_configuration_part)
SUM_OF_LARGE = over_large(sp.log(lam[i]))

LEARNING_EQUILIBRIUM = (
    PAPER.equation(
        "6.1",
        "6",
        r"U(\beta, \mathbf{b}, \hat{w}) = \int d^N x H(\mathbf{x}, \mathbf{b}, \hat{w}) p(\mathbf{x}) = "
        r"-\frac{\partial}{\partial \beta} \log(\mathcal{Z}(\beta, \mathbf{b}, \hat{w})),",
        line(
            "the mean loss of the Gaussian ensemble",
            Identity(
                model.average_loss,
                -sp.Derivative(model.log_partition, beta),
                among(ENSEMBLE, model.average_loss, model.log_partition),
            ),
            model.average_loss,
            model.log_partition,
            fragment=r"-\frac{\partial}{\partial \beta} \log(\mathcal{Z}(\beta, \mathbf{b}, \hat{w}))",
        ),
    ),
    PAPER.equation(
        "6.2",
        "6",
        r"\frac{\partial U(\beta, \mathbf{b}, \hat{w})}{\partial w_{ij}} = \frac{\partial^2}{\partial w_{ij} \partial "
        r"\beta} \log(\mathcal{Z}(\beta, \mathbf{b}, \hat{w})) = 0 \qquad \frac{\partial U(\beta, \mathbf{b}, "
        r"\hat{w})}{\partial b_i} = \frac{\partial^2}{\partial b_i \partial \beta} \log(\mathcal{Z}(\beta, "
        r"\mathbf{b}, \hat{w})) = 0.",
        line(
            "the slope of the mean loss, by the partition function",
            Identity(
                sp.Derivative(model.any_loss, model.weight),
                sp.Derivative(model.any_log_partition, model.weight, beta),
                among(SEPARATION, model.any_loss, model.any_log_partition),
            ),
            model.any_loss,
            model.any_log_partition,
            fragment=r"\frac{\partial^2}{\partial w_{ij} \partial \beta} \log(\mathcal{Z}(\beta, \mathbf{b}, \hat{w}))",
            readings=(
                Reading(
                    kind="correction",
                    text="the sign of (6.1); where both sides vanish, as in equilibrium, it does not matter",
                    statement=Identity(
                        sp.Derivative(model.any_loss, model.weight),
                        -sp.Derivative(model.any_log_partition, model.weight, beta),
                        among(SEPARATION, model.any_loss, model.any_log_partition),
                    ),
                ),
            ),
        ),
        conventions=("That both vanish is what the paper calls an equilibrium; (6.1) gives the mean loss.",),
    ),
    PAPER.equation(
        "6.3",
        "6",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}) = \exp(-\beta A(\beta)) \times \exp(C(\mathbf{b}, \hat{w}))",
        line(
            "two neurons with one connection, in which (6.2) holds at one temperature and every weight",
            Identity(model.pair_log_partition, model.pair_thermal_part + model.pair_configuration_part, IN_A_PAIR),
            model.pair_log_partition,
            model.pair_thermal_part,
            model.pair_configuration_part,
            model.any_log_partition,
            model.any_thermal_part,
            model.any_configuration_part,
            model.coupling_part,
            readings=(
                Reading(
                    kind="condition",
                    text="if (6.2) holds at all temperatures and weights between those compared: the integral of its "
                    "left side over both is all that parts log Z from a sum of two parts",
                    statement=Identity(
                        model.any_log_partition,
                        model.any_thermal_part + model.any_configuration_part + model.coupling_part,
                        among(
                            SEPARATION,
                            model.any_log_partition,
                            model.any_thermal_part,
                            model.any_configuration_part,
                            model.coupling_part,
                        ),
                    ),
                ),
            ),
        ),
        conventions=(UP_TO_A_NUMBER,),
    ),
    PAPER.equation(
        "6.4",
        "6",
        r"F(\beta, \mathbf{b}, \hat{w}) \equiv -\frac{1}{\beta} \log \mathcal{Z}(\beta, \mathbf{b}, \hat{w}) = "
        r"A(\beta) - \frac{1}{\beta} C(\mathbf{b}, \hat{w}).",
        line(
            "the free energy of a product",
            Identity(model.equilibrium_free_energy, A - C / beta, among(EQUILIBRIUM, model.equilibrium_free_energy)),
            model.equilibrium_free_energy,
            fragment=r"A(\beta) - \frac{1}{\beta} C(\mathbf{b}, \hat{w})",
        ),
    ),
    PAPER.equation(
        "6.5",
        "6",
        r"F(\beta, \mathbf{b}, \hat{w}) = \frac{1}{2\beta} \sum_{i} \log(1 + \beta\lambda_i) - \frac{N}{2\beta} "
        r"\log(2\pi)",
        line(
            "the free energy of all eigenvalues",
            Identity(
                model.free_energy,
                over_neurons(sp.log(1 + beta * lam[i])) / (2 * beta) - N / (2 * beta) * sp.log(2 * sp.pi),
                among(WITHOUT_OBJECTIVE, model.free_energy),
            ),
            model.free_energy,
            fragment=r"\frac{1}{2\beta} \sum_{i} \log(1 + \beta\lambda_i) - \frac{N}{2\beta} \log(2\pi)",
        ),
        conventions=("The parameter m of the local objectives is set to zero.",),
    ),
    PAPER.equation(
        "6.6",
        "6",
        r"F(\beta, \mathbf{b}, \hat{w}) \approx \frac{1}{2\beta} \sum_{\lambda_i \gg \beta^{-1}} \log(\lambda_i) + "
        r"\frac{N_{>}}{2\beta} \log(\beta) - \frac{N}{2\beta} \log(2\pi)",
        line(
            "the free energy of large eigenvalues",
            Identity(
                model.large_free_energy,
                SUM_OF_LARGE / (2 * beta) + N_large / (2 * beta) * sp.log(beta) - N / (2 * beta) * sp.log(2 * sp.pi),
                among(EQUILIBRIUM, model.large_free_energy),
            ),
            model.large_free_energy,
            relation="approximate",
        ),
        conventions=(LARGE_ALONE,),
    ),
    PAPER.equation(
        "6.7",
        "6",
        r"C(\mathbf{b}, \hat{w}) \approx -\frac{1}{2} \sum_{\lambda_i \gg \beta^{-1}} \log(\lambda_i) + \frac{N}{2} "
        r"\log(2\pi)",
        line(
            "the complexity",
            Identity(
                model.large_complexity,
                -SUM_OF_LARGE / 2 + N / 2 * sp.log(2 * sp.pi),
                among(EQUILIBRIUM, model.large_complexity),
            ),
            model.large_complexity,
            relation="approximate",
        ),
        conventions=(LARGE_ALONE, UP_TO_A_NUMBER),
    ),
    PAPER.equation(
        "6.8",
        "6",
        r"A(\beta) \approx \frac{N_{>}}{2\beta} \log(\beta).",
        line(
            "the thermodynamic free energy",
            Identity(
                model.large_thermal_free_energy,
                N_large / (2 * beta) * sp.log(beta),
                among(EQUILIBRIUM, model.large_thermal_free_energy),
            ),
            model.large_thermal_free_energy,
            relation="approximate",
        ),
        conventions=(LARGE_ALONE, UP_TO_A_NUMBER),
    ),
)
