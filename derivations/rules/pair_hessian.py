"""The Hessian of a replica action in the overlaps of pairs of replicas."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.pair_kernels import PairKernel, Slots, both_shared
from derivations.algebra.sum_terms import SumTerm, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.pair_sectors import pairs_domain
from theory.averages import ConfigurationSum
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import unfold


@rule(
    "Hessian in the overlaps of pairs",
    "What the action holds of one pair at a time gives the diagonal of the Hessian, the one-site sum a covariance of "
    "products of spins; the matrix is scaled to a unit diagonal at infinite temperature.",
)
def pair_hessian(action: Step, response: Step, *, overlap: sp.IndexedBase, slots: Slots) -> Inference:
    """Second derivative by ``overlap[a, b]`` and ``overlap[c, d]`` over what the terms of single pairs give.

    The result holds the weight of the covariance beside the unit diagonal, and the coupling of a pair per overlap.
    """
    a, b, c, d = slots
    (derived,) = cast(Any, response.statement).left.atoms(FieldDerivative)
    source = derived.atoms_by[0].base
    (logarithm,) = cast(Any, action.result).atoms(sp.log)
    size, coupling, spin = _one_site(action, logarithm, overlap)
    single = action.result.xreplace({logarithm: sp.Integer(0)})
    curvature = sp.Add(*[_curvature(t, overlap) for t in sum_terms(single)])
    weight = sp.cancel(size * coupling**2 / curvature)
    own = response.result[-1]
    (field,) = set(cast(Any, response.statement).domain.sets) - {source, *slots, own.ranges[-1].args[2]}
    outer = _field(logarithm, spin, overlap)
    if own.family != spin:
        raise ValueError(f"the response is of spins {own.family}, the action of spins {spin}")
    both, first, second, alone = (
        unfold(e, source[a, b], coupling * overlap[a, b]).subs(field, outer) for e in response.result
    )
    pairs = pairs_domain(slots, cast(Any, logarithm.args[0].ranges[-1].args[2]))
    derivative = FieldDerivative(action.result, overlap[a, b], overlap[c, d]) / curvature
    domain = cast(Any, action.statement).domain.restricted(action.result).extended(pairs.sets)
    value = both_shared(*slots) * alone**2 + weight * (alone * both - first * second)
    return Inference(statement=Identity(alone**2 * derivative, value, domain), result=(weight, coupling, outer))


def _one_site(action: Step, logarithm: Any, overlap: sp.IndexedBase) -> tuple[Any, Any, Any]:
    """The number of sites, and what multiplies overlap times two spins under the trace."""
    name = sp.Dummy("log")
    size = sp.diff(action.result.xreplace({logarithm: name}), name)
    trace = cast(ConfigurationSum, logarithm.args[0])
    for term in sum_terms(trace.body.args[0]):
        entries = [x for x in term.body.atoms(sp.Indexed) if x.base == overlap]
        if entries:
            (entry,) = entries
            spins = sp.Mul(*[cast(Any, trace.family)[i] for i in entry.indices])
            return size, sp.cancel(term.body / (entry * spins)), trace.family
    raise ValueError(f"the one-site sum has no coupling by {overlap}: {trace.body}")


def _field(logarithm: Any, spin: Any, overlap: sp.IndexedBase) -> Any:
    """What multiplies a single spin under the trace."""
    terms = [t for t in sum_terms(logarithm.args[0].body.args[0]) if overlap not in {x.base for x in _entries(t)}]
    return sp.Add(*[sp.cancel(t.body / spin[t.ranges[0][0]]) for t in terms])


def _entries(term: SumTerm) -> set[Any]:
    return term.body.atoms(sp.Indexed)


def _curvature(term: SumTerm, overlap: sp.IndexedBase) -> Any:
    """The second derivative of a term of single pairs by the overlap of one."""
    entries = [x for x in _entries(term) if x.base == overlap]
    if not entries:
        return sp.Integer(0)
    (entry,) = entries
    second = sp.cancel(sp.diff(term.body, entry, 2))
    if second.has(sp.Indexed):
        raise ValueError(f"expected an action that is quadratic in the overlap of each pair, found {term.body}")
    return second


@rule(
    "Hessian at the replica-symmetric point",
    "Where all overlaps are equal the Hessian depends only on how many replicas two pairs share.",
)
def symmetric_pair_hessian(hessian: Step, covariance: Step, *, slots: Slots) -> Inference:
    """The kernel of the Hessian, from that of the covariance; the result is the kernel in deltas."""
    weight = hessian.result[0]
    inner = PairKernel.of(covariance.result, slots)
    kernel = PairKernel(
        same=sp.expand(1 + weight * inner.same), one=sp.factor(weight * inner.one), none=sp.factor(weight * inner.none)
    )
    left = both_shared(*slots) + weight * covariance.result
    moments = dict.fromkeys(sorted({x.base for x in left.atoms(sp.Indexed)}, key=str), (0, 1))
    domain = cast(Any, hessian.statement).domain.extended(moments).restricted(left, *slots)
    return Inference(statement=Identity(left, kernel.at(*slots), domain))
