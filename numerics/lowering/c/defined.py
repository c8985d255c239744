"""The formulas and tables of `numerics.lowering.definitions` as C text."""

from __future__ import annotations

import textwrap

from numerics.lowering.c.dialect import STRICT
from numerics.lowering.definitions import FORMULAS, variables
from numerics.lowering.expressions import formula
from numerics.lowering.printer import Printer
from numerics.lowering.series_tables import SeriesTable
from numerics.lowering.special_tables import TABLES

WIDTH = 110
INDENT = " " * 4
NAMES = frozenset({*TABLES, *(name for name, _ in FORMULAS.values())})


def defined(name: str) -> str:
    """The definition of a function of one number or two, ``name``."""
    return _table(name, TABLES[name]) if name in TABLES else _formula(name)


def _formula(name: str) -> str:
    node, body = next((node, body) for node, (known, body) in FORMULAS.items() if known == name)
    printer = Printer(STRICT)
    (value,) = printer.program(formula(body))
    lines = [_wrapped(line) for line in (*printer.lines, f"return {value};")]
    summary = " ".join((node.__doc__ or "").split()) if node.__module__.startswith("numerics") else f"{name}(x)."
    parameters = ", ".join(f"double {v.name}" for v in variables(node))
    return "\n".join([f"/* {summary} */", f"static inline double {name}({parameters}) {{", *lines, "}"])


def _table(name: str, table: SeriesTable) -> str:
    """One polynomial, or a choice by the piece in which t lies; what is not a number lies in the first."""
    rows = table.coefficients.tolist()
    if len(rows) == 1:
        coefficients, before = [repr(c) for c in rows[0]], ""
    else:
        coefficients = [f"{name}_table[piece][{j}]" for j in range(len(rows[0]))]
        before = f"static const double {name}_table[{len(rows)}][{len(rows[0])}] = {{\n{_rows(rows)}\n}};\n"
    distance = f"(t - {table.start!r})" if table.start else "t"
    piece = f"place > 0.0 ? (int)(place < {len(rows) - 1}.0 ? place : {len(rows) - 1}.0) : 0"
    choice = [f"const int piece = {piece};", "const double s = place - piece - 0.5;"]
    lines = [
        f"const double place = {distance}*{table.n_pieces / (table.end - table.start)!r};",
        *(choice if len(rows) > 1 else ["const double s = place - 0.5;"]),
        f"return {_horner(coefficients)};",
    ]
    body = "\n".join(map(_wrapped, lines))
    pieces = f"{len(rows)} equal pieces of " if len(rows) > 1 else ""
    remark = f"/* Polynomials on {pieces}{table.start:g} <= t <= {table.end:g}, from balls. */\n"
    return f"{remark}{before}static inline double {name}(double t) {{\n{body}\n}}"


def _rows(rows: list[list[float]]) -> str:
    return "\n".join(
        textwrap.fill(f"{{{', '.join(map(repr, row))}}},", WIDTH, initial_indent=INDENT, subsequent_indent=INDENT + " ")
        for row in rows
    )


def _horner(coefficients: list[str]) -> str:
    text = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        text = f"{c} + s*({text})"
    return text


def _wrapped(line: str) -> str:
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=INDENT,
        subsequent_indent=2 * INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
