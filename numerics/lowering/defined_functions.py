"""NumPy functions for the formulas and tables of `numerics.lowering.definitions`, made when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from numerics.lowering.arguments import checked_arguments
from numerics.lowering.definitions import FORMULAS, x
from numerics.lowering.expressions import formula
from numerics.lowering.program import compiled, numpy_source
from numerics.lowering.special_tables import TABLES


def __getattr__(name: str) -> Callable[..., Any]:
    return _defined(name)


@cache
def _defined(name: str) -> Callable[..., Any]:
    if name in TABLES:
        return TABLES[name]
    expression = next((body for known, body in FORMULAS.values() if known == name), None)
    if expression is None:
        raise AttributeError(f"expected a function that is defined by a formula or a table; found {name!r}")
    program = compiled(numpy_source(formula(expression), checked_arguments([x])))

    def function(values: Any) -> Any:
        # Branches not taken are computed too, and constants of formulas need the range of doubles.
        with np.errstate(all="ignore"):
            return np.asarray(program(np.asarray(values, dtype=np.float64)))[()]

    return function
