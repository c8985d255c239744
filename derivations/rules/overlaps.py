"""Collect spins into overlaps: expand squares over replicas and recognize the sums over sites."""

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
from theory.statements import Definition, Identity, Postulate
from theory.sums import unfold

COINCIDING_SITES = Postulate(
    name="coinciding sites",
    claim="Means over sites of products of several spins of one site stay finite as the number of sites grows, so "
    "that terms of the exponent with such sums, which stay finite, do not count against those that grow.",
    justification="A sum over sets of distinct sites differs from products of sums over all sites by terms in which "
    "two sites coincide; each has one sum over sites fewer.",
    test="Compare moments of the partition function at growing sizes with the action without these terms.",
)


@rule(
    "introduce overlaps",
    "A square over replicas is a double sum over pairs of replicas; the sums over sites then depend on the spins only "
    "through the overlap matrices of the layers.",
)
def introduce_overlaps(averaged: Step, overlap: Step, magnetization: Step | None = None) -> Inference:
    """Write the exponent of the averaged weight in overlaps; the result is the exponent as a function of them.

    With the definition of a magnetization, products of sums over single spins become products of magnetizations. What
    is left of the spins must be a sum over single ones, such as an external field, which stays as it is, or a sum that
    does not grow with the number of sites, which is left out of the result.

    Raises
    ------
    ValueError
        If sites stay coupled by anything else than the overlap and the magnetization.
    """
    copies, definition = cast(FamilyBinder, averaged.result), cast(Definition, overlap.statement)
    exponent = copies.body.args[0]
    collected = in_overlaps(copies, definition)
    spelled_out: list[Any] = []
    if magnetization is not None:
        second = cast(Definition, magnetization.statement)
        coupled = [t for t in sum_terms(collected) if _n_spins(t, copies.family) > 1]
        alone = [t for t in sum_terms(collected) if _n_spins(t, copies.family) <= 1]
        collected = assembled([*alone, *sum_terms(folded(assembled(coupled), second))])
        spelled_out = [second]
    kept, small = [], []
    for term in sum_terms(collected):
        if has_spins(term.body, copies.family) and _stays_finite(term, definition, copies.family):
            small.append(term)
        elif not has_spins(term.body, copies.family) or is_one_spin(term, copies.family):
            kept.append(term)
        else:
            raise ValueError(
                f"the exponent is no function of {definition.symbol} and of single spins; what is left is "
                f"{term.assembled()}"
            )
    whole = collected
    for known in (definition, *spelled_out):
        whole = unfold(whole, known.symbol, known.expression)
    domain = cast(Any, averaged.statement).domain.extended({copies.family: _values(copies)})
    return Inference(
        statement=Identity(cast(Any, exponent), whole, domain),
        result=assembled(kept) if small else collected,
        postulates=(COINCIDING_SITES,) if small else (),
    )


def in_overlaps(copies: FamilyBinder, definition: Definition) -> Any:
    """The exponent with every mean product of two spins of one site by its name."""
    return _folded_sites(copies.body.args[0], copies, definition)


def _folded_sites(exponent: Any, copies: FamilyBinder, definition: Definition) -> Any:
    """The same for an exponent, and for those of means inside it."""
    exponent = exponent.replace(
        lambda e: isinstance(e, GaussianMean) and bool(e.ranges) and has_spins(e.body, copies.family),
        lambda e: e.with_body(sp.exp(_folded_sites(e.body.args[0], copies, definition))),
    )
    terms = [t for ordered in sum_terms(exponent) for t in over_all_sites(ordered)]
    if isinstance(copies, ConfigurationSum):
        terms = [SumTerm(ising_reduced(t.body, copies.family), t.ranges) for t in terms]
    return folded(resolved(assembled(terms)), definition)


def needs_magnetization(averaged: Step, overlap: Step) -> bool:
    """Whether single spins of different sites stay coupled once the overlaps are introduced."""
    copies, definition = cast(FamilyBinder, averaged.result), cast(Definition, overlap.statement)
    left = (t for t in sum_terms(in_overlaps(copies, definition)) if _n_spins(t, copies.family) > 1)
    return any(not _stays_finite(t, definition, copies.family) for t in left)


def is_one_spin(term: SumTerm, spin: Any) -> bool:
    """Whether a term is a multiple of one spin, summed over its place."""
    rest = [f for f in term.factors() if not (isinstance(f, sp.Indexed) and f.base == spin)]
    return _n_spins(term, spin) == 1 and not any(has_spins(f, spin) for f in rest)


def _n_spins(term: SumTerm, spin: Any) -> int:
    return sum(isinstance(f, sp.Indexed) and f.base == spin for f in term.factors())


def _values(copies: FamilyBinder) -> Any:
    return sp.FiniteSet(-1, 1) if isinstance(copies, ConfigurationSum) else (-sp.oo, sp.oo)


def _stays_finite(term: SumTerm, definition: Definition, spin: Any) -> bool:
    """Whether the powers of the number of sites, one for each sum over sites, are at most 0 in all."""
    (held,) = sum_terms(definition.expression)
    size = sp.Add(held.ranges[0][2], 1, -held.ranges[0][1])
    scale = sp.Dummy("t", positive=True)
    weight = sp.Mul(*[f for f in term.factors() if not has_spins(f, spin)])
    grown = sp.powsimp(sp.expand_mul(unfold(weight, size, scale * size)))
    power = cast(Any, grown.as_independent(scale, as_Add=False)[1])
    exponent = power.as_base_exp()[1] if power.has(scale) else sp.S.Zero
    sites = [f.indices[-2] for f in term.factors() if isinstance(f, sp.Indexed) and f.base == spin]
    return bool((exponent + len(set(sites))).is_nonpositive)
