"""A quadratic exponent of a sum of spins as a Gaussian mean of a linear one."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma


@rule(
    "Hubbard-Stratonovich",
    "A Gaussian field linearizes the square of the magnetization over replicas; the replicas then decouple and each "
    "spin contributes a factor 2 cosh of the field.",
)
def hubbard_stratonovich(
    *, spin: sp.IndexedBase, replica: sp.Symbol, n_replicas: sp.Symbol, curvature: sp.Symbol
) -> Inference:
    """Sum over m replicas of exp(x M^2 / 2), with M the sum of their spins, for curvature x > 0."""
    field = sp.Symbol("z", real=True)
    magnetization = Sigma(spin[replica], (replica, 1, n_replicas))
    trace = ConfigurationSum(sp.exp(curvature * magnetization**2 / 2), spin, (replica, 1, n_replicas))
    mean = GaussianMean(one_spin(field) ** n_replicas, field, curvature)
    domain = Domain({n_replicas: sp.Range(1, sp.oo), curvature: (0, 2)})
    return Inference(statement=Identity(trace, mean, domain))


def one_spin(field: sp.Symbol) -> sp.Expr:
    """The sum over one Ising spin in a field."""
    return cast(sp.Expr, 2 * sp.cosh(field))


@rule("apply Hubbard-Stratonovich", "The trace over the replicas of one site is the one just transformed.")
def linearize_sites(symmetric: Step, transform: Step, *, curvature: sp.Symbol) -> Inference:
    """Put the transformed one-site sum into the action."""
    statement = cast(Identity, transform.statement)
    pattern, replacement = cast(ConfigurationSum, statement.left), statement.right
    square = cast(Any, pattern.body.args[0]).coeff(curvature)

    def transformed(trace: ConfigurationSum) -> Any:
        value = sp.cancel(trace.body.args[0] / square)
        if value.has(Sigma):
            raise ValueError(f"expected exp(x ({square}) ) under the trace, found {trace.body}")
        return replacement.subs(curvature, value)

    result = symmetric.result.replace(lambda e: isinstance(e, ConfigurationSum), transformed)
    return Inference(statement=Identity(symmetric.result, result, cast(Identity, symmetric.statement).domain))
