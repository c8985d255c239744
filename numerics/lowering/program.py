"""Generated source as text, and as a function that can see nothing but the numerical functions it names."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.arguments import Argument
from numerics.lowering.dialect import Dialect
from numerics.lowering.formula import Formula
from numerics.lowering.numpy_dialect import MODULES, NUMPY
from numerics.lowering.printer import Printer

WIDTH = 88
INDENT = " " * 4


def numpy_source(formula: Formula, arguments: Sequence[Argument]) -> str:
    """A module with one function, ``lowered``: of a scalar it gives the value, else the list of entries.

    Parameters
    ----------
    formula
        In the arguments' symbols, rewritten for accuracy.
    arguments
        In the order of the call.
    """
    function = lowered_text(formula, arguments, NUMPY, around='with np.errstate(all="ignore"):')
    return "\n".join([*_imports(function), "", "", function, ""])


def lowered_text(formula: Formula, arguments: Sequence[Argument], dialect: Dialect, *, around: str = "") -> str:
    """``lowered`` in a dialect of Python.

    Parameters
    ----------
    around
        The head of a block for formulas of which all branches are computed: warnings of those not taken would be wrong.
    """
    printer = Printer(dialect)
    values = printer.program(formula)
    returned = ["return ["] + [f"{INDENT}{value}," for value in values] + ["]"]
    body = [*printer.lines, *([f"return {values[0]}"] if formula.shape == () else returned)]
    if around and any(part.has(sp.Piecewise) for part in formula.parts()):
        body = [around, *(INDENT + line for line in body)]
    head = [f"def lowered({', '.join(a.identifier for a in arguments)}):", *_docstring(arguments, formula.shown)]
    return "\n".join([head[0], *(INDENT + line if line else "" for line in (*head[1:], *body))])


def compiled(source: str) -> Callable[..., Any]:
    """The function of a source from `numpy_source`; its import lines are left out: what they bind is handed in."""
    text = source[source.index("def lowered(") :]
    names: dict[str, Any] = {"np": np}
    names.update({name: getattr(import_module(MODULES[name]), name) for name in own_functions(text)})
    if "special." in text:
        from scipy import special  # slow to import, and few formulas need it

        names["special"] = special
    return executed(text, names)


def executed(text: str, names: Mapping[str, Any]) -> Callable[..., Any]:
    """``lowered`` of a text that sees these names only, and no builtins.

    The text is ours: names in it are checked identifiers, numbers are literals we wrote.
    """
    namespace: dict[str, Any] = {"__builtins__": {}, **names}
    exec(compile(text, "<lowered>", "exec"), namespace)
    return namespace["lowered"]


def _docstring(arguments: Sequence[Argument], shown: str) -> list[str]:
    first, *more = textwrap.wrap(shown, WIDTH, break_long_words=False)
    if not arguments and not more:
        return [f'"""{first}."""']
    listed = ["Arguments, in this order:", "", *map(_described, arguments)] if arguments else []
    return [f'"""{first}', *more, "", *listed, '"""']


def _described(argument: Argument) -> str:
    name = str(argument.atom)
    # A backslash would start an escape sequence; such a name is known by its place alone.
    return argument.identifier if name == argument.identifier or "\\" in name else f"{argument.identifier} = {name}"


def _imports(function: str) -> list[str]:
    own = own_functions(function)
    lines = ["import numpy as np"]
    if "special." in function:
        lines.append("from scipy import special")
    modules = dict.fromkeys(MODULES[name] for name in own)
    imported = [f"from {m} import {', '.join(name for name in own if MODULES[name] == m)}" for m in modules]
    return [*lines, "", *imported] if own else lines


def own_functions(function: str) -> list[str]:
    """The functions of ours that a source calls."""
    called = set(re.findall(r"(?<![.\w])(\w+)\(", function))
    return [name for name in MODULES if name in called]
