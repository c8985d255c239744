"""Calls into a shared object with arrays of doubles."""

from __future__ import annotations

import ctypes
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from numerics.lowering.c.objects import shared_object
from numerics.lowering.c.source import has_columns
from numerics.lowering.c.toolchain import Accuracy, compiler
from numerics.lowering.c.ufunc import InnerLoop, ufunc
from numerics.lowering.program import executed

DOUBLE = np.dtype(np.float64)


LONG = 4096
"""Elements from which vectors have each entry by itself in memory, which saves moving them one by one."""


def nothing(_: tuple[Any, ...]) -> Any:
    """For functions that cannot be called with arguments as they come."""


def direct(call: Callable[..., Any], n_arguments: int) -> Callable[[tuple[Any, ...]], Any]:
    """A function of a tuple: the values at arrays of doubles and numbers of Python, None for any others.

    A short call takes half a microsecond, so that a loop over the arguments would show: it is written out.
    """
    names = [f"v{k}" for k in range(n_arguments)]
    classes = " is ".join([*(f"type({n})" for n in names), "ndarray"])
    kinds = " is ".join([*(f"{n}.dtype" for n in names), "DOUBLE"])
    text = f"""\
def lowered(values):
    {", ".join(names)}, = values
    if {classes} and {kinds}:
        return call({", ".join(names)})
    for value in values:
        if type(value) is not float and not (type(value) is ndarray and value.dtype is DOUBLE):
            return None
    return call(*values)
"""
    return executed(text, {"type": type, "float": float, "ndarray": np.ndarray, "DOUBLE": DOUBLE, "call": call})


def are_columns(values: Sequence[Any]) -> bool:
    """Whether values are long contiguous arrays of one length."""
    shape = getattr(values[0], "shape", ())
    return len(shape) == 1 and shape[0] >= LONG and all(
        type(v) is np.ndarray and v.shape == shape and v.flags.c_contiguous for v in values
    )  # fmt: skip


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
        size = int(np.prod(shape, dtype=int))
        loop = InnerLoop(n_arguments=n_arguments, size=size, threads=threads, has_columns=has_columns(size))
        text = source + (loop.text if n_arguments else "")
        self._library = ctypes.CDLL(str(shared_object(text, used, accuracy, threads)))
        self._ufunc = ufunc(self._library, loop) if n_arguments else None
        self._loop = loop
        self._call: Callable[..., Any] | None = self._called_directly()
        self.directly = direct(self._call, n_arguments) if self._call else nothing

    def _called_directly(self) -> Callable[..., Any] | None:
        """A function of arrays of doubles and numbers that gives values of the right shape; None if there is none."""
        if self._ufunc is None or self._loop.is_packed:
            return None
        call, inner, size = self._ufunc.call, self._shape, self._loop.size
        if size == 1:
            return None if inner else call
        if not self._loop.has_columns:
            return lambda *values: (out := call(*values)).reshape(out.shape[:-1] + inner)

        def vectors(*values: Any) -> Any:
            if not are_columns(values):
                out = call(*values)
                return out.reshape(out.shape[:-1] + inner)
            space = np.empty((size, *values[0].shape))
            call(*values, out=space.T)
            return space.reshape(*inner, -1).transpose(len(inner), *range(len(inner)))

        return vectors

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
