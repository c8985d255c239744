"""Which real arguments the cases of a printed function leave out."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.printing import expression_text
from theory.statements import Definition


def left_out(definition: Definition) -> str:
    """The condition that an argument is one that some case covers; empty if all are or there are no cases.

    Only a function of one real argument is looked at.
    """
    expression, names = definition.expression, definition.expression.free_symbols
    if not isinstance(expression, sp.Piecewise) or len(names) != 1:
        return ""
    (argument,) = names
    pairs: Any = expression.args
    covered = sp.Union(*(condition.as_set() for _, condition in pairs))
    gaps: Any = sp.Complement(sp.S.Reals, covered)
    if gaps is sp.S.EmptySet:
        return ""
    places = ", ".join(map(expression_text, gaps)) if isinstance(gaps, sp.FiniteSet) else str(gaps)
    return f"{argument} ≠ {places}"
