"""The importance weight of a path: its probability under one law over that under another, step by step."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity


@rule(
    "importance weight",
    "The probability of a path is that of its first state times that of each step: the ratio of two laws is a ratio at "
    "the ends times a product over the steps.",
)
def importance_weight(sampled: Step, wanted: Step, *, domain: Domain) -> Inference:
    """The ratio of the ``wanted`` law of a path and the ``sampled`` one, for a path of the domain.

    Raises
    ------
    ValueError
        If a law is not a factor times one product over the steps, or the steps differ.
    """
    (first, steps), (last, back) = (_parts(step.result) for step in (sampled, wanted))
    if steps.limits != back.limits:
        raise ValueError(f"both laws are products over the same steps; found {steps.limits} and {back.limits}")
    ratio = last / first * sp.Product(back.function / steps.function, *steps.limits)
    return Inference(statement=Identity(wanted.result / sampled.result, ratio, domain), result=ratio)


def _parts(law: Any) -> tuple[Any, Any]:
    """What stands at an end of the path, and the product over the steps."""
    products = [f for f in sp.Mul.make_args(law) if isinstance(f, sp.Product)]
    if len(products) != 1:
        raise ValueError(f"expected a law with one product over its steps; found {law}")
    return law / products[0], products[0]
