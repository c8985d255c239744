"""A C file that stands by itself: the formula with a ``main`` that prints test values, and its header."""

from __future__ import annotations

import numpy as np

from derivations.engine.routes.enclosures.balls import precision
from numerics.lowering.accuracy import exact_point
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.c.means_file import means_source
from numerics.lowering.c.words import RESERVED
from numerics.lowering.expressions import formula
from numerics.lowering.lowered import Lowered, lower
from numerics.lowering.means.lifting import has_means
from numerics.lowering.probes import Point, probes
from numerics.lowering.reference import PRECISIONS, reference_values

TESTS = 8
_HEADER = """\
#ifndef {guard}
#define {guard}
#include <stddef.h>
#ifdef __cplusplus
extern "C" {{
#endif

{declared}

#ifdef __cplusplus
}}
#endif
#endif
"""
_MAIN = """\
/* Test values, each beside {what}. -DNO_MAIN leaves this out. */
#ifndef NO_MAIN
#include <stdio.h>

int main(void)
{{
    static const double points[{count}][{width}] = {{
{rows}
    }};
    for (size_t k = 0; k < {count}; k++) {{
        const double *const at = points[k];
        double value[{size}]{declared};
        lowered(1, value{errors}{arguments});
        for (size_t e = 0; e < {size}; e++) {{
            printf("lowered({format}){entry} = %.17g, {beside} %.17g{estimated}\\n"{shown}{which},
                   value[e], at[{last} + e]{error});
        }}
    }}
    return 0;
}}
#endif
"""


def standalone(function: Lowered) -> str:
    """The source of a C function, how to compile it, and a ``main``.

    Raises
    ------
    ValueError
        If it has means of more than three variables, or solutions of equations, which C that stands alone lacks.
    """
    how = "/* Compile: cc -O3 -std=c99 FILE.c -lm && ./a.out */\n"
    return f"{how}{_source(function)}\n{_main(function)}"


def _source(function: Lowered) -> str:
    return means_source(function) if has_means(function.expression) else function.source


def header(function: Lowered, guard: str) -> str:
    """The declaration of ``lowered``, for other files to include."""
    lines = _source(function).splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith(("/* out[", "void lowered(", "size_t lowered(")))
    end = next(k for k in range(start, len(lines)) if lines[k].startswith("{"))
    declared = "\n".join(lines[start:end]).replace("restrict ", "") + ";"
    return _HEADER.format(guard=guard, declared=declared)


def _main(function: Lowered) -> str:
    beside, tests = _tests(function)
    if not tests:
        return ""
    n_arguments, size = len(function.arguments), len(tests[0][1])
    has_errors = has_means(function.expression)
    rows = [f"        {{{', '.join(map(repr, (*point, *exact)))}}}," for point, exact in tests]
    return _MAIN.format(
        count=len(tests),
        width=n_arguments + size,
        size=size,
        entry="" if size == 1 else "[%d]",
        which="" if size == 1 else ", (int)e",
        rows="\n".join(rows),
        arguments="".join(f", at + {k}, 0" for k in range(n_arguments)),
        format=", ".join(["%g"] * n_arguments),
        shown="".join(f", at[{k}]" for k in range(n_arguments)),
        last=n_arguments,
        beside=beside,
        what="the exact one" if beside == "exact" else "that of the NumPy source",
        declared=f", error[{size}]" if has_errors else "",
        errors=", error" if has_errors else "",
        estimated=", estimated relative error %.1e" if has_errors else "",
        error=", error[e]" if has_errors else "",
    )


def _tests(function: Lowered) -> tuple[str, list[tuple[Point, tuple[float, ...]]]]:
    """Some points of the domain with the doubles nearest to the exact entries there; NumPy's where none is known."""
    arguments = checked_arguments(function.arguments, RESERVED)
    points = list(probes(function.expression, arguments, function.domain))
    found: list[tuple[Point, tuple[float, ...]]] = []
    for point in points:
        exact = reference_values(formula(function.expression), exact_point(arguments, point))
        if None not in exact:
            with precision(PRECISIONS[-1]):
                found.append((point, tuple(float(value.mid()) for value in exact if value is not None)))
        if len(found) == TESTS or (not found and point is points[min(TESTS, len(points)) - 1]):
            break
    return ("exact", found) if found else ("NumPy", _by_numpy(function, points[:TESTS]))


def _by_numpy(function: Lowered, points: list[Point]) -> list[tuple[Point, tuple[float, ...]]]:
    """Those that have finite values there."""
    plain = lower(function.expression, function.arguments, tolerance=function.tolerance)
    values = [(point, np.ravel(plain.where_accepted(*point))) for point in points]
    return [(point, tuple(map(float, row))) for point, row in values if np.isfinite(row).all()]
