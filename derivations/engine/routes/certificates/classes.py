"""Residue classes of a size: where n/q is rounded, n = q m + r for each remainder r, and m is a size of its own."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import lcm
from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.induction import by_induction
from derivations.engine.routes.normal_forms.normal_form import Equation, by_normal_form
from derivations.engine.routes.sampling import size_symbols
from theory.domain import Domain
from theory.sums import rename

MAX_CLASSES = 4
ROUNDED = (sp.floor, sp.ceiling)


def by_classes(equation: Equation) -> str:
    """How an equation with a rounded size is proved, one remainder after the other; an empty text if it is not."""
    domain = equation.domain
    for name in () if domain.constraints else size_symbols(domain):
        tied = any(name in chosen.free_symbols for chosen in domain.sets.values())
        count = _denominator(equation, name)
        if tied or not 1 < count <= MAX_CLASSES or not domain.sets[name].inf.is_Integer:
            continue
        techniques = [by_normal_form(part) or by_induction(part) for part in _parts(equation, name, count)]
        if all(techniques):
            return f"{count} classes of {name}: " + "; ".join(dict.fromkeys(techniques))
    return ""


def _denominator(equation: Equation, name: sp.Symbol) -> int:
    """The least common denominator of the rounded multiples of a size."""
    nodes = [node for side in (equation.left, equation.right) for node in side.atoms(*ROUNDED)]
    slopes = [sp.expand(node.args[0]).coeff(name) for node in nodes]
    return lcm(*(int(slope.q) for slope in slopes if slope.is_Rational)) if nodes else 1


def _parts(equation: Equation, name: sp.Symbol, count: int) -> Iterator[Equation]:
    least = int(equation.domain.sets[name].inf)
    rest: dict[Any, sp.Set] = {n: s for n, s in equation.domain.sets.items() if n != name}
    part = sp.Symbol(f"{name.name}\u2032", integer=True)
    for remainder in range(count):
        left, right = (rename(side, name, count * part + remainder) for side in (equation.left, equation.right))
        first = -((remainder - least) // count)
        yield replace(equation, left=left, right=right, domain=Domain({**rest, part: sp.Range(first, sp.oo)}))
