"""The matrix of the linearized mean-field equations in blocks, one a pair of layers."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity
from theory.sums import Inside, Sigma, rename, unfold

Layers = tuple[tuple[sp.Symbol, sp.Symbol], tuple[Any, Any], Any]
"""Letters of the two layers, the first and the last layer, and the family of their sizes."""


@rule(
    "reaction of a layer",
    "A spin feels its own influence back through every neighbor: those in the layer before and in the one behind.",
)
def layer_reaction(
    matrix: Step, bond: Step, *, rows: tuple[sp.Symbol, sp.Symbol], layers: Layers, inverse_temperature: sp.Symbol
) -> Inference:
    """The diagonal blocks of the matrix, divided by beta: R[k, i, j]; the result is its entry.

    Parameters
    ----------
    matrix
        The entry for spins with a single label each.
    bond
        The entry of the bond matrix for layers k, l and sites i, j.
    """
    (k, l), ends, sizes = layers
    whole = _in_layers(matrix.result, bond.defines.base, _single_family(matrix), rows, layers)
    reaction = _without_bonds(whole) / inverse_temperature
    left = unfold(_in_one_layer(reaction, k, l), bond.defines, bond.result)
    value = _known_ranges(resolved(_squares_of_deltas_removed(resolved(left))), ((k, *ends),))
    i, j = rows
    sets = {k: sp.Range(ends[0], ends[1] + 1), i: sp.Range(1, sizes[k] + 1), j: sp.Range(1, sizes[k] + 1)}
    domain = cast(Any, bond.statement).domain.extended({**sets, inverse_temperature: (0, sp.oo)})
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)


@rule("blocks", "Only neighboring layers are coupled: the matrix is block tridiagonal.")
def layer_blocks(
    matrix: Step,
    bond: Step,
    reaction: Step,
    *,
    rows: tuple[sp.Symbol, sp.Symbol],
    layers: Layers,
    inverse_temperature: sp.Symbol,
) -> Inference:
    """The entry i, j of the block k, l of the matrix; the result is written with R[k, i, j]."""
    (k, l), ends, sizes = layers
    i, j = rows
    whole = _in_layers(matrix.result, bond.defines.base, _single_family(matrix), rows, layers)
    left = unfold(whole, bond.defines, bond.result)
    own = sp.KroneckerDelta(k, l) * reaction.defines
    result = inverse_temperature * (own + bond.result)
    right = unfold(result, reaction.defines, reaction.result)
    layer = sp.Range(ends[0], ends[1] + 1)
    sets = {k: layer, l: layer, i: sp.Range(1, sizes[k] + 1), j: sp.Range(1, sizes[l] + 1)}
    domain = cast(Any, bond.statement).domain.extended({**sets, inverse_temperature: (0, sp.oo)})
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=result)


def _single_family(matrix: Step) -> Any:
    """The family of the bond matrix for single labels."""
    families = {a.base for a in matrix.result.atoms(sp.Indexed)}
    if len(families) != 1:
        raise ValueError(f"expected a matrix made of one bond matrix, found the families {families}")
    return families.pop()


def _in_layers(entry: Any, target: Any, family: Any, rows: tuple[sp.Symbol, sp.Symbol], layers: Layers) -> Any:
    """An entry with each label of a spin replaced by its layer and its site there."""
    (k, l), ends, sizes = layers
    return _relabelled(entry, dict(zip(rows, (k, l), strict=True)), (target, family), (ends, sizes))


def _relabelled(node: Any, table: dict[Any, Any], families: tuple[Any, Any], layers: tuple[Any, Any]) -> Any:
    target, family = families
    ends, sizes = layers
    if isinstance(node, Sigma):
        body, index = node.opened()
        layer = sp.Dummy("q", integer=True)
        inner = _relabelled(body, {**table, index: layer}, families, layers)
        return Sigma(inner, (layer, *ends), (index, 1, sizes[layer]))
    if isinstance(node, sp.Indexed) and node.base == family:
        first, second = node.indices
        return target[table[first], table[second], first, second]
    if isinstance(node, sp.KroneckerDelta):
        first, second = node.args
        return node * sp.KroneckerDelta(table[first], table[second])
    if not node.args:
        return node
    return node.func(*(_relabelled(a, table, families, layers) for a in node.args))


def _without_bonds(entry: Any) -> Any:
    """The terms under a delta, which stand on the diagonal."""
    return sp.Add(*[t.assembled() for t in sum_terms(entry) if t.body.has(sp.KroneckerDelta)])


def _in_one_layer(expression: Any, k: sp.Symbol, l: sp.Symbol) -> Any:
    """Both layers the same."""
    return rename(expression, l, k)


def _squares_of_deltas_removed(expression: Any) -> Any:
    return expression.replace(
        lambda e: isinstance(e, sp.Pow) and isinstance(e.base, sp.KroneckerDelta) and e.exp.is_Integer, lambda e: e.base
    )


def _known_ranges(expression: Any, ranges: tuple[Any, ...]) -> Any:
    """Brackets written with the ends that the ranges leave open: 0 <= k - 1 is 1 <= k."""

    def shifted(bracket: Any) -> Any:
        value, lower, upper = bracket.args
        for index, low, high in ranges:
            shift = sp.expand(value - index)
            if index in shift.free_symbols:
                continue
            first, last = sp.expand(lower - shift), sp.expand(upper - shift)
            bracket = Inside(
                index,
                low if sp.expand(low - first).is_nonnegative else first,
                high if sp.expand(last - high).is_nonnegative else last,
            )
        return bracket

    bodies = (
        (cast(Any, t.body).replace(lambda e: isinstance(e, Inside), shifted), t.ranges) for t in sum_terms(expression)
    )
    terms = (SumTerm(body, own) for body, own in bodies)
    return assembled(terms)
