"""Formulas as functions of JAX arrays, to be differentiated, compiled and mapped by JAX.

The source is NumPy's in the names of JAX. Functions of `numerics.lowering.stable_functions` are copied into it, with
their derivatives: what is even in |x| would else lose its curvature at zero.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import sympy as sp

import numerics.lowering.special_nodes as special_nodes
import numerics.lowering.stable_functions as stable_functions
from numerics.lowering.arguments import Argument, checked_arguments
from numerics.lowering.formula import Formula
from numerics.lowering.nodes import (
    ErfDifference,
    ExpMinusOneOver,
    LogCosh,
    LogErfc,
    LogHalfErfc,
    Logistic,
    LogNear,
    LogOnePlusOver,
    LogTwoCosh,
    ScaledErfc,
    SinOver,
    SquareOver,
)
from numerics.lowering.numpy_dialect import FUNCTIONS, NUMPY
from numerics.lowering.program import executed, lowered_text, own_functions
from numerics.lowering.rewrites import stable

try:
    # By name, since type checkers run where this extra is not installed.
    jax, jnp, special = map(import_module, ("jax", "jax.numpy", "jax.scipy.special"))
except ImportError as error:
    raise ImportError(
        'expected the package jax for backend="jax"; found none: pip install "saddlepoint[jax]"'
    ) from error

_X, _Y, _GAP = sp.symbols("x y gap", real=True)
_RATE = 2 / sp.sqrt(sp.pi)
SLOPES: dict[Any, tuple[Any, ...]] = {
    LogCosh: (sp.tanh(_X),),
    LogTwoCosh: (sp.tanh(_X),),
    sp.sech: (-sp.sech(_X) * sp.tanh(_X),),
    Logistic: (Logistic(_X) * Logistic(-_X),),
    LogErfc: (-_RATE / ScaledErfc(_X),),
    LogHalfErfc: (-_RATE / ScaledErfc(_X),),
    ScaledErfc: (2 * _X * ScaledErfc(_X) - _RATE,),
    LogNear: (1 / _X, None),
    SquareOver: (2 * _X / _Y, -((_X / _Y) ** 2)),
    ErfDifference: (_RATE * sp.exp(-(_X**2)), -_RATE * sp.exp(-(_Y**2)), None),
    **{node: (stable(sp.diff(node(_X).meaning(), _X)),) for node in (ExpMinusOneOver, LogOnePlusOver, SinOver)},
}
"""The derivatives of our own functions by each argument; None for those that only repeat others to more digits."""
_NAMES = {FUNCTIONS[node]: slopes for node, slopes in SLOPES.items()}


def _is_known(name: str) -> bool:
    module, _, function = name.rpartition(".")
    return hasattr({"np": jnp, "special": special}[module], function) if module else name in _NAMES


# These NumPy computes by our own definitions, to more digits.
_FUNCTIONS = FUNCTIONS | {
    sp.loggamma: "special.gammaln", special_nodes.LogAbsGamma: "special.gammaln", sp.Ei: "special.expi",
    special_nodes.ExponentialIntegral: "special.exp1",
    special_nodes.BesselI0: "special.i0", special_nodes.BesselI1: "special.i1",
    special_nodes.ScaledBesselI0: "special.i0e", special_nodes.ScaledBesselI1: "special.i1e",
}  # fmt: skip
DIALECT = replace(NUMPY, language="JAX", functions={f: name for f, name in _FUNCTIONS.items() if _is_known(name)})


def jax_source(formula: Formula, arguments: Sequence[Argument]) -> str:
    """A module with one function, ``lowered``, as that of `numerics.lowering.program.numpy_source`."""
    body = _translated(lowered_text(formula, arguments, DIALECT))
    parts: list[str] = []
    for name in own_functions(body):
        parts += _stable(name)
    text = "\n\n\n".join([*dict.fromkeys(parts), body])
    imports = ["import jax"] * ("jax." in text) + ["import jax.numpy as jnp"]
    imports += ["from jax.scipy import special"] * ("special." in text)
    return "\n".join([*imports, "", "", text, ""])


def _stable(name: str) -> list[str]:
    """A function of ours, those that its derivatives need, and these."""
    names = [s.name for s in (_X, _Y, _GAP)[: len(_NAMES[name])]]
    slopes = {f"{name}_slope_by_{x}": slope for x, slope in zip(names, _NAMES[name], strict=True) if slope is not None}
    texts = [_slope(slope, label, names) for label, slope in slopes.items()]
    needed = [part for text in texts for other in own_functions(text) if other != name for part in _stable(other)]
    given = ", ".join(names)
    rules = [f"lambda rate, value, {given}: rate*{label}({given})" for label in slopes]
    rules += ["None"] * (len(names) - len(rules))
    own = "@jax.custom_jvp\n" + _translated(inspect.getsource(getattr(stable_functions, name))).strip()
    return [*needed, own, *texts, f"{name}.defjvps({', '.join(rules)})"]


def _slope(slope: Any, label: str, names: Sequence[str]) -> str:
    arguments = checked_arguments([s for s in (_X, _Y, _GAP) if s.name in names])
    text = lowered_text(Formula(entries=(slope,), shape=(), shown="A derivative"), arguments, DIALECT)
    return _translated(text).replace("def lowered(", f"def {label}(")


def _translated(text: str) -> str:
    text = re.sub(r"\bnp\.", "jnp.", text).replace("    from scipy import special\n\n", "")
    return re.sub(r"(\w+): Values\b|\) -> Values:", lambda m: m[1] or "):", text)


_SEEN = {"jax": jax, "jnp": jnp, "special": special, "range": range}
"""What a source may name."""


class JaxFunction:
    """``lowered`` of one source; JAX may trace it.

    Numbers are doubles only where ``jax.config.update("jax_enable_x64", True)`` was called before.

    Parameters
    ----------
    source
        From `jax_source`.
    shape
        Of the value at one point.
    """

    libm = "JAX"

    def __init__(self, source: str, shape: tuple[int, ...]) -> None:
        body = source.split("\n\n\n", 1)[1]  # what the lines of imports bind is handed in
        self._lowered, self._shape = executed(body, _SEEN), shape
        self._compiled = jax.jit(self._whole)

    def directly(self, values: tuple[Any, ...]) -> Any:
        """The values at arrays of JAX or NumPy, at numbers, or at what JAX traces."""
        return self._compiled(*map(_real, values))

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape."""
        return jnp.broadcast_to(self.directly(tuple(arrays)), shape + self._shape).astype(kind)

    def _whole(self, *arrays: Any) -> Any:
        """The value, or the entries in the last axes; constants take the shape of the arguments."""
        shape, kind = jnp.broadcast_shapes(*(a.shape for a in arrays)), jnp.result_type(*arrays, float)
        found = self._lowered(*arrays)
        entries = [jnp.broadcast_to(jnp.asarray(e, dtype=kind), shape) for e in (found if self._shape else [found])]
        return jnp.stack(entries, axis=-1).reshape(shape + self._shape)


def _real(value: Any) -> Any:
    # A number of Python takes the type of the arrays beside it, which JAX knows of floats alone.
    array = jnp.asarray(float(value) if type(value) is int else value)
    if jnp.issubdtype(array.dtype, jnp.complexfloating):
        raise TypeError(f"expected real numbers; found an array of {array.dtype}")
    return array if jnp.issubdtype(array.dtype, jnp.floating) else array.astype(float)
