"""The average over stored patterns of independent entries, of which extensively many are coupled to the spins."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.distinct_sites import over_all_sites
from derivations.algebra.folding import folded
from derivations.algebra.spins import has_spins, ising_reduced
from derivations.algebra.sum_terms import SumTerm, assembled, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, FamilyBinder, GaussianMean
from theory.domain import Domain
from theory.models.disordered import DisorderedModel, Patterns
from theory.statements import Definition, Expansion, Identity, Postulate
from theory.sums import Sigma

UNCONDENSED = Postulate(
    name="uncondensed patterns",
    claim="The field that stands for an uncondensed pattern stays finite as the number N of sites grows, so that its "
    "fourth and higher orders, of which each pattern has N terms of size 1/N^2, do not count against N.",
    justification="The overlap of the spins with a pattern that is not retrieved is of order 1/sqrt(N).",
    test="Compare moments of the partition function at growing N and fixed load with the action of second order.",
)


@rule(
    "fields of patterns",
    "The exponent is a sum of squares, one for each pattern and replica; a Gaussian field linearizes each.",
)
def linearize_patterns(
    replicas: Step, *, model: DisorderedModel, patterns: Patterns, field: sp.IndexedBase
) -> Inference:
    """The replicated weight as a mean over one Gaussian field for each pattern and replica; the result is the weight.

    Raises
    ------
    ValueError
        If the patterns do not enter as squares of their overlaps with the spins, with one positive weight.
    """
    copies = cast(FamilyBinder, replicas.result)
    spin, pattern = cast(Any, copies.family), patterns.family.base
    (mu, *of_patterns), replica = patterns.family.ranges[0], tuple(cast(Any, copies.ranges[-1]))
    label, site = sp.Symbol("a", integer=True), model.spins.ranges[-1]
    overlap: Any = sp.IndexedBase("X", real=True)
    product = Sigma(pattern[mu, site[0]] * spin[site[0], label], site)
    held = Definition(overlap[mu, label], product)
    exponent = cast(Any, copies.body.args[0])
    terms = sum_terms(exponent)
    stored = [t for ordered in terms if has_spins(ordered.body, pattern) for t in over_all_sites(ordered)]
    reduced = [SumTerm(_reduced(t.body, copies, patterns), t.ranges) for t in stored]
    flat = sum_terms(folded(resolved(assembled(reduced)), held))
    squares = [t for t in flat if has_spins(t.body, overlap)]
    others = [t for t in terms if not has_spins(t.body, pattern)]
    rest = assembled([*others, *(t for t in flat if t not in squares)])
    weight = _weight_of_squares(squares, overlap, pattern, rest)
    linear = Sigma(sp.sqrt(2 * weight) * field[mu, label] * product, (mu, *of_patterns), (label, *replica[1:]))
    mean = GaussianMean(sp.exp(linear), field, 1, (mu, *of_patterns), (label, *replica[1:]))
    statement = cast(Identity, replicas.statement)
    values = {spin: model.spin_law.values, pattern: patterns.values}
    body = sp.exp(rest) * mean
    return Inference(
        statement=Identity(sp.exp(exponent), body, statement.domain.extended(values)),
        result=copies.with_body(cast(sp.Expr, body)),
    )


def _reduced(body: Any, copies: FamilyBinder, patterns: Patterns) -> Any:
    """The summand with squares of signs 1, and those of Ising spins."""
    body = ising_reduced(body, patterns.family.base) if patterns.has_unit_squares else body
    return ising_reduced(body, copies.family) if isinstance(copies, ConfigurationSum) else body


def _weight_of_squares(squares: list[SumTerm], overlap: Any, pattern: Any, rest: Any) -> Any:
    """The common weight of the squares."""
    weights = []
    for term in squares:
        entries = [f for f in term.factors() if has_spins(f, overlap)]
        weight = sp.Mul(*[f for f in term.factors() if f not in entries])
        bound = {r[0] for r in term.ranges}
        if len(entries) != 2 or entries[0] != entries[1] or weight.free_symbols & bound:
            weights.append(None)
        weights.append(weight)
    if len(weights) != 1 or weights[0] is None or has_spins(rest, pattern) or not weights[0].is_positive:
        found = assembled(squares) + rest
        raise ValueError(f"patterns enter as a positive multiple of the squares of their overlaps; found {found}")
    return weights[0]


@rule(
    "average over patterns",
    "The entries of patterns are independent: each contributes the generating function of its law at its coefficient, "
    "for signs a hyperbolic cosine, for Gaussian entries $\\exp(v t^2 / 2)$; all patterns contribute alike.",
)
def pattern_average(weight: Step, replicas: Step, *, patterns: Patterns) -> Inference:
    """The mean of Z^m over all patterns; the sites are coupled by one mean over the fields of a single pattern."""
    copies = cast(FamilyBinder, weight.result)
    (mean,) = copies.body.atoms(GaussianMean)
    rest = sp.Mul(*[f for f in sp.Mul.make_args(copies.body) if f != mean]).args[0]
    (linear,) = sum_terms(mean.body.args[0])
    pattern, field = patterns.family.base, cast(Any, mean.family)
    index = {r[0]: r for r in linear.ranges}
    (sign,) = (f for f in linear.factors() if has_spins(f, pattern))
    mu, site = cast(Any, sign).indices
    (entry,) = (f for f in linear.factors() if has_spins(f, field))
    label = cast(Any, entry).indices[1]
    push = sp.Mul(*[f for f in linear.factors() if f not in (sign, entry)]) * field[label]
    local = patterns.log_generating_function(Sigma(push, index[label]))
    single = GaussianMean(sp.exp(Sigma(local, index[site])), field, 1, index[label])
    number = sp.expand(index[mu][2] - index[mu][1] + 1)
    result = copies.with_body(cast(sp.Expr, sp.exp(rest + number * sp.log(single))))
    statement = cast(Identity, replicas.statement)
    average = patterns.mean_of(statement.left)
    sets = {n: s for n, s in statement.domain.sets.items() if n != pattern}
    limits = [*statement.domain.constraints, *_convergence(copies, patterns, push)]
    return Inference(statement=Identity(average, result, Domain(sets, limits)), result=result)


def _convergence(copies: FamilyBinder, patterns: Patterns, push: Any) -> list[Any]:
    """Where the mean over the fields of a Gaussian pattern exists, whatever the spins are, if their squares are 1."""
    if patterns.has_unit_squares or not isinstance(copies, ConfigurationSum):
        return []
    weight = sp.Mul(*[f for f in sp.Mul.make_args(push) if not isinstance(f, sp.Indexed)])
    (slot,) = (r for r in patterns.family.ranges[1:])
    places, replicas = slot[2] - slot[1] + 1, cast(Any, copies.ranges[-1]).args[2]
    return [sp.Lt(patterns.log_generating_function(1) * 2 * weight**2 * places * replicas, 1)]


@rule(
    "many sites",
    "The coefficient of a sign falls like the inverse root of the number of sites: to the order that survives in the "
    "limit of many sites the logarithm of the hyperbolic cosine is half the square.",
)
def second_order(averaged: Step, *, n_replicas: sp.Symbol, inverse_temperature: sp.Symbol) -> Inference:
    """The averaged weight with log cosh t = t^2 / 2; the claim is the order of what is left out.

    The mean over the fields of a pattern then exists where the inverse temperature times the number of replicas is
    below 1, whatever the spins are.
    """
    copies = cast(FamilyBinder, averaged.result)
    small, field = sp.Symbol("epsilon", positive=True), sp.Symbol("u", real=True)
    result = copies.replace(
        lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.cosh), lambda e: e.args[0].args[0] ** 2 / 2
    )
    domain = cast(Identity, averaged.statement).domain.extended(
        {small: (0, sp.S.Half), field: (-2, 2)}, constraints=[sp.Lt(n_replicas * inverse_temperature, 1)]
    )
    cosine = sp.log(sp.cosh(small * field))
    claim = Expansion(cosine, small**2 * field**2 / 2, domain, variable=small, order=4)
    return Inference(statement=claim, result=result, postulates=(UNCONDENSED,))
