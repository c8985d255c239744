"""Partitions of a finite set into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import TypeVar

Item = TypeVar("Item")


def partitions(items: Sequence[Item]) -> Iterator[list[tuple[Item, ...]]]:
    """Every partition into nonempty blocks, once; items keep their order inside a block."""
    if not items:
        yield []
        return
    first, *rest = items
    for smaller in partitions(rest):
        yield [(first,), *smaller]
        for place, block in enumerate(smaller):
            yield [*smaller[:place], (first, *block), *smaller[place + 1 :]]


def even_partitions(items: Sequence[Item]) -> Iterator[list[tuple[Item, ...]]]:
    """Those into blocks with an even number of items."""
    return (p for p in partitions(items) if all(len(block) % 2 == 0 for block in p))


def pairings(n: int) -> int:
    """(n - 1)!!, the number of pairings of n items; zero if n is odd."""
    return 0 if n % 2 else prod(range(1, n, 2))
