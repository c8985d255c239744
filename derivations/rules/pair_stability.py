"""The action to second order in all off-diagonal overlaps, not only in replica-symmetric ones.

The replica-symmetric form carries the number of pairs m (m - 1) / 2, which is negative for 0 < m < 1, so that maxima
and minima change places. Pair by pair there is no such factor: every pair of replicas has one and the same form.
"""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import SumTerm, assembled, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum
from theory.statements import Expansion, Identity
from theory.sums import Sigma, unfold


@rule(
    "second cumulant over free spins",
    "Around independent spins only the second cumulant of the pair terms survives to second order, and products of "
    "distinct pairs of spins have mean zero.",
)
def pair_cumulant(
    action: Step, *, conjugate: Any, replicas: tuple[sp.Symbol, sp.Symbol], small: sp.Symbol
) -> Inference:
    """log of the one-site trace to second order in the off-diagonal conjugates, diagonal ones left out."""
    (trace,) = cast(Any, action.result).atoms(ConfigurationSum)
    off = small * (1 - sp.KroneckerDelta(*replicas)) * conjugate.base[replicas]
    layered = conjugate.base[(conjugate.indices[0], *replicas)]
    one_site = sp.log(trace.with_body(unfold(trace.body, layered, off)))
    exponent = unfold(trace.body.args[0], layered, off)
    count = trace.ranges[0].args[2]
    second = assembled(_uniform_mean(t, trace.family) for t in sum_terms(exponent**2)) / 2
    right = count * sp.log(2) + resolved(_delta_squares_removed(resolved(second)))
    domain = cast(Identity, action.statement).domain.extended({conjugate.base: (-1, 1), small: (0, sp.Rational(1, 2))})
    statement = Expansion(one_site, right, domain.restricted(one_site), variable=small, order=3)
    return Inference(statement=statement)


def _uniform_mean(term: SumTerm, spin: Any) -> SumTerm:
    """Mean over independent unbiased spins of a product of four: pairings, less what they count twice."""
    spins = [f for f in term.factors() if isinstance(f, sp.Indexed) and f.base == spin]
    rest = sp.Mul(*[f for f in term.factors() if f not in spins])
    if len(spins) != 4:
        raise ValueError(f"expected products of four spins in the second cumulant, found {term.body}")
    a, b, c, d = (cast(Any, s.indices[0]) for s in spins)
    delta = sp.KroneckerDelta
    pairings = delta(a, b) * delta(c, d) + delta(a, c) * delta(b, d) + delta(a, d) * delta(b, c)
    return SumTerm(sp.expand(rest * (pairings - 2 * delta(a, b) * delta(b, c) * delta(c, d))), term.ranges)


def _delta_squares_removed(expression: Any) -> Any:
    return expression.replace(
        lambda e: isinstance(e, sp.Pow) and isinstance(e.base, sp.KroneckerDelta) and e.exp.is_Integer, lambda e: e.base
    )


@rule(
    "one pair of replicas",
    "To second order different pairs of replicas do not mix; one symmetric pair of entries is moved, all others rest.",
)
def one_pair(
    exponent: Step,
    cumulant: Step,
    *,
    overlap: Any,
    conjugate: Any,
    fields: tuple[sp.Indexed, sp.Indexed],
    size: Any,
    layers: tuple[Any, Any, Any],
    small: sp.Symbol,
) -> Inference:
    """The action of replicas 1 and 2 alone, in the overlap and the conjugate of that pair in each layer."""
    _, first, second = overlap.indices
    replicas = (first, second)
    chosen = _pair(*replicas)
    count = next(iter(cast(Any, cumulant.statement).left.atoms(ConfigurationSum))).ranges[0].args[2]
    trace = cumulant.result.subs(small, 1) - count * sp.log(2)
    trace = unfold(trace, conjugate.base[replicas], chosen * fields[1])
    pairs = ((first, 1, count), (second, 1, count))
    coupling = Sigma(size * Sigma(conjugate * overlap / 2, *pairs), layers)
    coupling = unfold(coupling, conjugate, chosen * fields[1])
    whole = exponent.result + coupling + Sigma(size * trace, layers)
    whole = unfold(whole, overlap, chosen * fields[0])
    table = [(count, sp.Integer(2), sp.oo)]
    flat = sum_terms(_delta_squares_removed(resolved(whole)))
    result = assembled(SumTerm(without_implied_brackets(t.body, table), t.ranges) for t in flat)
    sets = {count: sp.Range(2, sp.oo), **{f.base: (-1, 1) for f in fields}}
    domain = cast(Any, exponent.statement).domain.extended(sets)
    return Inference(statement=Identity(whole, result, domain.restricted(whole)))


def _pair(a: Any, b: Any) -> Any:
    delta = sp.KroneckerDelta
    return delta(a, 1) * delta(b, 2) + delta(a, 2) * delta(b, 1)


@rule("compare", "The two forms are compared as expressions.")
def proportional_to(form: Step, other: Step, *, factor: Any) -> Inference:
    """``form`` is ``factor`` times ``other``."""
    domain = cast(Any, form.statement).domain
    return Inference(statement=Identity(form.result, factor * other.result, domain.restricted(form.result)))
