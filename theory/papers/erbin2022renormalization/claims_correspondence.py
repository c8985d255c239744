"""Claims of sections 1 and 2."""

from __future__ import annotations

import sympy as sp

from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models import random_network as model
from theory.papers.erbin2022renormalization.correspondence import covariance
from theory.papers.erbin2022renormalization.letters import PAPER, among, at, sigma_b
from theory.papers.writing import line
from theory.statements import Identity, Inequality

K = sp.Symbol("K", positive=True)
ONE_OUTPUT = Domain({K: (0, 3)})
ORIGIN = model.coupling_at_origin(4)


def mean(power: int) -> GaussianMean:
    """Of a power of one Gaussian output of variance K."""
    z = sp.Symbol("z", real=True)
    return GaussianMean(z**power, z, K)


CORRESPONDENCE_CLAIMS = (
    PAPER.claim(
        "1a",
        "The main result is that varying the standard deviation of the weight distribution induces a renormalization "
        "group (RG) flow in the space of NN.",
        line(
            "as printed",
            None,
            note="It names a correspondence; what it predicts is equation (4.6), and what networks do is claim 4f.",
        ),
    ),
    PAPER.claim(
        "2a",
        "At finite $N$, the distribution is not a Gaussian process",
        line(
            "with biases in the first layer, minus the fourth cumulant at the origin over four propagators is below "
            "zero",
            Inequality(ORIGIN, 0, among(ORIGIN).extended({sigma_b: (sp.Rational(1, 10), 2)}), relation="<"),
            ORIGIN,
        ),
    ),
    PAPER.claim(
        "2b",
        "Indeed, the 2-point FEV $G^{(2)}(x, y)$ is $N$-independent and fixed by the NN",
        line("at any width, for any activation", covariance, at(model.correlation, 1, 2)),
    ),
    PAPER.claim(
        "2c",
        "$S'_0[f] \\neq S_0[f]$ is some new Gaussian action. [...] the Gaussian part must be different",
        line(
            "of one output: with the Gaussian part left as it is, an interaction u f^4 / 4! changes the covariance K; "
            "its slope at u = 0, by Gaussian means",
            Identity(-(mean(6) - mean(2) * mean(4)) / 24, -(K**3) / 2, ONE_OUTPUT),
        ),
    ),
    PAPER.claim(
        "2d",
        "the log-probability $S[f]$ can be designed with non-Gaussian contributions to reproduce the FEVs with "
        "arbitrary precision up to the numerical uncertainties in the simulations.",
        line(
            "as printed",
            None,
            note="It says that some action exists, without a bound that could be computed. The mean of f^n grows as "
            "exp(n^2 sigma_b^2 / 2), faster than for any weight exp(-S) with S an even polynomial of one output.",
        ),
    ),
)
