"""Enforce the overlaps by conjugate variables, so that the sites decouple; then trace out one site at a time."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.spins import has_spins
from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, OverlapIntegral
from theory.models.disordered import DisorderedModel
from theory.statements import Definition, Identity, Postulate
from theory.sums import Sigma, rename

CONTOUR = Postulate(
    name="contour of the conjugate overlaps",
    claim="The conjugate overlaps run along the imaginary axis and the contour may be moved to the saddle point.",
    justification="For finite layers the integral over one period of the imaginary axis is exact, and its integrand "
    "is entire.",
    test="Integrate the conjugates exactly for small layers; compare with the sum over all configurations.",
)


@rule(
    "factorize over sites",
    "With the overlaps held by conjugate variables the exponent is a sum over sites, and the sum over configurations "
    "is a product of identical one-site sums.",
)
def factorize_sites(
    exponent: Step, averaged: Step, overlap: Step, *, model: DisorderedModel, conjugate: sp.IndexedBase
) -> Inference:
    """The action S(Q, Lambda) with <Z^m> = integral of exp(S); the result is the action."""
    definition, copies = cast(Definition, overlap.statement), cast(ConfigurationSum, averaged.result)
    *layer, first, second = definition.symbol.indices
    replicas = copies.ranges[-1].args[2]
    (held,) = sum_terms(definition.expression)
    size = sp.Add(held.ranges[0][2], 1, -held.ranges[0][1])
    pairs = ((first, 1, replicas), (second, 1, replicas))
    source = conjugate[(*layer, first, second)]
    layers = tuple(tuple(cast(Any, r)) for r in model.spins.ranges[: len(layer)])
    terms = sum_terms(exponent.result)
    sites = [t for t in terms if has_spins(t.body, copies.family)]
    fields = sp.Add(*[_on_one_site(t, tuple(layer), copies) for t in sites])
    trace = one_site_sum(held, definition, source, pairs, copies, fields)
    quadratic = _over(layers, size * Sigma(source * definition.symbol / 2, *pairs))
    energy = assembled(t for t in terms if t not in sites) if sites else exponent.result
    action = energy + quadratic + _over(layers, size * sp.log(trace))
    statement = cast(Identity, averaged.statement)
    integral = OverlapIntegral(sp.exp(action), definition.symbol.base, conjugate, *layers, replicas, size)
    return Inference(
        statement=Identity(statement.left, integral, statement.domain), result=action, postulates=(CONTOUR,)
    )


def _over(layers: tuple[Any, ...], summand: Any) -> Any:
    return Sigma(summand, *layers) if layers else summand


def _on_one_site(term: SumTerm, layer: tuple[sp.Symbol, ...], copies: Any) -> Any:
    """A sum of single spins over layers, sites and replicas, as the sum over replicas on one site of a layer."""
    (spin,) = (f for f in term.factors() if has_spins(f, copies.family))
    *place, site, replica = cast(Any, spin).indices
    weight = sp.Mul(*[f for f in term.factors() if f is not spin])
    bounds = {r[0]: r for r in term.ranges}
    if set(bounds) != {*place, site, replica} or site in weight.free_symbols:
        raise ValueError(
            f"the sites of a layer must all be alike for their sums to factorize; found {term.assembled()}"
        )
    summed = Sigma(weight * copies.family[replica], bounds[replica])
    for slot, name in zip(place, layer, strict=True):
        summed = rename(summed, slot, name)
    return summed


def one_site_sum(
    held: SumTerm, definition: Definition, source: Any, pairs: tuple[Any, ...], copies: Any, fields: Any
) -> Any:
    """The sum over the replicas of one spin of exp(- Lambda s s / 2 + fields), from the definition of the overlap."""
    site = held.ranges[0][0]
    bare = [f for f in held.factors() if site in f.free_symbols]
    spins = [copies.family[f.indices[-1]] for f in bare if isinstance(f, sp.Indexed)]
    if len(spins) != len(bare):
        raise ValueError(f"an overlap is a sum of products of spins over sites; found {definition.expression}")
    weight = sp.exp(fields - Sigma(source * sp.Mul(*spins), *pairs) / 2)
    return ConfigurationSum(weight, copies.family, tuple(copies.ranges[-1]))
