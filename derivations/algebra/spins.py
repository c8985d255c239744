"""Powers of Ising spins: every even power is 1."""

from __future__ import annotations

from typing import Any

import sympy as sp


def ising_reduced(expression: Any, spin: Any) -> Any:
    """The expression with every power of an entry of ``spin`` reduced by s^2 = 1."""
    return expression.replace(
        lambda e: isinstance(e, sp.Pow) and isinstance(e.base, sp.Indexed) and e.base.base == spin and e.exp.is_Integer,
        lambda e: sp.Integer(1) if e.exp % 2 == 0 else e.base,
    )


def has_spins(expression: Any, spin: Any) -> bool:
    """Whether an entry of the family occurs."""
    return any(atom.base == spin for atom in expression.atoms(sp.Indexed))
