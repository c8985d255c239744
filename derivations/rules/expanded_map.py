"""A map of several numbers, in powers of a variable on which they depend, or at special values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.work_step import Letters, in_lowest_terms, with_short_logarithms
from theory.domain import Domain
from theory.statements import Expansion, Identity


@rule(
    "in powers",
    "To a given order in a small variable each number is known by its first coefficients; a map takes them to those of "
    "its values.",
)
def expanded_map(
    step: Step,
    *,
    variable: Any,
    state: Mapping[Any, Any],
    orders: tuple[int, ...],
    letters: Letters = (),
    domain: Domain,
) -> Inference:
    """Coefficients of each entry of the step's result below its order, where ``state`` is put in.

    ``state`` says what the names of the map are in powers of the variable. The result is all coefficients,
    entry by entry from the lowest power up, ordered by products of the ``letters``; entries of order 0 are left out.
    """
    claims: list[Expansion] = []
    coefficients: list[Any] = []
    for entry, order in zip(_entries(step.result), orders, strict=True):
        if order == 0:
            continue
        whole: Any = entry.xreplace(dict(state))
        found = [_coefficient(whole, variable, n, letters) for n in range(order)]
        series = sp.Add(*(c * variable**n for n, c in enumerate(found)))
        needed = domain.restricted(whole, series, variable)
        claims.append(Expansion(whole, series, needed, variable=variable, order=order))
        coefficients += found
    return Inference(statement=claims[0], obligations=tuple(claims[1:]), result=sp.Tuple(*coefficients))


def _entries(result: Any) -> list[Any]:
    return list(result) if isinstance(result, sp.Tuple) else [result]


def _coefficient(expression: Any, variable: Any, n: int, letters: Letters) -> Any:
    return in_lowest_terms(sp.diff(expression, variable, n).subs(variable, 0) / sp.factorial(n), letters)


@rule("special values", "Put in the values of a special case.")
def map_at(step: Step, *, at: Mapping[Any, Any], letters: Letters = (), domain: Domain) -> Inference:
    """Every entry of the step's result with values put in, simplified; claimed where the names have these values.

    Raises
    ------
    ValueError
        If nothing is changed.
    """
    values = [with_short_logarithms(entry.xreplace(dict(at)), letters) for entry in step.result]
    there = domain.extended(constraints=[sp.Eq(name, value, evaluate=False) for name, value in at.items()])
    claims = [
        Identity(entry, value, there.restricted(entry, value))
        for entry, value in zip(step.result, values, strict=True)
        if entry != value
    ]
    if not claims:
        raise ValueError(f"expected values that change the result; {dict(at)} changes nothing in {step.result}")
    return Inference(statement=claims[0], obligations=tuple(claims[1:]), result=sp.Tuple(*values))
