"""Claims of sections 7 and 9 on the weights and the spectrum of feedforward networks."""

from __future__ import annotations

import sympy as sp

from theory.models import feedforward as layers
from theory.models import learning as model
from theory.papers.vanchurin2020towards.letters import PAPER, among
from theory.papers.vanchurin2020towards.septuple import HIGH, LAYERS, vanishes
from theory.papers.writing import line
from theory.records import PrintedLine
from theory.statements import Identity
from theory.sums import Sigma

i, j, k, N, L, z = layers.i, layers.j, layers.k, layers.n_neurons, layers.n_layers, layers.spectral_parameter
ONE, weight, response = layers.delta(i, j), layers.feedforward_weight(i, j), layers.response(i, j)
a, lam, n_large = layers.label, layers.eigenvalues, layers.n_large
LARGE = Sigma(sp.log(lam[a]), (a, 1, n_large))
SMALL = Sigma(sp.log(lam[a]), (a, n_large + 1, N))
SHALLOW = model.shallow_domain()
SQUARE = Sigma(layers.any_response(i, k) * layers.any_response(k, j), (k, 1, N))
POWERS = layers.power_entry(layers.layered_response, layers.power)
ODD = Sigma(POWERS**2, (layers.power, 2, L - 1), *layers.PAIRS)


def polynomial(label: str, entry: sp.Expr, root: int) -> PrintedLine:
    """A line that says that every eigenvalue is ``root``."""
    left = layers.determinant(z * ONE - entry)
    return line(label, Identity(left, (z - root) ** N, LAYERS.restricted(left)))


SPECTRAL_CLAIMS = (
    PAPER.claim(
        "7a",
        r"In a feedforward neural network the weight matrix, $\hat{w}$, is nilpotent (2.1) and, therefore, the "
        r"eigenvalues of the operator $\hat{w}$ are all zeros.",
        polynomial("the characteristic polynomial", weight, 0),
    ),
    PAPER.claim(
        "7b",
        r"This also implies that the eigenvalues of operator $\hat{I} - \hat{f}'\hat{w}$ are all ones, but that does "
        r"not tell us much about the eigenvalues of $\hat{G}$.",
        polynomial("the characteristic polynomial", ONE - response, 1),
    ),
    PAPER.claim(
        "7c",
        r"the largest eigenvalues $\sum_{\lambda_i \gg \beta^{-1}} \log(\lambda_i)$ of the operator $\hat{G}$ must "
        r"increase and at the same time, according to (7.8), the smallest eigenvalues $\sum_{\lambda_i \lesssim "
        r"\beta^{-1}} \log(\lambda_i)$ must decrease.",
        line(
            "the two sums are opposite",
            Identity(LARGE, -SMALL, layers.spectrum_domain(sp.S.One).extended({n_large: sp.Range(1, N + 1)})),
        ),
    ),
)

DEPTH_CLAIMS = (
    PAPER.claim(
        "9a",
        r"In a feedforward neural network the weight matrix is nilpotent (2.1) as well as a product of the weight "
        r"matrix, $\hat{w}$ and a diagonal matrix of first derivatives, $\hat{f}'$",
        vanishes("in layers, with any slopes", layers.power_entry(layers.response, HIGH)),
        conventions=("By the layers: what is merely nilpotent need not stay so with other factors in its rows.",),
    ),
    PAPER.claim(
        "9b",
        r"$Tr\left[\left(\log \hat{G}\right)^{2}\right] = Tr\left[F_{2}(\hat{w}^{T}\hat{f}'\hat{f}'\hat{w})\hat{w}^{T}"
        r"\hat{f}'F_{1}(\hat{f}'\hat{w}\hat{w}^{T}\hat{f}')\,\hat{f}'\hat{w} + F_{1}(\hat{f}'\hat{w}\hat{w}^{T}"
        r"\hat{f}')\,\hat{f}'\hat{w}F_{2}(\hat{w}^{T}\hat{f}'\hat{f}'\hat{w})\hat{w}^{T}\hat{f}'\right]$",
        line(
            "of one singular value, by the entry between inputs and outputs that F_1 and F_2 stand for",
            Identity(
                model.second_trace,
                2 * model.log_between**2,
                among(SHALLOW, model.second_trace, model.log_between),
            ),
            model.second_trace,
            model.log_between,
        ),
    ),
    PAPER.claim(
        "9c",
        r"As we shall see in the next section, even with a single hidden layer (i.e. $L=3$) the second powers of "
        r"operators $\hat{f}'\hat{w}$ and $\hat{w}^T\hat{f}'$ are very small and the skewness is still very small "
        r"$\mu_3\approx 0$.",
        line(
            "the skewness is minus three times the squares of the second power, to the fourth order in the weights",
            Identity(
                layers.leading_skewness,
                -3 * Sigma(SQUARE**2, *layers.PAIRS),
                among(LAYERS, layers.leading_skewness),
            ),
            layers.leading_skewness,
            relation="approximate",
        ),
    ),
    PAPER.claim(
        "9d",
        "However, as we keep adding more hidden layers the skewness of distribution grows larger, the eigenvalues "
        "become less constrained and the efficiency of learning is greatly improved.",
        line(
            "what odd moments there are: the sum of sinh(log lambda), by the powers from the second to that of L - 1",
            Identity(layers.odd_sum, -ODD / 2, among(layers.staircase(), layers.odd_sum)),
            layers.odd_sum,
        ),
        line(
            "whether it grows with the number of layers",
            None,
            note="It depends on the weights: where those of further layers are small, it grows very little.",
        ),
    ),
)
