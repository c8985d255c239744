"""What a lowered function is called with: real arrays, and the type of the result."""

from __future__ import annotations

from typing import Any

import numpy as np


def real_arrays(values: tuple[Any, ...], names: tuple[Any, ...]) -> tuple[list[Any], np.dtype[Any]]:
    """The arguments as arrays, and the type of the result: Python's own numbers take that of the arrays beside them."""
    strong = [None if type(v) in (int, float) else real_array(v, n) for v, n in zip(values, names, strict=True)]
    kinds = [a.dtype for a in strong if a is not None]
    kind = np.result_type(*kinds) if kinds else np.dtype(np.float64)
    return [np.asarray(v, dtype=kind) if a is None else a for v, a in zip(values, strong, strict=True)], kind


def real_array(value: Any, argument: Any) -> Any:
    """An array of floats.

    Raises
    ------
    TypeError
        If it is not one of real numbers, or has a mask.
    """
    if np.ma.is_masked(value):
        raise TypeError(
            f"expected an array without a mask for {argument}; found a masked array, whose mask would be lost: hand in "
            "value.filled(nan), and mask the result"
        )
    array = np.asarray(value)
    if array.dtype.kind in "iub":
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise TypeError(f"expected real numbers for {argument}; found an array of {array.dtype}")
    return array


def wrong_number(values: tuple[Any, ...], arguments: tuple[Any, ...]) -> TypeError:
    """What to raise where there are more or fewer values than arguments."""
    expected = ", ".join(map(str, arguments)) or "none"
    return TypeError(f"expected {len(arguments)} arguments ({expected}); found {len(values)}")
