"""The values of rational expressions, straight from their shared nodes: nothing is ever expanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, Protocol

import sympy as sp

from derivations.engine.routes.rational_size import Size, product_size, sum_size


class Arithmetic(Protocol):
    """Where values lie. Dividing by zero is a ``ZeroDivisionError``."""

    def number(self, number: Any) -> Any: ...

    def total(self, parts: Iterable[Any]) -> Any: ...

    def product(self, parts: Iterable[Any]) -> Any: ...

    def power(self, base: Any, exponent: int) -> Any: ...


@dataclass(frozen=True)
class Modulo:
    """Integers modulo a prime."""

    prime: int

    def number(self, number: Any) -> int:
        """A rational number."""
        return int(number.p) * self._inverse(int(number.q)) % self.prime

    def total(self, parts: Iterable[int]) -> int:
        """A sum."""
        return sum(parts) % self.prime

    def product(self, parts: Iterable[int]) -> int:
        """A product."""
        found = 1
        for part in parts:
            found = found * part % self.prime
        return found

    def power(self, base: int, exponent: int) -> int:
        """A power; a negative one has an inverse."""
        return pow(base if exponent > 0 else self._inverse(base), abs(exponent), self.prime)

    def _inverse(self, value: int) -> int:
        if value % self.prime == 0:
            raise ZeroDivisionError(f"a denominator is zero modulo {self.prime}")
        return pow(value, -1, self.prime)


class Exact:
    """Rational numbers."""

    def number(self, number: Any) -> Fraction:
        """A rational number."""
        return Fraction(int(number.p), int(number.q))

    def total(self, parts: Iterable[Fraction]) -> Fraction:
        """A sum."""
        return sum(parts, start=Fraction(0))

    def product(self, parts: Iterable[Fraction]) -> Fraction:
        """A product."""
        return prod(parts, start=Fraction(1))

    def power(self, base: Fraction, exponent: int) -> Fraction:
        """A power; that of zero with an exponent of zero is as undefined as the negative ones."""
        return base**exponent if exponent > 0 else (1 / base) ** -exponent


class NotRationalError(Exception):
    """A node that is no rational operation on numbers, symbols and entries of families."""


class Program:
    """Several rational expressions as one list of operations, each shared part once.

    Raises
    ------
    NotRationalError
        If an expression is not rational.
    """

    def __init__(self, expressions: list[Any]) -> None:
        self.names: dict[Any, int] = {}
        self._nodes: list[tuple[Any, tuple[int, ...]]] = []
        places: dict[int, int] = {}
        for node in _operands_first(expressions):
            places[id(node)] = len(self._nodes)
            self._nodes.append((node, tuple(places[id(a)] for a in _operands(node))))
        self._outputs = [places[id(e)] for e in expressions]

    def __len__(self) -> int:
        return len(self._nodes)

    def values(self, point: Mapping[Any, Any], arithmetic: Arithmetic) -> list[Any]:
        """The expressions where each name has the number given, modulo a prime or exactly.

        Raises
        ------
        ZeroDivisionError
            If a denominator is zero there.
        """
        found: list[Any] = []
        for node, places in self._nodes:
            found.append(_value(node, [found[i] for i in places], point, arithmetic))
        return [found[i] for i in self._outputs]

    def sizes(self) -> tuple[list[Size], int]:
        """The size of each expression, and the sum of the degrees of all that must not be zero."""
        found: list[Size] = []
        poles = 0
        for node, places in self._nodes:
            found.append(_size(node, [found[i] for i in places]))
            if isinstance(node, sp.Pow) and node.args[1].is_negative:
                poles += found[-1].under_degree
        return [found[i] for i in self._outputs], poles

    def free_names(self) -> list[Any]:
        """Symbols and entries of families, in the order of their first use."""
        return list(dict.fromkeys(node for node, _ in self._nodes if _is_name(node)))


def _is_name(node: Any) -> bool:
    if isinstance(node, sp.Indexed):
        return all(isinstance(i, sp.Integer) for i in node.indices)
    return type(node) in (sp.Symbol, sp.Dummy) and node.is_commutative


def _operands(node: Any) -> tuple[Any, ...]:
    """What an operation works on.

    Raises
    ------
    NotRationalError
        If it is no rational operation.
    """
    if isinstance(node, sp.Rational) or _is_name(node):
        return ()
    if type(node) in (sp.Add, sp.Mul):
        return node.args
    if type(node) is sp.Pow and isinstance(node.args[1], sp.Integer):
        return (node.args[0],)
    raise NotRationalError(f"{type(node).__name__} is no rational operation")


def _operands_first(expressions: list[Any]) -> Iterator[Any]:
    seen: set[int] = set()
    waiting = [(e, False) for e in reversed(expressions)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting += [(a, False) for a in _operands(node)]


def _value(node: Any, operands: list[Any], point: Mapping[Any, Any], arithmetic: Arithmetic) -> Any:
    if isinstance(node, sp.Rational):
        return arithmetic.number(node)
    if isinstance(node, sp.Add):
        return arithmetic.total(operands)
    if isinstance(node, sp.Mul):
        return arithmetic.product(operands)
    if isinstance(node, sp.Pow):
        return arithmetic.power(operands[0], int(node.args[1]))
    return point[node]


def _size(node: Any, parts: list[Size]) -> Size:
    if isinstance(node, sp.Rational):
        return Size(bits=abs(int(node.p)).bit_length(), under_bits=int(node.q).bit_length())
    if isinstance(node, sp.Add):
        return sum_size(parts)
    if isinstance(node, sp.Mul):
        return product_size(parts)
    if isinstance(node, sp.Pow):
        return parts[0].power(int(node.args[1]))
    return Size(degree=1)
