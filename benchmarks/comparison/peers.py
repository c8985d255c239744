"""The ways to compute a formula that are compared: ours, SymPy's, compilers', and C by hand."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp

from benchmarks.comparison.native_code import handwritten, native, pointer
from benchmarks.comparison.subjects import Subject
from numerics.lowering import lower
from numerics.lowering.c.toolchain import CompilerMissingError, compiler

Program = Callable[..., Any]
"""A function of the arguments of a subject: an array for one result, a sequence of arrays for several."""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """One way to compute a formula.

    Attributes
    ----------
    name
        What the table calls it.
    build
        Makes a program for a subject.
    package
        The package it comes with, and what pip calls it; empty if it is always there.
    needs_compiler
        Whether it needs a C compiler.
    prepare
        How arguments are handed over; not timed.
    """

    name: str
    build: Callable[[Subject], Program]
    packages: tuple[str, ...] = ()
    needs_compiler: bool = False
    prepare: Callable[[Sequence[Any]], Sequence[Any]] = tuple

    def missing(self, subject: Subject) -> str:
        """Why it cannot be had, and what would help; empty if it can."""
        absent = [p for p in self.packages if importlib.util.find_spec(p) is None]
        if absent:
            return f"not installed: pip install {' '.join(absent)}"
        if self.needs_compiler and not has_compiler():
            return "no C compiler: pip install ziglang"
        if self is HANDWRITTEN and not subject.handwritten:
            return "no C by hand for this formula"
        return ""


def has_compiler() -> bool:
    """Whether C can be compiled here."""
    try:
        compiler()
    except CompilerMissingError:
        return False
    return True


def _lowered(backend: str) -> Callable[[Subject], Program]:
    def build(subject: Subject) -> Program:
        return lower(subject.program or _one_or_all(subject), subject.arguments, backend=backend)

    return build


def _lambdified(cse: bool) -> Callable[[Subject], Program]:
    def build(subject: Subject) -> Program:
        return sp.lambdify(subject.arguments, _one_or_all(subject), "numpy", cse=cse)

    return build


def _symengine(subject: Subject) -> Program:
    symengine: Any = importlib.import_module("symengine")
    return symengine.Lambdify(subject.arguments, subject.results, backend="llvm", cse=True, real=True)


def _columns(values: Sequence[Any]) -> Sequence[Any]:
    """One array with the arguments as its last axis."""
    return (np.stack(values, axis=-1),)


def _numba(subject: Subject) -> Program:
    numba: Any = importlib.import_module("numba")
    signature = f"float64({', '.join(['float64'] * len(subject.arguments))})"
    functions = [sp.lambdify(subject.arguments, r, "math", cse=True) for r in subject.results]
    return _together([numba.vectorize([signature])(f) for f in functions])


def _autowrapped(subject: Subject) -> Program:
    return _together([_autowrap(r, subject) for r in subject.results])


def _autowrap(expression: Any, subject: Subject) -> Program:
    """SymPy's loop around its C code, by autowrap."""
    from sympy.utilities.autowrap import ufuncify

    used = [a for a in subject.arguments if expression.has(a)]
    wrapped: Any = ufuncify(
        used,
        expression,
        backend="cython",
        language="C99",
        extra_compile_args=["-O3", "-march=native", "-D_GNU_SOURCE"],  # M_PI is no part of C99
    )
    places = [subject.arguments.index(a) for a in used]
    return lambda *values: wrapped(*(values[k] for k in places))


def _by_hand(subject: Subject) -> Program:
    function: Any = native(handwritten(subject.handwritten))
    shape = (len(subject.results),) if len(subject.results) > 1 else ()

    def call(_: Sequence[Any], length: int, *parameters: Any) -> Any:
        out = np.empty((*shape, length))
        function(length, pointer(out), *parameters)
        return out

    return call


def _pointers(values: Sequence[Any]) -> Sequence[Any]:
    """The arrays, which must live as long as pointers to them, their length, and the pointers."""
    return (values, len(values[0]), *map(pointer, values))


def _one_or_all(subject: Subject) -> Any:
    return subject.results[0] if len(subject.results) == 1 else list(subject.results)


def _together(functions: Sequence[Program]) -> Program:
    """One program for several results."""
    return functions[0] if len(functions) == 1 else lambda *values: [f(*values) for f in functions]


HANDWRITTEN = Peer(name="C by hand", build=_by_hand, needs_compiler=True, prepare=_pointers)
C = Peer(name="lowered to C", build=_lowered("c"), needs_compiler=True)
NUMPY = Peer(name="lowered to NumPy", build=_lowered("numpy"))
LAMBDIFY = Peer(name="lambdify", build=_lambdified(False))
LAMBDIFY_CSE = Peer(name="lambdify(cse)", build=_lambdified(True))
PEERS = (
    C,
    NUMPY,
    HANDWRITTEN,
    LAMBDIFY,
    LAMBDIFY_CSE,
    Peer(name="autowrap", build=_autowrapped, packages=("Cython", "setuptools"), needs_compiler=True),
    Peer(name="symengine LLVM", build=_symengine, packages=("symengine",), prepare=_columns),
    Peer(name="numba", build=_numba, packages=("numba",)),
)
