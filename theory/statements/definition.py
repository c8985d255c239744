"""A definition: a name for an expression, with nothing to prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.statements.statement import checked_expression, shown


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
        object.__setattr__(self, "expression", checked_expression(self.expression, "a definition"))

    def _repr_latex_(self) -> str:
        return shown(self)
