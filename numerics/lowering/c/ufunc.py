"""A loop of C as a NumPy ufunc.

NumPy makes ufuncs from pointers to loops by two functions of its C interface. They need no headers: the table of
functions that compiled extensions import is reached from Python, too. The ufunc then brings NumPy's broadcasting,
layouts of any kind, and a call of less than a microsecond.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np

NAME = "ufunc_loop"
MOST_ARGUMENTS = 30
"""With more of them they come as one array, whose last axis they are."""
SMALLEST_PARALLEL = 8192
"""Elements below which starting threads costs more than it saves."""

_FROM_LOOP, _FROM_LOOP_AND_SIGNATURE = 1, 31
"""Places in NumPy's table of functions for ufuncs: fixed, since compiled extensions rely on them."""
_NO_IDENTITY = -1

_TEXT = """
#include <fenv.h>

/* The same for a NumPy ufunc: where arguments and result begin, and steps in bytes. */
static void some(size_t n, char **at, const ptrdiff_t *step)
{{
    const ptrdiff_t size = {size}, width = sizeof(double);
    if ({dense}) {{
        lowered(n, (double *)at[{last}]{arguments});
        return;
    }}{by_columns}
    for (size_t i = 0; i < n; i++) {{
        double one[{size}];
        lowered(1, one{single});
        for (ptrdiff_t k = 0; k < size; k++) *(double *)(at[{last}] + (ptrdiff_t)i*step[{last}] + k*{entry}) = one[k];
    }}
}}

void {name}(char **at, const ptrdiff_t *dimension, const ptrdiff_t *step, void *unused)
{{
    const size_t n = (size_t)dimension[0];
    (void)unused;
{body}
    feclearexcept(FE_ALL_EXCEPT); /* those of branches that were not chosen are among them */
}}
"""
_BY_COLUMNS = """
    if (step[{last}] == width && {entry} % width == 0{contiguous}) {{ /* each entry by itself in memory */
        columns(n, (double *)at[{last}], (size_t)({entry}/width){arguments});
        return;
    }}"""
_ALONE = "    some(n, at, step);"
_PARALLEL = """\
    #pragma omp parallel for schedule(static) num_threads({threads}) if (n >= {smallest})
    for (int k = 0; k < {threads}; k++) {{
        /* Cut between whole vectors, so that each number is computed as it would be by one thread. */
        const size_t start = n/64*(size_t)k/{threads}*64, next = n/64*(size_t)(k + 1)/{threads}*64;
        const size_t end = k + 1 < {threads} ? next : n;
        char *mine[] = {{{mine}}};
        some(end - start, mine, step);
        feclearexcept(FE_ALL_EXCEPT);
    }}"""


@dataclass(frozen=True, kw_only=True)
class InnerLoop:
    """The shape of a loop.

    Attributes
    ----------
    n_arguments
        Numbers that ``lowered`` takes.
    size
        Numbers that it gives.
    threads
        How many share a long array.
    has_columns
        Whether there is a function ``columns`` for results each entry of which lies by itself in memory.
    """

    n_arguments: int
    size: int = 1
    threads: int = 1
    has_columns: bool = False

    @property
    def is_packed(self) -> bool:
        """Whether the arguments come as one array."""
        return self.n_arguments > MOST_ARGUMENTS

    @property
    def n_operands(self) -> int:
        """Arrays that the ufunc takes."""
        return 1 if self.is_packed else self.n_arguments

    @property
    def signature(self) -> str | None:
        """The core dimensions of operands and result; None where there are none."""
        if self.size == 1 and not self.is_packed:
            return None
        operands = f"({self.n_arguments})" if self.is_packed else ",".join(["()"] * self.n_arguments)
        return f"{operands}->{f'({self.size})' if self.size > 1 else '()'}"

    @property
    def text(self) -> str:
        """The loop in C, to stand behind ``lowered``."""
        last = self.n_operands
        entry = f"step[{last + 1 + self.is_packed}]" if self.size > 1 else "width"
        outer = f"(n < 2 || step[{last}] == size*width)"
        body = _ALONE
        if self.threads > 1:
            mine = ", ".join(f"at[{k}] + (ptrdiff_t)start*step[{k}]" for k in range(last + 1))
            body = _PARALLEL.format(threads=self.threads, smallest=SMALLEST_PARALLEL, mine=mine)
        return _TEXT.format(
            size=self.size,
            last=last,
            dense=outer if self.size == 1 else f"{outer} && {entry} == width",
            entry=entry,
            arguments=self._arguments("", by="step[{0}]/width"),
            single=self._arguments(" + (ptrdiff_t)i*step[{0}]", by="0"),
            name=NAME,
            body=body,
            by_columns=self._by_columns(last, entry) if self.has_columns and not self.is_packed else "",
        )

    def _by_columns(self, last: int, entry: str) -> str:
        return _BY_COLUMNS.format(
            last=last,
            entry=entry,
            contiguous="".join(f" && step[{k}] == width" for k in range(last)),
            arguments="".join(f",\n                (const double *)at[{k}]" for k in range(last)),
        )

    def _arguments(self, moved: str, *, by: str) -> str:
        places = [
            (f"at[0]{moved.format(0)} + {k}*step[2]", by.format(0))
            if self.is_packed
            else (f"at[{k}]{moved.format(k)}", by.format(k))
            for k in range(self.n_arguments)
        ]
        return "".join(f",\n                (const double *)({place}), {step}" for place, step in places)


@dataclass(frozen=True, kw_only=True, eq=False)
class Ufunc:
    """A ufunc of doubles, with what it needs to stay alive.

    Attributes
    ----------
    call
        The ufunc itself; valid as long as this object.
    """

    call: Any
    _kept: tuple[Any, ...] = field(repr=False)


def ufunc(library: ctypes.CDLL, loop: InnerLoop) -> Ufunc:
    """The ufunc of a compiled loop."""
    kinds = ctypes.create_string_buffer(bytes([np.dtype(np.float64).num] * (loop.n_operands + 1)))
    loops = (ctypes.c_void_p * 1)(ctypes.cast(getattr(library, NAME), ctypes.c_void_p).value)
    data = (ctypes.c_void_p * 1)(None)
    name, nothing = ctypes.create_string_buffer(b"lowered"), ctypes.create_string_buffer(b"")
    common = (loops, data, kinds, 1, loop.n_operands, 1, _NO_IDENTITY, name, nothing, 0)
    if loop.signature is None:
        made = _maker(_FROM_LOOP, n_texts=0)(*common)
    else:
        made = _maker(_FROM_LOOP_AND_SIGNATURE, n_texts=1)(*common, loop.signature.encode())
    return Ufunc(call=made, _kept=(library, kinds, loops, data, name, nothing))


def _maker(place: int, n_texts: int) -> Any:
    """``PyUFunc_FromFuncAndData`` or the one with a signature."""
    pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    kind = ctypes.PYFUNCTYPE(
        ctypes.py_object, pointer, pointer, pointer, number, number, number, number, pointer, pointer, number,
        *[text] * n_texts,
    )  # fmt: skip
    return kind(_table()[place])


def _table() -> Any:
    home = import_module("numpy._core._multiarray_umath")  # where the C macro import_ufunc() looks
    unwrap = ctypes.pythonapi.PyCapsule_GetPointer
    unwrap.restype, unwrap.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
    address = unwrap(home._UFUNC_API, None)
    return ctypes.cast(address, ctypes.POINTER(ctypes.c_void_p))
