"""The Hessian of the Sherrington-Kirkpatrick action in the overlaps of pairs of replicas, by brute force.

The action per spin in the overlaps y of the pairs a < b is - b^2/2 sum y^2 + log sum over s of
exp(b^2 sum y s s + b h sum s), with b the inverse temperature. It is differentiated by running the sum over all
configurations of the replicated spin at y + e (pair) + d (other pair), to first order in e and d.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

from flint import arb, arb_mat, ctx, fmpq

BITS = 220


def shifted_determinant(
    shift: Fraction, *, n_replicas: int, inverse_temperature: Fraction, overlap: Fraction, field: Fraction
) -> tuple[Fraction, Fraction]:
    """Ends of an interval around det(shift - H), with H as in ``hessian``."""
    before, ctx.prec = ctx.prec, BITS
    try:
        rows = hessian(n_replicas, inverse_temperature, overlap, field)
        count = len(rows)
        matrix = [[(_ball(shift) if i == j else arb(0)) - rows[i][j] for j in range(count)] for i in range(count)]
        return _ends(arb_mat(matrix).det())
    finally:
        ctx.prec = before


def hessian(n_replicas: int, inverse_temperature: Fraction, overlap: Fraction, field: Fraction) -> list[list[arb]]:
    """The Hessian over minus the squared inverse temperature at equal overlaps, over pairs in lexical order."""
    pairs = list(combinations(range(n_replicas), 2))
    coupling = inverse_temperature**2
    return [
        [
            _second_derivative(first, other, pairs, n_replicas, coupling, overlap, inverse_temperature * field)
            for other in pairs
        ]
        for first in pairs
    ]


def _second_derivative(
    first: tuple[int, int],
    other: tuple[int, int],
    pairs: Sequence[tuple[int, int]],
    n_replicas: int,
    coupling: Fraction,
    overlap: Fraction,
    field: Fraction,
) -> arb:
    """Of minus the action over the coupling, by two entries: coefficients of 1, e, d and e d of the sum."""
    total = [arb(0)] * 4
    for spins in product((1, -1), repeat=n_replicas):
        energy = coupling * overlap * sum(spins[a] * spins[b] for a, b in pairs) + field * sum(spins)
        weight = _ball(energy).exp()
        one, two = (_ball(coupling * spins[a] * spins[b]) for a, b in (first, other))
        total = [t + weight * f for t, f in zip(total, (arb(1), one, two, one * two), strict=True)]
    curvature = total[3] / total[0] - total[1] * total[2] / total[0] ** 2
    return arb(1 if first == other else 0) - curvature / _ball(coupling)


def _ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _ends(value: arb) -> tuple[Fraction, Fraction]:
    return _fraction(value.lower()), _fraction(value.upper())


def _fraction(value: arb) -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
