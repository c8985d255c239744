"""Calls into a shared object with arrays of doubles."""

from __future__ import annotations

import ctypes
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.toolchain import Accuracy, compiler
from numerics.lowering.c.ufunc import InnerLoop, ufunc

DOUBLE = np.dtype(np.float64)


class NativeFunction:
    """``lowered`` of one object.

    Parameters
    ----------
    source
        The module in C.
    n_arguments
        Of ``lowered``.
    shape
        Of the value at one point.
    accuracy
        What it is compiled for.
    threads
        How many share a long array.
    """

    def __init__(
        self, source: str, n_arguments: int, shape: tuple[int, ...], accuracy: Accuracy, threads: int = 1
    ) -> None:
        used = compiler()
        self.libm = "vector" if accuracy == "fast" and used.has_vector_libm else "scalar"
        self._shape, self._n_arguments = shape, n_arguments
        if threads > 1 and not used.has_openmp:
            warnings.warn(
                f"expected a compiler with OpenMP for {threads} threads; found {used.version}: one thread is used, and "
                "gcc in CC would do",
                RuntimeWarning,
                stacklevel=2,
            )
            threads = 1
        loop = InnerLoop(n_arguments=n_arguments, size=int(np.prod(shape, dtype=int)), threads=threads)
        text = source + (loop.text if n_arguments else "")
        self._library = ctypes.CDLL(str(shared_object(text, used, accuracy, threads)))
        self._ufunc = ufunc(self._library, loop) if n_arguments else None
        self._call: Any = None if self._ufunc is None or loop.signature or shape else self._ufunc.call
        self._loop = loop

    def directly(self, values: tuple[Any, ...]) -> Any:
        """The values at numbers of Python and arrays of doubles; None for any others."""
        for value in values:
            kind = type(value)
            if kind is not float and not (kind is np.ndarray and value.dtype is DOUBLE):
                return None
        return None if self._call is None else self._call(*values)

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape; a new array, computed in doubles."""
        doubles = [np.asarray(a, dtype=DOUBLE) for a in arrays]
        if self._ufunc is None:
            result = self._constant()
        elif self._loop.is_packed:
            result = self._ufunc.call(np.stack(np.broadcast_arrays(*doubles), axis=-1))
        else:
            result = self._ufunc.call(*doubles)
        return np.asarray(result, dtype=kind).reshape(shape + self._shape)

    def _constant(self) -> Any:
        """The value of a formula without arguments."""
        out = np.empty(self._loop.size)
        self._library.lowered(ctypes.c_size_t(1), out.ctypes.data_as(ctypes.c_void_p))
        return out
