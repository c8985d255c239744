"""Moments of the partition function of a small disordered Ising system, exactly.

The partition function of one system is a Laurent polynomial in y_b = exp(beta J_b), one letter an interaction. Its m-th
power is multiplied out, and the Gaussian mean of each monomial is the exponential of a rational number: no loop over
replicas, no rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

Interaction = tuple[tuple[int, ...], Fraction]
"""The spins an interaction multiplies, and the variance of its coupling."""


def moments_of_partition_function(
    n_spins: int,
    interactions: Sequence[Interaction],
    power: int,
    inverse_temperature: Fraction,
    *,
    field: Fraction = Fraction(0),
    mean: Fraction = Fraction(0),
) -> Counter[Fraction]:
    """The mean of Z^power as a sum of exponentials: ``{exponent: multiplicity}``.

    Parameters
    ----------
    n_spins
        Number of Ising spins.
    interactions
        The energy is minus the sum over these of coupling times product of spins.
    power
        The power of Z, a positive integer.
    inverse_temperature
        Exact.
    field
        A field on every spin: the energy has minus the field times the sum of the spins besides.
    mean
        The mean of every coupling.
    """
    # The last letter is that of the field: its coupling is the field itself, without a mean to be taken.
    alone = [(site,) for site in range(n_spins)]
    single: Counter[tuple[int, ...]] = Counter()
    for powers, count in partition_polynomial(n_spins, [*(spins for spins, _ in interactions), *alone]).items():
        single[*powers[: len(interactions)], sum(powers[len(interactions) :])] += count
    total: Counter[tuple[int, ...]] = Counter({(0,) * (len(interactions) + 1): 1})
    for _ in range(power):
        total = _multiplied(total, single)
    variances = [variance for _, variance in interactions]
    means: Counter[Fraction] = Counter()
    for powers, count in total.items():
        spread = sum((v * n * n for v, n in zip(variances, powers[:-1], strict=True)), Fraction(0))
        drift = mean * sum(powers[:-1]) + field * powers[-1]
        means[inverse_temperature**2 * spread / 2 + inverse_temperature * drift] += count
    return means


def partition_polynomial(n_spins: int, supports: Sequence[tuple[int, ...]]) -> Counter[tuple[int, ...]]:
    """Z as ``{powers of the letters: multiplicity}``, by all configurations."""
    terms: Counter[tuple[int, ...]] = Counter()
    for spins in product((1, -1), repeat=n_spins):
        powers = []
        for support in supports:
            sign = 1
            for site in support:
                sign *= spins[site]
            powers.append(sign)
        terms[tuple(powers)] += 1
    return terms


def _multiplied(first: Counter[tuple[int, ...]], second: Counter[tuple[int, ...]]) -> Counter[tuple[int, ...]]:
    result: Counter[tuple[int, ...]] = Counter()
    for a, x in first.items():
        for b, y in second.items():
            result[tuple(i + j for i, j in zip(a, b, strict=True))] += x * y
    return result


def layered_interactions(layer_sizes: Sequence[int], weight_variances: Sequence[Fraction]) -> list[Interaction]:
    """The bonds of a layered network: variance C_k / N_{k-1} between layers k - 1 and k."""
    starts = [sum(layer_sizes[:k]) for k in range(len(layer_sizes))]
    bonds: list[Interaction] = []
    for k, variance in enumerate(weight_variances, start=1):
        for i, j in product(range(layer_sizes[k - 1]), range(layer_sizes[k])):
            bonds.append(((starts[k - 1] + i, starts[k] + j), variance / layer_sizes[k - 1]))
    return bonds


def pairwise_interactions(n_spins: int, variance: Fraction, order: int = 2) -> list[Interaction]:
    """One interaction for every set of ``order`` spins, all of one variance."""
    return [(spins, variance) for spins in combinations(range(n_spins), order)]
