"""Section 5, equations (5.1) to (5.14): the partition function."""

from __future__ import annotations

import sympy as sp

from theory.models import entropy_principle as principle
from theory.models import learning as model
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
from theory.statements import Definition, Identity
from theory.sums import Sigma
from theory.symbols import family

w, slope, quadratic_form = (family(name, real=True) for name in ("w", "f'", "G"))
j, k = sp.symbols("j k", integer=True)
stiff = 1 - beta * m + beta * lam[i]
LOGARITHMS = -over_neurons(sp.log(stiff)) / 2
SHIFTS = -over_neurons((1 - beta * m) * beta * lam[i] * a[i] ** 2 / stiff) / 2
WINDOW = N / 2 * sp.log(2 * sp.pi)
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
    ),
    PAPER.equation("5.3", "5", r"\langle \mathbf{x} \rangle \equiv \int d^N x \, \mathbf{x} \, p(\mathbf{x})"),
    PAPER.equation(
        "5.4",
        "5",
        r"f'_{ii} \equiv \left(\frac{df(y_i)}{dy_i}\right)_{y_i = \sum_j w_{ij} \langle x_j \rangle + b_i}.",
    ),
    PAPER.equation(
        "5.5",
        "5",
        r"H(\mathbf{x}, \mathbf{b}, \hat{w}) \approx \frac{1}{2} (\mathbf{x} - \langle \mathbf{x} \rangle)^T "
        r"\hat{G}(\mathbf{x} - \langle \mathbf{x} \rangle) - \frac{m}{2} \mathbf{x}^T \mathbf{x}",
        conventions=("To the first order in perturbation theory.",),
    ),
    PAPER.equation(
        "5.6",
        "5",
        r"\hat{G} \equiv \left(\hat{I} - \hat{f}'\hat{w}\right)^T \left(\hat{I} - \hat{f}'\hat{w}\right).",
        line(
            "an entry of G",
            Definition(
                quadratic_form[i, j],
                Sigma(
                    (sp.KroneckerDelta(k, i) - slope[k] * w[k, i]) * (sp.KroneckerDelta(k, j) - slope[k] * w[k, j]),
                    (k, 1, N),
                ),
            ),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "5.7",
        "5",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}) = \int_{\mathbf{x} \in (-1,1)^N} d^N x \, e^{-\beta H(\mathbf{x}, "
        r"\mathbf{b}, \hat{w})}.",
        conventions=("For the activation function tanh.",),
    ),
    PAPER.equation(
        "5.8",
        "5",
        r"\mathcal{Z}(\beta, \mathbf{b}, \hat{w}) \approx \int_{\mathbf{x} \in (-\infty, \infty)^N} d^N x \, e^{-\beta "
        r"H(\mathbf{x}, \mathbf{b}, \hat{w})} e^{-\frac{1}{2}\mathbf{x}^T \mathbf{x}}.",
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
        ),
    ),
    PAPER.equation(
        "5.10",
        "5",
        r"\hat{G}\mathbf{v}_i = \hat{G}\lambda_i",
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
            fragment=r"-\frac{1}{2} \sum_{i} \log \left(1 - \beta m + \beta "
            r"\lambda_{i}\right) - \frac{1}{2} \sum_{i} \frac{(1 - \beta m)\beta \lambda_{i} a_{i}^{2}}{1 - \beta m + "
            r"\beta \lambda_{i}} + \frac{N}{2} \log(2\pi)",
        ),
    ),
    PAPER.equation(
        "5.12", "5", r"\langle \mathbf{x} \rangle = a_i \mathbf{v}_i.", conventions=("Summed over the index.",)
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
            "the sum over the eigenvalues of G, which the determinant and the trace are too",
            Identity(model.log_partition, LOGARITHMS + WINDOW, among(ENSEMBLE, model.log_partition)),
            model.log_partition,
            relation="approximate",
            fragment=r"-\frac{1}{2} \sum_{i} \log \left( 1 - \beta m + \beta \lambda_{i} \right) + \frac{N}{2} "
            r"\log(2\pi)",
        ),
        conventions=(AVERAGED,),
    ),
)
