"""The average over independent Gaussian couplings of an exponential that is linear in them."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import FamilyBinder, GaussianMean
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.models.disordered import DisorderedModel, Family, GaussianCouplings
from theory.statements import Identity
from theory.sums import Inside, Sigma, unfold


@rule(
    "Gaussian average",
    "The couplings are independent Gaussian variables and enter the exponent linearly, so that each contributes "
    "$\\exp(c t + v t^2 / 2)$, with $c$ its mean, $v$ its variance and $t$ its coefficient.",
)
def gaussian_average(
    replicas: Step, *, model: DisorderedModel, couplings: GaussianCouplings | None = None
) -> Inference:
    """Average the replicated partition function over one family of couplings, by default the model's only one.

    Raises
    ------
    ValueError
        If the model has several families and none is named.
    """
    statement, copies = cast(Identity, replicas.statement), cast(FamilyBinder, replicas.result)
    law = couplings or model.only_couplings
    exponent = cast(sp.Expr, copies.body.args[0])
    entry = law.family.base[law.family.slots]
    coefficient = _within_ranges(resolved(sp.diff(exponent, entry)), law.family)
    averaged = Sigma(law.variance * coefficient**2 / 2, *law.family.ranges)
    if law.mean != 0:
        averaged += Sigma(law.mean * coefficient, *law.family.ranges)
    rest = resolved(unfold(exponent, entry, sp.Integer(0)))
    drawn = statement.left if law.mean == 0 else unfold(statement.left, entry, law.mean + entry)
    mean = GaussianMean(drawn, law.family.base, law.variance, *law.family.ranges)
    sets = {n: s for n, s in statement.domain.sets.items() if n != law.family.base}
    domain = Domain(sets, statement.domain.constraints)
    return Inference(
        statement=Identity(mean, copies.with_body(cast(sp.Expr, sp.exp(averaged + rest))), domain),
        obligations=(_linear(exponent, model, law.family, statement.domain),),
    )


def _within_ranges(expression: Any, family: Family) -> Any:
    """Brackets that the ranges of the couplings themselves imply are 1."""
    return expression.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, family.ranges))


def _linear(exponent: sp.Expr, model: DisorderedModel, family: Family, domain: Domain) -> Identity:
    """The second derivative of the exponent by the couplings vanishes."""
    first, second = (_entry(family, mark) for mark in ("", "_"))
    sets = {**_index_sets(family, ""), **_index_sets(family, "_"), model.spins.base: model.spin_law.values}
    return Identity(FieldDerivative(exponent, first, second), 0, domain.extended(sets))


def _entry(family: Family, mark: str) -> Any:
    return family.base[tuple(_marked(s, mark) for s in family.slots)]


def _marked(slot: sp.Symbol, mark: str) -> sp.Symbol:
    return sp.Symbol(f"{slot.name}{mark}", integer=True)


def _index_sets(family: Family, mark: str) -> dict[sp.Symbol, sp.Set]:
    names = {s: _marked(s, mark) for s in family.slots}
    return {
        names[s]: sp.Range(
            sp.sympify(lower, strict=True), cast(Any, sp.sympify(upper, strict=True)).xreplace(names) + 1
        )
        for s, lower, upper in family.ranges
    }
