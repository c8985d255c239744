"""What a user hands in to be lowered, as a formula: a scalar, or the entries of a vector or a matrix."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.comments import harmless
from numerics.lowering.formula import Formula
from numerics.lowering.plain_forms import at_sizes
from numerics.lowering.straight_line import StraightLineProgram

NO_SIZES: Mapping[Any, int] = MappingProxyType({})


def checked_expression(expression: Any, sizes: Mapping[Any, int] = NO_SIZES) -> Any:
    """The expression at concrete sizes, as a SymPy object: scalar, array or explicit matrix. Programs stay.

    Raises
    ------
    TypeError
        If it is none of these.
    ValueError
        If it is a matrix of symbolic size, or has entries of different depth.
    """
    if isinstance(expression, str):
        raise TypeError(f"expected a SymPy expression; found the text {expression!r}: build it from symbols")
    if isinstance(expression, StraightLineProgram):
        return expression
    if isinstance(expression, list | tuple | np.ndarray):
        return _array([checked_expression(e, sizes) for e in expression])
    try:
        node = sp.sympify(expression, strict=True)
    except sp.SympifyError as error:
        raise TypeError(f"expected a SymPy expression; found {type(expression).__name__}") from error
    if isinstance(node, sp.MatrixBase | sp.NDimArray) and 0 in node.shape:
        raise ValueError(
            f"expected at least one expression; found none in a {type(node).__name__} of shape {node.shape}"
        )
    if isinstance(node, sp.MatrixBase):
        return sp.ImmutableDenseMatrix(node).applyfunc(lambda entry: at_sizes(entry, sizes))
    if isinstance(node, sp.MatrixExpr):
        return checked_expression(_explicit(node.subs(dict(sizes))), sizes)
    if isinstance(node, sp.NDimArray):
        return sp.ImmutableDenseNDimArray(node).applyfunc(lambda entry: at_sizes(entry, sizes))
    if not isinstance(node, sp.Expr):
        raise TypeError(f"expected an expression or a matrix of them; found {type(node).__name__} {node}")
    return at_sizes(node, sizes)


def _array(entries: list[Any]) -> Any:
    shapes = {() if isinstance(entry, sp.Expr) else getattr(entry, "shape", ()) for entry in entries}
    if len(shapes) != 1:
        found = "none" if not shapes else f"rows of shapes {', '.join(map(str, sorted(shapes)))}"
        raise ValueError(f"expected expressions in rows of one length; found {found}")
    return sp.ImmutableDenseNDimArray(np.array(entries, dtype=object).tolist())


def _explicit(matrix: Any) -> Any:
    """A matrix expression, such as a product or a block matrix, entry by entry."""
    if not all(isinstance(n, int | sp.Integer) for n in matrix.shape):
        raise ValueError(f"expected a matrix of concrete size; found {matrix.shape} in {matrix}: put in the sizes")
    try:
        return sp.ImmutableMatrix(matrix.doit().as_explicit())
    except (ValueError, NotImplementedError) as error:
        raise TypeError(f"expected a matrix with explicit entries; found {matrix}: {error}") from error


def natural_arguments(node: Any) -> list[Any]:
    """The symbols and the entries of families that an expression is a function of, in alphabetical order."""
    entries = node.atoms(sp.Indexed)
    inside = {symbol for entry in entries for symbol in entry.free_symbols}
    return sorted({*entries, *(node.free_symbols - inside)}, key=str)


def formula(node: Any) -> Formula:
    """The entries of a checked expression, row by row."""
    if isinstance(node, StraightLineProgram):
        return _steps(node)
    if isinstance(node, sp.MatrixBase | sp.NDimArray):
        shape = tuple(int(n) for n in node.shape)
        entries = tuple(sp.flatten(node.tolist())) if node.shape else (node[()],)
        return Formula(entries=entries, shape=shape, shown=harmless(str(node)))
    return Formula(entries=(node,), shape=(), shown=harmless(str(node)))


def _steps(program: StraightLineProgram) -> Formula:
    """Lines become steps under names that nothing else can have: what each is, for a reader."""
    names = {a.symbol: sp.Dummy(harmless(a.meaning), real=True) for a in program.assignments}
    return Formula(
        entries=tuple(output.xreplace(names) for output in program.outputs),
        shape=program.value_shape,
        steps=tuple((names[a.symbol], a.value.xreplace(names)) for a in program.assignments),
        shown=harmless(program.meaning or f"Straight-line program of {len(program.assignments)} lines"),
    )
