"""A C file that stands by itself: the formula with a ``main`` that prints test values, and its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivations.engine.routes.enclosures.balls import precision
from numerics.lowering.accuracy import exact_point
from numerics.lowering.arguments import checked_arguments
from numerics.lowering.c.words import RESERVED
from numerics.lowering.expressions import formula
from numerics.lowering.means.lifting import has_means
from numerics.lowering.probes import Point, probes
from numerics.lowering.reference import PRECISIONS, reference_values

if TYPE_CHECKING:
    from numerics.lowering.lowered import Lowered

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
/* Test values, each beside the exact one. -DNO_MAIN leaves this out. */
#ifndef NO_MAIN
#include <stdio.h>

int main(void)
{{
    static const double points[{count}][{width}] = {{
{rows}
    }};
    for (size_t k = 0; k < {count}; k++) {{
        const double *const at = points[k];
        double value[{size}];
        lowered(1, value{arguments});
        for (size_t e = 0; e < {size}; e++) {{
            printf("lowered({format}){entry} = %.17g, exact %.17g\\n"{shown}{which}, value[e], at[{last} + e]);
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
        If it has means or integrals, which are taken outside C.
    """
    if has_means(function.expression):
        raise ValueError(
            "expected a formula without means and integrals for a C file that stands alone; found some, whose nodes "
            "are chosen outside C: write the NumPy source, or lower the integrand"
        )
    how = "/* Compile: cc -O3 -std=c99 FILE.c -lm && ./a.out */\n"
    return f"{how}{function.source}\n{_main(function)}"


def header(function: Lowered, guard: str) -> str:
    """The declaration of ``lowered``, for other files to include."""
    lines = function.source.splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith(("/* out[", "void lowered(")))
    end = next(k for k in range(start, len(lines)) if lines[k].startswith("{"))
    declared = "\n".join(lines[start:end]).replace("restrict ", "") + ";"
    return _HEADER.format(guard=guard, declared=declared)


def _main(function: Lowered) -> str:
    tests = _tests(function)
    if not tests:
        return ""
    n_arguments, size = len(function.arguments), len(tests[0][1])
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
    )


def _tests(function: Lowered) -> list[tuple[Point, tuple[float, ...]]]:
    """Some points of the domain with the doubles nearest to the exact entries there."""
    arguments = checked_arguments(function.arguments, RESERVED)
    found: list[tuple[Point, tuple[float, ...]]] = []
    for point in probes(function.expression, arguments, function.domain):
        exact = reference_values(formula(function.expression), exact_point(arguments, point))
        if None not in exact:
            with precision(PRECISIONS[-1]):
                found.append((point, tuple(float(value.mid()) for value in exact if value is not None)))
        if len(found) == TESTS:
            break
    return found
