"""Taylor coefficients of a function of truncated power series, as a straight-line program.

A series to order n costs about n^2 operations where its expanded coefficients have exponentially many terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from numerics.lowering.lines import Lines
from numerics.lowering.recurrences import Expansion
from numerics.lowering.straight_line import StraightLineProgram, pruned


def taylor_program(
    expression: Any, variable: sp.Symbol, order: int, *, series: Mapping[Any, Sequence[Any]], about: Any = 0
) -> StraightLineProgram:
    """Taylor coefficients of an expression: its outputs are those of (variable - about)^k for k = 0, ..., order.

    Parameters
    ----------
    expression
        In the variable, in functions of it such as ``u(x)`` and their derivatives, and in symbols that are constant.
        A function of SymPy's, or a class of one's own with ``fdiff``, may be applied to any of these.
    order
        Of the last coefficient.
    series
        For each function, such as ``u(x)``, its Taylor coefficients: numbers, symbols, or expressions in symbols. Those
        beyond the last are zero.
    about
        The point of expansion: a number, or an expression in symbols.

    Raises
    ------
    TypeError
        If a node has no recurrence; the message names it.
    ValueError
        If the expression has no Taylor series at the point, or the order is negative.

    Examples
    --------
    >>> import sympy as sp
    >>> x, a, b = sp.symbols("x a b", real=True)
    >>> u = sp.Function("u")(x)
    >>> print(taylor_program(1 / (1 + u), x, 2, series={u: (0, a, b)}))
    # [x^k] 1/(u + 1), k = 0, ..., 2
    t0 = a**2 - b  # [x^2] the whole
    (1, -a, t0)
    """
    expansion = _expansion(expression, variable, order, series, about)
    whole = expansion.of(sp.sympify(expression, strict=True))
    meaning = f"{whole.meaning('k')}, k = 0, ..., {order}"
    whole.text = "the whole"
    coefficients = [whole[k] for k in range(order + 1)]
    return pruned(expansion.lines.assignments, coefficients, meaning=meaning)


def taylor_jacobian(
    expression: Any,
    variable: sp.Symbol,
    order: int,
    *,
    series: Mapping[Any, Sequence[Any]],
    of: Any,
    about: Any = 0,
) -> StraightLineProgram:
    """Derivatives of the Taylor coefficients of an expression with respect to those of one function in it.

    The outputs have shape (order + 1, n) for a function with n coefficients: entry (k, m) is the derivative of
    coefficient k with respect to coefficient m. As all columns are shifts of a few series,

        dF_k / df_m = sum_i (dF/df^(i))_{k-m+i} m! / (m-i)!,

    this takes far fewer operations than `StraightLineProgram.jacobian`, which knows nothing of series.

    Parameters
    ----------
    of
        The function, such as ``u(x)``; the others are as in `taylor_program`.
    """
    if of not in series:
        raise ValueError(f"expected one of the functions {', '.join(map(str, series))}; found {of}: give its series")
    expansion = _expansion(expression, variable, order, series, about)
    slopes = [(i, expansion.of(slope)) for i, slope in _functional_slopes(expression, of)]
    columns = range(len(series[of]))
    entries = [
        [sp.ff(m, i) * slope[k - m + i] for i, slope in slopes if i <= m <= k + i]
        for k in range(order + 1)
        for m in columns
    ]
    outputs = [expansion.lines.named(sp.Add(*parts)) for parts in entries]
    whole = expansion.of(sp.sympify(expression, strict=True)).meaning("k")
    meaning = f"d({whole})/d({of.func.__name__}_m), k = 0, ..., {order}, m = 0, ..., {len(columns) - 1}"
    return pruned(expansion.lines.assignments, outputs, shape=(order + 1, len(columns)), meaning=meaning)


def _functional_slopes(expression: Any, function: Any) -> list[tuple[int, Any]]:
    """Derivatives of an expression with respect to a function and its derivatives, by their order."""
    plain = sp.sympify(expression, strict=True).doit()
    orders = {d: len(d.variables) for d in plain.atoms(sp.Derivative) if d.expr == function} | {function: 0}
    marks = {d: sp.Dummy(real=True) for d in orders}
    # The highest first: xreplace then never meets the function inside a derivative of it.
    marked = plain.xreplace({d: m for d, m in marks.items() if d != function}).xreplace(marks)
    back = {m: d for d, m in marks.items()}
    return [(i, sp.diff(marked, marks[d]).xreplace(back)) for d, i in sorted(orders.items(), key=lambda item: item[1])]


def _expansion(
    expression: Any, variable: sp.Symbol, order: int, series: Mapping[Any, Sequence[Any]], about: Any
) -> Expansion:
    if order < 0:
        raise ValueError(f"expected an order of at least 0; found {order}")
    _check_functions(variable, series)
    names = {s.name for e in (expression, about, *(c for cs in series.values() for c in cs)) for s in _symbols(e)}
    return Expansion(variable, about, series, Lines(taken=names))


def _check_functions(variable: sp.Symbol, series: Mapping[Any, Any]) -> None:
    for function in series:
        if not isinstance(function, AppliedUndef) or function.args != (variable,):
            raise TypeError(f"expected series of functions such as u({variable}); found {function}")


def _symbols(value: Any) -> set[Any]:
    return sp.sympify(value, strict=True).free_symbols
