"""The quadratic form of a layered model in the replicon sector, where the covariance of pair products is a number."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import unfold


@rule(
    "form of a sector",
    "In a sector the covariance of pair products is a number in each layer. It multiplies the square of the conjugate; "
    "all else holds one pair of replicas at a time, as around free spins, where that number is 1.",
)
def sector_form(pair: Step, *, conjugate: sp.Indexed, covariance: sp.Indexed) -> Inference:
    """The action of one pair with the square of its conjugate weighted; around free spins the weight is 1."""
    terms = [_weighted(t, conjugate.base, covariance.base) for t in sum_terms(pair.result)]
    form = assembled(terms)
    domain = cast(Any, pair.statement).domain
    plain = unfold(form, covariance, sp.Integer(1))
    excess = assembled(_excess(t, covariance.base) for t in terms)
    weighted = Domain({**domain.sets, covariance.base: (0, 1)}, domain.constraints)
    return Inference(
        statement=Identity(form - pair.result, excess, weighted.restricted(form, excess)),
        result=form,
        obligations=(Identity(plain - pair.result, sp.Integer(0), domain.restricted(plain)),),
    )


def _weighted(term: SumTerm, conjugate: Any, covariance: Any) -> SumTerm:
    entries = [f for f in term.factors() if isinstance(f, sp.Indexed) and f.base == conjugate]
    if len(entries) < 2:
        return term
    if len(entries) > 2 or len(set(entries)) > 1:
        raise ValueError(f"expected squares of the conjugate of one layer, found {term.body}")
    return SumTerm(term.body * covariance[entries[0].indices], term.ranges)


def _excess(term: SumTerm, covariance: Any) -> SumTerm:
    weights = [f for f in term.factors() if isinstance(f, sp.Indexed) and f.base == covariance]
    return SumTerm(term.body - term.body / weights[0] if weights else sp.Integer(0), term.ranges)


@rule(
    "stencil around free spins",
    "Without overlaps and fields the covariance of pair products is 1 in every layer.",
)
def free_stencil(stencil: Step, hessian: Step, *, covariance: sp.Indexed, factor: Any) -> Inference:
    """The stencil at weight 1 against the Hessian of the replica-symmetric action."""
    left = unfold(stencil.result, covariance, sp.Integer(1))
    domain = cast(Any, stencil.statement).domain.restricted(left, hessian.result)
    return Inference(statement=Identity(left, factor * hessian.result, domain))
