"""Claims of sections 3.3 and 3.4 about the spectrum of the matrix M of one network."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.field_derivative import FieldDerivative
from theory.models import multilayer
from theory.papers.barney2024neural.claims_mean_field import DELTA, PAIRS
from theory.papers.barney2024neural.mean_field import F, J, M, N, among, beta, bond, i, j, magnetization, site
from theory.papers.barney2024neural.printed import claim, line
from theory.records import Reading
from theory.statements import Identity, LimitStatement
from theory.sums import Sigma

x = multilayer.fluctuation
VECTOR = {x: (-1, 1)}


def form(matrix: Any) -> Any:
    """The quadratic form of a matrix in any vector x: its largest value on unit vectors is the largest eigenvalue."""
    return Sigma(matrix[i, j] * x[i] * x[j], *PAIRS)


def reaction_form() -> Any:
    """The quadratic form of the diagonal matrix R / beta, with R as in (25), for spins with a single label."""
    return -Sigma(squared_bonds() * x[i] ** 2, (i, 1, N))


def at_small_temperatures(power: int, value: Any) -> LimitStatement:
    """The form of M over a power of the inverse temperature."""
    return LimitStatement(form(M) / beta**power, value, among(M).extended(VECTOR), variable=beta, point=sp.oo)


def squared_bonds(spin: Any = i) -> Any:
    """The sum of squared bonds of a spin."""
    return Sigma(bond[spin, site] ** 2, (site, 1, N))


def curvature_by_form() -> Identity:
    """beta times the curvature of the mean-field free energy at m = 0 in any direction, by the form of M."""
    curvature = beta * FieldDerivative(F, magnetization[i], magnetization[j])
    return Identity(
        Sigma(curvature * x[i] * x[j], *PAIRS),
        Sigma(x[i] ** 2, (i, 1, N)) - form(M),
        among(F, M).extended({**VECTOR, magnetization: sp.FiniteSet(0)}),
    )


SPECTRUM_CLAIMS = (
    claim(
        "3.3a",
        "As the transition temperature increases with training the spectrum becomes narrower due to the temperature "
        "dependence of M seen in Eq. (23).",
        line(
            "for given weights N^2 times the variance of the eigenvalues of M grows with beta in every term",
            Identity(
                N * Sigma(M[i, j] ** 2, *PAIRS) - Sigma(DELTA * M[i, j], *PAIRS) ** 2,
                beta**2 * N * Sigma(J**2, *PAIRS)
                + beta**4 * Sigma((squared_bonds(i) - squared_bonds(j)) ** 2, *PAIRS) / 2,
                among(M),
            ),
            M[i, j],
            J,
            assumes=("the bulk of the weights changes little",),
        ),
    ),
)

LIMIT_CLAIMS = (
    claim(
        "3.4a",
        "The transition temperature away from the paramagnetic state is determined by the largest eigenvalue of $M$.",
        line(
            "m = 0 is a minimum of the free energy as long as the largest value of the form of M on unit vectors, its "
            "largest eigenvalue, is below 1",
            curvature_by_form(),
            F,
            M[i, j],
            J,
        ),
    ),
    claim(
        "3.4b",
        r"for high temperatures the largest eigenvalue of $M$ behaves as $\beta \lambda_{\max}(J)$",
        line(
            "the form of M in any vector; its largest value on unit vectors is the largest eigenvalue",
            LimitStatement(form(M) / beta, form(bond), among(M).extended(VECTOR), variable=beta, point=0),
            M[i, j],
            J,
        ),
        latex=r"\beta \lambda_{\max}(J)",
    ),
    claim(
        "3.4c",
        r"while for small temperatures it behaves as $-\beta^2 \lambda_{\min}(R)$.",
        line(
            "the form of M in any vector, over beta^3, the power that -beta^2 R has: on unit vectors the largest value "
            "of the form of -R is minus the least eigenvalue of R",
            at_small_temperatures(3, -reaction_form()),
            M[i, j],
            J,
            readings=(
                Reading(
                    kind="correction",
                    text=r"$\beta$ times the largest eigenvalue of R, since R as (25) prints it is $-\beta$ times sums "
                    "of squared weights",
                    statement=at_small_temperatures(2, reaction_form()),
                ),
            ),
            note=r"It holds as printed for R without the factor $-\beta$ of (25).",
        ),
        latex=r"-\beta^2 \lambda_{\min}(R)",
    ),
)
