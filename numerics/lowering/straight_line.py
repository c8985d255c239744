"""Straight-line programs: systems of formulas as a list of small assignments, none of them ever expanded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
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


@dataclass(frozen=True, kw_only=True)
class StraightLineProgram:
    """A vector of formulas, computed line by line.

    Attributes
    ----------
    assignments
        In order of computation.
    outputs
        Expressions in the arguments and in the symbols of the assignments, shape (n_outputs,).

    Raises
    ------
    ValueError
        If a symbol is assigned twice, or used before it is.
    """

    assignments: tuple[Assignment, ...]
    outputs: tuple[Any, ...]

    def __post_init__(self) -> None:
        names = {a.symbol for a in self.assignments}
        if len(names) != len(self.assignments):
            raise ValueError(f"expected {len(self.assignments)} different symbols; found {len(names)}: rename some")
        seen: set[Any] = set()
        for line in self.assignments:
            early = (line.value.free_symbols & names) - seen
            if early:
                raise ValueError(f"expected {_first(early)} to be assigned before it is used; found {line}: reorder")
            seen.add(line.symbol)

    @cached_property
    def free_symbols(self) -> frozenset[Any]:
        """The arguments: symbols that no line assigns."""
        used = {s for e in self._expressions() for s in e.free_symbols}
        return frozenset(used - {a.symbol for a in self.assignments})

    @cached_property
    def operations(self) -> int:
        """Additions, multiplications, divisions, powers and calls, as SymPy counts them."""
        return sum(int(sp.count_ops(e)) for e in self._expressions())

    def _expressions(self) -> Iterator[Any]:
        yield from (a.value for a in self.assignments)
        yield from self.outputs

    def at(self, values: Mapping[Any, Any]) -> tuple[Any, ...]:
        """The outputs with values, exact if they are, or other expressions put in for arguments."""
        known = {s: sp.sympify(v, strict=True) for s, v in values.items()}
        for line in self.assignments:
            known[line.symbol] = line.value.xreplace(known)
        return tuple(output.xreplace(known) for output in self.outputs)

    def expanded(self) -> tuple[Any, ...]:
        """The outputs as expressions in the arguments alone: much longer, for comparison."""
        return self.at({})

    def followed_by(self, definitions: Mapping[Any, Any], outputs: Iterable[Any]) -> StraightLineProgram:
        """New outputs made of the old ones, with further lines between: symbols and their expressions, in order."""
        further = tuple(Assignment(symbol=s, value=sp.sympify(e, strict=True)) for s, e in definitions.items())
        return pruned((*self.assignments, *further), tuple(sp.sympify(e, strict=True) for e in outputs))

    def renamed(self, names: Mapping[Any, Any]) -> StraightLineProgram:
        """The same program in other symbols, or with numbers put in for some of its arguments."""
        lines = tuple(
            Assignment(symbol=names.get(a.symbol, a.symbol), value=a.value.xreplace(dict(names)), meaning=a.meaning)
            for a in self.assignments
        )
        return StraightLineProgram(assignments=lines, outputs=tuple(e.xreplace(dict(names)) for e in self.outputs))

    def jacobian(self, symbols: Sequence[Any]) -> StraightLineProgram:
        """Derivatives of all outputs with respect to some arguments, row by row, shape (n_outputs * n_symbols,).

        Forward mode: the slopes of a line are shared by all directions, and what vanishes leaves no trace.
        """
        lines = Lines(taken={s.name for s in self.free_symbols | {a.symbol for a in self.assignments}})
        lines.assignments.extend(self.assignments)
        slopes = {s: {s: sp.S.One} for s in symbols}
        for line in self.assignments:
            slopes[line.symbol] = _slope(lines, line.value, slopes, line.symbol)
        rows = [_slope(lines, output, slopes, f"output {k}") for k, output in enumerate(self.outputs)]
        return pruned(lines.assignments, tuple(row.get(s, sp.S.Zero) for row in rows for s in symbols))

    def __str__(self) -> str:
        return "\n".join([*map(str, self.assignments), f"({', '.join(map(str, self.outputs))})"])

    def _latex(self, printer: Any) -> str:
        """How SymPy's LaTeX printers, and notebooks, show it."""
        lines = [rf"{printer.doprint(a.symbol)} &= {printer.doprint(a.value)}" for a in self.assignments]
        lines += [rf"f_{{{k}}} &= {printer.doprint(e)}" for k, e in enumerate(self.outputs)]
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def pruned(assignments: Sequence[Assignment], outputs: tuple[Any, ...]) -> StraightLineProgram:
    """The program of those lines that the outputs need."""
    needed = {s for output in outputs for s in output.free_symbols}
    kept: list[Assignment] = []
    for line in reversed(assignments):
        if line.symbol in needed:
            kept.append(line)
            needed |= line.value.free_symbols
    return StraightLineProgram(assignments=tuple(reversed(kept)), outputs=outputs)


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
            self._symbols[value] = symbol = self._fresh()
            self.assignments.append(Assignment(symbol=symbol, value=value, meaning=meaning()))
        return self._symbols[value]

    def _fresh(self) -> sp.Symbol:
        while f"t{self._count}" in self.taken:
            self._count += 1
        self._count += 1
        return sp.Symbol(f"t{self._count - 1}", real=True)


def _slope(lines: Lines, value: Any, slopes: Mapping[Any, Mapping[Any, Any]], of: Any) -> dict[Any, Any]:
    """The derivative of a line in each direction in which it does not vanish, by the chain rule."""
    local: dict[Any, list[Any]] = {}
    for term in sp.Add.make_args(value):
        for symbol in term.free_symbols & slopes.keys():
            local.setdefault(symbol, []).append(sp.diff(term, symbol))
    terms: dict[Any, list[Any]] = {}
    for symbol in sorted(local, key=lambda s: s.sort_key()):
        inner = lines.factor(sp.Add(*local[symbol]), partial(_meaning, of, symbol))
        for direction, slope in slopes[symbol].items():
            terms.setdefault(direction, []).append(inner * lines.factor(slope))
    found = {d: lines.named(sp.Add(*parts), partial(_meaning, of, d)) for d, parts in terms.items()}
    return {d: e for d, e in found.items() if e != 0}


def _divided(meaning: Meaning, constant: Any) -> str:
    text, inverse = meaning(), 1 / constant
    return text and {1: text, -1: f"-{text}"}.get(inverse, f"{inverse}*{text}")


def _meaning(of: Any, direction: Any) -> str:
    return f"d({of})/d({direction})"


def _first(symbols: Iterable[Any]) -> Any:
    return min(symbols, key=str)
