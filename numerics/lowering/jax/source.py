"""The NumPy source of a formula in the names of JAX.

Functions of `numerics.lowering.stable_functions` are copied into it, with their derivatives: what is even in |x| would
else lose its curvature at zero. Smooth functions that are written by the larger and the smaller of two numbers, such as
exp(x) - exp(y), take one side where these are equal, the same in all factors: derivatives are then right.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

import numerics.lowering.special_nodes as special_nodes
import numerics.lowering.stable_functions as stable_functions
from numerics.lowering.arguments import Argument, checked_arguments
from numerics.lowering.dialect import LoopCode
from numerics.lowering.formula import Formula
from numerics.lowering.jax import loops
from numerics.lowering.jax.library import jnp, special
from numerics.lowering.nodes import (
    ErfDifference,
    ExpMinusOne,
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
from numerics.lowering.program import lowered_text, own_functions
from numerics.lowering.rewrites import stable

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
    sp.loggamma: "special.gammaln", special_nodes.LogBeta: "special.betaln",
    special_nodes.LogAbsGamma: "special.gammaln", sp.Ei: "special.expi",
    special_nodes.ExponentialIntegral: "special.exp1",
    special_nodes.BesselI0: "special.i0", special_nodes.BesselI1: "special.i1",
    special_nodes.ScaledBesselI0: "special.i0e", special_nodes.ScaledBesselI1: "special.i1e",
}  # fmt: skip


def _loop(loop: LoopCode) -> tuple[list[str], str]:
    step, kind = f"{loop.total}_of", "sum" if loop.is_sum else "product"
    inner = ["    " + line for line in (*loop.lines, f"return {loop.value}")]
    result = f"{loop.total} = loop_{kind}({step}, {loop.low}, {loop.high})"
    return [f"def {step}({loop.index}):", *inner, result], loop.total


DIALECT = replace(
    NUMPY, language="JAX", functions={f: name for f, name in _FUNCTIONS.items() if _is_known(name)}, loop=_loop
)


def in_known_functions(node: Any) -> Any:
    """The node without those of our functions that JAX lacks and that only keep more digits than others of its."""
    return node.replace(lambda n: n.func in _BY_OTHERS, lambda n: _BY_OTHERS[n.func](n))


def _scaled_tail_gap(node: Any) -> Any:
    return 1 / sp.sqrt(sp.pi) - node.first * ScaledErfc(node.first)


_BY_OTHERS: dict[Any, Callable[[Any], Any]] = {
    special_nodes.ScaledErfcGap: _scaled_tail_gap,
    **dict.fromkeys(
        (
            special_nodes.LogOnePlusGap, special_nodes.LogGammaDifference, special_nodes.LogBinomial,
            special_nodes.StirlingRemainder,
        ),
        lambda node: node.meaning(),
    ),
    special_nodes.DigammaDifference: lambda node: (
        special_nodes.Digamma(node.first + node.second) - special_nodes.Digamma(node.first)
    ),
    special_nodes.DigammaGap: lambda node: special_nodes.Digamma(node.first) - sp.log(node.first),
}  # fmt: skip


def jax_source(formula: Formula, arguments: Sequence[Argument]) -> str:
    """A module with one function, ``lowered``, as that of `numerics.lowering.program.numpy_source`."""
    body = _translated(lowered_text(formula.map(in_known_functions).map(one_sided), arguments, DIALECT))
    parts = [inspect.getsource(f).strip() for f in loops.FUNCTIONS] if "loop_" in body else []
    for name in own_functions(body):
        parts += _stable(name)
    text = "\n\n\n".join([*dict.fromkeys(parts), body])
    imports = ["import jax"] * ("jax." in text) + ["import jax.numpy as jnp"]
    imports += ["from jax.scipy import special"] * ("special." in text)
    return "\n".join([*imports, "", "", text, ""])


def one_sided(node: Any) -> Any:
    """The node with one condition A >= B where the larger, the smaller and the distance of A and B enter together.

    Derivatives at A = B are those of one side. Where the function is smooth there, all of them are its own.
    """
    sides: dict[Any, Any] = {}
    for extremum in sorted(node.atoms(sp.Max, sp.Min), key=sp.default_sort_key):
        if len(extremum.args) != 2:
            continue
        a, b = sorted(extremum.args, key=sp.default_sort_key)
        near = {d: k for d in node.atoms(sp.Abs) if (k := sp.cancel(d.args[0] / (a - b))).is_number}
        if not near:
            continue
        above, below = (a, b) if isinstance(extremum, sp.Max) else (b, a)
        sides[extremum] = _by_side(a, b, above, below)
        for distance, k in near.items():
            u = distance.args[0] * sp.sign(k)
            sides[distance] = _by_side(a, b, u, -u)
            sides |= {m: _with_sign(m, a, b) for m in node.atoms(sp.Mul) if _vanishes(m, distance)}
    return node.xreplace({m: v.xreplace(sides) if isinstance(m, sp.Mul) else v for m, v in sides.items()})


def _by_side(a: Any, b: Any, first: Any, second: Any) -> Any:
    return sp.Piecewise((first, sp.Ge(a, b)), (second, True), evaluate=False)


def _vanishes(product: Any, distance: Any) -> bool:
    """Whether it has a sign beside exp(-|A - B|) - 1, so that its value at A = B is zero whatever the sign is."""
    factors = {type(f) for f in product.args}
    return sp.sign in factors and any(isinstance(f, ExpMinusOne) and f.has(distance) for f in product.args)


def _with_sign(product: Any, a: Any, b: Any) -> Any:
    signs = [f for f in product.args if isinstance(f, sp.sign)]
    known = {f: sp.sign(sp.cancel(f.args[0] / (a - b))) for f in signs}
    return product.xreplace({f: _by_side(a, b, s, -s) for f, s in known.items() if s.is_number})


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
