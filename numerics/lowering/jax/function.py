"""Calls into a JAX source, and derivatives of what it computes.

A function that selects, or runs through a loop, is differentiated forward at each argument: backward, a branch that was
not chosen would give zero times infinity, and a loop whose length is an argument has no derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from numerics.lowering.jax.library import jax, jnp, special
from numerics.lowering.program import executed
from numerics.lowering.values import real_array

Arrays = Any
Slopes = Callable[[int], Callable[..., Arrays]]
"""From the place of an argument to the derivative by it, of the same kind as the function."""

LARGEST = 8
"""Bytes of a number that JAX has."""
_SEEN = {"jax": jax, "jnp": jnp, "special": special, "range": range, "float": float}
"""What a source may name."""


def differentiable(value: Callable[..., Arrays], slopes: Slopes, inner: int) -> Callable[..., Arrays]:
    """A function of arrays of one shape that acts on each element, with its derivatives.

    Parameters
    ----------
    value
        What it computes.
    slopes
        Its derivatives, asked for when they are needed.
    inner
        Axes of the value at one point, which are the last ones.
    """

    def change(arrays: Sequence[Any], rates: Sequence[Any]) -> tuple[Any, Any]:
        found = whole(*arrays)
        moved = jnp.zeros_like(found)
        for place, rate in enumerate(rates):
            if not isinstance(rate, jax.custom_derivatives.SymbolicZero):
                moved = moved + slopes(place)(*arrays) * rate.reshape(rate.shape + (1,) * inner)
        return found, moved

    whole = jax.custom_jvp(value)
    whole.defjvp(change, symbolic_zeros=True)
    return whole


def forward(value: Callable[..., Arrays], inner: int) -> Callable[..., Arrays]:
    """A function of arrays with derivatives that are taken forward, as often as they are asked for."""

    @cache
    def slope(place: int) -> Callable[..., Arrays]:
        def along(*arrays: Arrays) -> Arrays:
            unit = tuple(jnp.ones_like(a) if k == place else jnp.zeros_like(a) for k, a in enumerate(arrays))
            return jax.jvp(value, arrays, unit)[1]

        return forward(along, inner)

    return differentiable(value, slope, inner)


class JaxFunction:
    """``lowered`` of one source; JAX may trace it.

    Numbers are doubles only where ``jax.config.update("jax_enable_x64", True)`` was called before.

    Parameters
    ----------
    source
        From `numerics.lowering.jax.source.jax_source`.
    shape
        Of the value at one point.
    """

    libm = "JAX"

    def __init__(self, source: str, shape: tuple[int, ...]) -> None:
        body = source.split("\n\n\n", 1)[1]  # what the lines of imports bind is handed in
        self._lowered, self._shape = executed(body, _SEEN), shape
        selects = "jnp.where(" in body or "loop_" in body
        self._whole = forward(self._stacked, len(shape)) if selects else self._stacked
        self._compiled = jax.jit(lambda *arrays: self._whole(*jnp.broadcast_arrays(*arrays)))

    def directly(self, values: tuple[Any, ...]) -> Any:
        """The values at arrays of JAX or NumPy, at numbers, or at what JAX traces."""
        return self._compiled(*of_one_type(values))

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape."""
        return jnp.broadcast_to(self.directly(tuple(arrays)), shape + self._shape).astype(kind)

    def _stacked(self, *arrays: Any) -> Any:
        """The value, or the entries in the last axes; constants take the shape of the arguments."""
        shape, kind = jnp.shape(arrays[0]) if arrays else (), jnp.result_type(*arrays, float)
        found = self._lowered(*arrays)
        entries = [jnp.broadcast_to(jnp.asarray(e, dtype=kind), shape) for e in (found if self._shape else [found])]
        return jnp.stack(entries, axis=-1).reshape(shape + self._shape)


class JaxMeans:
    """An expression with means, computed by NumPy outside of JAX, with derivatives that are lowered in turn.

    Parameters
    ----------
    function
        The expression, lowered to NumPy.
    derivative
        From the place of an argument to the derivative by it, likewise.
    """

    libm = "NumPy"

    def __init__(self, function: Any, derivative: Callable[[Any, int], Any]) -> None:
        self.numpy = function
        self._whole = _outside(function, derivative)

    def directly(self, values: tuple[Any, ...]) -> Any:
        """The values at arrays of JAX or NumPy, at numbers, or at what JAX traces.

        Raises
        ------
        QuadratureError
            If a mean is not as accurate as was asked for; where JAX traces, its own error with this message.
        """
        arrays = of_one_type(values)
        if any(isinstance(a, jax.core.Tracer) for a in arrays):
            return self._whole(*jnp.broadcast_arrays(*arrays))
        return jnp.asarray(self.numpy(*map(np.asarray, arrays)))

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape."""
        return jnp.broadcast_to(self.directly(tuple(arrays)), shape + self.numpy.shape).astype(kind)


def _outside(function: Any, derivative: Callable[[Any, int], Any]) -> Callable[..., Arrays]:
    def value(*arrays: Arrays) -> Arrays:
        shape, kind = (jnp.shape(arrays[0]), jnp.result_type(*arrays)) if arrays else ((), jnp.result_type(float))
        kept = jax.ShapeDtypeStruct(shape + function.shape, kind)
        return jax.pure_callback(partial(_called, function, kind), kept, *arrays, vmap_method="broadcast_all")

    @cache
    def slope(place: int) -> Callable[..., Arrays]:
        return _outside(derivative(function, place), derivative)

    return differentiable(value, slope, len(function.shape))


def _called(function: Any, kind: Any, *arrays: Any) -> Any:
    return np.asarray(function(*map(np.asarray, arrays)), dtype=kind)


def of_one_type(values: tuple[Any, ...]) -> list[Any]:
    """The arguments as arrays of floats, of the type that all of them promote to."""
    arrays = [_real(value, place) for place, value in enumerate(values)]
    kind = jnp.result_type(*arrays) if arrays else None
    return [a.astype(kind) for a in arrays]


def _real(value: Any, place: int) -> Any:
    # A number of Python takes the type of the arrays beside it, which JAX knows of floats alone.
    if type(value) in (int, float):
        return jnp.asarray(float(value))
    name = f"argument {place}"
    array = value if isinstance(value, jax.Array) else real_array(value, name)
    if array.dtype.itemsize > LARGEST or jnp.issubdtype(array.dtype, jnp.complexfloating):
        raise TypeError(f"expected real numbers of 64 bits at most for {name}; found an array of {array.dtype}")
    return jnp.asarray(array) if jnp.issubdtype(array.dtype, jnp.floating) else array.astype(float)
