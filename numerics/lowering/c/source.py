"""A C99 module for an expression: the formula, what it needs, and a loop over arrays with steps."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import sympy as sp

from numerics.lowering.arguments import Argument
from numerics.lowering.c.dialect import FAST, STRICT
from numerics.lowering.c.library import helpers_of, vectorized
from numerics.lowering.c.toolchain import Accuracy
from numerics.lowering.printer import Printer

BLOCK = 512
"""Elements at a time where an argument is not contiguous; its copy stays in the first-level cache."""
WIDTH = 96
INDENT = " " * 4

_HEAD = """\
#include <math.h>
#include <stddef.h>
"""
_VECTOR = """\
/* With VECTOR_LIBM the compiler may call glibc's vector functions in loops: at most 4 units in the last place each. */
#if defined(VECTOR_LIBM) && defined(__GNUC__) && !defined(__clang__)
#define VECTOR __attribute__((simd("notinbranch"), const))
#else
#define VECTOR
#endif
"""
_LOOP = """\
/* out[i] = the formula at {first}[i*{first}_step], ... for i < n. Steps count elements; 0 repeats one number. */
void lowered(size_t n, double *restrict out{parameters})
{{
    if ({contiguous}) {{
        contiguous(n, out{arrays});
        return;
    }}
    double {blocks};
{fill}
    for (size_t start = 0; start < n; start += {block}) {{
        const size_t count = n - start < {block} ? n - start : {block};
{copy}
        contiguous(count, out + start{block_names});
    }}
}}
"""


def c_source(expression: sp.Basic, arguments: Sequence[Argument], shown: sp.Basic, accuracy: Accuracy) -> str:
    """The module: ``void lowered(size_t n, double *out, const double *x, ptrdiff_t x_step, ...)``.

    Parameters
    ----------
    expression
        In the arguments' symbols, rewritten for accuracy.
    arguments
        In the order of the call.
    shown
        The formula as the comment gives it, in the same symbols.
    accuracy
        Whether rational factors may be rounded beforehand.
    """
    printer = Printer(STRICT if accuracy == "strict" else FAST)
    value = printer.program(expression)
    names = [a.identifier for a in arguments]
    lines = [*(f"const double {name} = {name}_values[i];" for name in names), *printer.lines, f"out[i] = {value};"]
    formula = "\n".join(lines)
    helpers = helpers_of(formula)
    prototypes = vectorized([formula, *helpers])
    parts = [
        _comment(arguments, shown),
        _HEAD,
        *([_VECTOR + "\n".join(prototypes) + "\n"] if prototypes else []),
        *(helper + "\n" for helper in helpers),
        _inner(names, lines),
        _outer(names),
    ]
    return "\n".join(parts)


def _comment(arguments: Sequence[Argument], shown: sp.Basic) -> str:
    formula = textwrap.wrap(str(shown).replace("*/", "* /"), WIDTH, break_long_words=False)
    order = "Arguments, in this order: " + (", ".join(_described(a) for a in arguments) or "none") + "."
    text = [*formula, "", *textwrap.wrap(order, WIDTH)]
    return "/* " + "\n   ".join(text).replace("   \n", "\n") + " */\n"


def _described(argument: Argument) -> str:
    name = str(argument.atom).replace("*/", "* /")
    plain = name == argument.identifier or "\\" in name
    return argument.identifier if plain else f"{argument.identifier} = {name}"


def _inner(names: Sequence[str], lines: Sequence[str]) -> str:
    parameters = "".join(f", const double *restrict {name}_values" for name in names)
    body = "\n".join(wrapped for line in lines for wrapped in _wrapped(line))
    return (
        f"static void contiguous(size_t n, double *restrict out{parameters})\n{{\n"
        f"{INDENT}for (size_t i = 0; i < n; i++) {{\n{body}\n{INDENT}}}\n}}\n"
    )


def _wrapped(line: str) -> list[str]:
    """A statement over several lines: C takes a line break for a space."""
    return textwrap.wrap(
        line,
        WIDTH,
        initial_indent=2 * INDENT,
        subsequent_indent=4 * INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _outer(names: Sequence[str]) -> str:
    if not names:
        return "void lowered(size_t n, double *restrict out)\n{\n    contiguous(n, out);\n}\n"
    fill = "\n".join(
        f"{INDENT}for (size_t i = 0; i < {BLOCK} && {n}_step == 0; i++) {n}_block[i] = {n}[0];" for n in names
    )
    copy = "\n".join(
        f"{2 * INDENT}for (size_t i = 0; i < count && {n}_step != 0; i++) "
        f"{n}_block[i] = {n}[(ptrdiff_t)(start + i)*{n}_step];"
        for n in names
    )
    return _LOOP.format(
        first=names[0],
        parameters="".join(f",\n             const double *{n}, ptrdiff_t {n}_step" for n in names),
        contiguous=" && ".join(f"{n}_step == 1" for n in names),
        arrays="".join(f", {n}" for n in names),
        blocks=", ".join(f"{n}_block[{BLOCK}]" for n in names),
        fill=fill,
        copy=copy,
        block=BLOCK,
        block_names="".join(f", {n}_block" for n in names),
    )
