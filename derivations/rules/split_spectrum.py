"""A function of many eigenvalues: its Laplacian in them, and its value where they form two groups of fixed product."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import Range
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Inside, Sigma


@rule("Laplacian", "Each eigenvalue enters one term of the sum, so that the Laplacian is a sum of second derivatives.")
def laplacian(function: Step, *, entry: sp.Indexed, components: Range, domain: Domain, sign: int = 1) -> Inference:
    """The sum of second derivatives of a result by the entries of a family, times ``sign``.

    ``entry`` is the entry at an index that the result does not use.
    """
    (place,) = cast(Any, entry).indices
    _, low, high = components
    second: Any = _slope(_slope(function.result, entry, (place, low, high)), entry, (place, low, high))
    product: Any = sp.factor(sign * second)
    factor, term = product.as_independent(place, cast(Any, entry).base, as_Add=False)
    value = factor * Sigma(term, (place, low, high))
    left = sign * Sigma(FieldDerivative(function.result, entry, entry), (place, low, high))
    return Inference(statement=Identity(left, value, domain.restricted(left)))


def _slope(expression: Any, entry: Any, places: Range) -> Any:
    slope: Any = resolved(sp.diff(expression, entry))
    return slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, (places,)))


@rule(
    "two groups of eigenvalues",
    "A fraction of the eigenvalues is one number, all others another one that leaves their product as it was.",
)
def two_groups(
    total: Step,
    *,
    entry: sp.Indexed,
    number: sp.Symbol,
    fraction: sp.Symbol,
    logarithm: sp.Symbol,
    first: sp.Symbol,
    domain: Domain,
) -> Inference:
    """A sum over eigenvalues where ``first`` of them are exp(x) and the others exp(x gamma / (gamma - 1)).

    The claim is about ``first`` of ``number`` eigenvalues with any two values and about the product of all; the result
    has ``first`` as the ``fraction`` of ``number``, and ``logarithm`` for x.
    """
    (index,) = cast(Any, entry).indices
    (sum_node,) = total.result.atoms(Sigma)
    factor = cast(Any, total.result) / sum_node
    low, high = (sp.Symbol(f"{cast(Any, entry).base.label}_{k}", positive=True) for k in (1, 2))
    term, fresh = sum_node.opened()
    at = [term.xreplace({cast(Any, entry).base[fresh]: value}) for value in (low, high)]
    ends = ((index, sp.Integer(1), first), (index, first + 1, number))
    left = factor * sp.Add(*[Sigma(t, e) for t, e in zip(at, ends, strict=True)])
    right = factor * (first * at[0] + (number - first) * at[1])
    sets = {first: sp.Range(1, number), low: (0, sp.oo), high: (0, sp.oo)}
    values = {low: sp.exp(logarithm), high: sp.exp(logarithm * fraction / (fraction - 1))}
    result = number * sp.factor_terms(right.xreplace({first: fraction * number, **values}) / number)
    product = fraction * sp.log(values[low]) + (1 - fraction) * sp.log(values[high])
    return Inference(
        statement=Identity(left, right, domain.extended(sets).restricted(left, right)),
        result=sp.factor_terms(result),
        obligations=(Identity(product, 0, domain.restricted(product)),),
    )
