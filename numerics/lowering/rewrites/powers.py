"""Powers in symbols of what comes near 1, whose rounding they would magnify."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import LogOnePlus
from numerics.lowering.rewrites.complements import log_near_one

HALF = sp.Rational(1, 2)


def power_of_one_plus(node: Any) -> Any:
    """(1 + u)^a = exp(a log(1 + u)) for an exponent in symbols; of a base of either sign where |u| < 1/2."""
    if not isinstance(node, sp.Pow) or _is_fixed(node.exp) or not node.base.is_Add:
        return None
    constant, rest = node.base.as_coeff_Add()
    if constant != 1:
        return None
    near = sp.exp(node.exp * LogOnePlus(rest))
    return near if node.base.is_positive else _selected(near, sp.Abs(rest) < HALF, node.base, node.exp)


def power_near_one(node: Any) -> Any:
    """f(u)^a = exp(a log(f(u))) where a function such as tanh is above 1/2, for an exponent in symbols."""
    if not isinstance(node, sp.Pow) or _is_fixed(node.exp):
        return None
    logarithm = log_near_one(sp.log(node.base, evaluate=False))
    if logarithm is None:
        return None
    return _selected(sp.exp(node.exp * logarithm), node.base > HALF, node.base, node.exp)


def _selected(near: Any, is_near: Any, base: Any, exponent: Any) -> Any:
    """The power itself elsewhere, with a selected exponent, which no rule looks at again."""
    far = base ** sp.Piecewise((exponent, sp.Not(is_near)), evaluate=False)
    return sp.Piecewise((near, is_near), (far, True), evaluate=False)


def _is_fixed(exponent: Any) -> bool:
    return exponent.is_number or exponent.has(sp.Piecewise)
