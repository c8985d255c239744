"""The replica action as a function of one overlap and one conjugate for each pair of replicas."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import SumTerm, assembled, contracted, guarded, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.stationarity import solved_linearly
from theory.averages import ConfigurationSum
from theory.domain import Domain
from theory.statements import Identity, Stationarity
from theory.sums import Inside, unfold


@rule(
    "count every pair once",
    "Both matrices are symmetric, overlaps are 1 on the diagonal, and a conjugate on the diagonal multiplies a squared "
    "spin: what is left is one overlap and one conjugate for each pair of replicas.",
)
def pairs_counted_once(
    action: Step,
    *,
    overlap: Any,
    conjugate: Any,
    of_pairs: tuple[sp.IndexedBase, sp.IndexedBase],
) -> Inference:
    """The action in ``of_pairs = (y, w)``: Q[a, b] = y[a, b] and Lambda[a, b] = w[a, b] for a < b."""
    (trace,) = cast(Any, action.result).atoms(ConfigurationSum)
    count = trace.ranges[-1].args[2]
    *layers, a, b = overlap.indices
    whole = action.result
    for matrix, pairs, diagonal in zip((overlap, conjugate), of_pairs, (1, 0), strict=True):
        upper = Inside(b, a + 1, count) * pairs[(*layers, a, b)] + Inside(a, b + 1, count) * pairs[(*layers, b, a)]
        whole = unfold(whole, matrix, upper + diagonal * sp.KroneckerDelta(a, b))
    matrices = {overlap.base: (of_pairs[0], 1), conjugate.base: (of_pairs[1], 0)}

    def once(expression: Any) -> Any:
        return assembled(s for t in sum_terms(expression) for s in _split(t, matrices, trace.family, count))

    def one_site(logarithm: Any) -> Any:
        inner = logarithm.args[0]
        return sp.log(inner.with_body(sp.exp(once(inner.body.args[0]))))

    result = once(action.result.replace(_is_log_trace, one_site))
    return Inference(
        statement=Identity(whole, result, _domain(cast(Any, action.statement).domain, of_pairs, whole)),
        result=result,
    )


def _is_log_trace(expression: Any) -> bool:
    return isinstance(expression, sp.log) and isinstance(expression.args[0], ConfigurationSum)


def _split(term: SumTerm, matrices: dict[Any, tuple[Any, int]], spin: Any, count: Any) -> list[SumTerm]:
    """A sum over two replicas as twice that over pairs, in their own entries, and the diagonal."""
    entries = [x for x in term.body.atoms(sp.Indexed) if x.base in matrices]
    if not entries:
        return [term]
    pair = {x.indices[-2:] for x in entries} | {x.indices[:-3:-1] for x in entries}
    first, second = min(pair, key=str)
    bounds = {s: (lo, hi) for s, lo, hi in term.ranges}
    if len(pair) != 2 or any(bounds.get(s) != (1, count) for s in (first, second)):
        raise ValueError(f"expected a sum over two replicas from 1 to {count}, found {term.assembled()}")
    others = tuple(r for r in term.ranges if r[0] not in (first, second))
    upper = ((first, sp.Integer(1), count - 1), (second, first + 1, count))
    swapped = term.body.xreplace({first: second, second: first})
    entry = {x: matrices[x.base][0][(*x.indices[:-2], first, second)] for x in entries}
    entry |= {x.base[(*x.indices[:-2], *x.indices[:-3:-1])]: value for x, value in entry.items()}
    both = (term.body + swapped).xreplace(entry)
    equal = term.body.xreplace({x: sp.Integer(matrices[x.base][1]) for x in entries}).xreplace({second: first})
    equal = equal.replace(
        lambda e: isinstance(e, sp.Pow) and isinstance(e.base, sp.Indexed) and e.base.base == spin and e.exp == 2,
        lambda _: sp.Integer(1),
    )
    diagonal = SumTerm(equal, (*others, (first, sp.Integer(1), count)))
    return [SumTerm(cast(sp.Expr, both), (*others, *upper)), *([contracted(diagonal)] if equal != 0 else [])]


def _domain(domain: Domain, of_pairs: tuple[Any, ...], whole: Any) -> Domain:
    return domain.extended(dict.fromkeys(of_pairs, (-1, 1))).restricted(whole)


@rule(
    "conjugate of every pair",
    "The action is stationary in the overlap of every pair, which gives the conjugate of that pair.",
)
def conjugate_of_pairs(action: Step, *, overlap: Any, conjugate: Any, n_replicas: sp.Symbol) -> Inference:
    """Solve the derivative by ``overlap = y[a, b]`` for ``conjugate = w[a, b]``, for any pair a < b."""
    a, b = overlap.indices
    ranges = ((a, sp.Integer(1), n_replicas - 1), (b, a + 1, n_replicas))
    slope = resolved(sp.diff(action.result, overlap))
    slope = slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, cast(Any, ranges)))
    solution = solved_linearly(slope, conjugate)
    sets = {n_replicas: sp.Range(2, sp.oo), a: sp.Range(1, n_replicas), b: sp.Range(a + 1, n_replicas + 1)}
    domain = cast(Any, action.statement).domain.extended(sets)
    return Inference(
        statement=Stationarity(action.result, domain, variables=(overlap,), at={conjugate: solution}), result=solution
    )
