"""Moments of the partition function of small systems that store random patterns, by all patterns and configurations."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product


def moments_with_patterns(
    n_spins: int, n_patterns: int, power: int, inverse_temperature: Fraction, *, field: Fraction = Fraction(0)
) -> Counter[Fraction]:
    """The mean of Z^power times 2^(n_spins n_patterns), as a sum of exponentials: ``{exponent: multiplicity}``.

    The energy of a configuration is - (1/N) times the sum over pairs of sites and over patterns of the product of two
    spins and two signs, less the field times the sum of the spins. One pattern more is all ones; the others are
    averaged over, each sign being +1 and -1 with equal probability.
    """
    signs = list(product((1, -1), repeat=n_spins))
    total: Counter[Fraction] = Counter()
    for patterns in product(signs, repeat=n_patterns):
        single: Counter[Fraction] = Counter()
        for spins in signs:
            single[_exponent(spins, (signs[0], *patterns), inverse_temperature, field)] += 1
        moment: Counter[Fraction] = Counter({Fraction(0): 1})
        for _ in range(power):
            moment = _multiplied(moment, single)
        total.update(moment)
    return total


def _exponent(
    spins: tuple[int, ...], patterns: tuple[tuple[int, ...], ...], inverse_temperature: Fraction, field: Fraction
) -> Fraction:
    size = len(spins)
    squares = sum(sum(x * s for x, s in zip(pattern, spins, strict=True)) ** 2 - size for pattern in patterns)
    return inverse_temperature * (Fraction(squares, 2 * size) + field * sum(spins))


def _multiplied(first: Counter[Fraction], second: Counter[Fraction]) -> Counter[Fraction]:
    result: Counter[Fraction] = Counter()
    for a, x in first.items():
        for b, y in second.items():
            result[a + b] += x * y
    return result
