"""What a formula looks like once it is parsed: plain records, each with the place it was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Node:
    """Part of a formula; ``position`` is where an error about it points."""

    position: int


@dataclass(frozen=True, kw_only=True)
class Number(Node):
    """A decimal number as it was written."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Name(Node):
    """A symbol or a constant."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Call(Node):
    """``name(arguments)``; ``sin^2(x)`` has power 2 and ``f''(x)`` two primes."""

    name: str
    arguments: tuple[Node, ...]
    power: int = 1
    primes: int = 0


@dataclass(frozen=True, kw_only=True)
class Entry(Node):
    """``name[indices]``."""

    name: str
    indices: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Sum(Node):
    """Terms that are added."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Negative(Node):
    """The opposite of something."""

    operand: Node


@dataclass(frozen=True, kw_only=True)
class Product(Node):
    """Factors; ``inverted`` says which of them are divided by."""

    factors: tuple[Node, ...]
    inverted: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class Power(Node):
    """``base^exponent``."""

    base: Node
    exponent: Node


@dataclass(frozen=True, kw_only=True)
class Rows(Node):
    """``[a, b]``, a column, or ``[[a, b], [c, d]]``, rows of a matrix."""

    items: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Link(Node):
    """A relation sign of a chain and what stands right of it."""

    sign: str
    right: Node


@dataclass(frozen=True, kw_only=True)
class Chain(Node):
    """``first sign right sign right …``."""

    first: Node
    links: tuple[Link, ...]
