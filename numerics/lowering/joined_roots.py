"""Square roots in a product that one root can stand for: a root takes the time of many products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp


def pair_of_roots(factors: Sequence[Any], exponent: Any) -> tuple[Any, ...]:
    """Two factors x^e and y^e with x, y >= 1, if there are any: x y cannot underflow then.

    Parameters
    ----------
    factors
        Of a product.
    exponent
        e: 1/2 or -1/2.
    """
    found = [f for f in factors if isinstance(f, sp.Pow) and f.exp == exponent and (f.base - 1).is_nonnegative]
    return tuple(found[:2]) if len(found) > 1 else ()
