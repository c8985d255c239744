"""Expressions written for a system that knows elementary functions: a closed list of nodes, names of our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from derivations.engine.routes.second_systems.system import Pairs, UnprintableError

FUNCTIONS = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.sinh: "sinh", sp.cosh: "cosh",
    sp.tanh: "tanh",
}  # fmt: skip
"""Named alike in all of them."""
LARGEST_BITS = 10_000
"""Of the numbers that are written."""
LONGEST = 200_000
"""Characters of an expression."""


@dataclass(frozen=True, kw_only=True)
class Notation:
    """How a system calls the constants."""

    pi: str
    e: str

    def differences(self, pairs: Pairs) -> list[str]:
        """Left side minus right side of each equation; a symbol has one name in all of them.

        Raises
        ------
        UnprintableError
            If a side holds anything but numbers, symbols, sums, products, powers and elementary functions.
        """
        names: dict[Any, str] = {}
        return [f"({self.written(left, names)})-({self.written(right, names)})" for left, right in pairs]

    def written(self, node: Any, names: dict[Any, str]) -> str:
        """An expression in the system's notation, every symbol under a name of our own."""
        if isinstance(node, sp.Rational):
            return f"({digits(node.p)}/{digits(node.q)})"
        if is_symbol(node):
            return own_name(node, names)
        if node in (sp.pi, sp.E):
            return self.pi if node is sp.pi else self.e
        parts = [f"({self.written(a, names)})" for a in node.args]
        if type(node) in (sp.Add, sp.Mul) and parts:
            return short_enough(("+" if isinstance(node, sp.Add) else "*").join(parts))
        if type(node) is sp.Pow:
            return short_enough("^".join(parts))
        if type(node) in FUNCTIONS:
            return short_enough(f"{FUNCTIONS[type(node)]}{parts[0]}")
        raise UnprintableError(f"{type(node).__name__} is not written for it")


def is_symbol(node: Any) -> bool:
    """Whether a node is an ordinary symbol, of no class of somebody's own."""
    return type(node) in (sp.Symbol, sp.Dummy) and bool(node.is_commutative)


def own_name(symbol: Any, names: dict[Any, str]) -> str:
    """A name of our own for a symbol: what the user calls it goes nowhere."""
    return names.setdefault(symbol, f"x{len(names) + 1}")


def digits(number: Any) -> str:
    """An integer in decimal."""
    whole = int(number)
    if whole.bit_length() > LARGEST_BITS:
        raise UnprintableError("a number is too long")
    return str(whole)


def short_enough(text: str) -> str:
    """The text, if it is not too long."""
    if len(text) > LONGEST:
        raise UnprintableError("the equation is too long")
    return text
