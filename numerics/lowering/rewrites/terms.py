"""Sums looked at term by term, and terms factor by factor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp


def argument(node: Any) -> Any:
    """What a function of one argument is taken of."""
    return node.args[0]


def cofactors(total: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Each term of a sum, each factor of it, and the product of the others; in an order that is always the same."""
    for term in sorted(total.args, key=sp.default_sort_key):
        factors = sp.Mul.make_args(term)
        for factor in factors:
            yield term, factor, sp.Mul(*(f for f in factors if f is not factor))


def without(total: Any, *terms: Any) -> Any:
    """The sum of the other terms."""
    return sp.Add(*(t for t in total.args if t not in terms))
