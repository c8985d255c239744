"""Section 7, equations (7.1) to (7.11): entropy, complexity and the laws of learning."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import feedforward as layers
from theory.models import learning as model
from theory.papers.vanchurin2020towards.equilibrium import LARGE_ALONE
from theory.papers.vanchurin2020towards.letters import (
    ENSEMBLE,
    EQUILIBRIUM,
    PAPER,
    A,
    C,
    N_large,
    among,
    beta,
)
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Expansion, Identity, Inequality
from theory.sums import Sigma
from theory.symbols import family

EQUALS = among(ENSEMBLE, model.total_entropy, model.log_partition, model.free_energy)
RATES = among(model.rates_domain(), model.entropy_rate)
PATH, q = model.path_domain(), model.path
A_PATH, C_PATH = model.moving_thermal_free_energy, model.moving_complexity
CONSTANT_TEMPERATURE = (
    "At a constant temperature T = 1 / beta, where dF = 0; q is the position on a path of equilibria, and A may change "
    "along it, as with N_>."
)
FROM_DEFINITIONS = (
    "It follows from the definitions of U and S_0 by A, and from dF = 0, which is assumed. Where A depends on the "
    "temperature alone, every term vanishes."
)
Z = sp.exp(model.log_partition)
WITHOUT_LOGARITHM = (
    r"-\beta \frac{\partial}{\partial \beta} \mathcal{Z}(\beta, \mathbf{b}, \hat{w}) + \mathcal{Z}(\beta, \mathbf{b}, "
    r"\hat{w})"
)
WRONG_SIGN = r"-\frac{\partial}{\partial \beta} \left( \beta F(\beta, \mathbf{b}, \hat{w}) \right)"
OF_LARGE = among(EQUILIBRIUM, model.large_loss, model.large_free_energy, model.large_thermal_free_energy)
ANY_FORM = layers.quadratic_form(layers.any_response)
ANY_LESS, LESS = (
    layers.delta(layers.i, layers.j) - m(layers.i, layers.j) for m in (layers.any_response, layers.response)
)


spectral_form = family("G_s", real=True)


def spectral_part(values: Any, first: Any, last: Any) -> Any:
    """An entry of the sum of lambda v v^T from one eigenvalue to another."""
    a = layers.label
    return Sigma(values[a] * layers.vectors[a, layers.i] * layers.vectors[a, layers.j], (a, first, last))


BOTH_PARTS = spectral_part(layers.eigenvalues, 1, layers.n_neurons)
LARGE_PART = spectral_part(layers.eigenvalues, 1, layers.n_large)
SMALL_PART = spectral_part(layers.eigenvalues, layers.n_large + 1, layers.n_neurons)
SCALED_PART = spectral_part(layers.scaled, layers.n_large + 1, layers.n_neurons)


def among_layers(entry: Any) -> Any:
    """The domain of the determinant of a matrix with this entry."""
    return layers.feedforward_domain().restricted(layers.determinant(entry))


THERMODYNAMICS = (
    PAPER.equation(
        "7.1",
        "7",
        r"S(\beta, \mathbf{b}, \hat{w}) = -\langle \log p \rangle = "
        + WITHOUT_LOGARITHM
        + r" = \beta^2 \frac{\partial}{\partial \beta} F(\beta, \mathbf{b}, \hat{w}).",
        line(
            "by the partition function",
            Identity(model.total_entropy, -beta * sp.Derivative(Z, beta) + Z, EQUALS),
            model.total_entropy,
            model.log_partition,
            fragment=WITHOUT_LOGARITHM,
            readings=(
                Reading(
                    kind="correction",
                    text="the logarithm of the partition function in place of the partition function",
                    statement=Identity(
                        model.total_entropy,
                        -beta * sp.Derivative(model.log_partition, beta) + model.log_partition,
                        EQUALS,
                    ),
                ),
            ),
        ),
        line(
            "by the free energy",
            Identity(model.total_entropy, beta**2 * sp.Derivative(model.free_energy, beta), EQUALS),
            model.total_entropy,
            model.free_energy,
        ),
    ),
    PAPER.equation(
        "7.2",
        "7",
        r"S(\beta, \mathbf{b}, \hat{w}) = \beta^2 \frac{\partial}{\partial \beta} \left( A(\beta) - \frac{1}{\beta} "
        r"C(\mathbf{b}, \hat{w}) \right) = \beta^2 \frac{\partial A(\beta)}{\partial \beta} + C(\mathbf{b}, \hat{w}).",
        line(
            "by the free energy of a product",
            Identity(
                model.equilibrium_entropy,
                beta**2 * sp.Derivative(A - C / beta, beta),
                among(EQUILIBRIUM, model.equilibrium_entropy),
            ),
            model.equilibrium_entropy,
        ),
        line(
            "in two terms",
            Identity(
                model.equilibrium_entropy,
                beta**2 * sp.Derivative(A, beta) + C,
                among(EQUILIBRIUM, model.equilibrium_entropy),
            ),
            model.equilibrium_entropy,
            fragment=r"\beta^2 \frac{\partial A(\beta)}{\partial \beta} + C(\mathbf{b}, \hat{w})",
        ),
    ),
    PAPER.equation(
        "7.3",
        "7",
        r"S_0(\beta) = \beta^2 \frac{\partial A(\beta)}{\partial \beta} = \beta (U(\beta) - A(\beta)).",
        line(
            "by the slope of the thermodynamic free energy",
            Identity(
                model.any_thermodynamic_entropy,
                beta**2 * sp.Derivative(A, beta),
                among(EQUILIBRIUM, model.any_thermodynamic_entropy),
            ),
            model.any_thermodynamic_entropy,
        ),
        line(
            "by the mean loss",
            Identity(
                model.any_thermodynamic_entropy,
                beta * (model.equilibrium_loss - A),
                among(EQUILIBRIUM, model.any_thermodynamic_entropy, model.equilibrium_loss),
            ),
            model.any_thermodynamic_entropy,
            model.equilibrium_loss,
            fragment=r"\beta (U(\beta) - A(\beta))",
        ),
    ),
    PAPER.equation(
        "7.4",
        "7",
        r"S_0(\beta) = -\beta A(\beta) + \beta U(\beta) \approx -\frac{N_>}{2} \log(\beta) + \frac{N_>}{2} \approx "
        r"\frac{N_>}{2} \log(U) + \frac{N_>}{2} \left(1 - \log\frac{N_>}{2}\right)",
        line(
            "by the temperature",
            Identity(
                model.large_entropy,
                -N_large / 2 * sp.log(beta) + N_large / 2,
                among(EQUILIBRIUM, model.large_entropy),
            ),
            model.large_entropy,
            relation="approximate",
        ),
        line(
            "by the mean loss",
            Identity(
                model.entropy_by_loss,
                N_large / 2 * sp.log(model.loss_value) + N_large / 2 * (1 - sp.log(N_large / 2)),
                among(EQUILIBRIUM, model.entropy_by_loss),
            ),
            model.entropy_by_loss,
            relation="approximate",
        ),
        conventions=(LARGE_ALONE,),
    ),
    PAPER.equation(
        "7.5",
        "7",
        r"U(\beta) = -\frac{\partial}{\partial \beta} \log \mathcal{Z}(\beta, \mathbf{b}, \hat{w}) = "
        + WRONG_SIGN
        + r" = \frac{\partial}{\partial \beta} \left( \beta A(\beta) \right) \approx \frac{N_{>}}{2\beta}.",
        line(
            "by the total free energy",
            Identity(model.large_loss, -sp.Derivative(beta * model.large_free_energy, beta), OF_LARGE),
            model.large_loss,
            model.large_free_energy,
            fragment=WRONG_SIGN,
        ),
        line(
            "by the thermodynamic free energy",
            Identity(model.large_loss, sp.Derivative(beta * model.large_thermal_free_energy, beta), OF_LARGE),
            model.large_loss,
            model.large_thermal_free_energy,
        ),
        line(
            "of large eigenvalues",
            Identity(model.large_loss, N_large / (2 * beta), OF_LARGE),
            model.large_loss,
            relation="approximate",
        ),
        conventions=(LARGE_ALONE,),
    ),
    PAPER.equation(
        "7.6",
        "7",
        r"\frac{d}{dt}S \le 0.",
        line(
            "any spectrum, at any temperature, along any path",
            Inequality(model.entropy_rate, 0, RATES),
            model.entropy_rate,
            readings=(
                Reading(
                    kind="condition",
                    text="if no eigenvalue of G falls relative to the temperature, that is no product beta lambda_i",
                    statement=Inequality(model.entropy_rate, 0, RATES.extended({model.rates: sp.Interval(0, sp.oo)})),
                ),
            ),
        ),
        line(
            "two neurons with one connection, whose mean loss falls by gradient descent at a fixed temperature",
            Inequality(model.pair_descent, 0, among(model.separation_domain(), model.pair_descent)),
            model.pair_descent,
            readings=(
                Reading(
                    kind="condition",
                    text="if beta is at least 1; below it learning raises the entropy",
                    statement=Inequality(
                        model.pair_descent,
                        0,
                        among(model.separation_domain(), model.pair_descent).extended({beta: sp.Interval(1, sp.oo)}),
                    ),
                ),
            ),
        ),
        conventions=(
            "The second law of learning: the paper states it and derives it from nothing.",
            "Here it is compared with the entropy (7.1) of the Gaussian ensemble, without a local objective.",
        ),
    ),
    PAPER.equation(
        "7.7",
        "7",
        r"\det \hat{G} = \det \left( \hat{I} - \hat{f}' \hat{w} \right)^2 = 1,",
        line(
            "the square, for any network",
            Identity(layers.determinant(ANY_FORM), layers.determinant(ANY_LESS) ** 2, among_layers(ANY_FORM)),
        ),
        line(
            "the square of a feedforward network",
            Identity(layers.determinant(LESS) ** 2, 1, among_layers(LESS)),
        ),
        conventions=("A feedforward network, whose weight matrix is nilpotent (2.1).",),
    ),
    PAPER.equation(
        "7.8",
        "7",
        r"\sum_{i} \log(\lambda_i) = 0.",
        line(
            "for any positive numbers whose product is det G",
            Identity(Sigma(sp.log(layers.eigenvalues[layers.i]), layers.NEURONS), 0, layers.spectrum_domain(sp.S.One)),
        ),
        conventions=("A feedforward network.",),
    ),
    PAPER.equation(
        "7.9",
        "7",
        r"\hat{G} = \sum_{i} \lambda_{i} \mathbf{v}_{i} \mathbf{v}_{i}^{T} = \sum_{\lambda_{i} \gg \beta^{-1}} "
        r"\lambda_{i} \mathbf{v}_{i} \mathbf{v}_{i}^{T} + \sum_{\lambda_{i} \lesssim \beta^{-1}} \lambda_{i} "
        r"\mathbf{v}_{i} \mathbf{v}_{i}^{T} \approx \sum_{\lambda_{i} \gg \beta^{-1}} \lambda_{i} \mathbf{v}_{i} "
        r"\mathbf{v}_{i}^{T}",
        line(
            "an entry in eigenvectors of length one that are orthogonal to one another",
            Definition(spectral_form[layers.i, layers.j], BOTH_PARTS),
            relation="definition",
        ),
        line("in two parts", Identity(BOTH_PARTS, LARGE_PART + SMALL_PART, layers.split_domain())),
        line(
            "the large part, where a small eigenvalue is T mu with T = 1 / beta",
            Expansion(
                LARGE_PART + layers.temperature * SCALED_PART,
                LARGE_PART,
                layers.split_domain(),
                variable=layers.temperature,
                order=1,
            ),
            relation="approximate",
            note="The remainder is O(T) in norm, the largest dropped eigenvalue.",
        ),
    ),
    PAPER.equation(
        "7.10",
        "7",
        r"dA - TdC = dU - TdS_0 - TdC = 0.",
        line(
            "the change of the free energy, by loss and entropy",
            Identity(
                model.free_energy_change,
                sp.Derivative(sp.Derivative(beta * A_PATH, beta), q)
                - sp.Derivative(beta**2 * sp.Derivative(A_PATH, beta), q) / beta
                - sp.Derivative(C_PATH, q) / beta,
                among(PATH, model.free_energy_change),
            ),
            model.free_energy_change,
        ),
        line(
            "where the free energy is held",
            Identity(
                sp.Derivative(A_PATH, q) - sp.Derivative(model.held_complexity, q) / beta,
                0,
                among(PATH, model.held_complexity),
            ),
            model.held_complexity,
        ),
        conventions=(CONSTANT_TEMPERATURE, FROM_DEFINITIONS),
    ),
    PAPER.equation(
        "7.11",
        "7",
        r"dU = TdS_0 + TdC.",
        line(
            "where the free energy is held",
            Identity(
                sp.Derivative(sp.Derivative(beta * A_PATH, beta), q),
                sp.Derivative(beta**2 * sp.Derivative(A_PATH, beta), q) / beta
                + sp.Derivative(model.held_complexity, q) / beta,
                among(PATH, model.held_complexity),
            ),
            model.held_complexity,
        ),
        conventions=("The first law of learning.", CONSTANT_TEMPERATURE, FROM_DEFINITIONS),
    ),
)
