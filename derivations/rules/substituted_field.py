"""A result where a field is given by others, or is weak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sympy as sp
from sympy.core.function import AppliedUndef

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.total_derivative import multiplied_out
from theory.domain import Domain
from theory.statements import Expansion, Identity


@rule("substitution of a field", "A field is put in by what it is.")
def with_field(given: Step, *, values: Mapping[Any, Any], domain: Domain) -> Inference:
    """A result in which fields such as ``theta(t, x)`` have the given values, with the derivatives carried out."""
    left = put_in(given.result, values)
    right = sp.factor(multiplied_out(left.doit()))
    over = _with_places(domain, left)
    return Inference(statement=Identity(left, right, over.restricted(left, right)), result=right)


@rule("weak field", "One field is scaled down; what is left is what the two results differ by for a weak field.")
def for_a_weak_field(one: Step, other: Step, *, field: Any, order: int, domain: Domain) -> Inference:
    """That two results agree to less than the given order in one field.

    Raises
    ------
    ValueError
        If they do not.
    """
    size = sp.Symbol("epsilon", real=True)
    both = [multiplied_out(put_in(s.result, {field: size * field}).doit()) for s in (one, other)]
    lowest = [multiplied_out(both[0] - both[1]).coeff(size, n) for n in range(order)]
    if any(term != 0 for term in lowest):
        raise ValueError(f"expected results that agree below order {order} in {field}; they differ by {lowest}")
    over = _with_places(domain.extended({size: (-1, 1)}), *both)
    claim = Expansion(both[0], both[1], over.restricted(*both), variable=size, order=order)
    return Inference(statement=claim, result=both[1], remark="$\\epsilon$ scales the field.")


def put_in(expression: Any, values: Mapping[Any, Any]) -> Any:
    """An expression with fields replaced, their derivatives not carried out."""
    names = {field.func: (field, value) for field, value in values.items()}

    def at(node: Any) -> Any:
        field, value = names[node.func]
        return value.xreplace(dict(zip(field.args, node.args, strict=True)))

    return cast(Any, expression).replace(lambda node: isinstance(node, AppliedUndef) and node.func in names, at)


def _with_places(domain: Domain, *expressions: Any) -> Domain:
    places = {q for e in expressions for q in e.free_symbols if q not in domain.sets}
    return domain.extended(dict.fromkeys(sorted(places, key=str), (-sp.oo, sp.oo)))
