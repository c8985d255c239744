"""Sections 3.1 and 3.2, equations (28) to (31): activations, and the Hamiltonian during training."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.papers.barney2024neural.letters import i, j
from theory.papers.barney2024neural.printed import equation, line
from theory.statements import Definition
from theory.sums import Sigma
from theory.symbols import family

x = sp.Symbol("x", real=True)
n_all = sp.Symbol("N", integer=True, positive=True)
bond, spins = family("J(t)", real=True), family("sigma", real=True)

# Names that are defined here and nowhere before.
forward, back, standard = (sp.Function(name) for name in ("phi_forward", "phi_back", "phi"))
hamiltonian_in_time = sp.Symbol("H(sigma, t)", real=True)


def cases(*pairs: tuple[Any, Any]) -> Any:
    """A function by cases, exactly the printed ones."""
    return sp.Piecewise(*pairs)


STEP = cases((-1, x < 0), (1, x > 0))
HARD_TANH = cases((-1, x < -1), (x, sp.And(x > -1, x < 1)), (1, x > 1))
RECTIFIER = cases((0, x <= 0), (x, x > 0))

TRAINING = (
    equation(
        28,
        "3.1",
        r"\phi_{\text{forward}}(x) = \text{step}(x) = \begin{cases} -1, & x < 0 \\ 1, & x > 0 \end{cases}",
        line("the forward activation", Definition(forward(x), STEP), relation="definition"),
        transcription="doubtful",
        damage="No value is given at x = 0; whether a sign lost its equality in the conversion cannot be told.",
    ),
    equation(
        29,
        "3.1",
        r"\phi_{\text{back}}(x) = \text{htanh}(x) = "
        r"\begin{cases} -1, & x < -1 \\ x, & -1 < x < 1 \\ 1, & x > 1 \end{cases}",
        line("the activation of the backward pass", Definition(back(x), HARD_TANH), relation="definition"),
        transcription="doubtful",
        damage="No value is given at x = -1 and x = 1; whether signs lost their equality cannot be told.",
    ),
    equation(
        30,
        "3.1",
        r"\phi(x) = \text{ReLU}(x) = \begin{cases} 0, & x \le 0 \\ x, & x > 0 \end{cases}",
        line("the activation of the standard network", Definition(standard(x), RECTIFIER), relation="definition"),
    ),
    equation(
        31,
        "3.2",
        r"H(\sigma, t) = -\frac{1}{2} \sum_{i,j=1}^{N} J_{ij}(t) \sigma_i \sigma_j",
        line(
            "the Hamiltonian at a time of training",
            Definition(hamiltonian_in_time, -Sigma(bond[i, j] * spins[i] * spins[j], (i, 1, n_all), (j, 1, n_all)) / 2),
            relation="definition",
        ),
        conventions=("J(t) is the bond matrix (4) of the weights at time t.",),
    ),
)
