"""Calls into a shared object with arrays of doubles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from cffi import FFI

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import Accuracy, compiler

DOUBLE = np.dtype(np.float64)


class NativeFunction:
    """``lowered`` of one object."""

    def __init__(self, source: str, n_arguments: int, accuracy: Accuracy) -> None:
        used = compiler()
        self.libm = "vector" if accuracy == "fast" and used.has_vector_libm else "scalar"
        ffi = self._ffi = FFI()
        ffi.cdef(f"void lowered(size_t, double *{', double *, ptrdiff_t' * n_arguments});")
        self._library: Any = ffi.dlopen(str(shared_object(source, used, accuracy)))
        self._call: Any = self._library.lowered
        self._doubles: Any = ffi.typeof("double[]")
        self._pointer: Any = ffi.from_buffer

    def directly(self, values: tuple[Any, ...]) -> Any:
        """The values at contiguous arrays of doubles of one shape; None for any others."""
        if not values or type(values[0]) is not np.ndarray:
            return None
        shape, pointer, doubles = values[0].shape, self._pointer, self._doubles
        parameters: list[Any] = []
        for array in values:
            if (
                type(array) is not np.ndarray
                or array.dtype is not DOUBLE
                or array.shape != shape
                or not array.flags.c_contiguous
            ):
                return None
            parameters.append(pointer(doubles, array))
            parameters.append(1)
        out = np.empty(shape)
        self._call(out.size, pointer(doubles, out), *parameters)
        return out

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape; a new array, computed in doubles."""
        out = np.empty(shape)
        parameters: list[Any] = []
        for array in arrays:
            if array.shape == shape and array.dtype is DOUBLE and array.flags.c_contiguous:
                parameters += (self._pointer(self._doubles, array), 1)
            else:
                parameters += self._stepped(array, shape)
        self._call(out.size, self._pointer(self._doubles, out), *parameters)
        return out if kind is DOUBLE else out.astype(kind)

    def _stepped(self, array: Any, shape: tuple[int, ...]) -> tuple[Any, int]:
        """Where the array's numbers begin, and the step from one to the next in the order of the shape."""
        array = np.asarray(array, dtype=DOUBLE)
        if array.size == 1:
            return self._pointer(self._doubles, array.reshape(1)), 0
        if array.shape == shape and array.ndim == 1 and array.strides[0] % DOUBLE.itemsize == 0:
            return self._at(array), array.strides[0] // DOUBLE.itemsize
        return self._pointer(self._doubles, np.ascontiguousarray(np.broadcast_to(array, shape))), 1

    def _at(self, array: Any) -> Any:
        """A pointer that keeps its array alive."""
        base = self._ffi.cast("double *", array.ctypes.data)
        return self._ffi.gc(base, lambda _: array.size)
