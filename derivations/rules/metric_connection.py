"""The connection that keeps a metric, the symmetry of its trace, and the trace of its curvature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.index_symmetry import needed
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, rename, unfold

Place = tuple[sp.Symbol, sp.Symbol, sp.Symbol]


@rule(
    "connection without torsion",
    "A connection that is symmetric in its last two indices and keeps the metric solves three linear equations, one "
    "for each order of three indices.",
)
def connection_of_forces(
    *, compatible: Callable[[Any, Any, Any], Any], forces: Any, connection: Any, place: Place, domain: Domain
) -> Inference:
    """The connection with all indices below at ``place``, by the derivatives of the metric.

    Parameters
    ----------
    compatible
        What the derivative g_{ab,c} is in terms of the connection, for indices a, b, c.
    forces, connection
        The families p[c, a, b] of derivatives and K[a, b, c].
    """
    orders = (place, (place[1], place[2], place[0]), (place[2], place[0], place[1]))
    names = {connection[a, b, c]: sp.Dummy() for a, b, c in orders}
    both = {**names, **{connection[a, c, b]: names[connection[a, b, c]] for a, b, c in orders}}
    equations = [forces[c, a, b] - compatible(a, b, c).xreplace(both) for a, b, c in orders]
    (solution,) = sp.solve(equations, list(names.values()), dict=True)
    result = sp.expand(solution[names[connection[place]]])
    left = result.xreplace({forces[c, a, b]: compatible(a, b, c) for a, b, c in orders})
    return Inference(
        statement=Identity(left, connection[place], needed(domain, left, connection[place])), result=result
    )


@rule("index raised", "An index is raised by the inverse metric.")
def raised_connection(
    lower: Step,
    *,
    compatible: Callable[[Any, Any, Any], Any],
    forces: Any,
    inverse_metric: Any,
    place: Place,
    above: sp.Symbol,
    size: Any,
    domain: Domain,
) -> Inference:
    """The first index of the step's result raised to ``above``; for forces that the connection itself makes."""
    first, *_ = place
    result = Sigma(inverse_metric[above, first] * cast(Any, lower.result), (first, sp.Integer(1), size))
    known = cast(Any, lower.statement).right
    slots = sp.symbols("a b c", integer=True)
    a, b, c = slots
    left = unfold(result, forces[c, a, b], compatible(a, b, c))
    right = Sigma(inverse_metric[above, first] * known, (first, sp.Integer(1), size))
    return Inference(statement=Identity(left, right, needed(domain, left, right)), result=result)


@rule("trace of the connection", "Terms that differ by the names of what is summed over are the same.")
def trace_of_connection(
    raised: Step, *, forces: Any, inverse_metric: Any, place: Place, at: sp.Symbol, size: Any, domain: Domain
) -> Inference:
    """The sum over the first index of the step's result and its last; ``place`` says which they are.

    The index between them becomes ``at``.
    """
    first, second, last = place
    one, other = sp.symbols("a b", integer=True)
    body, index = cast(Any, raised.result).opened()
    names = {first: one, last: one, second: at, index: other}
    terms = sp.Add.make_args(sp.expand(body.xreplace(names)))
    found = sp.Add(*(_least(term, one, other, forces, inverse_metric) for term in terms))
    ranges = [(i, sp.Integer(1), size) for i in (one, other)]
    left, right = Sigma(body.xreplace(names), *ranges), Sigma(found, *ranges)
    return Inference(statement=Identity(left, right, needed(domain, left, right)))


def _least(term: Any, one: sp.Symbol, other: sp.Symbol, forces: Any, inverse_metric: Any) -> Any:
    """The first, by its text, of a term and the same with two names exchanged; symmetric indices in order."""

    def ordered(entry: Any) -> Any:
        *kept, b, c = entry.indices
        if entry.base not in (forces, inverse_metric):
            return entry
        return entry.base[(*kept, *sorted((b, c), key=str))]

    both = (term, term.xreplace({one: other, other: one}))
    return min((t.replace(lambda e: isinstance(e, sp.Indexed), ordered) for t in both), key=str)


@rule(
    "slope of the trace",
    "The trace is half the slope of the logarithm of the determinant: its slopes by two coordinates do not depend on "
    "their order.",
)
def slope_of_trace(
    trace: Step,
    *,
    forces: Any,
    slopes: Any,
    inverse_metric: Any,
    at: sp.Symbol,
    by: sp.Symbol,
    size: Any,
    domain: Domain,
) -> Inference:
    """The derivative of the step's result, at the index ``at``, by the coordinate ``by``, and in the other order."""

    def moved(node: Any, along: Any) -> Any:
        if isinstance(node, Sigma):
            body, index = node.opened()
            return Sigma(moved(body, along), (index, node.lower, node.upper))
        return sp.Add(*(sp.diff(node, e) * entry_slope(e, along) for e in sorted(node.atoms(sp.Indexed), key=str)))

    def entry_slope(entry: Any, along: Any) -> Any:
        if entry.base == forces:
            return slopes[(along, *entry.indices)]
        a, b = entry.indices
        c, d = sp.symbols("c d", integer=True)
        product = inverse_metric[a, c] * inverse_metric[d, b] * forces[along, c, d]
        return -Sigma(product, (c, sp.Integer(1), size), (d, sp.Integer(1), size))

    given = cast(Any, trace.result)
    swapped = given.xreplace({at: by})
    left, right = moved(given, by), moved(swapped, at)
    return Inference(statement=Identity(left, right, needed(domain, left, right)), result=left)


@rule("trace of the curvature", "The sum over the first and the third index; each term is summed by itself.")
def trace_of_curvature(
    curvature: Step,
    *,
    place: tuple[sp.Symbol, ...],
    indices: tuple[sp.Symbol, sp.Symbol],
    size: Any,
    domain: Domain,
) -> Inference:
    """The step's result, whose indices are ``place``, with the first and third alike and the others as given."""
    first, second, third, fourth = place
    bound = sp.Symbol("a", integer=True)
    body = cast(Any, curvature.result)
    for old, new in ((third, bound), (first, bound), (second, indices[0]), (fourth, indices[1])):
        body = rename(body, old, new)
    left = Sigma(body, (bound, sp.Integer(1), size))
    right = sp.Add(*(_summed(term, bound, size) for term in sp.Add.make_args(_opened(body))))
    return Inference(statement=Identity(left, right, needed(domain, left, right)))


def _opened(body: Any) -> Any:
    """Sums of several terms as several sums."""
    terms = []
    for term in sp.Add.make_args(body):
        if isinstance(term, Sigma):
            inner, index = term.opened()
            terms += [Sigma(t, (index, term.lower, term.upper)) for t in sp.Add.make_args(sp.expand(inner))]
        else:
            terms.append(term)
    return sp.Add(*terms)


def _summed(term: Any, index: sp.Symbol, size: Any) -> Any:
    return Sigma(term, (index, sp.Integer(1), size))


@rule(
    "exchange of two indices",
    "Products of two symbols are the same in both orders of the indices; what is left are slopes.",
)
def exchanged_difference(
    tensor: Step, *, indices: tuple[sp.Symbol, sp.Symbol], products_of: Any, domain: Domain
) -> Inference:
    """The step's result less the same with two indices exchanged, by the terms without entries of ``products_of``."""
    given, (one, other) = cast(Any, tensor.result), indices
    swap = {one: other, other: one}
    kept = sp.Add(*(t for t in sp.Add.make_args(given) if all(e.base != products_of for e in t.atoms(sp.Indexed))))
    left, right = given - given.xreplace(swap), kept - kept.xreplace(swap)
    return Inference(statement=Identity(left, right, needed(domain, left, right)))
