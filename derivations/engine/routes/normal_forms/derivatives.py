"""Derivatives by entries of indexed fields, with Kronecker deltas for what the indices decide."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.jumps import slope
from derivations.engine.routes.normal_forms.field import UnsupportedError
from theory.averages import ConfigurationSum, GaussianMean
from theory.sums import Sigma, free_names


def field_derivative(node: Any, by: sp.Expr) -> sp.Expr:
    """The derivative of an expression over symbolic sums by a symbol or by one entry such as ``q[k]``.

    Raises
    ------
    UnsupportedError
        If some node has no rule.
    """
    if not isinstance(by, sp.Indexed):
        return slope(node, by)
    if by.base not in free_names(node):
        return sp.S.Zero
    if isinstance(node, sp.Indexed):
        return _delta(node, by)
    if isinstance(node, sp.Add):
        return sp.Add(*(field_derivative(a, by) for a in node.args))
    if isinstance(node, sp.Mul):
        return sp.Add(*(_one_factor(node.args, place, by) for place in range(len(node.args))))
    if isinstance(node, Sigma):
        body, fresh = node.opened()
        return Sigma(field_derivative(body, by), (fresh, node.lower, node.upper))
    if isinstance(node, ConfigurationSum):
        return node.with_body(field_derivative(node.body, by))
    if isinstance(node, GaussianMean) and not node.ranges:
        return _of_mean(node, by)
    if isinstance(node, sp.Pow | sp.Function):
        return _chain(node, by)
    raise UnsupportedError(f"no field derivative of {type(node).__name__}")


def _delta(node: sp.Indexed, by: sp.Indexed) -> sp.Expr:
    return sp.Mul(*(sp.KroneckerDelta(x, y) for x, y in zip(node.indices, by.indices, strict=True)))


def _one_factor(factors: tuple[Any, ...], place: int, by: sp.Expr) -> sp.Expr:
    return sp.Mul(*factors[:place], field_derivative(factors[place], by), *factors[place + 1 :])


def _of_mean(node: GaussianMean, by: sp.Expr) -> sp.Expr:
    """The integrand's derivative, and the heat equation for the variance."""
    inside, growth = field_derivative(node.body, by), field_derivative(node.variance, by)
    spread = node.with_body(slope(node.body, node.family, 2, integrated=True)) * growth / 2
    return node.with_body(inside) + spread


def _chain(node: Any, by: sp.Expr) -> sp.Expr:
    stand_ins = [sp.Dummy(real=a.is_real, positive=a.is_positive, integer=a.is_integer) for a in node.args]
    outer = node.func(*stand_ins)
    back = dict(zip(stand_ins, node.args, strict=True))
    slopes = (sp.diff(outer, s).xreplace(back) * field_derivative(a, by) for s, a in back.items())
    return sp.Add(*slopes)
