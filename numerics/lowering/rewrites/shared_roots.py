"""Square roots that a formula of one quantity and its series about a branch point can have in common."""

from __future__ import annotations

from typing import Any

import sympy as sp


def vanishing_roots(program: Any, quantity: sp.Symbol, center: Any) -> list[Any]:
    """Square roots in a program of products of linear factors, one of which vanishes at the center."""
    roots = [node for node in sp.preorder_traversal(program) if isinstance(node, sp.Pow) and node.exp == sp.S.Half]
    return [root for root in dict.fromkeys(roots) if _vanishes_once(root.base, quantity, center)]


def _vanishes_once(product: Any, quantity: sp.Symbol, center: Any) -> bool:
    factors = [f for f in product.args if f.has(quantity)] if isinstance(product, sp.Mul) else []
    if len(factors) < 2 or not all(f.is_polynomial(quantity) and sp.Poly(f, quantity).degree() == 1 for f in factors):
        return False
    return sum(f.subs(quantity, center) == 0 for f in factors) == 1
