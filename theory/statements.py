"""What a claim can say: typed relations over a domain, definitions, and postulates.

A statement is data. It is never true or false by itself; ``derivations.verify`` examines it. None of them is a
``sympy.Eq``, which evaluates ``Eq(x, x)`` to ``True`` before anybody has checked anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, cast

import sympy as sp

from theory.domain import Domain


def _expression(value: Any, what: str) -> Any:
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


def _shown(statement: Any) -> str:
    """LaTeX for a notebook. Printing is written in terms of statements, so it is looked up when it is needed."""
    return f"$\\displaystyle {import_module('theory.printing').statement_latex(statement)}$"


def _require_name(name: Any, what: str) -> None:
    if not isinstance(name, sp.Symbol | sp.Indexed):
        raise TypeError(f"{what} must be a symbol or an entry such as q[k], found {name!r}")


@dataclass(frozen=True)
class Statement:
    """A relation over a domain. Subclasses name their parts; every free symbol must be in the domain."""

    domain: Domain = field(kw_only=False)

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The expressions whose free symbols the domain must know."""
        raise NotImplementedError

    def _validate(self) -> None:
        if not isinstance(self.domain, Domain):
            raise TypeError(f"the domain of a {type(self).__name__} must be a Domain, found {self.domain!r}")
        for expression in self.expressions():
            self.domain.require(expression, f"this {type(self).__name__}")

    def _repr_latex_(self) -> str:
        return _shown(self)


@dataclass(frozen=True, init=False)
class Identity(Statement):
    """``left = right`` wherever on the domain both sides are defined (numbers, or matrices entry by entry)."""

    left: Any
    right: Any

    def __init__(self, left: Any, right: Any, domain: Domain) -> None:
        object.__setattr__(self, "left", _expression(left, "the left side"))
        object.__setattr__(self, "right", _expression(right, "the right side"))
        object.__setattr__(self, "domain", domain)
        shapes = [side.shape if isinstance(side, sp.MatrixBase) else None for side in (self.left, self.right)]
        if shapes[0] != shapes[1]:
            raise ValueError(f"both sides must have one shape; found {shapes[0]} and {shapes[1]}")
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides."""
        return (self.left, self.right)


@dataclass(frozen=True, init=False)
class Expansion(Statement):
    """``left = right + O((variable - about)^order)`` as the variable tends to ``about`` from above."""

    left: Any
    right: Any
    variable: sp.Symbol
    order: int
    about: sp.Expr

    def __init__(
        self, left: Any, right: Any, domain: Domain, *, variable: sp.Symbol, order: int, about: Any = 0
    ) -> None:
        _require_name(variable, "the variable of an expansion")
        if not isinstance(order, int) or isinstance(order, bool) or order < 1:
            raise ValueError(f"the order of an expansion is a positive integer, found {order!r}")
        for name, value in {"left": left, "right": right, "about": about}.items():
            object.__setattr__(self, name, _expression(value, f"the {name} of an expansion"))
        object.__setattr__(self, "variable", variable)
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "domain", domain)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides, the variable and the point."""
        return (self.left, self.right, self.variable, self.about)


@dataclass(frozen=True, init=False)
class LimitStatement(Statement):
    """``expression`` tends to ``value`` as ``variable`` tends to ``point`` (from above for ``"+"``)."""

    expression: Any
    value: Any
    variable: sp.Symbol
    point: sp.Expr
    direction: str

    def __init__(
        self,
        expression: Any,
        value: Any,
        domain: Domain,
        *,
        variable: sp.Symbol,
        point: Any,
        direction: str = "+",
    ) -> None:
        _require_name(variable, "the variable of a limit")
        if direction not in ("+", "-"):
            raise ValueError(f"a limit comes from above (+) or from below (-); found {direction!r}")
        for name, content in {"expression": expression, "value": value, "point": point}.items():
            object.__setattr__(self, name, _expression(content, f"the {name} of a limit"))
        object.__setattr__(self, "variable", variable)
        object.__setattr__(self, "direction", direction)
        object.__setattr__(self, "domain", domain)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The expression, its limit and the variable."""
        return (self.expression, self.value, self.variable)


@dataclass(frozen=True, init=False)
class Stationarity(Statement):
    """The derivative of ``action`` by each of ``variables`` vanishes where the equations ``at`` hold.

    ``variables`` are symbols or entries such as ``q[k]`` with ``k`` in the domain; ``at`` maps symbols, or entries
    standing for all entries of their family, to their values at the stationary point.
    """

    action: Any
    variables: tuple[sp.Expr, ...]
    at: tuple[tuple[sp.Expr, sp.Expr], ...]

    def __init__(self, action: Any, domain: Domain, *, variables: tuple[Any, ...], at: Mapping[Any, Any]) -> None:
        if not variables:
            raise ValueError("a stationarity statement needs at least one variable; found none")
        for name in (*variables, *at):
            _require_name(name, "a variable and a key of `at`")
        object.__setattr__(self, "action", _expression(action, "the action"))
        object.__setattr__(self, "variables", tuple(variables))
        pairs = tuple((k, _expression(v, f"the value of {k}")) for k, v in at.items())
        object.__setattr__(self, "at", pairs)
        object.__setattr__(self, "domain", domain)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The action, the variables and the equations of the point."""
        return (self.action, *self.variables, *(v for _, v in self.at))


@dataclass(frozen=True, init=False)
class PositiveDefinite(Statement):
    """The symmetric ``matrix`` is positive definite if and only if ``condition`` holds.

    ``matrix`` is a SymPy matrix, or an entry as an expression in ``rows = (i, j, low, high)``: both indices run
    from ``low`` to ``high``, which may be symbolic.
    """

    matrix: Any
    condition: Any
    rows: tuple[Any, ...] | None

    def __init__(
        self,
        matrix: Any,
        domain: Domain,
        *,
        condition: Any = sp.true,
        rows: tuple[Any, Any, Any, Any] | None = None,
    ) -> None:
        object.__setattr__(self, "matrix", _expression(matrix, "the matrix"))
        if isinstance(matrix, sp.MatrixBase) and (matrix.rows != matrix.cols or not matrix.rows):
            raise ValueError(f"a positive definite matrix is square; found the shape {matrix.shape}")
        if isinstance(matrix, sp.MatrixBase) and matrix != matrix.T:
            raise ValueError(f"a positive definite matrix is symmetric; {matrix} differs from its transpose")
        if (rows is None) != isinstance(matrix, sp.MatrixBase):
            raise ValueError("give a matrix, or an entry with rows=(i, j, low, high)")
        object.__setattr__(self, "condition", sp.sympify(condition, strict=True))
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "domain", domain)
        self._validate()

    def expressions(self) -> tuple[sp.Basic, ...]:
        """The matrix with its indices closed, and the condition."""
        if self.rows is None:
            return (self.matrix, self.condition)
        from theory.sums import Sigma

        i, j, low, high = self.rows
        return (Sigma(self.matrix, (i, low, high), (j, low, high)), self.condition)


@dataclass(frozen=True)
class Definition:
    """``symbol := expression``: a name for an expression, with nothing to prove.

    ``symbol`` is a symbol or an indexed atom whose indices stand for any index, as ``Q[k, a, b]``.
    """

    symbol: Any
    expression: Any

    def __post_init__(self) -> None:
        if not isinstance(self.symbol, sp.Symbol | sp.Indexed | sp.Function):
            raise TypeError(f"a definition names a symbol or an indexed atom; found {self.symbol!r}")
        object.__setattr__(self, "expression", _expression(self.expression, "a definition"))

    def _repr_latex_(self) -> str:
        return _shown(self)


@dataclass(frozen=True, kw_only=True)
class Postulate:
    """A step of physics that no checker establishes: an exchange of limits, a continuation, an ansatz.

    Attributes
    ----------
    name
        Short name, as it appears in what a result rests on.
    claim
        What is assumed, in words.
    justification
        Why the field assumes it.
    test
        What would test it.
    """

    name: str
    claim: str
    justification: str
    test: str

    def __post_init__(self) -> None:
        for part in ("name", "claim", "justification", "test"):
            if not cast(str, getattr(self, part)).strip():
                raise ValueError(f"a postulate states its {part}; found it empty")
