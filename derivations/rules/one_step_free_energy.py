"""The free energy of one-step replica symmetry breaking, its stationarity, and what it reduces to."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.one_step_breaking import INNER, OUTER, Blocks, block_sum
from derivations.rules.replica_limit import CONTINUATION, ORDER_OF_LIMITS
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Identity, LimitStatement, Stationarity
from theory.sums import rename


@rule(
    "one-site sum by nested fields",
    "The exponent of one site has the form just transformed, up to a constant.",
)
def one_step_site(action: Step, nested: Step, *, blocks: Blocks) -> Inference:
    """The one-site sum as a nested mean; the result is the action with it, its field and variances kept beside."""
    (trace,) = cast(Any, action.result).atoms(ConfigurationSum)
    inside, between, field, constant = _parts(trace)
    general = cast(Any, nested.statement)
    (inner,) = (m for m in general.right.atoms(GaussianMean) if m.family == INNER)
    own = {inner.variance: inside, general.right.variance: between}
    own |= dict.fromkeys(inner.body.free_symbols - {INNER, OUTER, blocks.size}, field)
    exponent = general.left.body.args[0].subs(own, simultaneous=True)
    domain = cast(Any, action.statement).domain
    domain = domain.extended({trace.family: sp.FiniteSet(-1, 1), blocks.count: sp.Range(1, 4)})
    mean = GaussianMean(block_sum(blocks.size, (inside, between), field) ** blocks.count, OUTER, between)
    written = trace.body.args[0]
    return Inference(
        statement=Identity(written, constant + exponent, domain.restricted(written, exponent)),
        result=cast(Any, action.result).xreplace({sp.log(trace): constant + sp.log(mean)}),
    )


def _parts(trace: ConfigurationSum) -> tuple[Any, Any, Any, Any]:
    """Variances inside and between blocks, field and constant of a one-site exponent."""
    inside = between = field = constant = sp.Integer(0)
    for term in sum_terms(trace.body.args[0]):
        spins = [x for x in term.factors() if isinstance(x, sp.Indexed) and x.base == trace.family]
        weight = sp.expand(term.body / sp.Mul(*spins))
        if not spins:
            constant += weight
        elif len(spins) == 1:
            field += weight
        elif spins[0].indices[0] == spins[1].indices[0]:
            inside += 2 * weight
        else:
            between += 2 * weight
    return sp.expand(inside), sp.expand(between), field, constant


@rule(
    "conjugate inside or between blocks",
    "The action is stationary in each overlap, which gives its conjugate.",
)
def block_conjugate(action: Step, *, overlap: sp.Symbol, conjugate: sp.Symbol) -> Inference:
    """Solve the derivative by an overlap for its conjugate."""
    polynomial = sp.Poly(sp.expand(sp.diff(action.result, overlap)), conjugate)
    if polynomial.degree() != 1:
        raise ValueError(f"expected an equation linear in {conjugate}, found {polynomial.as_expr()} = 0")
    solution = sp.cancel(-polynomial.nth(0) / polynomial.nth(1))
    single = action.result.subs(dict.fromkeys(cast(Any, action.result).atoms(sp.log), 0))
    domain = cast(Any, action.statement).domain
    missing = dict.fromkeys(sorted(single.free_symbols - set(domain.sets), key=str), sp.Range(1, 9))
    missing |= {s: (-1, 1) for s in missing if not s.is_integer}
    known = Domain({**domain.sets, **missing, conjugate: sp.S.Reals})
    return Inference(
        statement=Stationarity(single, known.restricted(single), variables=(overlap,), at={conjugate: solution}),
        result=solution,
    )


@rule(
    "one-step free energy",
    "As the number of replicas tends to 0 the logarithm of a mean of powers becomes the mean logarithm; the size of a "
    "block is continued to a number between 0 and 1.",
)
def one_step_free_energy(
    action: Step,
    *conjugates: Step,
    blocks: Blocks,
    sites: Any,
    inverse_temperature: sp.Symbol,
    continued: sp.Symbol,
    breakpoint_parameter: sp.Symbol,
) -> Inference:
    """f(q_0, q_1, x) per spin: minus the temperature times the limit of the action per site and replica."""
    x = breakpoint_parameter
    value = action.result
    for step in conjugates:
        ((name, solution),) = cast(Stationarity, step.statement).at
        value = value.subs(name, solution)
    value = value.subs(blocks.count, continued / x).subs(blocks.size, x)
    (mean,) = (m for m in value.atoms(GaussianMean) if m.family == OUTER)
    inner = mean.body.args[0]
    site = GaussianMean(sp.log(inner), OUTER, mean.variance) / x
    name = sp.Symbol("W", real=True)
    per_replica = sp.expand(value.xreplace({sp.log(mean): continued * name}) / (sites * continued))
    limit = sp.expand(per_replica.subs(continued, 0))
    polynomial = sp.collect(sp.expand(-limit.subs(name, 0) / inverse_temperature), inverse_temperature, sp.factor)
    free = sp.factor(polynomial) - name / inverse_temperature
    sets = dict.fromkeys(sorted(per_replica.free_symbols, key=str), (0, 1)) | {
        name: (-9, 9),
        inverse_temperature: (0, 3),
    }
    single = _single_mean(mean, inner, x, continued)
    return Inference(
        statement=LimitStatement(-per_replica / inverse_temperature, free, Domain(sets), variable=continued, point=0),
        result=free.subs(name, site),
        obligations=(single,),
        postulates=(CONTINUATION, ORDER_OF_LIMITS),
        remark="$W$ is the one-site term: $1/x$ times the mean over $z_0$ of the logarithm of the mean over $z_1$. Its "
        "limit is verified where blocks have no field of their own.",
    )


def _single_mean(mean: GaussianMean, inner: GaussianMean, x: Any, continued: sp.Symbol) -> LimitStatement:
    """lim log E F^m / m = E log F for the sum F over one spin."""
    spin = cast(Any, inner.body).args[0].subs(INNER, 0)
    if sp.powsimp(inner.body / spin.subs(OUTER, OUTER + INNER) ** x) != 1:
        raise ValueError(f"expected a power of the sum over one spin, found {inner.body}")
    left = sp.log(GaussianMean(spin**continued, OUTER, mean.variance)) / continued
    value = GaussianMean(sp.log(spin), OUTER, mean.variance)
    sets = {s: (0, 1) if not s.is_positive else (0, 2) for s in sorted(left.free_symbols, key=str)}
    return LimitStatement(left, value, Domain({**sets, continued: (0, 1)}), variable=continued, point=0)


@rule(
    "equal overlaps",
    "Where both overlaps are equal a block has no field of its own, and the power in the logarithm cancels its size.",
)
def equal_overlaps(free_energy: Step, *, blocks: Blocks, domain: Domain) -> Inference:
    """The one-step free energy at equal overlaps; the result is the replica-symmetric one."""
    inside, between = blocks.overlaps
    left = free_energy.result.subs(inside, between)
    (outer,) = (m for m in left.atoms(GaussianMean) if m.family == OUTER)
    (inner,) = (m for m in left.atoms(GaussianMean) if m.family == INNER)
    if inner.variance != 0:
        raise ValueError(f"expected no field of a block at equal overlaps, found the variance {inner.variance}")
    base, power = rename(inner.body, INNER, sp.Integer(0)).as_base_exp()
    spin = outer.with_body(sp.log(base))
    rest = left.xreplace({outer: sp.Integer(0)})
    weight = sp.cancel((left - rest).xreplace({outer: sp.Integer(1)}) * power)
    value = sp.factor(rest) + weight * spin
    return Inference(statement=Identity(left, value, domain.restricted(left)), result=value)


@rule(
    "blocks of one replica",
    "A block of one replica averages its own field away, which leaves the replica-symmetric free energy.",
)
def blocks_of_one(free_energy: Step, symmetric: Step, *, breakpoint_parameter: sp.Symbol, domain: Domain) -> Inference:
    """The one-step free energy at x = 1, its inner mean worked out, is the replica-symmetric one of q_0."""
    at_one = free_energy.result.subs(breakpoint_parameter, 1)
    (inner,) = (m for m in at_one.atoms(GaussianMean) if m.family == INNER)
    closed = sp.exp(inner.variance / 2) * rename(inner.body, INNER, sp.Integer(0))
    left = at_one.xreplace({inner: closed})
    known = domain.extended({OUTER: (-3, 3)}).restricted(inner)
    return Inference(
        statement=Identity(left, symmetric.result, domain.restricted(left, symmetric.result)),
        obligations=(Identity(inner, closed, known),),
        result=symmetric.result,
    )
