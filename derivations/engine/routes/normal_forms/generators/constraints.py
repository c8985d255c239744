"""What the constraints of a domain say of signs: A < B says that B - A is positive."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.generators.letters import Letters
from derivations.engine.routes.normal_forms.signs import nonnegative, ratio_nonnegative


def positive_by_constraints(tower: Letters, x: Ratio) -> bool:
    """Whether an element is proved positive, by itself or by a constraint."""
    if ratio_nonnegative(tower.field, x, strict=True):
        return True
    return x.den == tower.field.one.den and positive_polynomial(tower, x.num)


def positive_polynomial(tower: Letters, poly: Any) -> bool:
    """Whether a strict constraint says that a polynomial is positive: it is what stands there, or exceeds it."""
    names = set().union(*(tower.field.letters[i].node.free_symbols for i in tower.field.used(poly)))
    for constraint in tower.domain.constraints:
        if not isinstance(constraint, sp.StrictLessThan | sp.StrictGreaterThan) or constraint.free_symbols - names:
            continue
        gap = constraint.gts - constraint.lts
        if not gap.is_polynomial():
            continue
        fact = tower.convert(gap).num
        if not fact.is_zero() and (_is_multiple(poly, fact) or nonnegative(tower.field, poly - fact)):
            return True
    return False


def _is_multiple(poly: Any, fact: Any) -> bool:
    ratio = poly.leading_coefficient() / fact.leading_coefficient()
    return bool(ratio > 0) and poly == fact * ratio
