"""Terms of a derivative of half the trace of a rate times an inverse matrix, by enumeration of set partitions.

The mixed derivative by n variables of tr(rate M^-1) / 2 is the sum over set partitions of the variables and over all
orders of their blocks of (-1)^m / 2 tr(rate G M_1 G ... M_m G), with M_b the derivative of M by the variables of a
block and G the inverse: an identity of the free algebra, for matrices of any size. Partitions are restricted growth
strings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import permutations

Block = tuple[int, ...]


def loop_terms(n: int, *, even: bool = False) -> Counter[tuple[Block, ...]]:
    """Twice the coefficient of each word of blocks, with the lesser of both directions for a word."""
    found: Counter[tuple[Block, ...]] = Counter()
    for blocks in _partitions(n):
        if not even or all(len(block) % 2 == 0 for block in blocks):
            for order in permutations(blocks):
                found[min(order, order[::-1])] += (-1) ** len(order)
    return found


def _partitions(n: int) -> Iterator[tuple[Block, ...]]:
    """Set partitions of 1, ..., n: string[k] is the block of k + 1, and each new block has the next number."""
    string = [0] * n

    def grow(place: int, blocks: int) -> Iterator[tuple[Block, ...]]:
        if place == n:
            yield tuple(tuple(k + 1 for k in range(n) if string[k] == b) for b in range(blocks))
            return
        for block in range(blocks + 1):
            string[place] = block
            yield from grow(place + 1, max(blocks, block + 1))

    yield from grow(0, 0)
