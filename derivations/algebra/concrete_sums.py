"""Sums between integers as their terms."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from theory.sums import Sigma


def written_out(node: Any) -> Any:
    """Sums between integers as their terms; a term under a bracket that is 0 is left out."""
    if not node.args or isinstance(node, sp.Indexed):
        return node
    if isinstance(node, Sigma) and node.lower.is_Integer and node.upper.is_Integer:
        values = range(int(cast(Any, node.lower)), int(cast(Any, node.upper)) + 1)
        return sp.Add(*[written_out(node.at(v)) for v in values])
    return node.func(*(written_out(a) for a in node.args))


def under_one_sum(expression: Any) -> Any:
    """A linear combination of sums over the same range as one sum; its other terms stay outside.

    Raises
    ------
    ValueError
        If the sums run over different ranges or enter otherwise than linearly.
    """
    expanded = sp.expand(expression)
    sums = sorted((s for s in expanded.atoms(Sigma) if expanded.coeff(s) != 0), key=str)
    rest = sp.expand(expanded - sp.Add(*[expanded.coeff(s) * s for s in sums]))
    ranges = {(s.lower, s.upper) for s in sums}
    if rest.has(Sigma) or len(ranges) > 1:
        raise ValueError(f"expected a linear combination of sums over one range; found {expression}")
    if not sums:
        return rest
    index = sp.Dummy("mu", integer=True)
    body = sp.Add(*[expanded.coeff(s) * s.at(index) for s in sums])
    return Sigma(sp.expand(body), (index, *ranges.pop())) + rest
