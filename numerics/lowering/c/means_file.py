"""The C source of a function with means: what it integrates, its quadrature, and the function itself."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from numerics.lowering.arguments import checked_arguments
from numerics.lowering.c.library import helpers_of
from numerics.lowering.c.means import TAKEN, Functions
from numerics.lowering.c.quadrature import runtime
from numerics.lowering.comments import harmless
from numerics.lowering.expressions import formula
from numerics.lowering.means.composite import Composite

if TYPE_CHECKING:
    from numerics.lowering.lowered import Lowered

WIDTH = 96
_FILE = """\
/* {shown}

   Arguments, in this order: {order}.

   Means and integrals are computed to a relative error of {tolerance!r}, each relative to the integral of its absolute
   value; where one is not, the numbers of that point are NaN. */

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

{runtime}
{helpers}
{functions}

/* {row} = {what} at {first}[i*{first}_step], ... for i < n, and in error, unless it is NULL, what its relative
   error is taken for. Steps count elements; 0 repeats one number. Returns at how many points a mean was refused. */
size_t lowered(size_t n, double *out, double *error{parameters})
{{
    const double tolerance = {tolerance!r};
    size_t refused = 0;
    for (size_t i = 0; i < n; i++) {{
        const double at[] = {{{given}}};
{lines}
        const double found[] = {{{values}}};
        const double doubt[] = {{{errors}}};
        const int accepted = {accepted};
        refused += !accepted;
        for (size_t k = 0; k < {size}; k++) {{
            out[i*{size} + k] = accepted ? found[k] : NAN;
            if (error) error[i*{size} + k] = !accepted ? INFINITY : doubt[k] == 0.0 ? 0.0 : doubt[k]/fabs(found[k]);
        }}
    }}
    return refused;
}}
"""


def means_source(function: Lowered) -> str:
    """The module: ``size_t lowered(size_t n, double *out, double *error, const double *x, ptrdiff_t x_step, ...)``."""
    composite: Composite = function.composite
    entries = formula(composite.lifted.outer).entries
    functions = Functions()
    lines, values = functions.body(composite, entries)
    n_means, size = len(composite.parts), len(entries)
    slopes = [values[size + k * n_means : size + (k + 1) * n_means] for k in range(size)]
    names = [a.identifier for a in checked_arguments(function.arguments, TAKEN)]
    shown = textwrap.fill(harmless(str(function.expression)), WIDTH)
    texts = [*functions.texts, *lines, *values]
    return _FILE.format(
        shown=shown,
        order=", ".join(f"{n} = {harmless(str(a))}" for n, a in zip(names, function.arguments, strict=True)) or "none",
        tolerance=function.tolerance,
        runtime=runtime(functions.texts),
        helpers="\n".join(helpers_of("\n".join(texts))),
        functions="\n\n".join(functions.texts),
        row="out[i]" if size == 1 else f"out[i*{size} + k]",
        what="the formula" if size == 1 else "entry k of the formula, row by row,",
        first=names[0] if names else "x",
        parameters="".join(f",\n               const double *{n}, ptrdiff_t {n}_step" for n in names),
        given=", ".join(f"{n}[(ptrdiff_t)i*{n}_step]" for n in names) or "0.0",
        lines="\n".join(f"        {line}" for line in lines),
        values=", ".join(values[:size]),
        errors=", ".join(" + ".join(f"fabs({s})*e{k}.error" for k, s in enumerate(row)) or "0.0" for row in slopes),
        accepted=" && ".join(f"(e{k}.error == 0.0 || e{k}.error <= tolerance*e{k}.scale)" for k in range(n_means))
        or "1",
        size=size,
    )
