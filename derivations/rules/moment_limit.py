"""The limit of vanishing replica number of what depends on the replicas through the moments of one spin."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false, reportIndexIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.replica_limit import CONTINUATION, ORDER_OF_LIMITS
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.statements import Identity, LimitStatement
from theory.sums import rename


@rule(
    "moments without replicas",
    "As the number of replicas tends to 0 the weight $(2 \\cosh)^m$ tends to 1, and the moments become those of the "
    "magnetization of one spin in a Gaussian field.",
)
def moments_without_replicas(
    eigenvalue: Step,
    moments: Step,
    hessian: Step,
    *,
    moment: sp.IndexedBase,
    overlap: sp.Symbol,
    domain: Domain,
    n_replicas: sp.Symbol,
    continued: sp.Symbol,
) -> Inference:
    """The eigenvalue with its moments put in, at the overlap of the saddle point; the result is its limit."""
    weights = moments_at(moments, hessian, overlap)
    ends = {moment[r]: _without_replicas(weights[r], n_replicas) for r in (2, 4)}
    left = rename(with_moments(eigenvalue.result, weights, moment), n_replicas, continued)
    value = eigenvalue.result.subs(n_replicas, 0).xreplace(ends)
    domain = domain.extended({continued: (0, 1)}).restricted(left)
    return Inference(
        statement=LimitStatement(left, sp.expand(value), domain, variable=continued, point=0),
        result=sp.expand(value),
        postulates=(CONTINUATION, ORDER_OF_LIMITS),
    )


def moments_at(moments: Step, hessian: Step, overlap: sp.Symbol) -> dict[int, Any]:
    """The means of (2 cosh)^m tanh^r, r = 0, 2, 4, where all overlaps are equal."""
    _, coupling, field = hessian.result
    return {r: _at(moments.result[k], moments, coupling * overlap, field) for k, r in enumerate((0, 2, 4))}


def with_moments(eigenvalue: Any, weights: dict[int, Any], moment: sp.IndexedBase) -> Any:
    """An eigenvalue with the moments of one spin put in."""
    return eigenvalue.xreplace({moment[r]: weights[r] / weights[0] for r in (2, 4)})


def _at(mean: Any, moments: Step, variance: Any, field: Any) -> Any:
    """A moment of one site with the Gaussian variance and the field of the saddle point."""
    own = next(iter(cast(Any, moments.statement).right.atoms(GaussianMean)))
    names = {s for s in own.body.free_symbols if s != own.family} - {mean.variance}
    fields = [s for s in names if not s.is_integer]
    body = mean.body.subs(fields[0], field) if fields else mean.body
    return GaussianMean(body, mean.family, variance)


def _without_replicas(mean: GaussianMean, n_replicas: sp.Symbol) -> Any:
    return mean.with_body(cast(sp.Expr, mean.body.subs(n_replicas, 0)))


@rule(
    "one mean of a power of the secant",
    "One minus the squared magnetization of a spin is the squared hyperbolic secant of its field.",
)
def powers_of_the_secant(limit: Step, *, weight: Any) -> Inference:
    """``1 + weight * mean(...)`` with the squares of tanh written by sech, under one mean."""
    means = sorted(limit.result.atoms(GaussianMean), key=str)
    (variance,), z = {m.variance for m in means}, means[0].family
    gathered = sp.expand(limit.result - 1).xreplace({m: rename(m.body, m.family, z) for m in means})
    body = sp.cancel(gathered / weight)
    (field,) = {t.args[0] for t in body.atoms(sp.tanh)}
    square = sp.Dummy("s")
    by_secant = sp.factor(sp.expand(body.subs(sp.tanh(field), sp.sqrt(1 - square)))).subs(square, sp.sech(field) ** 2)
    value = 1 + weight * GaussianMean(by_secant, z, variance)
    domain = cast(Any, limit.statement).domain.restricted(limit.result)
    return Inference(statement=Identity(limit.result, value, domain))


@rule("without a field", "Without a field the overlap vanishes in the paramagnet, and the Gaussian field with it.")
def paramagnetic(eigenvalue: Step, *, overlap: sp.Symbol, field: sp.Symbol) -> Inference:
    """The eigenvalue at vanishing overlap and field."""
    at_zero = eigenvalue.result.subs({overlap: 0, field: 0})
    value = at_zero.replace(
        lambda e: isinstance(e, GaussianMean) and e.variance == 0, lambda e: rename(e.body, e.family, sp.Integer(0))
    )
    domain = cast(Any, eigenvalue.statement).domain.restricted(at_zero)
    return Inference(statement=Identity(at_zero, value, domain))


@rule(
    "vanishing replicon",
    "The replica-symmetric solution becomes unstable where the replicon eigenvalue vanishes.",
)
def vanishing_replicon(paramagnet: Step, *, inverse_temperature: sp.Symbol) -> Inference:
    """The temperature at which an eigenvalue that is linear in the squared inverse temperature vanishes."""
    polynomial = sp.Poly(paramagnet.result, inverse_temperature)
    if {n for (n,) in polynomial.monoms()} != {0, 2}:
        raise ValueError(f"expected an eigenvalue linear in {inverse_temperature}^2, found {paramagnet.result}")
    temperature = sp.sqrt(-polynomial.nth(2) / polynomial.nth(0))
    factored = polynomial.nth(0) * (1 - inverse_temperature * temperature) * (1 + inverse_temperature * temperature)
    domain = cast(Any, paramagnet.statement).domain.restricted(paramagnet.result)
    return Inference(statement=Identity(paramagnet.result, factored, domain), result=temperature)


@rule(
    "stability line",
    "The replica-symmetric solution is stable where the replicon eigenvalue is positive: where the squared temperature "
    "exceeds the mean of the fourth power of the secant. Equality is the de Almeida-Thouless line.",
)
def stability_line(eigenvalue: Step, *, weight: Any, inverse_temperature: sp.Symbol) -> Inference:
    """The eigenvalue times the squared temperature; the result is what the squared temperature exceeds."""
    scale = sp.cancel(-weight / inverse_temperature**2)
    if scale.has(inverse_temperature):
        raise ValueError(f"expected a weight proportional to {inverse_temperature}^2, found {weight}")
    (mean,) = eigenvalue.result.atoms(GaussianMean)
    line = scale * mean
    domain = cast(Any, eigenvalue.statement).domain
    left = eigenvalue.result / inverse_temperature**2
    return Inference(statement=Identity(left, inverse_temperature**-2 - line, domain), result=line)
