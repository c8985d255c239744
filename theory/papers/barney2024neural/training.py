"""Sections 3.1 and 3.2, equations (28) to (31): activations, and the Hamiltonian during training."""

from __future__ import annotations

from theory.papers.barney2024neural.printed import equation

TRAINING = (
    equation(
        28,
        "3.1",
        r"\phi_{\text{forward}}(x) = \text{step}(x) = \begin{cases} -1, & x < 0 \\ 1, & x > 0 \end{cases}",
        transcription="doubtful",
        damage="No value is given at x = 0; whether a sign lost its equality in the conversion cannot be told.",
    ),
    equation(
        29,
        "3.1",
        r"\phi_{\text{back}}(x) = \text{htanh}(x) = "
        r"\begin{cases} -1, & x < -1 \\ x, & -1 < x < 1 \\ 1, & x > 1 \end{cases}",
        transcription="doubtful",
        damage="No value is given at x = -1 and x = 1; whether signs lost their equality cannot be told.",
    ),
    equation(
        30,
        "3.1",
        r"\phi(x) = \text{ReLU}(x) = \begin{cases} 0, & x \le 0 \\ x, & x > 0 \end{cases}",
    ),
    equation(31, "3.2", r"H(\sigma, t) = -\frac{1}{2} \sum_{i,j=1}^{N} J_{ij}(t) \sigma_i \sigma_j"),
)
