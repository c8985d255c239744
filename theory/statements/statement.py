"""What every statement has: a domain that knows its symbols, exact expressions, and a printed form."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from importlib import import_module
from typing import Any, ClassVar, Self

import sympy as sp

from theory.domain import Domain
from theory.nodes import distinct_nodes, nesting

DEEPEST = 400
"""Levels of operations in an expression beyond which SymPy cannot be relied upon."""


@dataclass(frozen=True)
class Statement:
    """A relation over a domain. Subclasses name their parts; every free symbol must be in the domain.

    A subclass takes its own fields as arguments of the same names, calls ``_validate`` when they are set, and says
    in ``claimed`` which of them holds what is claimed: the part in which a slip makes the statement wrong;
    it is empty where a slip is no expression.
    """

    claimed: ClassVar[str] = "right"

    domain: Domain = field(kw_only=False)

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The expressions whose free symbols the domain must know."""
        raise NotImplementedError

    def replaced(self, **parts: Any) -> Self:
        """The statement with other values for some of its fields, validated anew."""
        return type(self)(**{**{f.name: getattr(self, f.name) for f in fields(self)}, **parts})

    def _validate(self) -> None:
        if not isinstance(self.domain, Domain):
            raise TypeError(f"the domain of a {type(self).__name__} must be a Domain, found {self.domain!r}")
        for expression in self.expressions():
            self.domain.require(expression, f"this {type(self).__name__}")

    def _repr_latex_(self) -> str:
        return shown(self)


def checked_expression(value: Any, what: str) -> Any:
    """An exact SymPy expression or matrix.

    Raises
    ------
    TypeError
        If it is text, which is never evaluated, or nothing that SymPy knows.
    ValueError
        If it is a condition, is not finite, holds a floating-point number, or is nested too deeply.
    """
    if isinstance(value, str):
        raise TypeError(f"{what} must be a SymPy expression, found the text {value!r}; text is never evaluated")
    if isinstance(value, sp.MatrixBase):
        result: Any = sp.ImmutableMatrix(value)
    else:
        result = _sympified(value, what)
    if isinstance(result, sp.logic.boolalg.Boolean) and not isinstance(result, sp.Symbol):
        raise ValueError(f"{what} must be an expression, found the condition {result}")
    if not isinstance(result, sp.Expr | sp.MatrixBase):
        raise TypeError(f"{what} must be a SymPy expression, found {value!r}")
    _require_exact(result, what)
    return result


def _sympified(value: Any, what: str) -> Any:
    try:
        return sp.sympify(value, strict=True)
    except sp.SympifyError as error:
        raise TypeError(f"{what} must be a SymPy expression, found {value!r}") from error


def _require_exact(expression: Any, what: str) -> None:
    depth = nesting(expression)
    if depth > DEEPEST:
        raise ValueError(f"{what} is nested {depth} deep, beyond {DEEPEST}; name its inner parts by definitions")
    leaves = [n for n in distinct_nodes(expression) if not n.args]
    if sp.nan in leaves or sp.zoo in leaves:
        raise ValueError(f"{what} is not finite: {expression}; it was undefined before anything could be checked")
    floats = [n for n in leaves if isinstance(n, sp.Float)]
    if floats:
        raise ValueError(f"{what} contains the float {min(floats, key=str)}; write an exact number, as Rational(1, 2)")


def require_one_shape(left: Any, right: Any) -> tuple[int, int] | None:
    """The shape that both sides have; None for numbers.

    Raises
    ------
    ValueError
        If a matrix stands against a number, or a matrix of another shape.
    """
    shapes = [side.shape if isinstance(side, sp.MatrixBase) else None for side in (left, right)]
    if shapes[0] != shapes[1]:
        raise ValueError(f"both sides must have one shape; found {shapes[0]} and {shapes[1]}")
    return shapes[0]


def require_name(name: Any, what: str) -> None:
    """Raise a ``TypeError`` unless ``name`` is a symbol or an entry of a family."""
    if not isinstance(name, sp.Symbol | sp.Indexed):
        raise TypeError(f"{what} must be a symbol or an entry such as q[k], found {name!r}")


def shown(statement: Any) -> str:
    """LaTeX for a notebook. Printing is written in terms of statements, so it is looked up when it is needed."""
    return f"$\\displaystyle {import_module('theory.printing').statement_latex(statement)}$"
