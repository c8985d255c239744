"""What one result is beyond another, and how large it is beside it."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.total_derivative import multiplied_out
from theory.domain import Domain
from theory.statements import Identity


@rule("difference", "One result is taken from another; what they have in common cancels.")
def difference(one: Step, other: Step, *, domain: Domain) -> Inference:
    """The first result less the second, in factors."""
    left = cast(Any, one.result) - cast(Any, other.result)
    right = sp.factor(multiplied_out(left.doit()))
    return _equal(left, right, domain)


@rule("ratio", "One result is divided by another.")
def ratio(one: Step, other: Step, *, domain: Domain) -> Inference:
    """The first result over the second, in factors."""
    left = cast(Any, one.result) / cast(Any, other.result)
    return _equal(left, sp.factor(sp.cancel(left.doit())), domain)


def _equal(left: Any, right: Any, domain: Domain) -> Inference:
    places = {q for q in left.free_symbols if q not in domain.sets}
    over = domain.extended(dict.fromkeys(sorted(places, key=str), (-sp.oo, sp.oo)))
    return Inference(statement=Identity(left, right, over.restricted(left, right)), result=right)
