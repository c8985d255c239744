"""The average over independent Gaussian couplings of an exponential that is linear in them."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import ConfigurationSum, GaussianMean
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.models.disordered import DisorderedModel
from theory.statements import Identity
from theory.sums import Inside, Sigma, unfold


@rule(
    "Gaussian average",
    "The couplings are independent centered Gaussian variables and enter the exponent linearly, so that each "
    "contributes $\\exp(v t^2 / 2)$, with $v$ its variance and $t$ its coefficient.",
)
def gaussian_average(replicas: Step, *, model: DisorderedModel) -> Inference:
    """Average the replicated partition function over the disorder."""
    statement, copies = cast(Identity, replicas.statement), cast(ConfigurationSum, replicas.result)
    exponent = cast(sp.Expr, copies.body.args[0])
    coupling = model.couplings.base[model.couplings.slots]
    coefficient = _within_ranges(resolved(sp.diff(exponent, coupling)), model)
    averaged = Sigma(model.variance * coefficient**2 / 2, *model.couplings.ranges)
    rest = resolved(unfold(exponent, coupling, sp.Integer(0)))
    mean = GaussianMean(statement.left, model.couplings.base, model.variance, *model.couplings.ranges)
    sets = {n: s for n, s in statement.domain.sets.items() if n != model.couplings.base}
    domain = Domain(sets, statement.domain.constraints)
    return Inference(
        statement=Identity(mean, copies.with_body(cast(sp.Expr, sp.exp(averaged + rest))), domain),
        obligations=(_linear(exponent, model, statement.domain),),
    )


def _within_ranges(expression: Any, model: DisorderedModel) -> Any:
    """Brackets that the ranges of the couplings themselves imply are 1."""
    return expression.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, model.couplings.ranges))


def _linear(exponent: sp.Expr, model: DisorderedModel, domain: Domain) -> Identity:
    """The second derivative of the exponent by the couplings vanishes."""
    first, second = (_entry(model, mark) for mark in ("", "_"))
    sets = {**_index_sets(model, ""), **_index_sets(model, "_"), model.spins.base: sp.FiniteSet(-1, 1)}
    return Identity(FieldDerivative(exponent, first, second), 0, domain.extended(sets))


def _entry(model: DisorderedModel, mark: str) -> Any:
    return model.couplings.base[tuple(_marked(s, mark) for s in model.couplings.slots)]


def _marked(slot: sp.Symbol, mark: str) -> sp.Symbol:
    return sp.Symbol(f"{slot.name}{mark}", integer=True)


def _index_sets(model: DisorderedModel, mark: str) -> dict[sp.Symbol, sp.Set]:
    names = {s: _marked(s, mark) for s in model.couplings.slots}
    return {
        names[s]: sp.Range(
            sp.sympify(lower, strict=True), cast(Any, sp.sympify(upper, strict=True)).xreplace(names) + 1
        )
        for s, lower, upper in model.couplings.ranges
    }
