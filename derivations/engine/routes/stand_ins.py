"""Instances of undetermined functions: smooth functions without zeros, of which no derivative vanishes.

One that is not declared positive takes either sign: what holds of positive functions only is no claim about all.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.routes.jumps import carried_out, corners

Pair = tuple[Any, Any]
SIGNS = ((1, 1), (-1, -1), (1, -1), (-1, 1))
"""Of the functions in turn, in one instance after another: two functions meet in all ways."""
SIZES = ("real", "positive", "nonnegative", "nonzero")
TRUE_OF_INSTANCES = frozenset(
    {*SIZES, *(f"extended_{size}" for size in SIZES), "finite", "complex", "commutative", "hermitian"}
)


def undetermined(pairs: list[Pair]) -> dict[Any, int]:
    """The undetermined functions of equations, with how many arguments each takes."""
    calls = {call for pair in pairs for side in pair for call in side.atoms(AppliedUndef)}
    return {call.func: len(call.args) for call in sorted(calls, key=str)}


def instances(pairs: list[Pair], seed: int) -> list[tuple[list[Pair], str]]:
    """Instances in which the functions have their signs in all ways, as far as nothing is assumed of them."""
    return [instance(pairs, seed + number, signs) for number, signs in enumerate(SIGNS)]


def instance(pairs: list[Pair], seed: int, signs: tuple[int, ...] = SIGNS[0]) -> tuple[list[Pair], str]:
    """The equations with one function in place of each undetermined one, and what these functions are.

    Raises
    ------
    ValueError
        If more is assumed of a function than that it is real and positive.
    """
    rng, text = random.Random(seed), []
    for number, (name, slots) in enumerate(undetermined(pairs).items()):
        assumed = _assumptions(name)
        places = sp.symbols(f"u:{slots}" if slots > 1 else "u,")
        sign = 1 if assumed & {"positive", "nonnegative"} else signs[number % len(signs)]
        body = sign * _smooth(places, rng)
        pairs = [tuple(_replaced(side, name, places, body) for side in pair) for pair in pairs]
        text.append(f"{name.__name__}({', '.join(map(str, places))}) = {body}")
    return pairs, "; ".join(text)


def _smooth(places: tuple[sp.Symbol, ...], rng: random.Random) -> sp.Expr:
    """c + (a u)^2 + exp(b u), with other numbers for every slot."""

    def form() -> sp.Expr:
        return sp.Add(*(sp.Rational(rng.choice((-1, 1)) * rng.randint(1, 5), rng.randint(6, 9)) * u for u in places))

    return sp.Rational(rng.randint(1, 9), 7) + form() ** 2 + sp.exp(form())


def _replaced(side: Any, name: Any, places: tuple[sp.Symbol, ...], body: sp.Expr) -> Any:
    def at(*arguments: sp.Expr) -> sp.Expr:
        return body.xreplace(dict(zip(places, arguments, strict=True)))

    return side.replace(name, at).replace(_is_operation, _carried_out)


def _is_operation(node: Any) -> bool:
    """An operation on instances; the derivative of what has corners is left to the balls, which know where they are."""
    settled = isinstance(node, sp.Derivative | sp.Subs) and not node.expr.atoms(AppliedUndef)
    return settled and (isinstance(node, sp.Subs) or not any(corners(node.expr)))


def _carried_out(node: Any) -> sp.Expr:
    """Innermost first; an integral inside is differentiated under its sign and not evaluated."""
    if isinstance(node, sp.Subs):
        return node.expr.xreplace(dict(zip(node.variables, node.point, strict=True)))
    return carried_out(node)


def _assumptions(name: Any) -> set[str]:
    """What is assumed of a function, which an instance must have."""
    claimed = {key for key, value in getattr(name, "_kwargs", {}).items() if value}
    if claimed - TRUE_OF_INSTANCES:
        raise ValueError(f"no instance of {name.__name__} is {', '.join(sorted(claimed))}; declare it real or positive")
    return claimed
