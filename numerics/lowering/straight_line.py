"""Straight-line programs: systems of formulas as a list of small assignments, none of them ever expanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import prod
from typing import Any

import sympy as sp

from numerics.lowering.lines import Assignment, Lines


@dataclass(frozen=True, kw_only=True)
class StraightLineProgram:
    """A vector of formulas, computed line by line.

    Attributes
    ----------
    assignments
        In order of computation.
    outputs
        Expressions in the arguments and in the symbols of the assignments, row by row.
    shape
        Of the outputs; None for a vector.
    meaning
        What the outputs are, in words; empty if there is nothing to say.

    Raises
    ------
    ValueError
        If a symbol is assigned twice, or used before it is, or the outputs do not fill the shape.
    """

    assignments: tuple[Assignment, ...]
    outputs: tuple[Any, ...]
    shape: tuple[int, ...] | None = None
    meaning: str = ""

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
        if self.shape is not None and prod(self.shape) != len(self.outputs):
            raise ValueError(f"expected {prod(self.shape)} outputs for shape {self.shape}; found {len(self.outputs)}")

    @cached_property
    def free_symbols(self) -> frozenset[Any]:
        """The arguments: symbols that no line assigns."""
        used = {s for e in self._expressions() for s in e.free_symbols}
        return frozenset(used - {a.symbol for a in self.assignments})

    @cached_property
    def operations(self) -> int:
        """Additions, multiplications, divisions, powers and calls, as SymPy counts them."""
        return sum(int(sp.count_ops(e)) for e in self._expressions())

    @property
    def value_shape(self) -> tuple[int, ...]:
        """The shape of the outputs, that of a vector if none was stated."""
        return (len(self.outputs),) if self.shape is None else self.shape

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
        return pruned((*self.assignments, *further), [sp.sympify(e, strict=True) for e in outputs])

    def atoms(self, *kinds: Any) -> set[Any]:
        """Atoms, or nodes of some kinds, in any line or output."""
        return {found for e in self._expressions() for found in e.atoms(*kinds)}

    def xreplace(self, values: Mapping[Any, Any]) -> StraightLineProgram:
        """The same program with expressions put in for its arguments; lines that bear a name in these are renamed."""
        bound = {a.symbol for a in self.assignments}
        inside = {s for value in values.values() for s in value.free_symbols}
        lines = Lines(taken={s.name for s in self.atoms(sp.Symbol) | bound | inside})
        names = {s: v for s, v in values.items() if s not in bound} | {s: lines.fresh() for s in bound & inside}
        assignments = tuple(
            replace(a, symbol=names.get(a.symbol, a.symbol), value=a.value.xreplace(names)) for a in self.assignments
        )
        return replace(self, assignments=assignments, outputs=tuple(e.xreplace(names) for e in self.outputs))

    def jacobian(self, symbols: Sequence[Any]) -> StraightLineProgram:
        """Derivatives of all outputs with respect to some arguments: these stand in the last axis.

        Forward mode: the slopes of a line are shared by all directions, and what vanishes leaves no trace.
        """
        lines = Lines(taken={s.name for s in self.free_symbols | {a.symbol for a in self.assignments}})
        lines.assignments.extend(self.assignments)
        slopes = {s: {s: sp.S.One} for s in symbols}
        for line in self.assignments:
            slopes[line.symbol] = _slope(lines, line.value, slopes, line.symbol)
        rows = [_slope(lines, output, slopes, f"output {k}") for k, output in enumerate(self.outputs)]
        entries = [row.get(s, sp.S.Zero) for row in rows for s in symbols]
        return pruned(lines.assignments, entries, shape=(*self.value_shape, len(symbols)))

    def __str__(self) -> str:
        head = [f"# {self.meaning}"] if self.meaning else []
        return "\n".join([*head, *map(str, self.assignments), f"({', '.join(map(str, self.outputs))})"])

    def _latex(self, printer: Any) -> str:
        """How SymPy's LaTeX printers, and notebooks, show it."""
        lines = [rf"{printer.doprint(a.symbol)} &= {printer.doprint(a.value)}" for a in self.assignments]
        lines += [rf"f_{{{k}}} &= {printer.doprint(e)}" for k, e in enumerate(self.outputs)]
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def pruned(
    assignments: Sequence[Assignment], outputs: Sequence[Any], shape: tuple[int, ...] | None = None, meaning: str = ""
) -> StraightLineProgram:
    """The program of those lines that the outputs need."""
    needed = {s for output in outputs for s in output.free_symbols}
    kept: list[Assignment] = []
    for line in reversed(assignments):
        if line.symbol in needed:
            kept.append(line)
            needed |= line.value.free_symbols
    return StraightLineProgram(assignments=tuple(reversed(kept)), outputs=tuple(outputs), shape=shape, meaning=meaning)


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


def _meaning(of: Any, direction: Any) -> str:
    return f"d({of})/d({direction})"


def _first(symbols: Iterable[Any]) -> Any:
    return min(symbols, key=str)
