"""An inequality between two real expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statements.statement import Statement, checked_expression

RELATIONS = ("<=", "<", ">=", ">")


@dataclass(frozen=True, init=False)
class Inequality(Statement):
    """``left <= right``, or another relation, wherever on the domain both sides are real numbers."""

    left: Any
    right: Any
    relation: str

    def __init__(self, left: Any, right: Any, domain: Domain, *, relation: str = "<=") -> None:
        if relation not in RELATIONS:
            raise ValueError(f"the relation of an inequality is one of {', '.join(RELATIONS)}; found {relation!r}")
        for name, side in {"left": left, "right": right}.items():
            if isinstance(side, sp.MatrixBase):
                raise TypeError(f"an inequality compares numbers; the {name} side is a matrix")
            object.__setattr__(self, name, checked_expression(side, f"the {name} side"))
        object.__setattr__(self, "relation", relation)
        object.__setattr__(self, "domain", domain)
        self._validate()

    @property
    def gap(self) -> Any:
        """What is claimed to be at least zero, or above zero where ``strict``."""
        return self.right - self.left if self.relation in ("<=", "<") else self.left - self.right

    @property
    def strict(self) -> bool:
        """Whether equality is excluded."""
        return self.relation in ("<", ">")

    def expressions(self) -> tuple[sp.Basic, ...]:
        """Both sides."""
        return (self.left, self.right)
