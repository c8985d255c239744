"""A C99 module for an expression: the formula, what it needs, and a loop over arrays with steps."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from numerics.lowering.arguments import Argument
from numerics.lowering.c.dialect import FAST, STRICT
from numerics.lowering.c.library import helpers_of, vectorized
from numerics.lowering.c.toolchain import Accuracy
from numerics.lowering.formula import Formula
from numerics.lowering.printer import Printer

BLOCK = 512
"""Elements at a time where an argument is not contiguous: its copy stays in the first-level cache."""
COLUMNS, MOST_ROWS, LONGEST_ROW = 4096, 504, 1024
"""Of vectors: doubles in all columns of a block, elements of a column, and entries of a vector, at most."""
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
_INTERLEAVED = """\
/* Columns, a block of {rows} elements at a time, so that the loop above stores side by side; then row by row. */
static void contiguous(size_t n, double *restrict out{parameters})
{{
    double block[{total}];
    for (size_t start = 0; start < n; start += {rows}) {{
        const size_t count = n - start < {rows} ? n - start : {rows};
        columns(count, block, {rows}{arrays});
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < {size}; k++) out[(start + i)*{size} + k] = block[k*{rows} + i];
    }}
}}
"""
_APART = """\
/* Functions that gain nothing by being copied to where they are called: the compiler is done sooner. */
#if defined(__clang__)
#define APART __attribute__((noinline))
#elif defined(__GNUC__)
#define APART __attribute__((noinline, noclone))
#else
#define APART
#endif
"""
_INDEPENDENT = """\
/* Passes through a loop do not depend on each other: columns of results do not overlap. */
#if defined(__clang__)
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define INDEPENDENT _Pragma("GCC ivdep")
#else
#define INDEPENDENT
#endif
"""
_ADJACENT = """\
/* n elements from the one at start on, side by side: where they are, or copied to a block. */
static APART const double *adjacent(const double *x, ptrdiff_t step, size_t start, size_t n, double *restrict block)
{
    if (step == 1) return x + start;
    if (step == 0 && start > 0) return block; /* as the block before */
    for (size_t i = 0; i < n; i++) block[i] = x[(ptrdiff_t)(start + i)*step];
    return block;
}
"""
_LOOP = """\
/* {row} = {what} at {first}[i*{first}_step], ... for i < n. Steps count elements; 0 repeats one number. */
void lowered(size_t n, double *restrict out{parameters})
{{
    double {blocks};
    const size_t most = {contiguous} ? n : {block};
    for (size_t start = 0; start < n; start += most) {{
        const size_t count = n - start < most ? n - start : most;
        contiguous(count, out + {start}{arrays});
    }}
}}
"""


def c_source(formula: Formula, arguments: Sequence[Argument], accuracy: Accuracy) -> str:
    """The module: ``void lowered(size_t n, double *out, const double *x, ptrdiff_t x_step, ...)``.

    Parameters
    ----------
    formula
        In the arguments' symbols, rewritten for accuracy.
    arguments
        In the order of the call.
    accuracy
        Whether rational factors may be rounded beforehand.
    """
    printer = Printer(STRICT if accuracy == "strict" else FAST)
    values = printer.program(formula)
    names = [a.identifier for a in arguments]
    size = formula.size
    rows = _rows(size)
    results = [f"out[{_entry(k, size, rows)}] = {value};" for k, value in enumerate(values)]
    lines = [*(f"const double {name} = {name}_values[i];" for name in names), *printer.lines, *results]
    text = "\n".join(lines)
    helpers = helpers_of(text)
    prototypes = vectorized([text, *helpers])
    parts = [
        _comment(arguments, formula),
        _HEAD,
        *([_VECTOR + "\n".join(prototypes) + "\n"] if prototypes else []),
        *([_APART] if names or rows else []),
        *([_INDEPENDENT] if rows else []),
        *(helper + "\n" for helper in helpers),
        _inner(names, lines, is_apart=rows > 0),
        *([_interleaved(names, size, rows)] if rows else []),
        *([_ADJACENT] if names else []),
        _outer(names, size),
    ]
    return "\n".join(parts)


def has_columns(size: int) -> bool:
    """Whether a module for so many entries has a function ``columns``, which stores each of them by itself."""
    return _rows(size) > 0


def _rows(size: int) -> int:
    """Elements whose columns are computed before they are stored row by row; 0 where rows are stored as they come.

    The columns stay in the first-level cache if they can, and do not begin whole pages apart, which would put them all
    into the same few places of it. Vectors of more than a thousand entries would ask too much of a stack.
    """
    return 0 if size == 1 or size > LONGEST_ROW else min(MOST_ROWS, max(16, COLUMNS // size // 8 * 8))


def _entry(k: int, size: int, rows: int) -> str:
    """The place of an entry of element i in the result, or in its column."""
    if size == 1:
        return "i"
    if rows:
        return ("i", "apart + i")[k] if k < 2 else f"{k}*apart + i"
    return f"i*{size} + {k}"


def _interleaved(names: Sequence[str], size: int, rows: int) -> str:
    return _INTERLEAVED.format(
        parameters="".join(f", const double *restrict {name}_values" for name in names),
        arrays="".join(f", {name}_values + start" for name in names),
        size=size,
        rows=rows,
        total=size * rows,
    )


def _comment(arguments: Sequence[Argument], formula: Formula) -> str:
    shown = textwrap.wrap(formula.shown.replace("*/", "* /"), WIDTH, break_long_words=False)
    order = "Arguments, in this order: " + (", ".join(_described(a) for a in arguments) or "none") + "."
    text = [*shown, "", *textwrap.wrap(order, WIDTH)]
    return "/* " + "\n   ".join(text).replace("   \n", "\n") + " */\n"


def _described(argument: Argument) -> str:
    name = str(argument.atom).replace("*/", "* /")
    plain = name == argument.identifier or "\\" in name
    return argument.identifier if plain else f"{argument.identifier} = {name}"


def _inner(names: Sequence[str], lines: Sequence[str], *, is_apart: bool) -> str:
    """The loop over contiguous arrays, which stores results one after the other, or each entry by itself."""
    parameters = "".join(f", const double *restrict {argument}_values" for argument in names)
    body = "\n".join(wrapped for line in lines for wrapped in _wrapped(line))
    declared = "APART void columns" if is_apart else "void contiguous"
    first = "size_t n, double *restrict out" + (", size_t apart" if is_apart else "")
    mark = f"{INDENT}INDEPENDENT\n" if is_apart else ""
    return (
        f"static {declared}({first}{parameters})\n{{\n"
        f"{mark}{INDENT}for (size_t i = 0; i < n; i++) {{\n{body}\n{INDENT}}}\n}}\n"
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


def _outer(names: Sequence[str], size: int) -> str:
    if not names:
        return "void lowered(size_t n, double *restrict out)\n{\n    contiguous(n, out);\n}\n"
    return _LOOP.format(
        first=names[0],
        parameters="".join(f",\n             const double *{n}, ptrdiff_t {n}_step" for n in names),
        contiguous=" && ".join(f"{n}_step == 1" for n in names),
        blocks=", ".join(f"{n}_block[{BLOCK}]" for n in names),
        block=BLOCK,
        arrays="".join(f",\n{' ' * 19}adjacent({n}, {n}_step, start, count, {n}_block)" for n in names),
        row="out[i]" if size == 1 else f"out[i*{size} + k]",
        what="the formula" if size == 1 else "entry k of the formula, row by row,",
        start="start" if size == 1 else f"start*{size}",
    )
