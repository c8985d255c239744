"""What every statement has: a domain that knows its symbols, exact expressions, and a printed form."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from importlib import import_module
from typing import Any, ClassVar, Self

import sympy as sp

from theory.domain import Domain


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
        If it is text, which is never evaluated.
    ValueError
        If it is a condition, is not finite, or holds a floating-point number.
    """
    if isinstance(value, str):
        raise TypeError(f"{what} must be a SymPy expression, found the text {value!r}; text is never evaluated")
    if isinstance(value, sp.MatrixBase):
        result: Any = sp.ImmutableMatrix(value)
    else:
        result = sp.sympify(value, strict=True)
    if isinstance(result, sp.logic.boolalg.Boolean) and not isinstance(result, sp.Symbol):
        raise ValueError(f"{what} must be an expression, found the condition {result}")
    if result.has(sp.nan, sp.zoo):
        raise ValueError(f"{what} is not finite: {result}; it was undefined before anything could be checked")
    floats = result.atoms(sp.Float)
    if floats:
        raise ValueError(f"{what} contains the float {min(floats, key=str)}; write an exact number, as Rational(1, 2)")
    return result


def require_name(name: Any, what: str) -> None:
    """Raise a ``TypeError`` unless ``name`` is a symbol or an entry of a family."""
    if not isinstance(name, sp.Symbol | sp.Indexed):
        raise TypeError(f"{what} must be a symbol or an entry such as q[k], found {name!r}")


def shown(statement: Any) -> str:
    """LaTeX for a notebook. Printing is written in terms of statements, so it is looked up when it is needed."""
    return f"$\\displaystyle {import_module('theory.printing').statement_latex(statement)}$"
