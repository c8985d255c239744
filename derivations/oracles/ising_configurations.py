"""Ising spins on rectangular lattices of any dimension: exponents of all configurations, counted exactly."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product


def neighbors(shape: tuple[int, ...], periodic: tuple[bool, ...]) -> list[tuple[int, int, int]]:
    """Bonds as (site, site, axis), sites numbered in order; a side of length 2 that is periodic has double bonds."""
    sites = list(product(*map(range, shape)))
    numbers = {site: number for number, site in enumerate(sites)}
    bonds = []
    for site in sites:
        for axis, (length, closed) in enumerate(zip(shape, periodic, strict=True)):
            after = site[axis] + 1
            if after < length or closed:
                other = (*site[:axis], after % length, *site[axis + 1 :])
                bonds.append((numbers[site], numbers[other], axis))
    return bonds


def weights(
    shape: tuple[int, ...],
    periodic: tuple[bool, ...],
    couplings: tuple[Fraction, ...],
    field: Fraction = Fraction(0),
    observed: tuple[int, ...] = (),
) -> Counter[Fraction]:
    """The partition function as ``{exponent: multiplicity}``: K times the bonds along each axis, h times the spins.

    With ``observed`` each configuration counts with the product of the spins of these numbers, so that multiplicities
    may be negative.
    """
    n_spins = 1
    for length in shape:
        n_spins *= length
    bonds = neighbors(shape, periodic)
    sums: Counter[tuple[int, ...]] = Counter()
    for spins in product((1, -1), repeat=n_spins):
        along = [0] * len(shape)
        for one, other, axis in bonds:
            along[axis] += spins[one] * spins[other]
        sign = 1
        for site in observed:
            sign *= spins[site]
        sums[(*along, sum(spins))] += sign
    total: Counter[Fraction] = Counter()
    for (*along, magnetization), count in sums.items():
        total[sum((k * b for k, b in zip(couplings, along, strict=True)), field * magnetization)] += count
    return total


def density_of_states(shape: tuple[int, ...], periodic: tuple[bool, ...]) -> dict[int, int]:
    """How many configurations have each energy, minus the sum of products of neighbors."""
    counts = weights(shape, periodic, (Fraction(1),) * len(shape))
    return {-int(exponent): count for exponent, count in sorted(counts.items(), reverse=True)}
