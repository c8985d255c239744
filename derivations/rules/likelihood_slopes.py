"""How a log-likelihood and a free energy change with a parameter of the energies."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality
from theory.sums import Sigma


@rule("gradient", "Each sum is differentiated term by term.")
def gradient(function: Step, *, parameter: sp.Symbol, domain: Domain) -> Inference:
    """The derivative of a step's result by a parameter."""
    slope = sp.expand(sp.diff(cast(Any, function.result), parameter))
    left = sp.Derivative(function.result, parameter)
    return Inference(statement=Identity(left, slope, domain.restricted(left)))


@rule(
    "curvature of the free energy",
    "The second derivative of $-\\log Z$ is the mean curvature of the energy less the variance of its slope.",
)
def curvature(free: Step, *, energy: Any, parameter: sp.Symbol, states: Any, domain: Domain) -> Inference:
    """d^2 F / dw^2 of F = -log sum exp(-E(x, w)), for any energy."""
    index, low, high = states
    slope, bend = (sp.Derivative(energy, (parameter, order)) for order in (1, 2))
    trace = Sigma(sp.exp(-energy), states)
    other = sp.Symbol(f"{index}'", integer=True)
    mean = Sigma(sp.exp(-energy.xreplace({index: other})) * slope.xreplace({index: other}), (other, low, high)) / trace
    value = Sigma(sp.exp(-energy) * bend, states) / trace - Sigma(sp.exp(-energy) * (slope - mean) ** 2, states) / trace
    left = sp.Derivative(free.result, (parameter, 2))
    return Inference(statement=Identity(left, value, domain.restricted(left)))


@rule("linear energy", "An energy that is linear in the parameter has no curvature; a variance is not negative.")
def concave_where_linear(bend: Step, *, energy: Any, linear: Any, domain: Domain) -> Inference:
    """The curvature of the free energy where the energy is ``linear`` in the parameter is nowhere positive."""
    head, (index, name) = energy.func, energy.args

    def put_in(*arguments: Any) -> Any:
        return linear.xreplace({index: arguments[0], name: arguments[1]})

    value = cast(Any, bend.result).replace(head, put_in).doit(deep=True)
    return Inference(statement=Inequality(value, sp.S.Zero, domain.restricted(value), relation="<="), result=value)
