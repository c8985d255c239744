"""Section 8, equations (8.1) to (8.12): entropy production and the Laplacian of the free energy."""

from __future__ import annotations

import sympy as sp

from theory.domain import Domain
from theory.models import entropic
from theory.models import learning as model
from theory.models.entropic import ONE, Parameters
from theory.papers.vanchurin2020towards.divergences import ANY_PARAMETER, BOUNDARY, at_one_temperature
from theory.papers.vanchurin2020towards.letters import (
    FRACTIONS,
    PAPER,
    SPLIT,
    N,
    N_small,
    among,
    beta,
    i,
    lam,
    over_neurons,
    over_small,
)
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity, LimitStatement

GROWTH = over_neurons(sp.log(1 + beta * lam[i])) / (2 * beta)
WINDOW = N / (2 * beta) * sp.log(2 * sp.pi)
OF_EIGENVALUES = "The parameters are the eigenvalues of G, and m is set to zero."
LOCALLY = "The solution of the local equation (8.6)."
alpha = model.learning_strength
sigma_0 = model.initial_density
GROWN = among(model.growth_domain(), sigma_0, model.grown_density, model.any_grown_density, model.steady_growth)
DENSITIES = among(model.growth_domain(), model.growth, model.curvature, model.steady_growth)
density, share, norm = sp.symbols("sigma p M", positive=True)

p, F, Q = ONE.distribution, ONE.free_energy, ONE.coordinates[0]
LOGARITHM = sp.log(entropic.normalization * p)
BY_SLOPES = alpha * ONE.product(F, p) * LOGARITHM
FREE_SLOPES = alpha * ONE.laplacian(F)
SETS = ONE.at_one_temperature["domain"]
CONSERVED = "if the total probability does not change; by (8.1) its rate is alpha times the mean of the Laplacian of F"
TWO_NEURONS = Parameters(2).network
knob = Parameters(2).coordinates[0]
small = sp.Symbol("u", positive=True)


def chain_rule() -> Identity:
    """The second equality of (8.2) for two neurons."""
    of_all = sp.Function("F", real=True)
    slots = sp.symbols("u_1:7", real=True)
    terms = (
        sp.Derivative(inner, knob)
        * sp.Subs(sp.Derivative(of_all(*TWO_NEURONS[:k], slots[k], *TWO_NEURONS[k + 1 :]), slots[k]), slots[k], inner)
        for k, inner in enumerate(TWO_NEURONS)
    )
    left = alpha * sp.Derivative(of_all(*TWO_NEURONS), knob)
    return Identity(left, alpha * sp.Add(*terms), Domain({alpha: (0, sp.oo), knob: sp.S.Reals}))


ARCHITECTURE = (
    PAPER.equation(
        "8.1",
        "8",
        r"\frac{\partial}{\partial \beta} p(\beta, \mathbf{Q}) = -\sum_{k} \frac{dQ_k}{d\beta} "
        r"\frac{\partial}{\partial Q_k} p(\beta, \mathbf{Q})",
        line(
            "the evolution, with the rates of (8.2)",
            Definition(entropic.density_rate, -alpha * ONE.product(F, p)),
            relation="definition",
        ),
        line(
            "it is the evolution of a distribution of probability",
            at_one_temperature(entropic.density_rate, sp.S.Zero, entropic.density_rate),
            entropic.density_rate,
            readings=(
                Reading(
                    kind="condition",
                    text="if the mean of the Laplacian of F vanishes: the total probability changes by alpha times it",
                    statement=at_one_temperature(entropic.density_rate, FREE_SLOPES * p, entropic.density_rate),
                ),
            ),
        ),
        conventions=("The ensemble is described by a probability distribution.", ANY_PARAMETER),
    ),
    PAPER.equation(
        "8.2",
        "8",
        r"\frac{dQ_k}{d\beta} = \alpha \frac{\partial F}{\partial Q_k} = \alpha \sum_i \frac{\partial b_i}{\partial "
        r"Q_k} \frac{\partial F}{\partial b_i} + \alpha \sum_{i,j} \frac{dw_{ij}}{dQ_k} \frac{\partial F}{\partial "
        r"w_{ij}}.",
        line("the direction", Definition(entropic.network_slope, alpha * sp.Derivative(F, Q)), relation="definition"),
        line("by biases and weights", chain_rule(), note="Biases and weights of two neurons, any functions of Q_k."),
    ),
    PAPER.equation(
        "8.3",
        "8",
        r"\mathcal{S}(\beta) = -\int d^K Q \ p(\beta, \mathbf{Q}) \log (Mp(\beta, \mathbf{Q}))",
        line("the density of the entropy", Definition(entropic.entropy_density, -p * LOGARITHM), relation="definition"),
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
        line(
            "second and third expression, by the slopes of the distribution",
            at_one_temperature(entropic.entropy_rate, BY_SLOPES, entropic.entropy_rate),
            entropic.entropy_rate,
            readings=(
                Reading(
                    kind="condition",
                    text=CONSERVED,
                    statement=at_one_temperature(
                        entropic.entropy_rate, BY_SLOPES - FREE_SLOPES * p, entropic.entropy_rate
                    ),
                ),
            ),
        ),
        line(
            "fourth expression from the third",
            at_one_temperature(
                entropic.normalized_entropy_rate,
                -FREE_SLOPES * p * LOGARITHM - alpha * ONE.product(F, p),
                entropic.normalized_entropy_rate,
            ),
            entropic.normalized_entropy_rate,
        ),
        line(
            "last expression from the third",
            at_one_temperature(
                entropic.normalized_entropy_rate,
                FREE_SLOPES * p * (1 - LOGARITHM),
                entropic.normalized_entropy_rate,
            ),
            entropic.normalized_entropy_rate,
        ),
        conventions=(BOUNDARY, ANY_PARAMETER),
    ),
    PAPER.equation(
        "8.5",
        "8",
        r"\frac{\partial}{\partial \beta} \mathcal{S}(\beta) = -\frac{\partial}{\partial \beta} \int d^K Q \ p "
        r"\log(Mp) \approx -\alpha \int d^K Q \ \sum_k \frac{\partial^2 F}{\partial Q_k^2} p \log(Mp).",
        line(
            "given (8.1)",
            at_one_temperature(entropic.entropy_rate, -FREE_SLOPES * p * LOGARITHM, entropic.entropy_rate),
            entropic.entropy_rate,
            note="An equality, where the paper writes an approximation: what the last line of (8.4) has beside it is "
            "what its second line lost.",
        ),
        line(
            "from the last line of (8.4)",
            LimitStatement(
                (1 - sp.log(small)) / -sp.log(small), sp.S.One, Domain({small: (0, 1)}), variable=small, point=0
            ),
            relation="approximate",
            note="u = M p.",
        ),
        conventions=("M is far below 1 / p.", BOUNDARY, ANY_PARAMETER),
    ),
    PAPER.equation(
        "8.6",
        "8",
        r"\frac{\partial}{\partial \beta} \sigma(\beta, \mathbf{Q}) = \alpha \sum_{k} \frac{\partial^{2} F}{\partial "
        r"Q_{k}^{2}} \sigma(\beta, \mathbf{Q})",
        line(
            "the rate at each place",
            Identity(
                entropic.local_entropy_rate,
                -FREE_SLOPES * p * LOGARITHM,
                SETS.extended({entropic.local_entropy_rate: sp.S.Reals, Q: sp.S.Reals}),
            ),
            entropic.local_entropy_rate,
        ),
        conventions=("sigma is the entropy density (8.7), and p evolves by (8.1).", ANY_PARAMETER),
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
            "a Laplacian that depends on the temperature in any way",
            Identity(
                model.any_grown_density,
                sigma_0 * sp.exp(beta * alpha * model.any_laplacian(beta)),
                GROWN,
            ),
            model.any_grown_density,
            model.steady_growth,
            readings=(
                Reading(
                    kind="condition",
                    text="if the Laplacian of the free energy is the same at all temperatures",
                    statement=Identity(
                        sigma_0 * sp.exp(model.steady_growth),
                        sigma_0 * sp.exp(beta * alpha * model.steady_laplacian),
                        GROWN,
                    ),
                ),
            ),
        ),
        line(
            "the Laplacian of the Gaussian ensemble",
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
            "the density",
            Identity(
                model.grown_density,
                sigma_0 * sp.exp(-alpha / 2 * over_neurons((1 + beta * lam[i]) ** -2)),
                GROWN,
            ),
            model.grown_density,
        ),
        conventions=(LOCALLY, OF_EIGENVALUES),
    ),
    PAPER.equation(
        "8.12",
        "8",
        r"\Delta F \approx -\frac{\beta}{2} \sum_{\lambda_i \ll \beta^{-1}} (1 + \beta \lambda_i)^{-2} \approx "
        r"-\frac{\beta}{2} N_{<}.",
        line(
            "by the small eigenvalues",
            Identity(
                -model.small_curvature,
                -beta / 2 * over_small((1 + beta * lam[i]) ** -2),
                among(SPLIT, model.small_curvature),
            ),
            model.small_curvature,
            relation="approximate",
        ),
        line(
            "by their number",
            Identity(-model.counted_curvature, -beta / 2 * N_small, among(SPLIT, model.counted_curvature)),
            model.counted_curvature,
            relation="approximate",
        ),
        conventions=(OF_EIGENVALUES, "All eigenvalues that are not far below 1 / beta are far above it."),
    ),
)
