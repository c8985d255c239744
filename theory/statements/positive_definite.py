"""Positive definiteness of a symmetric matrix, if and only if a condition holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression


@dataclass(frozen=True, init=False)
class PositiveDefinite(Statement):
    """The symmetric ``matrix`` is positive definite if and only if ``condition`` holds.

    ``matrix`` is a SymPy matrix, or an entry as an expression in ``rows = (i, j, low, high)``: both indices run
    from ``low`` to ``high``, which may be symbolic.
    """

    claimed: ClassVar[str] = ""

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
        object.__setattr__(self, "matrix", checked_expression(matrix, "the matrix"))
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
