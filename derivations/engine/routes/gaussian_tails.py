"""The tail of a Gaussian however it is written: erfc u, 1 - erf u, 1 + erf u, 2 - erfc u, times a number."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp


def as_tail(node: Any) -> tuple[Any, Any] | None:
    """``factor`` and ``u`` with node = factor * erfc(u); None for what is not written as one of these."""
    if isinstance(node, sp.erfc):
        return sp.S.One, node.args[0]
    if not isinstance(node, sp.Add) or len(node.args) != 2:
        return None
    for constant, term in (node.args, node.args[::-1]):
        factor, function = term.as_coeff_Mul()
        if not constant.is_Rational:
            continue
        if isinstance(function, sp.erf) and constant in (factor, -factor):
            return constant, -function.args[0] if constant == factor else function.args[0]
        if isinstance(function, sp.erfc) and constant == -2 * factor:
            return -factor, -function.args[0]
    return None
