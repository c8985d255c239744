"""The energy-momentum tensor of matter: how its action changes with the inverse metric."""

from __future__ import annotations

from itertools import combinations
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality


@rule(
    "energy-momentum tensor",
    "Minus two over the volume element times the slope of the density by the inverse metric; the slope of the "
    "logarithm of the volume element is minus half the metric.",
)
def energy_momentum(lagrangian: Step, *, inverse_metric: Any, place: tuple[int, int], domain: Domain) -> Inference:
    """One entry for the step's result, a Lagrangian in the entries of the inverse metric and not in their slopes.

    The volume element is the root of |det| of the metric, and an entry off the diagonal stands at two places. The claim
    is free of the sign of the determinant: it is about the density over the volume element, whose slope by an entry is
    that of the Lagrangian and, by the logarithm of the determinant of the inverse metric, of the volume.
    """
    given, (a, b) = cast(Any, lagrangian.result), place
    entry, det = inverse_metric[a, b], inverse_metric.det(method="berkowitz")
    share = sp.Integer(1) if a == b else sp.Rational(1, 2)
    left = -2 * share * (sp.Derivative(given, entry) - given * sp.Derivative(det, entry) / (2 * det))
    metric = inverse_metric.adjugate()[a, b] / det
    right = -2 * share * sp.diff(given, entry) + metric * given
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=right)


@rule("flat metric", "The entries of the metric are put in; what the slopes of the field add has one sign.")
def energy_bound(
    tensor: Step, *, values: dict[Any, Any], slopes: tuple[sp.Symbol, ...], domain: Domain, remark: str = ""
) -> Inference:
    """The step's result at numbers for the entries of the inverse metric, and its value for a field without slopes.

    Raises
    ------
    ValueError
        If the slopes neither only add to it nor only take from it.
    """
    energy = sp.expand(cast(Any, tensor.result).subs(values, simultaneous=True))
    bound = energy.subs(dict.fromkeys(slopes, sp.S.Zero))
    signs = {sp.sign(c) for c in sp.Poly(energy - bound, *slopes).coeffs()}
    if signs not in ({sp.S.One}, {sp.S.NegativeOne}) or any(energy.diff(a, b) != 0 for a, b in combinations(slopes, 2)):
        raise ValueError(f"expected squares of the slopes with one sign; found {energy - bound}")
    relation = ">=" if signs == {sp.S.One} else "<="
    claim = Inequality(energy, bound, domain.restricted(energy), relation=relation)
    return Inference(statement=claim, result=energy, remark=remark)
