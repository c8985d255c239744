"""What SymPy's functions and constants are called in our notation, where they are called anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.notation.functions import FUNCTIONS

ATOMS = (sp.NumberSymbol, type(sp.I), type(sp.oo), type(-sp.oo))
Named = tuple[tuple[str, ...], tuple[Any, ...]]
_DIRECT = (
    "sin", "cos", "tan", "cot", "sec", "csc", "sinc", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "coth",
    "sech", "csch", "asinh", "acosh", "atanh", "sign", "max", "min", "floor", "ceil", "delta", "re", "im", "conj",
    "erf", "erfc", "erfi", "erfinv", "erfcinv", "loggamma", "polygamma", "factorial", "factorial2", "binomial",
    "zeta", "polylog", "lambertw", "besseli", "besselj", "besselk", "bessely", "airyai", "airybi", "Ei", "Si", "Ci",
    "ellipk", "ellipe", "hermite", "legendre", "chebyshevt", "chebyshevu", "laguerre",
)  # fmt: skip


def _plainly(name: str, *others: str) -> Callable[[Any], Named]:
    """The names of a function whose arguments are written as they are."""
    function = FUNCTIONS[name]

    def named(node: Any) -> Named:
        if not function.fewest <= len(node.args) <= function.most:
            raise ValueError(f"no notation for {name} of {len(node.args)} arguments: {node}")
        return (name, *others), node.args

    return named


def _step(node: Any) -> Named:
    if node.args[1:] not in ((), (sp.S.Half,)):
        raise ValueError(f"the step function of the notation is 1/2 at 0; found {node}")
    return ("heaviside", "theta"), node.args[:1]


NAMES: dict[Any, Callable[[Any], Named]] = {
    **{FUNCTIONS[name].build: _plainly(name) for name in _DIRECT},
    sp.gamma: _plainly("gamma", "Gamma"), sp.Abs: _plainly("abs"), sp.log: _plainly("log", "ln"),
    sp.Heaviside: _step,
}  # fmt: skip


def constant_text(node: Any, taken: frozenset[str]) -> tuple[str, int]:
    """A constant, with how tightly it holds together: 3 for a word, 0 for a sum.

    ``e`` and ``i`` may be symbols of the expression; then the constants are written otherwise.
    """
    table = {
        sp.pi: "pi", sp.E: "exp(1)" if "e" in taken else "e", sp.I: "sqrt(-1)" if "i" in taken else "i",
        sp.oo: "oo", sp.EulerGamma: "eulergamma", sp.Catalan: "catalan",
    }  # fmt: skip
    if node == -sp.oo:
        return "-oo", 0
    if node not in table:
        raise ValueError(f"no notation for the constant {node}")
    return table[node], 3
