"""The replica-symmetric ansatz: every pair of replicas has the same overlap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sympy as sp

from derivations.algebra.spins import has_spins, ising_reduced
from derivations.algebra.sum_terms import SumTerm, assembled, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, FamilyBinder, GaussianMean, is_trace
from theory.domain import Domain
from theory.statements import Definition, Identity, Postulate
from theory.sums import Sigma, free_names, stem, unfold

REPLICA_SYMMETRY = Postulate(
    name="replica symmetry",
    claim="The saddle point that dominates the integral over overlaps is invariant under permutations of the replicas.",
    justification="The replicas are identical; at high temperature the system is ergodic and no copy is special.",
    test="The Hessian of the action is positive definite there; its first zero mode marks where the ansatz fails.",
)


@rule(
    "replica-symmetric ansatz",
    "All replicas are equivalent, so each matrix has one value on and one value off its diagonal; double sums over "
    "replicas become polynomials in their number.",
)
def replica_symmetric(action: Step, *ansatz: Step, sets: Mapping[Any, Any] | None = None) -> Inference:
    """The action on replica-symmetric matrices; ``sets`` says where order parameters lie, if not between -1 and 1."""
    symmetric = action.result
    for step in ansatz:
        definition = cast(Definition, step.statement)
        symmetric = unfold(symmetric, definition.symbol, definition.expression)
    collected = resolved(symmetric.replace(_is_log_trace, lambda e: _one_site(e.args[0])))
    domain = _domain(action, symmetric, sets or {})
    limits = [c for c in _convergence(collected) if c not in domain.constraints]
    return Inference(
        statement=Identity(symmetric, collected, domain.extended(constraints=limits)), postulates=(REPLICA_SYMMETRY,)
    )


def _is_log_trace(expression: Any) -> bool:
    return isinstance(expression, sp.log) and is_trace(expression.args[0])


def _one_site(trace: FamilyBinder) -> sp.Expr:
    """Log of the trace: the replica sums resolved, squares of Ising spins 1, and what has no spin moved out."""
    spin = cast(sp.IndexedBase, trace.family)
    exponent = resolved(trace.body.args[0])
    if isinstance(trace, ConfigurationSum):
        exponent = resolved(ising_reduced(exponent, spin))
    terms = sum_terms(exponent)
    held = [t for t in terms if has_spins(t.body, spin)]
    free = assembled(t for t in terms if t not in held)
    magnetization = sp.Add(*[_product_of_sums(t) for t in held])
    return cast(sp.Expr, free + sp.log(trace.with_body(cast(sp.Expr, sp.exp(magnetization)))))


def _convergence(action: Any) -> list[Any]:
    """Where the means over the replicas of one Gaussian spin exist, of sites that are all alike."""
    found = []
    for mean in sorted(action.atoms(GaussianMean), key=sp.default_sort_key):
        exponent = mean.body.args[0] if mean.ranges else sp.S.Zero
        if not mean.ranges or _has_layers(mean):
            continue
        spin: Any = mean.family
        index, lower, upper = mean.ranges[0].args
        total, squares = sp.Dummy(), sp.Dummy()
        named = {spin[index]: total, spin[index] ** 2: squares}
        masked = sp.expand(exponent.xreplace({s: named.get(s.at(index), s) for s in exponent.atoms(Sigma)}))
        across = 2 * mean.variance * masked.coeff(squares, 1)
        along = across + 2 * mean.variance * masked.coeff(total, 2) * (upper - lower + 1)
        found += [sp.Lt(across, 1), sp.Lt(sp.expand(along), 1)]
    return [c for c in found if c not in (True, False)]


def _has_layers(mean: FamilyBinder) -> bool:
    """Whether what is not summed over replicas has indices of its own."""
    outside = cast(Any, mean.body).args[0].replace(lambda e: isinstance(e, Sigma), lambda _: sp.S.One)
    return bool(outside.atoms(sp.Indexed))


def _product_of_sums(flat: SumTerm) -> Any:
    """A multiple sum whose summand separates, as a product of single sums (a square for equal factors)."""
    term = flat.assembled()
    if not flat.ranges:
        return term
    factors, rest = [], list(flat.factors())
    for index, lower, upper in flat.ranges:
        mine = [f for f in rest if f.free_symbols >= {index}]
        others = {s for s, _, _ in flat.ranges} - {index}
        if any(f.free_symbols & others for f in mine):
            return term
        rest = [f for f in rest if f not in mine]
        factors.append(Sigma(sp.Mul(*mine), (index, lower, upper)))
    return sp.Mul(*rest) * _renamed_alike(factors)


def _renamed_alike(sums: list[Sigma]) -> Any:
    first = sums[0]
    letter = sp.Symbol(stem(first.index), integer=True)
    alike = [Sigma(s.at(letter), (letter, s.lower, s.upper)) for s in sums]
    return sp.Mul(*alike)


def _domain(action: Step, symmetric: Any, sets: Mapping[Any, Any]) -> Domain:
    """The domain of the action with every order parameter in its range, by default that of an overlap."""
    domain = cast(Any, action.statement).domain
    fields = sorted(free_names(symmetric) - set(domain.sets), key=str)
    return domain.extended({**dict.fromkeys(fields, (-1, 1)), **sets})
