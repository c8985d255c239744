"""Lines of a straight-line program: assignments, and how they are collected without writing one twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sympy as sp

Meaning = Callable[[], str]
"""What a line is, in words: asked for when the line is written."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """One line.

    Attributes
    ----------
    symbol
        What it names.
    value
        A small expression in the arguments and in symbols of earlier lines.
    meaning
        What it is, in words; empty if there is nothing to say.
    """

    symbol: sp.Symbol
    value: Any
    meaning: str = ""

    def __str__(self) -> str:
        return f"{self.symbol} = {self.value}" + (f"  # {self.meaning}" if self.meaning else "")


@dataclass
class Lines:
    """A program in the making: each different expression gets one line.

    Attributes
    ----------
    taken
        Names that no line may have.
    assignments
        What was written so far.
    """

    taken: set[str] = field(default_factory=set)
    assignments: list[Assignment] = field(default_factory=list)
    _symbols: dict[Any, sp.Symbol] = field(default_factory=dict)
    _count: int = 0

    def named(self, value: Any, meaning: Meaning = str) -> Any:
        """The value as a number, a symbol, or a rational multiple of one, which need not be written down."""
        constant, rest = value.as_coeff_Mul()
        if rest.is_Symbol or rest.is_number:
            return value
        return constant * self._symbol(rest, partial(_divided, meaning, constant))

    def factor(self, value: Any, meaning: Meaning = str) -> Any:
        """The value as a number, a symbol or its opposite: what enters a product without another multiplication."""
        constant, rest = value.as_coeff_Mul()
        if rest.is_number or (rest.is_Symbol and constant in (1, -1)):
            return value
        return self._symbol(value, meaning)

    def _symbol(self, value: Any, meaning: Meaning) -> sp.Symbol:
        if value not in self._symbols:
            self._symbols[value] = symbol = self.fresh()
            self.assignments.append(Assignment(symbol=symbol, value=value, meaning=meaning()))
        return self._symbols[value]

    def fresh(self) -> sp.Symbol:
        """A symbol with a name that is not taken."""
        while f"t{self._count}" in self.taken:
            self._count += 1
        self._count += 1
        return sp.Symbol(f"t{self._count - 1}", real=True)


def _divided(meaning: Meaning, constant: Any) -> str:
    text, inverse = meaning(), 1 / constant
    return text and {1: text, -1: f"-{text}"}.get(inverse, f"{inverse}*{text}")
