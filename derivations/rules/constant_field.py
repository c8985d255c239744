"""The second variation of an effective action about a constant field, its inverse and the trace of that."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Sigma, rename, unfold

Rows = tuple[sp.Symbol, sp.Symbol]
"""The letters of two components."""


@rule(
    "second variation",
    "The potential depends on the field through half the sum of the squared components alone: by the chain rule its "
    "slope stands on the diagonal, and its curvature acts along the field.",
)
def second_variation(definition: Step, *, fields: Any, rows: Rows, size: Any, domain: Domain) -> Inference:
    """Carry out the derivatives of the invariant, which the definition leaves as ``FieldDerivative``."""

    def carried_out(node: Any) -> Any:
        places = [entry.indices[0] for entry in node.atoms_by]
        return fields[places[0]] if len(places) == 1 else sp.KroneckerDelta(*places)

    expression = cast(Any, definition.result)
    result = expression.replace(lambda e: isinstance(e, FieldDerivative), carried_out)
    placed = domain.extended(dict.fromkeys(rows, sp.Range(1, size + 1)))
    return Inference(statement=Identity(expression, result, placed))


@rule(
    "propagator",
    "A multiple of the unit matrix and a projector along the field: the inverse is of the same form (Sherman and "
    "Morrison).",
)
def propagator(variation: Step, *, fields: Any, rows: Rows, column: sp.Symbol, size: Any) -> Inference:
    """The inverse of p delta_ab + c phi_a phi_b; the result is its entry in the letters of the rows."""
    first, second = rows
    across, along = _parts(variation.result, fields, rows)
    entry = sp.KroneckerDelta(first, second) / across - along * fields[first] * fields[second] / (
        across * (across + along * _squares(fields, first, size))
    )
    moved = rename(rename(entry, second, column), first, second)
    product = Sigma(variation.result * moved, (second, 1, size))
    placed = cast(Any, variation.statement).domain.extended({column: sp.Range(1, size + 1)})
    claim = Identity(product, sp.KroneckerDelta(first, column), placed.restricted(product, first, column))
    return Inference(statement=claim, result=entry)


@rule("trace of the propagator", "One direction lies along the field, and across it all directions are alike.")
def propagator_trace(
    variation: Step, inverse: Step, *, fields: Any, rows: Rows, size: Any, invariant: sp.Symbol
) -> Inference:
    """The sum over the components; in the result half the sum of the squared fields is the ``invariant``."""
    first, second = rows
    across, along = _parts(variation.result, fields, rows)
    left = Sigma(rename(cast(Any, inverse.result), second, first), (first, 1, size))
    squares = _squares(fields, first, size)
    right = (size - 1) / across + 1 / (across + along * squares)
    claim = Identity(left, right, cast(Any, inverse.statement).domain.restricted(left))
    return Inference(statement=claim, result=right.xreplace({squares: 2 * invariant}))


@rule(
    "flow equation at one momentum",
    "Plane waves are the modes of a constant field: at one momentum the regulator is a multiple of the unit matrix in "
    "the components, and the flow equation half its scale derivative times the trace of the propagator.",
)
def trace_at_one_momentum(
    equation: Step,
    inverse: Step,
    total: Step,
    *,
    families: tuple[Any, Any],
    rows: Rows,
    rate: Any,
    fields: Any,
    **of: Any,
) -> Inference:
    """The flow equation of many degrees of freedom, the components at one momentum, by the trace of their propagator.

    ``families`` are the scale derivative of the regulator and the propagator of the equation; ``rate`` is the former's
    multiple of the unit matrix. The ``size`` and the ``invariant`` are those of `propagator_trace`.
    """
    regulator, green = (family[rows] for family in families)
    left = unfold(cast(Any, equation.result), regulator, rate * sp.KroneckerDelta(*rows))
    left = unfold(left, green, inverse.result)
    result = rate * cast(Any, total.result) / 2
    right = result.xreplace({of["invariant"]: _squares(fields, rows[0], of["size"]) / 2})
    placed = cast(Any, inverse.statement).domain.extended({rate: (-1, 1)}).restricted(left)
    return Inference(statement=Identity(left, right, placed), result=result)


def _squares(fields: Any, index: sp.Symbol, size: Any) -> Any:
    return Sigma(fields[index] ** 2, (index, 1, size))


def _parts(matrix: Any, fields: Any, rows: Rows) -> tuple[Any, Any]:
    """p and c of p delta_ab + c phi_a phi_b.

    Raises
    ------
    ValueError
        If the matrix is not of that form.
    """
    delta, pair = sp.KroneckerDelta(*rows), fields[rows[0]] * fields[rows[1]]
    terms = sp.expand(matrix)
    across, along = terms.coeff(delta), terms.coeff(fields[rows[0]]).coeff(fields[rows[1]])
    if sp.expand(terms - across * delta - along * pair) != 0:
        raise ValueError(f"expected a matrix p delta + c phi phi in the components; found {matrix}")
    return across, along
