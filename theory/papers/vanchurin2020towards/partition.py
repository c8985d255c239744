"""Section 5, equations (5.1) to (5.14): the partition function."""

from __future__ import annotations

import sympy as sp

from theory.models import activation_window as window
from theory.models import entropy_principle as principle
from theory.models import learning as model
from theory.models import network_loss as network
from theory.papers.vanchurin2020towards.letters import (
    ENSEMBLE,
    PAPER,
    N,
    a,
    among,
    beta,
    i,
    lam,
    m,
    over_neurons,
)
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Expansion, Identity, Inequality, LimitStatement
from theory.sums import Sigma
from theory.symbols import family

w, slope, mu, states = network.weights, network.slopes, network.mean_state, family("x", real=True)
j, k, epsilon, s = network.j, network.k, network.scale, window.stiffness
GIVEN = network.over_neurons(w[i, j] * mu[j], j) + network.biases[i]
"""What a neuron is given at the mean state."""
NEAR_MEAN, SPECTRUM, SOFT = network.loss_domain(), network.spectrum_domain(), window.component_domain()
AT_MEAN = NEAR_MEAN.restricted(GIVEN, epsilon, network.directions)
ALONG = network.over_neurons(network.reflected(k, i) * mu[k], k)
"""The component of the mean state along the reflected axis i."""
G_FORM = network.form(network.entry_of_g(network.slope_at))
stiff = 1 - beta * m + beta * lam[i]
LOGARITHMS = -over_neurons(sp.log(stiff)) / 2
SHIFTS = -over_neurons((1 - beta * m) * beta * lam[i] * a[i] ** 2 / stiff) / 2
WINDOW = N / 2 * sp.log(2 * sp.pi)
GAUSSIAN = (
    "The window is as good as (5.8) and the quadratic loss as (5.5) says; the last form is then exact where all "
    "1 - beta m + beta lambda_i are positive. The mean of this ensemble is not a_i but beta lambda_i a_i / "
    "(1 - beta m + beta lambda_i)."
)
AVERAGED = "The components of the mean state are small and their term is dropped."

PARTITION = (
    PAPER.equation(
        "5.1",
        "5",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}, ...) = \int d^N x \ e^{-\beta H(\mathbf{x}, \mathbf{b}, \hat{w})}",
        line(
            "exp(1 + nu) where the density is normalized",
            Identity(
                principle.partition_function,
                principle.over_states(sp.exp(-principle.loss_multiplier * principle.loss)),
                among(principle.states_domain(), principle.partition_function),
            ),
            principle.partition_function,
        ),
        conventions=("The partition function is defined as exp(1 + nu).",),
    ),
    PAPER.equation(
        "5.2",
        "5",
        r"\mathbf{f}(\hat{w}\mathbf{x} + \mathbf{b}) = \mathbf{f}(\hat{w}\langle\mathbf{x}\rangle + \mathbf{b}) + "
        r"\hat{f}'\hat{w}(\mathbf{x} - \langle\mathbf{x}\rangle) + \mathcal{O}((\mathbf{x} - "
        r"\langle\mathbf{x}\rangle)^2)",
        line(
            "one neuron of any activation, at the mean state and epsilon times a direction beside it",
            Expansion(
                network.activation(i, GIVEN + epsilon * network.deviation_of_field(i)),
                network.activation(i, GIVEN) + epsilon * network.slope_at(i, GIVEN) * network.deviation_of_field(i),
                AT_MEAN,
                variable=epsilon,
                order=2,
            ),
        ),
    ),
    PAPER.equation(
        "5.3",
        "5",
        r"\langle \mathbf{x} \rangle \equiv \int d^N x \, \mathbf{x} \, p(\mathbf{x})",
        line(
            "one component, in cells of the states",
            Definition(mu[i], principle.over_cells(states[principle.k, i] * principle.cell_densities[principle.k])),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "5.4",
        "5",
        r"f'_{ii} \equiv \left(\frac{df(y_i)}{dy_i}\right)_{y_i = \sum_j w_{ij} \langle x_j \rangle + b_i}.",
        line(
            "the slope of any activation",
            Definition(network.slopes[i], network.slope_at(i, GIVEN)),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "5.5",
        "5",
        r"H(\mathbf{x}, \mathbf{b}, \hat{w}) \approx \frac{1}{2} (\mathbf{x} - \langle \mathbf{x} \rangle)^T "
        r"\hat{G}(\mathbf{x} - \langle \mathbf{x} \rangle) - \frac{m}{2} \mathbf{x}^T \mathbf{x}",
        line(
            "to third order in the distance from the mean state",
            Expansion(
                network.loss,
                epsilon**2 * G_FORM / 2 + network.objective(mu[i]),
                among(NEAR_MEAN, network.loss),
                variable=epsilon,
                order=3,
            ),
            network.loss,
            network.fixed_point_loss,
            relation="approximate",
            readings=(
                Reading(
                    kind="condition",
                    text="The mean state is a fixed point of the network: x = f(w x + b), as in (2.9). Otherwise the "
                    "errors there leave a constant and a linear term, and the remainder is of second order.",
                    statement=Expansion(
                        network.fixed_point_loss,
                        epsilon**2 * G_FORM / 2 + network.objective(network.activation(i, network.fields[i])),
                        among(NEAR_MEAN, network.fixed_point_loss),
                        variable=epsilon,
                        order=3,
                    ),
                ),
            ),
        ),
        conventions=("To the first order in perturbation theory.",),
    ),
    PAPER.equation(
        "5.6",
        "5",
        r"\hat{G} \equiv \left(\hat{I} - \hat{f}'\hat{w}\right)^T \left(\hat{I} - \hat{f}'\hat{w}\right).",
        line(
            "an entry of G",
            Definition(
                network.quadratic_form[j, k],
                Sigma(
                    (sp.KroneckerDelta(i, j) - slope[i] * w[i, j]) * (sp.KroneckerDelta(i, k) - slope[i] * w[i, k]),
                    (i, 1, N),
                ),
            ),
            relation="definition",
            domain=network.loss_domain().extended({j: sp.Range(1, N + 1), k: sp.Range(1, N + 1)}),
        ),
    ),
    PAPER.equation(
        "5.7",
        "5",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}) = \int_{\mathbf{x} \in (-1,1)^N} d^N x \, e^{-\beta H(\mathbf{x}, "
        r"\mathbf{b}, \hat{w})}.",
        line(
            "in the range of one neuron",
            Definition(
                sp.Symbol("Z", positive=True),
                sp.Integral(sp.exp(-principle.loss_multiplier * principle.loss), (principle.state, -1, 1)),
            ),
            relation="definition",
        ),
        conventions=("For the activation function tanh.",),
    ),
    PAPER.equation(
        "5.8",
        "5",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}) \approx \int_{\mathbf{x} \in (-\infty, \infty)^N} d^N x \, e^{-\beta "
        r"H(\mathbf{x}, \mathbf{b}, \hat{w})} e^{-\frac{1}{2}\mathbf{x}^T \mathbf{x}}.",
        line(
            "one component about zero whose stiffness s = beta (lambda - m) is large: what the window adds to log Z",
            Expansion(
                window.centered_error,
                -1 / (2 * s),
                among(SOFT, window.centered_error),
                variable=s,
                order=2,
                about=sp.oo,
            ),
            window.centered_error,
            relation="approximate",
            note="For components that do not couple, or without a loss. The window adds between -0.07 and 0.23 to log "
            "Z for each neuron about zero, and 0.226 N at beta = 0; a mean a of a stiff one adds -a^2/2 at any beta.",
        ),
        line(
            "without a loss: N times the logarithm of half the root of 2 pi",
            LimitStatement(
                N * window.window_error,
                N * sp.log(sp.sqrt(2 * sp.pi) / 2),
                among(SOFT, window.window_error),
                variable=s,
                point=0,
            ),
            window.window_error,
            relation="approximate",
        ),
        line(
            "a stiff component about the mean a",
            LimitStatement(
                window.window_error, -(window.shift**2) / 2, among(SOFT, window.window_error), variable=s, point=sp.oo
            ),
            window.window_error,
            relation="approximate",
        ),
        line(
            "at most, for stiffnesses from 1/100 to 100",
            Inequality(
                window.centered_error,
                sp.Rational(23, 100),
                among(window.enclosed_domain(), window.centered_error),
            ),
            window.centered_error,
            relation="approximate",
        ),
        line(
            "at least, for stiffnesses from 1/100 to 100",
            Inequality(
                window.centered_error,
                -sp.Rational(7, 100),
                among(window.enclosed_domain(), window.centered_error),
                relation=">=",
            ),
            window.centered_error,
            relation="approximate",
        ),
        conventions=("The sharp boundaries are approximated with a smooth Gaussian window function.",),
    ),
    PAPER.equation(
        "5.9",
        "5",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}) \approx \int d^N x \, e^{-\beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - "
        r"\frac{1}{2}\mathbf{x}^T \mathbf{x}} \approx \int d^N x \, e^{-\frac{\beta}{2}(\mathbf{x} - \langle "
        r"\mathbf{x} \rangle)^T \hat{G}(\mathbf{x} - \langle \mathbf{x} \rangle) - \frac{1 - \beta m}{2} \mathbf{x}^T "
        r"\mathbf{x}} \approx (2\pi)^{N/2} \det \left( \hat{I}(1 - \beta m) + \beta \hat{G} \right)^{-1/2} \exp "
        r"\left( -\frac{1}{2} \langle \mathbf{x} \rangle^T \left( \frac{(1 - \beta m)\beta \hat{G}}{\hat{I}(1 - \beta "
        r"m) + \beta \hat{G}} \right) \langle \mathbf{x} \rangle \right).",
        line(
            "the logarithm of the last form, in the eigenvectors of G",
            Identity(
                model.full_log_partition,
                WINDOW + LOGARITHMS + SHIFTS,
                among(ENSEMBLE, model.full_log_partition),
            ),
            model.full_log_partition,
            relation="approximate",
            note=GAUSSIAN,
        ),
    ),
    PAPER.equation(
        "5.10",
        "5",
        r"\hat{G}\mathbf{v}_i = \hat{G}\lambda_i",
        line(
            "component j of G times eigenvector i, against an entry of the matrix on the right",
            Identity(
                network.image[j, i], network.quadratic_form[j, i] * lam[i], among(SPECTRUM, network.image[j, i].base)
            ),
            network.image[j, i],
            readings=(
                Reading(
                    kind="correction",
                    text="the eigenvector in place of G on the right, where a matrix stands for a vector",
                    statement=Identity(
                        network.image[j, i],
                        network.eigenvectors[j, i] * lam[i],
                        among(SPECTRUM, network.image[j, i].base),
                    ),
                ),
            ),
        ),
        conventions=("The lambda_i are the real eigenvalues and the v_i the respective eigenvectors.",),
    ),
    PAPER.equation(
        "5.11",
        "5",
        r"\log \mathcal{Z}(\beta, \mathbf{b}, \hat{w}) \approx -\frac{1}{2} \sum_{i} \log \left(1 - \beta m + \beta "
        r"\lambda_{i}\right) - \frac{1}{2} \sum_{i} \frac{(1 - \beta m)\beta \lambda_{i} a_{i}^{2}}{1 - \beta m + "
        r"\beta \lambda_{i}} + \frac{N}{2} \log(2\pi)",
        line(
            "log Z with the mean state",
            Identity(
                model.full_log_partition,
                LOGARITHMS + SHIFTS + WINDOW,
                among(ENSEMBLE, model.full_log_partition),
            ),
            model.full_log_partition,
            relation="approximate",
            note=GAUSSIAN,
            fragment=r"-\frac{1}{2} \sum_{i} \log \left(1 - \beta m + \beta "
            r"\lambda_{i}\right) - \frac{1}{2} \sum_{i} \frac{(1 - \beta m)\beta \lambda_{i} a_{i}^{2}}{1 - \beta m + "
            r"\beta \lambda_{i}} + \frac{N}{2} \log(2\pi)",
        ),
    ),
    PAPER.equation(
        "5.12",
        "5",
        r"\langle \mathbf{x} \rangle = a_i \mathbf{v}_i.",
        line(
            "a component of the mean state, in eigenvectors that a reflection makes of the neurons",
            Identity(
                mu[j],
                network.over_neurons(ALONG * network.reflected(j, i), i),
                network.reflection_domain(),
            ),
            note="The a_i are the scalar products with the eigenvectors; for any orthonormal ones see the derivation.",
        ),
        conventions=("Summed over the index.",),
    ),
    PAPER.equation(
        "5.13",
        "5",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}) \approx (2\pi)^{N/2} \det \left( \hat{I}(1 - \beta m) + \beta "
        r"\hat{G} \right)^{-1/2}",
        line(
            "its logarithm, in the eigenvalues of G",
            Identity(model.log_partition, WINDOW + LOGARITHMS, among(ENSEMBLE, model.log_partition)),
            model.log_partition,
            relation="approximate",
        ),
        conventions=(AVERAGED,),
    ),
    PAPER.equation(
        "5.14",
        "5",
        r"\log \mathcal{Z}(\beta, \mathbf{b}, \hat{w}) \approx -\frac{1}{2} \log \det \left( \hat{I}(1 - \beta m) + "
        r"\beta \hat{G} \right) + \frac{N}{2} \log(2\pi) \approx -\frac{1}{2} Tr \log \left( \hat{I}(1 - \beta m) + "
        r"\beta \hat{G} \right) + \frac{N}{2} \log(2\pi) \approx -\frac{1}{2} \sum_{i} \log \left( 1 - \beta m + "
        r"\beta \lambda_{i} \right) + \frac{N}{2} \log(2\pi).",
        line(
            "the logarithm of the determinant, a product over the eigenvalues, is the trace of the logarithm",
            Identity(-sp.log(sp.Product(stiff, (i, 1, N))) / 2, LOGARITHMS, ENSEMBLE),
        ),
        line(
            "the sum over the eigenvalues of G",
            Identity(model.log_partition, LOGARITHMS + WINDOW, among(ENSEMBLE, model.log_partition)),
            model.log_partition,
            relation="approximate",
            fragment=r"-\frac{1}{2} \sum_{i} \log \left( 1 - \beta m + \beta \lambda_{i} \right) + \frac{N}{2} "
            r"\log(2\pi)",
        ),
        conventions=(AVERAGED,),
    ),
)
