"""The flow equation at one degree of freedom against quadrature of its definition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.effective_average_action import Quartic, derivative_by_regulator, second_derivative
from theory.models import regulated_field as model

CASES = (
    (Quartic(mass=Fraction(1, 2), coupling=Fraction(3)), Fraction(2, 3), Fraction(3, 5)),
    (Quartic(mass=Fraction(-1), coupling=Fraction(6)), Fraction(3, 2), Fraction(0)),
    (Quartic(mass=Fraction(1), coupling=Fraction(12)), Fraction(1, 7), Fraction(-4, 3)),
)
"""An action, a value of the regulator, a mean field."""


def against_quadrature(flow: Any) -> Callable[[], Evidence]:
    """Compare dGamma/dt with differences of the effective average action, for a regulator that moves at rate one."""
    value, rate = sp.Symbol("R", real=True), sp.Symbol("R_t", real=True)
    plain = flow.xreplace({sp.Derivative(model.regulator, model.time): rate}).xreplace({model.regulator: value})

    def instances() -> Iterator[Instance]:
        for action, regulator, mean in CASES:
            bend = second_derivative(action, regulator, mean)
            moved = derivative_by_regulator(action, regulator, mean)
            label = f"mass {action.mass}, coupling {action.coupling}, R = {regulator}, phi = {mean}"
            values = {model.second_derivative: bend, value: regulator, rate: Fraction(1)}
            margin = Fraction(1, 10**20)
            yield Instance(values=values, low=moved - margin, high=moved + margin, label=label)

    return lambda: against_oracle("quadrature of the effective average action", plain, instances)
