"""NumPy functions for the formulas and tables of `numerics.lowering.definitions`, made when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from numerics.lowering.arguments import checked_arguments
from numerics.lowering.definitions import FORMULAS, variables
from numerics.lowering.expressions import formula
from numerics.lowering.program import compiled, numpy_source
from numerics.lowering.special_tables import TABLES


def __getattr__(name: str) -> Callable[..., Any]:
    return _defined(name)


@cache
def _defined(name: str) -> Callable[..., Any]:
    if name in TABLES:
        return TABLES[name]
    node = next((node for node, (known, _) in FORMULAS.items() if known == name), None)
    if node is None:
        raise AttributeError(f"expected a function that is defined by a formula or a table; found {name!r}")
    program = compiled(numpy_source(formula(FORMULAS[node][1]), checked_arguments(variables(node))))

    def function(*values: Any) -> Any:
        # Branches not taken are computed too, and constants of formulas need the range of doubles.
        with np.errstate(all="ignore"):
            return np.asarray(program(*(np.asarray(v, dtype=np.float64) for v in values)))[()]

    return function
