"""Expressions with means and integrals as C functions, for files that stand alone.

Each expression becomes ``estimate name(const double *at, double tolerance)``, a function of an array of arguments,
after those of its means and integrals, which integrate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from numerics.lowering.arguments import checked_arguments
from numerics.lowering.c.dialect import STRICT
from numerics.lowering.c.quadrature import NAMES
from numerics.lowering.c.words import RESERVED
from numerics.lowering.comments import harmless
from numerics.lowering.formula import Formula
from numerics.lowering.formula_program import made_stable
from numerics.lowering.loops import LoopSum
from numerics.lowering.means.composite import Composite, Part
from numerics.lowering.means.gaussian_part import MeanPart
from numerics.lowering.means.integral_part import IntegralPart
from numerics.lowering.means.loop_part import LoopPart
from numerics.lowering.printer import Printer
from numerics.lowering.special_forms import carried_out

TAKEN = RESERVED | NAMES


def names_in(text: str) -> set[str]:
    """The identifiers of a text."""
    return set(re.findall(r"[A-Za-z_]\w*", text))


@dataclass
class Functions:
    """C functions in the making, those that others call first.

    Attributes
    ----------
    texts
        Their definitions.
    """

    texts: list[str] = field(default_factory=list)
    _count: int = 0
    _known: dict[Any, str] = field(default_factory=dict)

    def value(self, composite: Composite) -> str:
        """The name of the function for a scalar expression."""
        key = (composite.expression, composite.arguments)
        if key not in self._known:
            self._known[key] = name = self._fresh("value")
            lines, (value, *slopes) = self.body(composite, [composite.lifted.outer])
            error = " + ".join(f"fabs({s})*e{k}.error" for k, s in enumerate(slopes)) or "0.0"
            lines += [f"const double found = {value};", f"return (estimate){{found, {error}, fabs(found)}};"]
            self._define(name, f"{composite.expression}", lines)
        return self._known[key]

    def body(self, composite: Composite, entries: Sequence[Any]) -> tuple[list[str], list[str]]:
        """Lines that compute the means of an expression as ``e0``, ...; and entries with their slopes by each mean."""
        nodes = composite.lifted.nodes
        calls = self._calls(composite)
        atoms = (*composite.arguments, *nodes)
        slopes = [sp.diff(entry, mean) for entry in entries for mean in nodes]
        checked = checked_arguments(atoms, TAKEN | {"found", *(f"e{k}" for k in range(len(nodes)))})
        table = {a.atom: a.symbol for a in checked}
        printer = Printer(STRICT)
        every = tuple(e.xreplace(table) for e in (*entries, *slopes))
        values = printer.program(made_stable(Formula(entries=every, shape=(len(every),), shown="").map(carried_out)))
        text = "\n".join([*printer.lines, *values])
        sources = [f"at[{k}]" for k in range(len(composite.arguments))] + [f"e{k}.value" for k in range(len(nodes))]
        named = [
            f"const double {a.identifier} = {source};"
            for a, source in zip(checked, sources, strict=True)
            if a.identifier in names_in(text)
        ]
        return [*calls, *named, *printer.lines], values

    def _calls(self, composite: Composite) -> list[str]:
        lines: list[str] = []
        for k, part in enumerate(composite.parts.values()):
            places = [composite.arguments.index(a) for a in part.arguments]
            given = ", ".join(f"at[{p}]" for p in places) or "0.0"
            lines += [
                f"const double for{k}[] = {{{given}}};",
                f"const estimate e{k} = {self.part(part)}(for{k}, tolerance);",
            ]
        return lines

    def part(self, part: Part) -> str:
        """The name of the function that integrates.

        Raises
        ------
        ValueError
            If C that stands alone has no rule for it.
        """
        key = (part.node, part.arguments)
        if key not in self._known:
            name = self._fresh("mean" if isinstance(part, MeanPart) else "integral")
            if isinstance(part, MeanPart):
                lines = self._mean(part)
            elif isinstance(part, IntegralPart):
                lines = self._integral(part)
            elif isinstance(part, LoopPart):
                lines = self._loop(part)
            else:
                raise ValueError(
                    "expected integrals, and means of at most three variables, for C that stands alone; found "
                    f"{part.node}: write the NumPy source, or lower the integrand or the equation by itself"
                )
            self._known[key] = name
            self._define(name, f"{part.node}", lines)
        return self._known[key]

    def _mean(self, part: MeanPart) -> list[str]:
        variance = self.value(part.composite(part.node.variance, part.arguments, part.settings))
        n, inner = len(part.arguments), len(part.inner_arguments)
        copied = [f"point[{k}] = at[{k}];" for k in range(n)]
        deviation = [f"point[{n}] = sqrt(variance);"] if inner > n else []
        return [
            f"const double variance = {variance}(at, tolerance).value;",
            f"double point[{inner + 1}];",
            *copied,
            "if (variance != variance) return (estimate){NAN, 0.0, 0.0};",
            "if (variance < 0.0) return (estimate){NAN, INFINITY, 0.0};",
            *deviation,
            f"point[{inner}] = 0.0;",
            f"if (variance == 0.0) return {self.value(part.plain)}(point, tolerance);",
            *self._edges(part, part.inner_arguments, "point"),
            f"return gaussian_mean({self.value(part.weighted)}, point, {inner}, {self._sizes(part)}, tolerance);",
        ]

    def _integral(self, part: IntegralPart) -> list[str]:
        ends = [self.value(part.composite(e, part.arguments, part.settings)) for e in (part.low, part.high)]
        n = len(part.arguments)
        return [
            f"const double low = {ends[0]}(at, tolerance).value, high = {ends[1]}(at, tolerance).value;",
            f"double point[{n + 1}];",
            *(f"point[{k}] = at[{k}];" for k in range(n)),
            *self._edges(part, part.arguments, "point"),
            f"return definite_integral({self.value(part.plain)}, point, {n}, low, high, {self._sizes(part)},",
            "                         tolerance);",
        ]

    def _edges(self, part: MeanPart | IntegralPart, arguments: tuple[Any, ...], given: str) -> list[str]:
        """Arrays of the kinks, then the steep places, and of the steepness."""
        places = part.places

        def listed(expressions: Sequence[Any]) -> str:
            names = (self.value(part.composite(e, arguments, part.settings)) for e in expressions)
            return ", ".join(f"{name}({given}, tolerance).value" for name in names) or "0.0"

        centers = [*places.hard, *(c for c, _ in places.soft)]
        return [
            f"double places[] = {{{listed(centers)}}};",
            f"const double steepness[] = {{{listed([s for _, s in places.soft])}}};",
        ]

    def _sizes(self, part: MeanPart | IntegralPart) -> str:
        return f"places, {len(part.places.hard)}, steepness, {len(part.places.soft)}"

    def _loop(self, part: LoopPart) -> list[str]:
        low, high = (self.value(part.composite(b, part.arguments, part.settings)) for b in part.node.args[2:])
        n, is_sum = len(part.arguments), isinstance(part.node, LoopSum)
        term = self.value(part.term)
        join = (
            ["total.value += term.value;", "total.error += term.error;", "total.scale += term.scale;"]
            if is_sum
            else [
                "most *= fabs(term.value) + term.error;",
                "total.value *= term.value;",
                "total.scale *= term.scale;",
                "total.error = most - fabs(total.value);",
            ]
        )
        return [
            f"const double low = {low}(at, tolerance).value, high = {high}(at, tolerance).value;",
            "if (!(floor(low) == low && floor(high) == high && high - low < 1e8)) return (estimate){NAN, 0.0, 0.0};",
            f"double point[{n + 1}]{'' if is_sum else ', most = 1.0'};",
            *(f"point[{k}] = at[{k}];" for k in range(n)),
            "estimate total = {0.0, 0.0, 0.0};" if is_sum else "estimate total = {1.0, 0.0, 1.0};",
            f"for (point[{n}] = low; point[{n}] <= high; point[{n}] += 1.0) {{",
            f"    const estimate term = {term}(point, tolerance/8.0);",
            *(f"    {line}" for line in join),
            "}",
            "return total;",
        ]

    def _fresh(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}_of"

    def _define(self, name: str, meaning: str, lines: Sequence[str]) -> None:
        unused = [f"(void){v};" for v in ("at", "tolerance") if v not in names_in("\n".join(lines))]
        body = "\n".join(f"    {line}" for line in (*lines[:-1], *unused, lines[-1]))
        self.texts.append(
            f"/* {harmless(meaning)} */\nstatic estimate {name}(const double *at, double tolerance)\n{{\n{body}\n}}"
        )
