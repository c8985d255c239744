"""The logarithm of a symmetric two-by-two matrix with determinant 1, its entries and the traces of its powers."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "logarithm of a matrix",
    "A symmetric matrix $X$ with $X^2 = y^2$ has the exponential $\\cosh y + X \\sinh(y) / y$, and that of this one is "
    "the matrix.",
)
def unimodular_logarithm(*, matrix: Any, half_angle: sp.Symbol, domain: Domain) -> Inference:
    """X = log of the matrix, whose trace is twice the hyperbolic cosine of 2 ``half_angle``; the result is one entry.

    The claims are that each entry of the exponential is that of the matrix, and that X^2 = 4 ``half_angle``^2.

    Raises
    ------
    ValueError
        If the matrix is not symmetric.
    """
    if matrix.shape != (2, 2) or matrix != matrix.T:
        raise ValueError(f"expected a symmetric matrix with two rows; found {matrix}")
    angle, one = 2 * half_angle, sp.eye(2)
    logarithm = _logarithm(matrix, half_angle)
    back = sp.cosh(angle) * one + sp.sinh(angle) / angle * logarithm
    square = logarithm * logarithm
    places = ((0, 0), (0, 1), (1, 1))
    first, *others = (Identity(back[p], matrix[p], domain.restricted(back[p], matrix[p])) for p in places)
    squares = (Identity(square[p], angle**2 * one[p], domain.restricted(square[p], angle)) for p in places)
    return Inference(statement=first, result=logarithm[0, 0], obligations=(*others, *squares))


def _logarithm(matrix: Any, half_angle: sp.Symbol) -> Any:
    return sp.ImmutableMatrix(_traceless(matrix, 2 * half_angle).applyfunc(_in_half_angle))


def _traceless(matrix: Any, angle: Any) -> Any:
    return angle * (matrix - matrix.trace() / 2 * sp.eye(2)) / sp.sinh(angle)


def _in_half_angle(entry: Any) -> Any:
    """In the hyperbolic sine and cosine of the half angle, in lowest terms."""
    return sp.simplify(sp.expand_trig(entry))


@rule("entry of the logarithm", "One entry, in simple terms.")
def logarithm_entry(
    logarithm: Step,  # noqa: ARG001
    *,
    matrix: Any,
    half_angle: sp.Symbol,
    place: tuple[int, int],
    domain: Domain,
) -> Inference:
    """The entry of the logarithm at a place, from the matrix."""
    left = _traceless(matrix, 2 * half_angle)[place]
    return Inference(statement=Identity(left, _logarithm(matrix, half_angle)[place], domain.restricted(left)))


@rule("trace of a power", "The two eigenvalues are opposite.")
def trace_of_power(
    logarithm: Step,  # noqa: ARG001
    *,
    matrix: Any,
    half_angle: sp.Symbol,
    power: int,
    domain: Domain,
) -> Inference:
    """The trace of a power of the logarithm."""
    left = (_logarithm(matrix, half_angle) ** power).trace()
    value = sp.simplify(left)
    return Inference(statement=Identity(left, value, domain.restricted(left)), result=value)


@rule("traces of odd powers", "The eigenvalues of a matrix without trace whose square is a number are opposite.")
def odd_traces(
    logarithm: Step,  # noqa: ARG001
    *,
    matrix: Any,
    half_angle: sp.Symbol,
    number: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The sum of the (2 n + 1)-th powers of both eigenvalues, for any n; the result is 0."""
    found = _logarithm(matrix, half_angle)
    values = (2 * half_angle, -2 * half_angle)
    power = 2 * number + 1
    left = sp.Add(*[sp.Pow(value, power) for value in values])
    needs = tuple(Identity((found - v * sp.eye(2)).det(), 0, domain.restricted(found)) for v in values)
    return Inference(statement=Identity(left, 0, domain.restricted(left)), result=sp.S.Zero, obligations=needs)
