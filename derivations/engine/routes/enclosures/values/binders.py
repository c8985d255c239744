"""Sums, products, means, integrals and derivatives, by what they mean at the point."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# ruff: noqa: ARG001 (every rule has one signature)
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import acb, acb_mat
from sympy.concrete.expr_with_limits import ExprWithLimits

from derivations.engine.routes.enclosures.gaussian import gaussian_mean
from derivations.engine.routes.enclosures.points import Frame, TooLargeError, UnknownError
from derivations.engine.routes.enclosures.quadrature import integral
from derivations.engine.routes.enclosures.series import infinite_product, infinite_sum, separated_sum
from derivations.engine.routes.enclosures.table import NAN, Rule, ball
from derivations.engine.routes.jumps import carried_out, corners
from theory.averages import ConfigurationSum, GaussianMean, MagnetizationIntegral, OverlapIntegral
from theory.determinants import Determinant
from theory.field_derivative import FieldDerivative
from theory.paths import PathSum
from theory.sums import Binder, Sigma, free_names

CORNERS = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise, sp.floor, sp.ceiling, sp.arg)
"""Functions whose derivatives by SymPy may have a value where there is none."""

MAX_ROWS = 24
"""Of a determinant that is written out."""


def _sigma(node: Sigma, frame: Frame, analytic: bool) -> acb:
    total = acb(0)
    for value in range(frame.integer(node.lower), frame.integer(node.upper) + 1):
        frame.spend()
        total += ball(node.summand, frame.with_value(node.index, value), analytic)
    return total


def _finite_sum(node: sp.Sum, frame: Frame, analytic: bool) -> acb:
    return _over_limits(node.function, node.limits, frame, analytic, product=False)


def _product(node: sp.Product, frame: Frame, analytic: bool) -> acb:
    return _over_limits(node.function, node.limits, frame, analytic, product=True)


def _over_limits(body: Any, limits: Any, frame: Frame, analytic: bool, *, product: bool) -> acb:
    if not limits:
        return ball(body, frame, analytic)
    index, low, high = limits[-1]
    if low.is_infinite or high.is_infinite:
        return _infinite(body, limits, frame, analytic, product=product)
    total = acb(1) if product else acb(0)
    first, last = frame.integer(low), frame.integer(high)
    if last < first - 1:
        raise UnknownError(f"the range {first} to {last} is reversed: conventions differ, so it has no value here")
    for value in range(first, last + 1):
        frame.spend()
        term = _over_limits(body, limits[:-1], frame.with_value(index, value), analytic, product=product)
        total = total * term if product else total + term
    return total


def _infinite(body: Any, limits: Any, frame: Frame, analytic: bool, *, product: bool) -> acb:
    index, low, high = limits[-1]
    if product and len(limits) == 1 and high is sp.oo:
        return infinite_product(body, index, low, frame, analytic)
    if product:
        raise UnknownError("an infinite product over several indices or from minus infinity")
    if len(limits) > 1:
        return separated_sum(body, limits, frame, analytic)
    return infinite_sum(body, index, low, high, frame, analytic)


def _configurations(node: ConfigurationSum | PathSum, frame: Frame, analytic: bool) -> acb:
    total = acb(0)
    for inner in frame.paths(node) if isinstance(node, PathSum) else frame.configurations(node):
        frame.spend()
        total += ball(node.body, inner, analytic)
    return total


def _determinant(node: Determinant, frame: Frame, analytic: bool) -> acb:
    """By the entries; without rows it is 1."""
    size = frame.integer(node.size)
    if size > MAX_ROWS:
        raise TooLargeError(f"a determinant of {size} rows at these sizes; at most {MAX_ROWS} are written out")
    rows, columns = node.slots
    entries = []
    for i in range(1, size + 1):
        inner = frame.with_value(rows, i)
        for j in range(1, size + 1):
            frame.spend()
            entries.append(ball(node.body, inner.with_value(columns, j), analytic))
    return acb(acb_mat(size, size, entries).det()) if size > 0 else acb(1)


def _field_derivative(node: FieldDerivative, frame: Frame, analytic: bool) -> acb:
    """Written out with the field symbolic and differentiated there: independent of any rule for sums."""
    return ball(node.written_out(frame.lookup), frame, analytic)


def _overlaps(node: OverlapIntegral, frame: Frame, analytic: bool) -> acb:
    total = acb(0)
    for weight, inner in frame.overlaps(node):
        frame.spend()
        total += weight * ball(node.body, inner, analytic)
    return total


def _written_out(node: Binder, frame: Frame, analytic: bool) -> acb:
    """Any other binder, by its meaning."""
    return ball(node.written_out(frame.lookup), frame, analytic)


def _gaussian(node: GaussianMean, frame: Frame, analytic: bool) -> acb:
    return gaussian_mean(node, frame)


def _integral(node: sp.Integral, frame: Frame, analytic: bool) -> acb:
    return integral(node, frame)


def _derivative(node: sp.Derivative, frame: Frame, analytic: bool) -> acb:
    return NAN if _is_corner(node, frame) else ball(_carried_out(node), frame, analytic)


def _carried_out(node: sp.Derivative) -> Any:
    _require_termwise(node.expr)
    result = carried_out(node)
    if result.has(sp.Derivative):
        raise UnknownError(f"no ball for the derivative of an undetermined function: {node}")
    return result


def _substitution(node: sp.Subs, frame: Frame, analytic: bool) -> acb:
    """A smooth expression, derivatives carried out, at the point of a substitution."""
    if node.expr.has(Binder, ExprWithLimits, sp.Subs, *CORNERS):
        raise UnknownError(f"no ball for {node}")
    inner = node.expr.replace(sp.Derivative, lambda *parts: _carried_out(sp.Derivative(*parts)))
    variables, point = (tuple(part.args) for part in node.args[1:])
    names = [sp.Dummy() for _ in variables]
    inner = inner.xreplace(dict(zip(variables, names, strict=True)))
    return ball(inner.xreplace(dict(zip(names, point, strict=True))), frame, analytic)


def _is_corner(node: sp.Derivative, frame: Frame) -> bool:
    """Whether a corner or a jump may lie at the point: there is no derivative then."""
    names = set(node.variables)
    return any(ball(c, frame).contains(acb(0)) for c in corners(node.expr) if free_names(c) & names)


def _require_termwise(expression: Any) -> None:
    """Terms that oscillate may have a sum whose derivative is not the sum of theirs."""
    for total in expression.atoms(sp.Sum, sp.Product):
        infinite = any(end.is_infinite for limit in total.limits for end in limit[1:])
        if infinite and total.has(sp.sin, sp.cos, sp.I):
            raise UnknownError(f"the derivative of an infinite sum of waves: {total}")


TABLE: dict[Any, Rule] = {
    Sigma: _sigma, sp.Sum: _finite_sum, sp.Product: _product, ConfigurationSum: _configurations,
    PathSum: _configurations, Determinant: _determinant,
    FieldDerivative: _field_derivative, OverlapIntegral: _overlaps, MagnetizationIntegral: _overlaps,
    GaussianMean: _gaussian, sp.Integral: _integral, sp.Derivative: _derivative, sp.Subs: _substitution,
}  # fmt: skip


def by_class(node: Any) -> Rule | None:
    """Any other binder, by its meaning."""
    return _written_out if isinstance(node, Binder) else None
