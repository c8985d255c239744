"""The first variation of a density by the metric, recognized as a sum of known tensors, and with that of matter."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.algebra.tensor_expansion import Expansion
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.onsager_fit import FREE, matched
from theory.domain import Domain
from theory.printing import expression_text
from theory.statements import EqualUpToTotalDerivative
from theory.tensors import (
    Component,
    Contracted,
    FirstVariation,
    InverseChange,
    RicciTensor,
    ScalarCurvature,
    SymmetricTensorField,
    VolumeElement,
)

PLACES = ("mu", "nu")


def along_change(metric: SymmetricTensorField, change: SymmetricTensorField, tensor: Any) -> Any:
    """A tensor with lower indices mu and nu, contracted with the change of the inverse metric."""
    return Contracted(sp.expand(tensor * InverseChange(metric, change, *PLACES)))


@rule(
    "variation by the metric",
    "The variation is a sum of the Ricci tensor, the metric times the scalar curvature, and the metric; their "
    "coefficients are solved for.",
)
def variation_by_metric(
    density: Step, *, metric: SymmetricTensorField, change: SymmetricTensorField, domain: Domain
) -> Inference:
    """The first variation of a density as a tensor times the change of the inverse metric, up to a divergence.

    Raises
    ------
    ValueError
        If the variation is no such sum.
    """
    expansion = Expansion(metric)
    volume, curvature = VolumeElement(metric), ScalarCurvature(metric)
    ricci, shape = (kind(metric, *PLACES) for kind in (RicciTensor, Component))
    tensors = ((sp.S.One, ricci), (curvature, shape), (sp.S.One, shape))
    left = FirstVariation(density.result, metric, change)
    known = [volume * factor * along_change(metric, change, t) for factor, t in tensors]
    target, *others = (expansion.calculus.euler(expansion.sum_of(side), change.name, FREE) for side in (left, *known))
    values, _ = matched(target, others)
    lead = values[0]
    inside = sp.Add(*(sp.cancel(v / lead) * f * along_change(metric, change, t)
                      for v, (f, t) in zip(values, tensors, strict=True)))  # fmt: skip
    right = lead * volume * inside
    return Inference(statement=_up_to_a_divergence(left, right, change, domain), result=right)


@rule(
    "variation with matter",
    "The matter part varies by its energy-momentum tensor: by its definition $\\delta(\\sqrt{|g|} \\mathcal{L}) = "
    "-\\sqrt{|g|} T_{\\mu\\nu} \\delta g^{\\mu\\nu} / 2$.",
)
def variation_with_matter(
    gravity: Step,
    *,
    metric: SymmetricTensorField,
    change: SymmetricTensorField,
    energy_momentum: SymmetricTensorField,
    domain: Domain,
) -> Inference:
    """The variation of gravity and matter, the coefficient of the Ricci tensor in front.

    What stands in the brackets vanishes where the action is stationary under all changes of the metric.
    """
    volume = VolumeElement(metric)
    matter = -volume / 2 * along_change(metric, change, Component(energy_momentum, *PLACES))
    outer, inner = _led(gravity.result)
    right = (
        outer * sp.Add(*inner.args, sp.cancel(matter / outer)) if isinstance(inner, sp.Add) else outer * inner + matter
    )
    left = gravity.statement.left + matter  # pyright: ignore[reportOptionalMemberAccess]
    inside = right / outer
    text = expression_text(sp.Add(*(_without_change(t) for t in sp.Add.make_args(inside))))
    return Inference(
        statement=_up_to_a_divergence(left, right, change, domain),
        result=right,
        remark=f"The action is stationary under all changes of the metric where {text} = 0.",
    )


def _without_change(term: Any) -> Any:
    """A term as a tensor with the lower indices of the change."""
    return term.replace(
        lambda node: isinstance(node, Contracted),
        lambda node: node.summand / sp.Mul(*node.summand.atoms(InverseChange)),
    )


def _led(result: Any) -> tuple[Any, Any]:
    """The factor in front of a sum, and the sum."""
    sums = [f for f in result.args if isinstance(f, sp.Add)]
    if len(sums) != 1:
        raise ValueError(f"expected a factor times a sum of tensors; found {result}")
    return result / sums[0], sums[0]


def _up_to_a_divergence(
    left: Any, right: Any, change: SymmetricTensorField, domain: Domain
) -> EqualUpToTotalDerivative:
    return EqualUpToTotalDerivative(
        left, right, domain.restricted(left, right), fields=change.components, coordinates=change.coordinates
    )
