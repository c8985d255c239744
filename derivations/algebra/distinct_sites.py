"""Sums over sets of distinct sites as sums over all sites: Newton's identities for sums over i < j < ..."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import sympy as sp
from sympy.utilities.iterables import partitions

from derivations.algebra.sum_terms import Bounds, SumTerm
from theory.sums import rename


def over_all_sites(term: SumTerm) -> list[SumTerm]:
    """A sum over i_1 < ... < i_p, whose body does not mind their order, as sums over independent sites.

    e_p = sum over partitions of p of products of (-1)^(size - 1) power sums / size / (multiplicity)!.

    Raises
    ------
    ValueError
        If the body changes when two of the ordered sites are exchanged.
    """
    for chain in _chains(term.ranges):
        return [t for whole in _unordered(term, chain) for t in over_all_sites(whole)]
    return [term]


def _chains(ranges: tuple[Bounds, ...]) -> Iterator[list[Bounds]]:
    """The first chain of ranges of which each begins just above the one before."""
    for first in ranges:
        chain = [first]
        while following := [r for r in ranges if sp.expand(r[1] - chain[-1][0] - 1) == 0 and r[2] == first[2]]:
            chain.append(following[0])
        if len(chain) > 1:
            yield chain
            return


def _unordered(term: SumTerm, chain: list[Bounds]) -> Iterator[SumTerm]:
    indices = [index for index, _, _ in chain]
    _require_symmetric(term.body, indices)
    start = min(term.ranges.index(r) for r in chain)
    before, after = term.ranges[:start], tuple(r for r in term.ranges[start:] if r not in chain)
    for sizes in cast(Any, partitions(len(chain))):
        body, weight = term.body, sp.Integer(1)
        names, kept = iter(indices), []
        for size, count in sizes.items():
            weight *= sp.Rational((-1) ** (size - 1), size) ** count / sp.factorial(count)
            for _ in range(count):
                leader, *merged = (next(names) for _ in range(size))
                kept.append((leader, chain[0][1], chain[0][2]))
                for index in merged:
                    body = rename(body, index, leader)
        yield SumTerm(cast(sp.Expr, weight * body), (*before, *kept, *after))


def _require_symmetric(body: sp.Expr, indices: list[sp.Symbol]) -> None:
    for one, other in pairwise(indices):
        between = sp.Dummy(integer=True)
        swapped: Any = rename(rename(rename(body, one, between), other, one), between, other)
        if sp.expand(swapped - body) != 0:
            raise ValueError(
                f"a sum over ordered sites is rewritten only where their order does not matter; exchanging {one} and "
                f"{other} changes {body}"
            )
