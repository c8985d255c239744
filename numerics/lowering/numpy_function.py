"""Calls into a NumPy source, a block at a time where arrays are long."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.lowering.program import compiled

# Elements at a time: the temporaries of a formula then stay in the second-level cache (measured: 4096 to 16384 alike).
BLOCK = 8192
DOUBLE = np.dtype(np.float64)


class NumpyFunction:
    """``lowered`` of one source."""

    def __init__(self, source: str, shape: tuple[int, ...] = ()) -> None:
        function = compiled(source)
        self._function = stacked(function, shape) if shape else function
        self._shape = shape
        self.libm = "NumPy"

    def directly(self, values: tuple[Any, ...]) -> Any:
        """The values at short arrays of doubles of one shape, if the formula gives such an array; else None."""
        if self._shape or not values or type(values[0]) is not np.ndarray or values[0].size > 2 * BLOCK:
            return None
        shape = values[0].shape
        if any(type(a) is not np.ndarray or a.dtype is not DOUBLE or a.shape != shape for a in values):
            return None
        result = self._function(*values)
        is_new = type(result) is np.ndarray and result.dtype is DOUBLE and not any(result is a for a in values)
        return result if is_new and result.shape == shape else None

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape; a new array."""
        if math.prod(shape) > 2 * BLOCK and all(_in_blocks(a, shape) for a in arrays):
            return blockwise(self._function, arrays, shape, kind, self._shape)
        result = np.asarray(self._function(*arrays), dtype=kind)
        shape = shape + self._shape
        if result.shape != shape or any(result is a for a in arrays):
            result = np.array(np.broadcast_to(result, shape))
        return result


def _in_blocks(array: Any, shape: tuple[int, ...]) -> bool:
    return not array.shape or (array.shape == shape and array.flags.c_contiguous)


def stacked(function: Any, shape: tuple[int, ...]) -> Any:
    """A function that gives the list of entries, as one that gives arrays of a shape in the last axes."""

    def whole(*values: Any) -> Any:
        entries = np.broadcast_arrays(*function(*values), *values)[: math.prod(shape)]
        return np.stack(entries, axis=-1).reshape(entries[0].shape + shape) if entries else np.empty(shape)

    return whole


def blockwise(
    function: Any, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any], inner: tuple[int, ...] = ()
) -> Any:
    """A function of contiguous arrays of one shape, and of numbers, block by block; its values have an inner shape."""
    result = np.empty(shape + inner, dtype=kind)
    flat, columns = result.reshape(-1, *inner), [a.reshape(-1) if a.shape else a for a in arrays]
    for start in range(0, len(flat), BLOCK):
        rows = slice(start, start + BLOCK)
        flat[rows] = function(*(c[rows] if c.shape else c for c in columns))
    return result
