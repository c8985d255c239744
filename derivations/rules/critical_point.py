"""The temperature at which a least eigenvalue vanishes, and the stability it decides."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity, LimitStatement, PositiveDefinite


@rule(
    "vanishing eigenvalue",
    "The replica-symmetric solution becomes unstable where the least eigenvalue vanishes.",
)
def vanishing_temperature(
    spectrum: Step, ordering: Step, *, mode: sp.Symbol, inverse_temperature: sp.Symbol
) -> Inference:
    """The temperature T at which the first eigenvalue, linear in 1/T^2, vanishes."""
    del ordering  # a parent only: it says that the first eigenvalue is the least
    least = spectrum.result.subs(mode, 0)
    square = sp.Symbol("b", positive=True)
    linear = sp.Poly(least.subs(inverse_temperature, sp.sqrt(square)), square)
    if linear.degree() != 1:
        raise ValueError(f"expected an eigenvalue linear in {inverse_temperature}^2, found {least}")
    temperature = sp.sqrt(sp.cancel(-linear.nth(1) / linear.nth(0)))
    factored = linear.nth(0) * (1 - (inverse_temperature * temperature) ** 2)
    domain = cast(Identity, spectrum.statement).domain.restricted(least)
    return Inference(statement=Identity(least, factored, domain), result=temperature)


@rule("stability", "A symmetric matrix is positive definite exactly where its least eigenvalue is positive.")
def stability(
    entry: Step,
    critical: Step,
    *,
    rows: tuple[sp.Symbol, sp.Symbol],
    layers: tuple[Any, Any],
    inverse_temperature: sp.Symbol,
) -> Inference:
    """The Hessian is positive definite if and only if the temperature is above the critical one."""
    condition = sp.Lt(inverse_temperature * critical.result, 1)
    i, j = rows
    domain = cast(Identity, entry.statement).domain.restricted(entry.result, condition)
    return Inference(
        statement=PositiveDefinite(entry.result, domain, condition=condition, rows=(i, j, *layers)),
        result=condition,
    )


@rule("infinite depth", "The lowest standing wave flattens as layers are added.")
def infinite_depth(critical: Step, *, n_bonds: sp.Symbol) -> Inference:
    """The limit of the critical temperature for infinitely many layers."""
    value = critical.result.subs(n_bonds, sp.oo)
    domain = cast(Identity, critical.statement).domain
    return Inference(
        statement=LimitStatement(critical.result, value, domain, variable=n_bonds, point=sp.oo), result=value
    )
