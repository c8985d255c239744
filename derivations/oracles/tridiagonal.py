"""Eigenvalues of small symmetric tridiagonal matrices in exact rational arithmetic, by counting sign agreements."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def eigenvalues_below(diagonal: Sequence[Fraction], beside: Sequence[Fraction], x: Fraction) -> int:
    """Number of eigenvalues below ``x``, by the signs of the pivots of the matrix minus x (Sturm).

    A pivot that vanishes is nudged, as usual, which counts an eigenvalue at ``x`` itself as not below.
    """
    tiny = Fraction(1, 10**60)
    pivot, count = diagonal[0] - x, 0
    for position in range(len(diagonal)):
        if position:
            pivot = diagonal[position] - x - beside[position - 1] ** 2 / pivot
        if pivot == 0:
            pivot = tiny
        count += pivot < 0
    return count


def eigenvalue(
    diagonal: Sequence[Fraction], beside: Sequence[Fraction], rank: int, bits: int = 80
) -> tuple[Fraction, Fraction]:
    """An interval of width at most ``2**-bits`` of the spectrum's extent around the eigenvalue of that rank.

    Rank 0 is the least. Bisection on dyadic rationals.
    """
    reach = max(abs(d) for d in diagonal) + 2 * max((abs(b) for b in beside), default=Fraction(0)) + 1
    low, high = -reach, reach
    for _ in range(bits + 1):
        middle = (low + high) / 2
        if eigenvalues_below(diagonal, beside, middle) > rank:
            high = middle
        else:
            low = middle
    return low, high


def is_positive_definite(diagonal: Sequence[Fraction], beside: Sequence[Fraction]) -> bool:
    """Whether every leading minor is positive."""
    minors = [Fraction(1), diagonal[0]]
    for position in range(1, len(diagonal)):
        minors.append(diagonal[position] * minors[-1] - beside[position - 1] ** 2 * minors[-2])
    return all(minor > 0 for minor in minors)
