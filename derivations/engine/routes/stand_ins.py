"""Instances of undetermined functions: smooth positive functions of which no derivative vanishes."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

Pair = tuple[Any, Any]
TRUE_OF_INSTANCES = frozenset(
    {"real", "positive", "nonnegative", "nonzero", "finite", "complex", "commutative", "hermitian"}
)


def undetermined(pairs: list[Pair]) -> dict[Any, int]:
    """The undetermined functions of equations, with how many arguments each takes."""
    calls = {call for pair in pairs for side in pair for call in side.atoms(AppliedUndef)}
    return {call.func: len(call.args) for call in sorted(calls, key=str)}


def instance(pairs: list[Pair], seed: int) -> tuple[list[Pair], str]:
    """The equations with one function in place of each undetermined one, and what these functions are.

    Raises
    ------
    ValueError
        If more is assumed of a function than that it is real and positive.
    """
    rng, text = random.Random(seed), []
    for name, slots in undetermined(pairs).items():
        _require_assumptions(name)
        places = sp.symbols(f"u:{slots}" if slots > 1 else "u,")
        body = _smooth(places, rng)
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
    return isinstance(node, sp.Derivative | sp.Subs) and not node.expr.atoms(AppliedUndef)


def _carried_out(node: Any) -> sp.Expr:
    """Innermost first; an integral inside is differentiated under its sign and not evaluated."""
    if isinstance(node, sp.Subs):
        return node.expr.xreplace(dict(zip(node.variables, node.point, strict=True)))
    result = node.expr
    for variable, count in node.variable_count:
        for _ in range(int(count)):
            result = sp.diff(result, variable)
    return result


def _require_assumptions(name: Any) -> None:
    claimed = {key for key, value in getattr(name, "_kwargs", {}).items() if value}
    if claimed - TRUE_OF_INSTANCES:
        raise ValueError(f"no instance of {name.__name__} is {', '.join(sorted(claimed))}; declare it real or positive")
