"""What moves with the scale at fixed momentum."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "scale derivative",
    "At fixed momentum; the logarithm of the field renormalization moves with minus the anomalous dimension.",
)
def scale_derivative(
    quantity: Step, *, scale: sp.Symbol, wave_function: Any, anomalous_dimension: sp.Symbol, domain: Domain
) -> Inference:
    """k d/dk of a quantity that is a multiple of Z(k); in the result k Z'/Z is minus the anomalous dimension."""
    left = scale * sp.Derivative(quantity.result, scale)
    right = wave_function * sp.expand(cast(Any, left).doit() / wave_function)
    slope = sp.Derivative(wave_function, scale)
    moved = sp.expand(right.xreplace({slope: -anomalous_dimension * wave_function / scale}) / wave_function)
    result = wave_function * sp.collect(moved, sorted(moved.atoms(sp.exp), key=sp.default_sort_key), sp.factor)
    claim = Identity(left, right, domain.restricted(left))
    return Inference(statement=claim, result=result)


@rule("scaling", "A power of the scale returns under its derivative times the exponent.")
def scaling_exponent(quantity: Step, *, scale: sp.Symbol, letter: Any, domain: Domain) -> Inference:
    """k d/dk of a power of the scale; the result is that by the ``letter`` of the quantity.

    Raises
    ------
    ValueError
        If the quantity is no power of the scale.
    """
    value = cast(Any, quantity.result)
    exponent = sp.simplify(scale * sp.diff(value, scale) / value)
    if exponent.has(scale):
        raise ValueError(f"expected a power of {scale}; found {value}")
    claim = Identity(scale * sp.Derivative(value, scale), exponent * value, domain.restricted(value, scale))
    return Inference(statement=claim, result=exponent * letter)
