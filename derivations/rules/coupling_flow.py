"""The flow of a potential that is its Taylor series about a point."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule("derivative of the flow", "The potential is put in as its Taylor series about the point.")
def derivative_of_the_flow(
    flow: Step, *, potential: Any, series: Any, variable: sp.Symbol, point: Any, order: int, domain: Domain
) -> Inference:
    """The derivative of an ``order`` of du/dt at a ``point``, in the couplings of the ``series``.

    The flow holds two derivatives of the potential: of the series no more than two orders above the one asked for
    matter.
    """
    moving = cast(Any, flow.result).xreplace({potential: series}).doit()
    left = sp.Subs(sp.Derivative(moving, (variable, order)), variable, point)
    couplings = series.free_symbols - {variable}
    right = _by_loops(moving.diff((variable, order)).subs(variable, point).doit(), couplings)
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=right)


def _by_loops(expression: Any, couplings: set[Any]) -> Any:
    """Terms with the same couplings and loops together, and each in factors."""
    together: dict[Any, Any] = {}
    for term in cast(Any, sp.Add.make_args(sp.expand(expression))):
        held: list[Any] = [f for f in sp.Mul.make_args(term) if f.free_symbols & couplings]
        key = sp.Mul(*cast(Any, held))
        together[key] = together.get(key, 0) + term
    return sp.Add(*cast(Any, [sp.factor(e) for e in together.values()]))
