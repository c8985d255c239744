"""A vertex from the flow of the one with two legs less, where that flow is known."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "vertex from a known flow",
    "Where the flow of a vertex is known, its equation is linear in the vertex with two legs more.",
)
def solved_vertex(motion: Step, flow: Step, *, unknown: sp.Symbol, at: Any, domain: Domain) -> Inference:
    """The one value of the ``unknown`` at which the ``flow`` gives the ``motion``, both with the values ``at``.

    Raises
    ------
    ValueError
        If the flow is not linear in the unknown.
    """
    known = cast(Any, motion.result).subs(at)
    equation = sp.expand(flow.result)
    slope, rest = equation.coeff(unknown, 1), equation.coeff(unknown, 0)
    if slope == 0 or unknown in slope.free_symbols or sp.expand(equation - slope * unknown - rest) != 0:
        raise ValueError(f"expected a flow that is linear in {unknown}; found {flow.result}")
    solution = sp.factor((sp.expand(known) - rest) / slope)
    claim = Identity(flow.result - known, slope * (unknown - solution), domain.restricted(equation, known))
    return Inference(statement=claim, result=solution)
