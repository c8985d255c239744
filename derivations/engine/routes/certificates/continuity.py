"""Proofs that an expression is a continuous function of some symbols, jointly, everywhere they run."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.nonzero import nonzero, positive
from derivations.engine.routes.normal_forms.field import UnsupportedError
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import Tower

Names = frozenset[sp.Symbol]
ENTIRE = (sp.Add, sp.Mul, sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.erf, sp.erfc, sp.erfi)
ON_THE_LINE = (sp.tanh, sp.sech, sp.atan, sp.asinh, sp.Abs, sp.Max, sp.Min)


def continuous(tower: Tower, node: Any, names: Names, known: Callable[[Any], bool] = lambda _: False) -> bool:
    """Whether an expression is continuous; ``known`` may vouch for nodes without a rule here."""
    if not node.free_symbols & names or node in names:
        return True
    inside = (a for a in node.args if isinstance(a, sp.Expr))
    if isinstance(node, ENTIRE):
        return all(continuous(tower, a, names, known) for a in inside)
    condition = _condition(tower, node)
    if condition is None:
        return known(node)
    return condition and all(continuous(tower, a, names, known) for a in inside)


def _condition(tower: Tower, node: Any) -> bool | None:
    """What the arguments of a node must obey for it to be continuous in them; None for other nodes."""
    if isinstance(node, sp.Pow):
        return _power(tower, *node.args)
    if isinstance(node, ON_THE_LINE):
        return all(real(tower, a) for a in node.args)
    if isinstance(node, sp.log):
        return len(node.args) == 1 and is_positive(tower, node.args[0])
    if isinstance(node, sp.asin | sp.acos):
        return real(tower, node.args[0]) and is_nonnegative(tower, 1 - node.args[0] ** 2)
    if isinstance(node, sp.polylog):
        order, place = node.args
        return bool(order.is_Integer and order >= 2) and is_nonnegative(tower, 1 - place)
    return None


def _power(tower: Tower, base: sp.Expr, exponent: sp.Expr) -> bool:
    if exponent.is_Integer:
        return bool(exponent >= 0) or is_nonzero(tower, base)
    if exponent.is_Rational and exponent > 0:
        return is_nonnegative(tower, base)
    return is_positive(tower, base)


def real(tower: Tower, node: Any) -> bool:
    """Whether an expression is proved real."""
    return _decided(tower, node, lambda x: is_real(tower.field, x.num) and is_real(tower.field, x.den))


def is_positive(tower: Tower, node: Any) -> bool:
    """Whether an expression is proved > 0."""
    return _decided(tower, node, lambda x: positive(tower, x))


def is_nonnegative(tower: Tower, node: Any) -> bool:
    """Whether an expression is proved >= 0."""
    return _decided(tower, node, lambda x: ratio_nonnegative(tower.field, x))


def is_nonzero(tower: Tower, node: Any) -> bool:
    """Whether an expression is proved to differ from zero."""
    return _decided(tower, node, lambda x: nonzero(tower, x))


def _decided(tower: Tower, node: Any, test: Callable[[Any], bool]) -> bool:
    try:
        return test(tower.convert(node))
    except UnsupportedError:
        return False
