"""Enforce the overlaps by conjugate variables, so that the sites decouple; then trace out one site at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.algebra.spins import has_spins
from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, FamilyBinder, MagnetizationIntegral, OverlapIntegral
from theory.models.disordered import DisorderedModel
from theory.statements import Definition, Identity, Postulate
from theory.sums import Sigma, rename, unfold

CONTOUR = Postulate(
    name="contour of the conjugate overlaps",
    claim="The conjugate overlaps run along the imaginary axis and the contour may be moved to the saddle point.",
    justification="For finite layers the integral over one period of the imaginary axis is exact, and its integrand "
    "is entire.",
    test="Integrate the conjugates exactly for small layers; compare with the sum over all configurations.",
)


@rule(
    "factorize over sites",
    "With the order parameters held by conjugate variables the exponent is a sum over sites, and the sum over "
    "configurations is a product of identical one-site sums.",
)
def factorize_sites(
    exponent: Step,
    averaged: Step,
    overlap: Step,
    magnetization: Step | None = None,
    *,
    model: DisorderedModel,
    conjugate: sp.IndexedBase,
    conjugate_magnetization: sp.IndexedBase | None = None,
) -> Inference:
    """The action S(Q, Lambda) with <Z^m> = integral of exp(S); the result is the action.

    The integral is that of the moment itself, or of its part that is left where terms that stay finite were left out.
    Where overlaps are real numbers, not those of Ising spins, the claim is that the generating function of all
    overlaps factorizes over sites; that the integral follows from it is a postulate.
    """
    copies = cast(FamilyBinder, averaged.result)
    held = [Held(cast(Definition, overlap.statement), conjugate, sp.Rational(1, 2))]
    if magnetization is not None:
        source = cast(sp.IndexedBase, conjugate_magnetization)
        held.append(Held(cast(Definition, magnetization.statement), source, sp.S.One))
    *layer, _, _ = held[0].definition.symbol.indices
    layers = tuple(tuple(cast(Any, r)) for r in model.spins.ranges[: len(layer)])
    size, replicas = held[0].size, copies.ranges[-1].args[2]
    terms = sum_terms(exponent.result)
    sites = [t for t in terms if has_spins(t.body, copies.family)]
    fields = sp.Add(*[_on_one_site(t, tuple(layer), copies) for t in sites])
    trace = one_site_sum(held, copies, fields, model)
    energy = assembled(t for t in terms if t not in sites) if sites else exponent.result
    action = energy
    for parameter in held:
        action += _over(layers, size * parameter.paired(replicas))
    action += _over(layers, size * sp.log(trace))
    statement = cast(Any, averaged.statement)
    exact = isinstance(statement, Identity) and not exponent.postulates
    if isinstance(copies, ConfigurationSum):
        integral: Any = sp.exp(action)
        for parameter, kind in reversed(list(zip(held, (OverlapIntegral, MagnetizationIntegral), strict=False))):
            names = (parameter.definition.symbol.base, parameter.conjugate)
            integral = kind(integral, *names, *layers, replicas, size)
        moment = statement.left if exact else copies.with_body(sp.exp(_spelled_out(exponent.result, held)))
        claim = Identity(moment, integral, statement.domain.restricted(moment, integral, *model.domain.sets))
    else:
        claim = _generating_function(
            held, copies, assembled(sites), _over(layers, size * sp.log(trace)), averaged, model
        )
    return Inference(statement=claim, result=action, postulates=(CONTOUR,))


def _spelled_out(expression: Any, held: list[Held]) -> Any:
    for parameter in held:
        expression = unfold(expression, parameter.definition.symbol, parameter.definition.expression)
    return expression


@dataclass(frozen=True)
class Held:
    """An order parameter, its conjugate, and the number that pairs them in the exponent."""

    definition: Definition
    conjugate: sp.IndexedBase
    weight: sp.Expr

    @property
    def size(self) -> Any:
        """The number of sites of a layer."""
        _, lower, upper = self.sum.ranges[0]
        return sp.Add(upper, 1, -lower)

    @property
    def sum(self) -> SumTerm:
        """The sum over sites that defines it."""
        (term,) = sum_terms(self.definition.expression)
        return term

    @property
    def replicas(self) -> tuple[sp.Symbol, ...]:
        """Its replica indices: those by which its spins differ."""
        whole = self.sum
        spins = [f for f in whole.factors() if whole.ranges[0][0] in f.free_symbols]
        if not all(isinstance(f, sp.Indexed) for f in spins):
            raise ValueError(f"an overlap is a sum of products of spins over sites; found {self.definition.expression}")
        return tuple(cast(Any, f).indices[-1] for f in spins)

    @property
    def source(self) -> Any:
        """The conjugate with the indices of the order parameter."""
        return self.conjugate[self.definition.symbol.indices]

    def paired(self, n_replicas: Any) -> Any:
        """The sum over replicas of the conjugate times the order parameter."""
        ranges = tuple((r, 1, n_replicas) for r in self.replicas)
        return Sigma(self.weight * self.source * self.definition.symbol, *ranges)

    def on_spins(self, n_replicas: Any, spin: Any) -> Any:
        """The same sum with the product of spins that ``spin`` gives for each replica."""
        ranges = tuple((r, 1, n_replicas) for r in self.replicas)
        return Sigma(self.weight * self.source * sp.Mul(*map(spin, self.replicas)), *ranges)


def _generating_function(
    held: list[Held], copies: FamilyBinder, sites: Any, product: Any, averaged: Step, model: DisorderedModel
) -> Identity:
    """The mean over all spins of the sources' exponential is the exponential of the sum of one-site logarithms."""
    slots = model.spins.slots
    everywhere = [
        Sigma(h.on_spins(copies.ranges[-1].args[2], lambda r: copies.family[(*slots, r)]), *model.spins.ranges)  # pyright: ignore[reportIndexIssue]
        for h in held
    ]
    body = sp.exp(sites - sp.Add(*everywhere))
    family = cast(sp.IndexedBase, copies.family)
    whole = model.spin_law.of_one_spin.trace(
        body, family, *(cast(Any, tuple(r)) for r in copies.ranges), site=len(slots) - 1
    )
    sources = {h.conjugate: (0, 1) for h in held}
    domain = cast(Identity, averaged.statement).domain.extended(cast(Any, sources))
    return Identity(whole, sp.exp(product), domain.restricted(whole, product, *model.domain.sets))


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


def one_site_sum(held: list[Held], copies: FamilyBinder, fields: Any, model: DisorderedModel) -> Any:
    """The sum over the replicas of one spin of exp(- Lambda s s / 2 + fields), from the definitions of what is held."""
    family, replicas = cast(sp.IndexedBase, copies.family), cast(Any, copies.ranges[-1])
    exponent = fields - sp.Add(*[h.on_spins(replicas.args[2], lambda r: family[r]) for h in held])
    return model.spin_law.of_one_spin.trace(sp.exp(exponent), family, tuple(replicas), site=0)
