"""The Gibbs free energy of a few Ising spins at fixed magnetizations, from all configurations.

Exactly, as a power series in the inverse temperature: along the curve of fixed magnetizations m the fields obey
C(beta) d' = -cov(s, W), where W is the sum of couplings times spins, and the derivative of the logarithm of the
partition function at fixed m is the mean of W. As a number at finite temperature, by Newton's method.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import mpmath

Couplings = dict[tuple[int, int], Fraction]
"""Coupling of each pair of spins, counted from zero; the energy is minus coupling times both spins."""
Series = list[Fraction]


def plefka_series(couplings: Couplings, magnetizations: Sequence[Fraction], order: int) -> Series:
    """Coefficients of beta^1 to beta^order of minus beta times the Gibbs free energy, entropy and fields left out."""
    n = len(magnetizations)
    states = list(product((1, -1), repeat=n))
    bonds = [sum((c * s[a] * s[b] for (a, b), c in couplings.items()), Fraction(0)) for s in states]
    weights: list[Series] = [
        [prod(((1 + m * x) / 2 for m, x in zip(magnetizations, s, strict=True)), start=Fraction(1))] for s in states
    ]
    result: Series = []
    slopes: list[Series] = [[] for _ in range(n)]
    for degree in range(order):
        means = [_moment(weights, bonds, degree)]
        result.append(means[0] / (degree + 1))
        _extend_slopes(slopes, states, weights, bonds, magnetizations, degree)
        _extend_weights(weights, states, bonds, slopes, result, magnetizations, degree)
    return result


def _moment(weights: list[Series], values: Sequence[Fraction], degree: int) -> Fraction:
    return sum((w[degree] * v for w, v in zip(weights, values, strict=True)), Fraction(0))


def _extend_slopes(
    slopes: list[Series],
    states: Sequence[Sequence[int]],
    weights: list[Series],
    bonds: Sequence[Fraction],
    m: Sequence[Fraction],
    degree: int,
) -> None:
    """The coefficient of one degree of the derivatives of the fields: C_0 x = what all other terms leave."""
    n = len(m)
    rest = []
    for i in range(n):
        total = _moment(weights, [w * (s[i] - m[i]) for w, s in zip(bonds, states, strict=True)], degree)
        for j in range(n):
            both = [(s[i] - m[i]) * (s[j] - m[j]) for s in states]
            total += sum((_moment(weights, both, degree - d) * slopes[j][d] for d in range(degree)), Fraction(0))
        rest.append(-total)
    for i in range(n):
        slopes[i].append(rest[i] / (1 - m[i] ** 2))


def _extend_weights(
    weights: list[Series],
    states: Sequence[Sequence[int]],
    bonds: Sequence[Fraction],
    slopes: list[Series],
    integrated: Series,
    m: Sequence[Fraction],
    degree: int,
) -> None:
    """w' = w (W - <W> + sum of d'_i (s_i - m_i)), so that the weights stay normalized."""
    for state, weight, bond in zip(states, weights, bonds, strict=True):
        total = bond * weight[degree]
        for d in range(degree + 1):
            lift = sum((x[d] * (s - y) for x, s, y in zip(slopes, state, m, strict=True)), Fraction(0))
            total += weight[degree - d] * (lift - integrated[d] * (d + 1))
        weight.append(total / (degree + 1))


def gibbs_free_energy(
    couplings: Couplings, magnetizations: Sequence[Fraction], inverse_temperature: Fraction, digits: int = 50
) -> Any:
    """beta times the Gibbs free energy without external fields: the maximum of sum f_i m_i - log Z(f) over fields f."""
    with mpmath.workdps(digits + 10):
        m = [_number(x) for x in magnetizations]
        beta = _number(inverse_temperature)
        states = list(product((1, -1), repeat=len(m)))
        bonds = [beta * sum(_number(c) * s[a] * s[b] for (a, b), c in couplings.items()) for s in states]
        fields = [mpmath.atanh(x) for x in m]
        for _ in range(200):
            weights = [mpmath.exp(w + mpmath.fdot(fields, s)) for w, s in zip(bonds, states, strict=True)]
            z = mpmath.fsum(weights)
            means = [mpmath.fsum(w * s[i] for w, s in zip(weights, states, strict=True)) / z for i in range(len(m))]
            off = mpmath.matrix([x - y for x, y in zip(m, means, strict=True)])
            if max(abs(x) for x in off) < mpmath.mpf(10) ** (-digits):
                return mpmath.fdot(fields, m) - mpmath.log(z)
            step = mpmath.lu_solve(_covariance(weights, states, means, z), off)
            fields = [f + x for f, x in zip(fields, step, strict=True)]
        raise ArithmeticError(f"Newton's method found no fields for the magnetizations {magnetizations}")


def _number(x: Fraction) -> Any:
    return mpmath.mpf(x.numerator) / x.denominator


def _covariance(weights: list[Any], states: Sequence[Sequence[int]], means: list[Any], z: Any) -> Any:
    n = len(means)
    matrix = mpmath.matrix(n, n)
    for i, j in product(range(n), repeat=2):
        both = mpmath.fsum(w * s[i] * s[j] for w, s in zip(weights, states, strict=True)) / z
        matrix[i, j] = both - means[i] * means[j]
    return matrix
