"""Section 3, equations (3.1) to (3.4): losses in the bulk."""

from __future__ import annotations

import sympy as sp

from theory.papers.vanchurin2020towards.letters import PAPER, i, m, over_neurons
from theory.papers.writing import line
from theory.statements import Definition
from theory.symbols import family

states = family("x", real=True)

LOSSES = (
    PAPER.equation(
        "3.1",
        "3",
        r"H(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \frac{1}{2} (\bar{\mathbf{x}} - \mathbf{f} "
        r"(\hat{w}\bar{\mathbf{x}} + \mathbf{b}))^T (\bar{\mathbf{x}} - \mathbf{f} (\hat{w}\bar{\mathbf{x}} + "
        r"\mathbf{b})),",
    ),
    PAPER.equation(
        "3.2",
        "3",
        r"H(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \min_{(\hat{P}_{in} + \hat{P}_{out})\mathbf{x} = "
        r"\mathbf{x}_{\partial}} H(\mathbf{x}, \mathbf{b}, \hat{w}).",
    ),
    PAPER.equation(
        "3.3",
        "3",
        r"V(\bar{\mathbf{x}}) = \sum_{i} V_i(\bar{x}_i) = -\sum_{i} \frac{m}{2} \bar{x}_i^2",
        line(
            "the local objective",
            Definition(sp.Symbol("V", real=True), -over_neurons(m / 2 * states[i] ** 2)),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "3.4",
        "3",
        r"H(\bar{\mathbf{x}}, \mathbf{b}, \hat{w}) = \frac{1}{2} (\bar{\mathbf{x}} - \mathbf{f} "
        r"(\hat{w}\bar{\mathbf{x}} + \mathbf{b}))^T (\bar{\mathbf{x}} - \mathbf{f} (\hat{w}\bar{\mathbf{x}} + "
        r"\mathbf{b})) + V(\bar{\mathbf{x}}) = \frac{1}{2} \sum_{i} \left[ \left( \bar{x}_i - f_i \left( \sum_{j} "
        r"w_{ij} \bar{x}_j + p_j \right) \right)^2 - m \bar{x}_i^2 \right].",
        conventions=("The same letter p_j stands for the bias in the prose before the equation.",),
    ),
)
