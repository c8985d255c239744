"""Expressions that are above zero, or that have a finite value, at every point of the domain: by their parts."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.normal_forms.tower import Tower
from theory.sums import Inside, Sigma

POSITIVE = sp.Interval.open(0, sp.oo)


def above_zero(tower: Tower, node: Any) -> bool:
    """Whether an expression is a number above zero everywhere."""
    if node.is_Rational:
        return bool(node > 0)
    if isinstance(node, sp.Symbol | sp.Indexed):
        chosen = tower.domain.sets.get(node.base if isinstance(node, sp.Indexed) else node)
        return chosen is not None and chosen.is_subset(POSITIVE) is True
    if isinstance(node, sp.exp):
        return is_finite(tower, node.args[0]) and _is_real(tower, node.args[0])
    if isinstance(node, sp.Add | sp.Mul):
        return all(above_zero(tower, part) for part in node.args)
    if isinstance(node, sp.Pow):
        return above_zero(tower, node.base) and node.exp.is_Rational
    if isinstance(node, Sigma):
        some = not _is_infinite(node.lower, node.upper) and tower.nonnegative(
            tower.convert(sp.expand(node.upper - node.lower))
        )
        return some and above_zero(tower, node.opened()[0])
    return isinstance(node, sp.Product) and is_finite(tower, node) and above_zero(tower, _factor(node))


def is_finite(tower: Tower, node: Any) -> bool:
    """Whether an expression has a finite value everywhere: no part of it is one over what may vanish."""
    if isinstance(node, sp.log):
        return above_zero(tower, node.args[0])
    if isinstance(node, sp.Pow):
        whole = node.exp.is_Integer and node.exp > 0 and is_finite(tower, node.base)
        return whole or (node.exp.is_Rational and above_zero(tower, node.base) and is_finite(tower, node.base))
    if isinstance(node, Sigma):
        return not _is_infinite(node.lower, node.upper) and is_finite(tower, node.opened()[0])
    if isinstance(node, sp.Product):
        ends = [end for limit in node.limits for end in limit[1:]]
        return not _is_infinite(*ends) and is_finite(tower, _factor(node))
    if isinstance(node, sp.Symbol | sp.Indexed | Inside | sp.KroneckerDelta) or node.is_Rational or node is sp.pi:
        return True
    return isinstance(node, sp.Add | sp.Mul | sp.exp) and all(is_finite(tower, part) for part in node.args)


def _factor(node: sp.Product) -> Any:
    """The factor of a product in indices of its own: the domain may say something else of a symbol of that name."""
    return node.function.xreplace({limit[0]: limit[0].as_dummy() for limit in node.limits})


def _is_real(tower: Tower, node: Any) -> bool:
    """Real where it is finite: logarithms of what is above zero, and sums and products of real numbers."""
    if isinstance(node, sp.log):
        return above_zero(tower, node.args[0])
    if isinstance(node, sp.Add | sp.Mul | sp.exp):
        return all(_is_real(tower, part) for part in node.args)
    if isinstance(node, Sigma):
        return _is_real(tower, node.opened()[0])
    return tower.is_real_expression(node)


def _is_infinite(*ends: Any) -> bool:
    return any(end.has(sp.oo, sp.S.NegativeInfinity) for end in ends)
