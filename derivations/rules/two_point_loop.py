"""The loop of the two-point function on a constant field: what an external momentum passes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@dataclass(frozen=True, kw_only=True)
class Letters:
    """What the loop is written in, once the field is constant and points along the first component.

    Attributes
    ----------
    rate, propagator, vertex
        The families of the general flow.
    growth
        The scale derivative of the regulator at the momentum of the loop.
    modes, carrying
        Propagators across the field and along it, at the momentum of the loop, and at that with the external one.
    field
        The length of the field.
    """

    rate: Any
    propagator: Any
    vertex: Any
    growth: Any
    modes: tuple[Any, Any]
    carrying: tuple[Any, Any]
    field: Any


@rule(
    "loop on a constant field",
    "Regulator and propagators are diagonal in momenta and in the components across the field and along it. Momentum "
    "is conserved at the vertices: between the two external legs the loop carries the external momentum too. A loop "
    "with one vertex does not know it.",
)
def two_point_loop(
    flow: Step,
    vertex: Step,
    *,
    letters: Letters,
    fields: Any,
    legs: tuple[sp.Symbol, sp.Symbol, sp.Symbol],
    external: tuple[sp.Symbol, sp.Symbol],
    component: Any,
    size: Any,
    domain: Domain,
) -> Inference:
    """The part of the flow of the two-point function of a ``component`` that depends on the external momentum.

    Parameters
    ----------
    flow, vertex
        The flow of the vertex with two ``external`` legs, and the vertex with three, in the letters ``legs``.
    component
        1 along the field, 2 across it.
    """
    terms = [t for t in sp.Add.make_args(cast(Any, flow.result)) if _vertices(t, letters) == 2]
    body: Any = sp.Add(*[_on_constant_field(t, vertex.result, letters, fields, legs) for t in terms])
    left = body.xreplace(dict.fromkeys(external, sp.Integer(component)))
    right = sp.expand(_summed(vertex.result, letters, fields, legs, component, size))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=right)


def _vertices(term: Any, letters: Letters) -> int:
    return sum(1 for e in term.atoms(sp.Indexed) if e.base == letters.vertex)


def _on_constant_field(term: Any, vertex: Any, letters: Letters, fields: Any, legs: Any) -> Any:
    """The sum over the components, read from the regulator around the loop."""
    weight, body = term.as_independent(Sigma)
    ranges = []
    while isinstance(body, Sigma):
        limits = (body.lower, body.upper)
        body, index = body.opened()
        ranges.append((index, *limits))
    entries = cast(Any, sp.Mul.make_args(body))
    factors = {(e.base, e.indices[0]): e for e in entries}
    ((start, place),) = [e.indices for (base, _), e in factors.items() if base == letters.rate]
    product, passed = letters.growth * sp.KroneckerDelta(start, place), 0
    while place != start:
        enters, leaves = factors[letters.propagator, place].indices
        product *= _diagonal(enters, leaves, letters.carrying if passed == 1 else letters.modes)
        place = leaves
        if place != start:
            indices = factors[letters.vertex, place].indices
            product *= _at(vertex, fields, letters.field, dict(zip(legs, indices, strict=True)))
            place, passed = indices[-1], passed + 1
    return weight * Sigma(product, *ranges)


def _diagonal(row: Any, column: Any, modes: tuple[Any, Any]) -> Any:
    across, along = modes
    return sp.KroneckerDelta(row, column) * (across + (along - across) * sp.KroneckerDelta(row, 1))


def _at(vertex: Any, fields: Any, length: Any, indices: dict[Any, Any]) -> Any:
    """The vertex with the field along the first component."""
    placed = vertex.xreplace({fields[leg]: length * sp.KroneckerDelta(index, 1) for leg, index in indices.items()})
    return placed.xreplace(indices)


def _summed(vertex: Any, letters: Letters, fields: Any, legs: Any, component: Any, size: Any) -> Any:
    """Two vertices that share a component outside, summed over pairs of components inside."""
    other = 2 if component == 1 else 3

    def squared(inside: Any, outside: Any) -> Any:
        indices = dict(zip(legs, (inside, component, outside), strict=True))
        return _at(vertex, fields, letters.field, {leg: sp.Integer(i) for leg, i in indices.items()}) ** 2

    def loop(inside: Any, outside: Any) -> Any:
        first, second = letters.modes[inside == 1], letters.carrying[outside == 1]
        return letters.growth * first**2 * second * squared(inside, outside)

    special = sorted({1, int(component)})
    pairs = sp.Add(*[loop(i, j) for i in special for j in special])
    rest = size - len(special)
    beside = sp.Add(*[loop(i, other) + loop(other, i) for i in special]) + loop(other, other)
    return pairs + rest * beside
