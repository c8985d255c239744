"""The languages that formulas are lowered to: how each writes a source, and calls it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from numerics.lowering.c.words import RESERVED
from numerics.lowering.formula import Formula
from numerics.lowering.numpy_dialect import RESERVED as NUMPY_RESERVED
from numerics.lowering.numpy_function import NumpyFunction
from numerics.lowering.program import numpy_source

Accuracy = Literal["fast", "strict"]


class Function(Protocol):
    """A source that can be called."""

    @property
    def libm(self) -> str:
        """Whose elementary functions it calls: ``"NumPy"``, ``"JAX"``, ``"scalar"`` or ``"vector"``."""
        ...

    @property
    def directly(self) -> Callable[[tuple[Any, ...]], Any]:
        """A function of the arguments as they come: the values, if these need no conversion; else None."""
        ...

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape, as a new array of a floating type."""
        ...


@dataclass(frozen=True, kw_only=True)
class Backend:
    """One language.

    Attributes
    ----------
    name
        What `lower` calls it.
    reserved
        Identifiers that no argument may have.
    source
        The text for a formula in the arguments' symbols, with the accuracy asked for.
    function
        The callable for a source with so many arguments, values of a shape, an accuracy, and so many threads.
    """

    name: str
    reserved: frozenset[str]
    source: Callable[..., str]
    function: Callable[[str, int, tuple[int, ...], Accuracy, int], Function]


def _numpy_source(formula: Formula, arguments: Any, _: Accuracy) -> str:
    return numpy_source(formula, arguments)


def _numpy_function(source: str, _: int, shape: tuple[int, ...], *__: Any) -> Function:
    return NumpyFunction(source, shape)


def _c_source(*parts: Any) -> str:
    from numerics.lowering.c.source import c_source

    return c_source(*parts)


def _c_function(source: str, n_arguments: int, shape: tuple[int, ...], accuracy: Accuracy, threads: int) -> Function:
    from numerics.lowering.c.native import NativeFunction

    return NativeFunction(source, n_arguments, shape, accuracy, threads)


def _jax_source(formula: Formula, arguments: Any, _: Accuracy) -> str:
    from numerics.lowering.jax.source import jax_source

    return jax_source(formula, arguments)


def _jax_function(source: str, _: int, shape: tuple[int, ...], *__: Any) -> Function:
    from numerics.lowering.jax.function import JaxFunction

    return JaxFunction(source, shape)


_OF_JAX = {"jax", "jnp", "loop_sum", "loop_product", "loop_run"}
NUMPY = Backend(name="numpy", reserved=NUMPY_RESERVED, source=_numpy_source, function=_numpy_function)
C = Backend(name="c", reserved=RESERVED, source=_c_source, function=_c_function)
JAX = Backend(name="jax", reserved=NUMPY_RESERVED | _OF_JAX, source=_jax_source, function=_jax_function)
BACKENDS = {backend.name: backend for backend in (NUMPY, C, JAX)}


def usable(name: str) -> Backend:
    """The backend of a name; NumPy with a warning where C has no compiler.

    Raises
    ------
    ValueError
        If the name is not known.
    """
    if name not in BACKENDS:
        raise ValueError(f"expected one of the backends {', '.join(map(repr, BACKENDS))}; found {name!r}")
    if name == "c":
        from numerics.lowering.c.toolchain import CompilerMissingError, compiler

        try:
            compiler()
        except CompilerMissingError as error:
            warnings.warn(f"{error}. NumPy is used instead", RuntimeWarning, stacklevel=4)
            return NUMPY
    return BACKENDS[name]
