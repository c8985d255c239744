"""Section 2, equations (2.1) to (2.9): networks, their correlation functions, and what the action is to reproduce."""

from __future__ import annotations

import sympy as sp

from theory.models import random_network as model
from theory.papers.erbin2022renormalization.letters import PAPER, N, among, at, d, kernel, mu, sigma_b, sigma_w
from theory.papers.writing import line
from theory.statements import Definition, Identity, LimitStatement
from theory.sums import Sigma
from theory.symbols import family

i = sp.Symbol("i", integer=True)
inputs = family("x", real=True)
first_weights, first_biases, second_weights = (family(name, real=True) for name in ("W_0", "b_0", "W_1"))
second_bias = sp.Symbol("b_1", real=True)
activation = sp.Function("g")
output = sp.Symbol("f_{theta,N}(x)", real=True)

one, other = sp.symbols("x x'", real=True)
field = sp.Function("f", real=True)
inverse_kernel, kernel_name = sp.Function("Xi", real=True), sp.Function("K", real=True)
free, full = sp.symbols("S_0 S", real=True)
new_free, interaction = sp.symbols("S_0' S_int", real=True)
free_mean, full_mean = sp.symbols("E_0[f(x_1)...f(x_n)] E[f(x_1)...f(x_n)]", real=True)
free_correlation, full_correlation, deviation = sp.symbols("G_0^(n) G^(n) DeltaG^(n)", real=True)

covariance = Identity(at(model.correlation, 1, 2), kernel(1, 2), among(model.correlation))
NEURON = Sigma(first_weights[i, mu] * inputs[mu], (mu, 1, d)) + first_biases[i]

CORRESPONDENCE = (
    PAPER.equation(
        "2.1",
        "2",
        r"f_{\theta,N}(x) = W_1 \left(g(W_0 x + b_0) \right) + b_1",
        line(
            "one output of the network",
            Definition(output, Sigma(second_weights[i] * activation(NEURON), (i, 1, N)) + second_bias),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "2.2",
        "2",
        r"W_0 \sim \mathcal{N}(0, \sigma_W^2/d_{\text{in}}), \quad W_1 \sim \mathcal{N}(0, \sigma_W^2/N), \quad "
        r"b_0, b_1 \sim \mathcal{N}(0, \sigma_b^2)",
        line("variance of W_0", Definition(sp.Symbol("Var W_0"), sigma_w**2 / d), relation="definition"),
        line("variance of W_1", Definition(sp.Symbol("Var W_1"), sigma_w**2 / N), relation="definition"),
        line("variance of the biases", Definition(sp.Symbol("Var b"), sigma_b**2), relation="definition"),
    ),
    PAPER.equation(
        "2.3",
        "2",
        r"f \sim \mathcal{N}(0, K)",
        line(
            "the covariance of any two outputs",
            covariance,
            at(model.correlation, 1, 2),
            note="For outputs at any four and six points; all moments of the activation are taken to be finite.",
        ),
        line(
            "the fourth cumulant of any four outputs vanishes with growing width",
            LimitStatement(at(model.connected, 1, 2, 3, 4), 0, among(model.connected), variable=N, point=sp.oo),
            at(model.connected, 1, 2, 3, 4),
        ),
        line(
            "and so does the sixth of any six",
            LimitStatement(at(model.connected, 1, 2, 3, 4, 5, 6), 0, among(model.connected), variable=N, point=sp.oo),
            at(model.connected, 1, 2, 3, 4, 5, 6),
        ),
        conventions=("The limit of infinite width.",),
    ),
    PAPER.equation(
        "2.4",
        "2",
        r"S_0[f] := \frac{1}{2} \int d^{d_{\text{in}}} x d^{d_{\text{in}}} x' f(x) \Xi(x, x') f(x'), \quad "
        r"\Xi := K^{-1}",
        line(
            "the Gaussian action, written for one input",
            Definition(
                free,
                sp.Integral(
                    field(one) * inverse_kernel(one, other) * field(other), (one, -sp.oo, sp.oo), (other, -sp.oo, sp.oo)
                )
                / 2,
            ),
            relation="definition",
        ),
        line(
            "the inverse of the kernel as an operator",
            Definition(sp.Symbol("Xi"), 1 / sp.Symbol("K")),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "2.5",
        "2",
        r"G_0^{(n)}(x_1, \dots, x_n) := \mathbb{E}_0[f(x_1) \cdots f(x_n)] \equiv "
        r"\int df e^{-S_0[f]} f(x_1) \cdots f(x_n)",
        line("Gaussian expectation values", Definition(free_correlation, free_mean), relation="definition"),
        conventions=("The measure is normalized: the integral of exp(-S_0) is 1.",),
    ),
    PAPER.equation(
        "2.6",
        "2",
        r"\Delta G^{(n)} := G^{(n)} - G_0^{(n)}",
        line("the deviation", Definition(deviation, full_correlation - free_correlation), relation="definition"),
    ),
    PAPER.equation(
        "2.7",
        "2",
        r"G^{(n)}(x_1, \dots, x_n) := \mathbb{E}[f(x_1) \cdots f(x_n)] \equiv \int df e^{-S[f]} f(x_1) \cdots f(x_n)",
        line(
            "full expectation values",
            Definition(full_correlation, full_mean),
            relation="definition",
            note="The second form defines S, as minus the logarithm of the weight in the space of functions.",
        ),
    ),
    PAPER.equation(
        "2.8",
        "2",
        r"S[f] = S'_0[f] + S_{\text{int}}[f]",
        line("the interactions", Definition(full, new_free + interaction), relation="definition"),
    ),
    PAPER.equation(
        "2.9",
        "2",
        r"G^{(2)}(x, y) = G_0^{(2)}(x, y) \equiv K(x, y)",
        line("at any width, for any activation", covariance, at(model.correlation, 1, 2)),
        line(
            "K is the covariance of infinitely wide networks",
            LimitStatement(
                at(model.correlation, 1, 2), kernel(1, 2), among(model.correlation), variable=N, point=sp.oo
            ),
            at(model.correlation, 1, 2),
        ),
    ),
)
