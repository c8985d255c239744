"""The determinant of one minus the response of a feedforward network, and what it says about the eigenvalues of G."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.determinants import Determinant
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma

Entry = Callable[[Any, Any], Any]


@rule(
    "characteristic polynomial",
    "Every term of the determinant but the diagonal one runs around a cycle, which cannot climb all the way.",
)
def climbing_polynomial(
    *, entry: Entry, letters: tuple[Any, Any], size: Any, value: sp.Symbol, domain: Domain
) -> Inference:
    """det(z - M) = z^N for entries that lead to higher layers only: all eigenvalues are zero."""
    i, j = letters
    left = Determinant(value * sp.KroneckerDelta(i, j) - entry(i, j), letters, size)
    return Inference(statement=Identity(left, value**size, domain.restricted(left)))


@rule("determinant of one less", "The characteristic polynomial at 1.")
def determinant_at_one(
    polynomial: Step, *, entry: Entry, letters: tuple[Any, Any], size: Any, value: sp.Symbol, domain: Domain
) -> Inference:
    """det(1 - M)."""
    i, j = letters
    left = Determinant(sp.KroneckerDelta(i, j) - entry(i, j), letters, size)
    right = polynomial.result.subs(value, 1)
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule("shifted eigenvalues", "Every eigenvalue of 1 - M is one less an eigenvalue of M.")
def shifted_polynomial(
    polynomial: Step, *, entry: Entry, letters: tuple[Any, Any], size: Any, value: sp.Symbol, domain: Domain
) -> Inference:
    """det(z - (1 - M)) by the characteristic polynomial of M, which is even or odd."""
    i, j = letters
    one = sp.KroneckerDelta(i, j)
    left = Determinant(value * one - (one - entry(i, j)), letters, size)
    right = polynomial.result.subs(value, value - 1)
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule("determinant of a product", "The determinant of G is the square of that of one minus the response.")
def product_determinant(
    *, quadratic: Any, factor: Any, letters: tuple[Any, Any], size: Any, domain: Domain
) -> Inference:
    """det(X^T X) = (det X)^2, for any matrix."""
    left, right = Determinant(quadratic, letters, size), Determinant(factor, letters, size) ** 2
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule("unit determinant", "All eigenvalues of one minus the response are one.")
def unit_determinant(
    product: Step,
    one_less: Step,
    *,
    quadratic: Any,
    letters: tuple[Any, Any],
    size: Any,
    domain: Domain,
) -> Inference:
    """det G of a feedforward network, from det(1 - f'w)."""
    left = Determinant(quadratic, letters, size)
    right = product.result.xreplace(dict.fromkeys(product.result.atoms(Determinant), one_less.result))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


@rule("sum of logarithms", "The sum of the logarithms of the eigenvalues is the logarithm of their product.")
def sum_of_logarithms(
    determinant: Step, *, eigenvalues: Any, rows: tuple[Any, Any, Any], spectrum: Callable[[Any], Domain]
) -> Inference:
    """The trace of log G by its eigenvalues: any positive numbers whose product is the determinant."""
    i, *_ = rows
    left = Sigma(sp.log(eigenvalues[i]), rows)
    right = sp.log(determinant.result)
    return Inference(statement=Identity(left, right, spectrum(determinant.result)))
