"""Sums looked at term by term, and terms factor by factor."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp


def argument(node: Any) -> Any:
    """What a function of one argument is taken of."""
    return node.args[0]


@lru_cache(maxsize=1024)  # one rule after another looks at the same sum
def cofactors(total: Any) -> tuple[tuple[Any, Any, Any], ...]:
    """Each term of a sum, each factor of it, and the product of the others; in an order that is always the same."""
    return tuple(
        (term, factor, sp.Mul(*(f for f in sp.Mul.make_args(term) if f is not factor)))
        for term in sorted(total.args, key=sp.default_sort_key)
        for factor in sp.Mul.make_args(term)
    )


def without(total: Any, *terms: Any) -> Any:
    """The sum of the other terms."""
    return sp.Add(*(t for t in total.args if t not in terms))


def is_rounded_once(factor: Any) -> bool:
    """Whether it is an atom, or the sum or the difference of two."""
    terms = sp.Add.make_args(factor)
    return len(terms) <= 2 and all(t.is_number or (-t).is_Symbol or t.is_Symbol for t in terms)
