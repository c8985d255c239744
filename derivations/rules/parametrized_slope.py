"""The slope of a function of biases and weights by a parameter that they depend on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from theory.domain import Domain
from theory.statements import Identity


@rule("chain rule of the parameters", "The free energy depends on a parameter by the biases and weights alone.")
def slope_by_parts(
    *, function: Any, inner: Sequence[Any], parameter: sp.Symbol, factor: Any, domain: Domain
) -> Inference:
    """``factor`` times the slope of ``function`` of the ``inner`` functions: a term for each of these.

    Parameters
    ----------
    function
        An undetermined function of as many arguments as there are inner functions.
    inner
        Functions of the parameter.
    parameter, factor, domain
        What is differentiated by, what stands in front, and the set of each symbol.
    """
    slots = [sp.Symbol(f"u_{k}", real=True) for k, _ in enumerate(inner, 1)]
    slopes = (
        sp.Derivative(f, parameter)
        * sp.Subs(sp.Derivative(function(*_with(inner, k, slots[k])), slots[k]), slots[k], f)
        for k, f in enumerate(inner)
    )
    left = factor * sp.Derivative(function(*inner), parameter)
    right = factor * sp.Add(*slopes)
    return Inference(statement=Identity(left, right, domain.extended({parameter: (-sp.oo, sp.oo)})))


def _with(values: Sequence[Any], place: int, value: Any) -> tuple[Any, ...]:
    return (*values[:place], value, *values[place + 1 :])
