"""A quadratic exponent of a sum of spins as a Gaussian mean of a linear one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, rename, stem


@rule(
    "Hubbard-Stratonovich",
    "A Gaussian field linearizes the square of the magnetization over replicas; the replicas then decouple and each "
    "spin contributes a factor 2 cosh of the field.",
)
def hubbard_stratonovich(
    *,
    spin: sp.IndexedBase,
    replica: sp.Symbol,
    n_replicas: sp.Symbol,
    curvature: sp.Symbol,
    source: sp.Symbol | None = None,
) -> Inference:
    """Sum over m replicas of exp(x M^2 / 2 + y M), with M the sum of their spins, for curvature x > 0, source y."""
    field = sp.Symbol("z", real=True)
    push = sp.Integer(0) if source is None else source
    magnetization = Sigma(spin[replica], (replica, 1, n_replicas))
    exponent = curvature * magnetization**2 / 2 + push * magnetization
    trace = ConfigurationSum(sp.exp(exponent), spin, (replica, 1, n_replicas))
    mean = GaussianMean(one_spin(field + push) ** n_replicas, field, curvature)
    domain = Domain({n_replicas: sp.Range(1, sp.oo), curvature: (0, 2), **({source: (-2, 2)} if source else {})})
    return Inference(statement=Identity(trace, mean, domain))


def one_spin(field: Any) -> sp.Expr:
    """The sum over one Ising spin in a field."""
    return cast(sp.Expr, 2 * sp.cosh(field))


@rule("apply Hubbard-Stratonovich", "The trace over the replicas of one site is the one just transformed.")
def linearize_sites(
    symmetric: Step, transform: Step, *, curvature: sp.Symbol, source: sp.Symbol | None = None
) -> Inference:
    """Put the transformed one-site sum into the action; with a source the claim is about the one-site sum at hand."""
    statement = cast(Identity, transform.statement)
    pattern, replacement = cast(ConfigurationSum, statement.left), statement.right
    (magnetization,) = pattern.body.atoms(Sigma)
    total = sp.Dummy("M")

    def transformed(trace: ConfigurationSum) -> Any:
        exponent = sp.expand(trace.body.args[0].xreplace({magnetization: total}))
        quadratic, linear, constant = (exponent.coeff(total, n) for n in (2, 1, 0))
        remainder = sp.expand(exponent - quadratic * total**2 - linear * total)
        if constant != 0 or remainder != 0 or quadratic.has(Sigma) or (source is None and linear != 0):
            raise ValueError(f"expected {pattern.body} under the trace, found {trace.body}")
        value = rename(replacement, curvature, cast(Any, 2 * quadratic))
        return value if source is None else rename(value, source, cast(Any, linear))

    result = symmetric.result.replace(lambda e: isinstance(e, ConfigurationSum), transformed)
    domain = cast(Identity, symmetric.statement).domain
    if source is None:
        return Inference(statement=Identity(symmetric.result, result, domain), result=result)
    traces = list(_with_layers(symmetric.result, ()))
    sides: Any = [sp.Add(*[t for t, _ in traces]), sp.Add(*[transformed(t) for t, _ in traces])]
    slots = {index: sp.Range(low, high + 1) for _, ranges in traces for index, low, high in ranges}
    return Inference(statement=Identity(sides[0], sides[1], domain.extended(slots)), result=result)


def _with_layers(expression: Any, ranges: tuple[Any, ...]) -> Iterator[tuple[ConfigurationSum, tuple[Any, ...]]]:
    """Each trace of an action, with the indices of the sums around it, under names of their own."""
    if isinstance(expression, ConfigurationSum):
        yield expression, ranges
    elif isinstance(expression, Sigma):
        index = sp.Symbol(stem(expression.index), integer=True)
        yield from _with_layers(expression.at(index), (*ranges, (index, expression.lower, expression.upper)))
    elif expression.has(ConfigurationSum):
        for part in expression.args:
            yield from _with_layers(part, ranges)
