"""Symbols with a few integer values, such as a spin: a claim about all of them is one about each."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form
from derivations.engine.routes.sampling import size_symbols
from theory.sums import free_names

MAX_MEMBERS = 8


def by_members(equation: Equation) -> str:
    """How an equation is proved, one value of a symbol after the other; an empty text if it is not.

    Only sets that list their members count: a range that ends somewhere stands for sizes that go on.
    """
    names = free_names(equation.left) | free_names(equation.right)
    for name in size_symbols(equation.domain):
        chosen = equation.domain.sets[name]
        listed = isinstance(chosen, sp.FiniteSet) and 1 < len(chosen) <= MAX_MEMBERS
        if name not in names or not listed or equation.domain.constraints or _differentiates(equation, name):
            continue
        parts = [equation.at(name, int(value)) for value in sorted(chosen, key=int)]
        if all(by_normal_form(part) or by_members(part) for part in parts):
            return f"each value of {name} in normal form"
    return ""


def _differentiates(equation: Equation, name: sp.Symbol) -> bool:
    """Whether a derivative by the name occurs, which no single value has."""
    nodes = equation.left.atoms(sp.Derivative) | equation.right.atoms(sp.Derivative)
    return any(name in node.variables for node in nodes)
