"""The mean of an observable through replicas: one copy carries it, the others supply the power of Z."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.rules.replicate import replicated
from theory.averages import ConfigurationSum
from theory.models.disordered import DisorderedModel
from theory.statements import Identity, LimitStatement
from theory.sums import Sigma, rename


@rule(
    "observable in one replica",
    "The first of $m$ replicas carries the observable, the other $m - 1$ give the power of $Z$.",
)
def observable_in_one_replica(
    *,
    model: DisorderedModel,
    observable: Any,
    sources: dict[Any, Any],
    n_replicas: sp.Symbol,
    replica: sp.Symbol,
) -> Inference:
    """Z^(m-1) times the sum of A exp(-beta H), as a sum over m replicas with A in the first."""
    single, power = _sums(model, observable)
    weight = -model.inverse_temperature * Sigma(replicated(model.hamiltonian, model, replica), (replica, 1, n_replicas))
    first = rename(replicated(observable, model, replica), replica, sp.Integer(1))
    copies = ConfigurationSum(
        first * sp.exp(weight), model.spins.base, *model.spins.ranges, (replica, sp.Integer(1), n_replicas)
    )
    domain = model.domain.extended(
        {n_replicas: sp.Range(1, sp.oo), model.only_couplings.family.base: (-sp.oo, sp.oo), **sources}
    )
    statement = Identity(power ** (n_replicas - 1) * single, copies, domain.restricted(single, power**n_replicas))
    return Inference(statement=statement)


@rule(
    "replica trick",
    "For $m = 0$ the power of $Z$ is $1/Z$: the mean of the observable, for each realization of the disorder.",
)
def mean_by_replica_limit(
    *, model: DisorderedModel, observable: Any, sources: dict[Any, Any], continued: sp.Symbol
) -> Inference:
    """The limit of Z^(m-1) times the sum of A exp(-beta H) as m tends to 0."""
    single, power = _sums(model, observable)
    expression = power ** (continued - 1) * single
    domain = model.domain.extended({continued: (0, 1), model.only_couplings.family.base: (-sp.oo, sp.oo), **sources})
    return Inference(
        statement=LimitStatement(expression, single / power, domain.restricted(expression), variable=continued, point=0)
    )


def _sums(model: DisorderedModel, observable: Any) -> tuple[ConfigurationSum, ConfigurationSum]:
    weight = sp.exp(-model.inverse_temperature * model.hamiltonian)
    ranges = model.spins.ranges
    with_observable = ConfigurationSum(observable * weight, model.spins.base, *ranges)
    return with_observable, ConfigurationSum(weight, model.spins.base, *ranges)
