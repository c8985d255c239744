"""Calls into a NumPy source: by the operations recorded from it, or as written where these depend on values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np

from numerics.lowering.elementwise.recorded_function import RecordedFunction
from numerics.lowering.elementwise.recording import Recording, UnrecordedError, recorded
from numerics.lowering.program import compiled

DOUBLE = np.dtype(np.float64)
# Types that NumPy's and SciPy's functions keep; others are left to their promotions.
KINDS = (DOUBLE, np.dtype(np.float32))
NUMBERS = (float, np.float64)
# Up to here making an array costs less than the call that would avoid it.
SHORT = 4096
# Elements at a time of a function as it is written (measured: 4096 to 16384 alike).
BLOCK = 8192


class NumpyFunction:
    """``lowered`` of one source, whose values have a shape."""

    def __init__(self, source: str, shape: tuple[int, ...] = ()) -> None:
        self._as_written = compiled(source)
        self._function = stacked(self._as_written, shape) if shape else self._as_written
        self._shape = shape
        self.libm = "NumPy"
        self._programs: dict[np.dtype[Any], RecordedFunction | None] = {}
        self.directly: Callable[[tuple[Any, ...]], Any] = self._first

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape; a new array."""
        arrays = [a.astype(kind, copy=False) for a in arrays]
        result = self._result(arrays, shape, kind)
        shape = shape + self._shape
        if result.shape != shape or any(result is a for a in arrays):
            result = np.array(np.broadcast_to(result, shape))
        return result

    def _result(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        is_long = math.prod(shape) > SHORT
        if is_long and (program := self._program(kind)):
            return program.in_blocks(arrays, shape)
        if is_long and all(not a.shape or (a.shape == shape and a.flags.c_contiguous) for a in arrays):
            return blockwise(self._function, arrays, shape, kind, self._shape)
        return np.asarray(self._function(*arrays), dtype=kind)

    def _first(self, _: tuple[Any, ...]) -> Any:
        """Nothing: recording takes longer than one short call as written, which may be the only one."""
        self.directly = self._second

    def _second(self, values: tuple[Any, ...]) -> Any:
        """Replaces itself by what is compiled from the recording: the values at short arrays of one shape."""
        program = self._program(DOUBLE)
        self.directly = program.direct(SHORT, self._otherwise) if program else self._at_numbers
        return self.directly(values)

    def _otherwise(self, values: tuple[Any, ...]) -> Any:
        """For `directly`: arrays of medium length, numbers beside arrays, or numbers alone."""
        shapes = set()
        for value in values:
            if type(value) is np.ndarray and value.dtype is DOUBLE:
                shapes.add(value.shape)
            elif type(value) not in NUMBERS:
                return None
        if not shapes:
            return self._at_numbers(values)
        shape, program = shapes.pop(), self._program(DOUBLE)
        is_fit = program and not shapes and shape and math.prod(shape) <= program.longest
        return program.at_once(values, shape) if program and is_fit else None

    def _at_numbers(self, values: tuple[Any, ...]) -> Any:
        if self._shape or not all(type(value) in NUMBERS for value in values):
            return None
        result = self._function(*map(np.float64, values))
        return result if type(result) is np.float64 else None

    def _program(self, kind: np.dtype[Any]) -> RecordedFunction | None:
        """What was recorded, for arguments of a type; None if that cannot be."""
        if kind not in self._programs:
            self._programs[kind] = None
            if self._recording is not None and kind in KINDS:
                with suppress(UnrecordedError):
                    self._programs[kind] = RecordedFunction(self._recording, kind)
        return self._programs[kind]

    @cached_property
    def _recording(self) -> Recording | None:
        try:
            return recorded(self._as_written, self._as_written.__code__.co_argcount, self._shape)
        except UnrecordedError:
            return None


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
