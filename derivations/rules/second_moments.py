"""The disorder mean of an expression that is quadratic in independent Gaussian couplings."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.brackets import without_implied_brackets
from derivations.algebra.sum_terms import assembled, resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.domain import Domain
from theory.models.disordered import DisorderedModel
from theory.statements import Identity, Postulate
from theory.sums import Sigma, unfold


@rule(
    "second moments",
    "Independent couplings have mean zero: of a quadratic expression only the squares survive, each with its variance.",
)
def second_moments(
    quantity: Step, *, model: DisorderedModel, domain: Domain, postulates: tuple[Postulate, ...] = ()
) -> Inference:
    """Mean of a quadratic expression: its value at zero plus half the variance times each second derivative."""
    law, expression = model.only_couplings, quantity.result
    couplings, family = law.family, law.family.base
    ranges = _fresh(couplings.ranges)
    coupling = family[tuple(r[0] for r in ranges)]
    names = {s: r[0] for s, r in zip(couplings.slots, ranges, strict=True)}
    variance = cast(Any, law.variance).xreplace(names)
    bare = unfold(expression, family[couplings.slots], sp.Integer(0))
    curvature = resolved(sp.diff(resolved(sp.diff(expression, coupling)), coupling))
    curvature = without_implied_brackets(curvature, ranges)
    spread = resolved(Sigma(variance * curvature / 2, *ranges))
    mean = GaussianMean(expression, family, law.variance, *couplings.ranges)
    free: list[Any] = [
        (s, cast(Any, c.args[0]), cast(Any, c.args[1]) - 1)
        for s, c in domain.sets.items()
        if isinstance(s, sp.Symbol) and isinstance(c, sp.Range)
    ]
    result = assembled(sum_terms(without_implied_brackets(sp.expand(bare + spread), free)))
    return Inference(statement=Identity(mean, result, domain.restricted(mean)), postulates=postulates)


def _fresh(ranges: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same ranges in indices that occur nowhere else."""
    names = {r[0]: sp.Dummy(r[0].name, integer=True) for r in ranges}
    return tuple(
        (names[i], sp.sympify(lo, strict=True).xreplace(names), sp.sympify(hi, strict=True).xreplace(names))
        for i, lo, hi in ranges
    )
