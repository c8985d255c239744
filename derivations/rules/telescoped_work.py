"""The work along a path: differences at its ends as a telescoping sum, joined with the sum over its steps."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, rename


@rule(
    "telescoping",
    "The difference of the energy between both ends is the sum of its changes over the steps. What the steps at fixed "
    "control parameter change drops out; what the control parameter changes at a fixed state stays: the work.",
)
def telescoped(weight: Step, *, domain: Domain) -> Inference:
    """The weight with its exponents at the ends and over the steps as one sum over the steps.

    Raises
    ------
    ValueError
        If the exponent has no sum over steps, or its ends are not one expression at the first and at the last time.
    """
    factors = sp.Mul.make_args(weight.result)
    exponents: list[Any] = [f for f in factors if isinstance(f, sp.exp)]
    exponent = sp.expand(sp.Add(*(f.args[0] for f in exponents)))
    sums = [e for e in sp.Add.make_args(exponent) if isinstance(e, Sigma)]
    if len(sums) != 1:
        raise ValueError(f"expected one sum over the steps in the exponent; found {exponent}")
    body, step = sums[0].opened()
    first, last = sums[0].lower - 1, sums[0].upper
    at_last, at_first = _ends(exponent - sums[0], first, last)
    there = rename(at_last, last, step)
    if sp.expand(rename(there, step, first) + at_first) != 0:
        raise ValueError(f"the ends of {exponent} are not one expression at {first} and at {last}")
    change = sp.expand(body + there - rename(there, step, step - 1))
    rest = sp.Mul(*(f for f in factors if f not in exponents))
    result = rest * sp.exp(-Sigma(sp.expand(-change), (step, sums[0].lower, sums[0].upper)))
    return Inference(statement=Identity(weight.result, result, domain), result=result)


def _ends(terms: Any, first: Any, last: Any) -> tuple[Any, Any]:
    """The terms at the last and at the first time."""
    parts: dict[Any, Any] = {first: sp.S.Zero, last: sp.S.Zero}
    for term in sp.Add.make_args(terms):
        entries = {i for atom in term.atoms(sp.Indexed) for i in atom.indices if not i.has(sp.Indexed)}
        places = [end for end in parts if end in entries]
        if len(places) != 1:
            raise ValueError(f"expected a term at the time {first} or {last}; found {term}")
        parts[places[0]] += term
    return parts[last], parts[first]
