"""What of an action grows with the system: its part per spin in the limit of many spins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.models.disordered import DisorderedModel
from theory.statements import Identity, LimitStatement, Postulate
from theory.sums import Sigma, unfold

SADDLE_POINT = Postulate(
    name="saddle point",
    claim="For many spins the integral over overlaps and conjugates is the exponential of the action at its "
    "stationary point, up to factors that do not grow exponentially.",
    justification="The action is proportional to the number of spins (Laplace's method).",
    test="Compare moments of the partition function at growing sizes with the action at its stationary point, for a "
    "whole number of replicas.",
)


@rule(
    "extensive part",
    "The number of spins of every layer is multiplied by one factor $t$ that grows without bound; what is not "
    "proportional to it does not count.",
)
def extensive_part(
    action: Step, *, model: DisorderedModel, scale: sp.Symbol, sets: Mapping[Any, Any] | None = None
) -> Inference:
    """The limit of S / t as all sizes grow by one factor t; the result is the part that grows with them.

    ``sets`` says where order parameters lie, of an action that has just become a function of them.
    """
    size, _ = sizes(model)
    start = action.result.xreplace(dict(model.proportional))
    grown = unfold(start, size, scale * size)
    terms = [SumTerm(sp.expand_mul(unfold(t.body, size, scale * size) / scale), t.ranges) for t in sum_terms(start)]
    result = assembled(SumTerm(_leading(t.body, scale), t.ranges) for t in terms)
    before = assembled(terms)
    domain = cast(Any, action.statement).domain.extended({scale: (1, sp.oo), **(sets or {})})
    if scale in before.free_symbols:
        statement = LimitStatement(before, result, domain, variable=scale, point=sp.oo, direction="-")
    else:
        statement = Identity(grown, sp.Add(*[scale * term for term in sp.Add.make_args(result)]), domain)
    return Inference(statement=statement, result=result, postulates=(SADDLE_POINT,))


def sizes(model: DisorderedModel) -> tuple[Any, Any]:
    """The number of spins of a layer, as a symbol or an entry, and the number of all spins."""
    *layers, (_, lower, upper) = model.spins.ranges
    size = sp.expand(upper - lower + 1)
    return size, Sigma(size, *layers) if layers else size


def _leading(body: Any, scale: sp.Symbol) -> sp.Expr:
    """Coefficient of the power 0 of the scale, after the division by it.

    Raises
    ------
    ValueError
        If a term grows faster than the number of spins.
    """
    kept = []
    for term in sp.Add.make_args(body):
        dependent = cast(Any, term.as_independent(scale, as_Add=False)[1])
        power = dependent.as_base_exp()[1] if term.has(scale) else 0
        if power > 0:
            raise ValueError(f"an action grows like the number of spins; found the term {term} with sizes scaled")
        kept += [term] if power == 0 else []
    return cast(sp.Expr, sp.Add(*kept))
