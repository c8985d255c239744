"""Indexed families of symbols, one way to make them."""

from __future__ import annotations

from typing import Any

import sympy as sp


def family(name: str, **assumptions: bool) -> Any:
    """An indexed family such as q[k], each entry with the given assumptions.

    The return type is ``Any`` because SymPy's annotations call an ``IndexedBase`` a ``Basic``, which has no index.
    """
    made: Any = sp.IndexedBase
    return made(name, **assumptions)
