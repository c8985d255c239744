"""Densities of a metric: its curvature by derivatives, without second ones, and as a contraction of first ones."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from derivations.algebra.metric_terms import Sum, Term
from derivations.algebra.tensor_expansion import Expansion, summand_of, written
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.models.metric_field import SLOTS, bracketed_curvature, quadratic_in_slopes
from theory.printing import expression_text
from theory.statements import EqualUpToTotalDerivative, Identity
from theory.tensors import Contracted, InverseMetric, ScalarCurvature, SymmetricTensorField, VolumeElement

END = "lambda"


@rule(
    "trace of the Ricci tensor",
    "The scalar curvature is the trace of the Ricci tensor, by Christoffel symbols.",
)
def curvature_by_symbols(density: Step, *, metric: SymmetricTensorField, domain: Domain) -> Inference:
    """The scalar curvature in a density replaced by the trace of the bracketed sum of Christoffel symbols."""
    trace = 2 * Contracted(InverseMetric(metric, "mu", "nu") * bracketed_curvature(metric))
    result = density.result.xreplace({ScalarCurvature(metric): trace})
    return Inference(statement=Identity(density.result, result, domain.restricted(density.result, result)))


@rule("derivatives of the metric", "Christoffel symbols are written out, and equal contractions are collected.")
def by_slopes(density: Step, *, metric: SymmetricTensorField, domain: Domain) -> Inference:
    """A density as a sum of contractions of first and second derivatives of the metric.

    Raises
    ------
    NotAContractionError
        If it is no sum of contractions.
    """
    result = written(Expansion(metric).sum_of(density.result), (), metric)
    return Inference(statement=Identity(density.result, result, domain.restricted(density.result, result)))


@rule(
    "second derivatives by parts",
    "A second derivative of the metric is moved to what multiplies it; a divergence is left over, one at the boundary.",
)
def without_second_slopes(density: Step, *, metric: SymmetricTensorField, domain: Domain) -> Inference:
    """A density of first derivatives that is equal up to a divergence; the remark says of which current.

    Raises
    ------
    ValueError
        If second derivatives are left over.
    """
    expansion = Expansion(metric)
    terms = expansion.sum_of(density.result)
    current, rest = expansion.calculus.moved(terms, {metric.name: 2}, END)
    if any(len(f.slopes) > 1 for t in rest for f in t.factors):
        raise ValueError(f"second derivatives are left over in {density.result}: it is not linear in them")
    result = written(rest, (), metric)
    text = expression_text(summand_of(current, (), metric))
    return Inference(
        statement=EqualUpToTotalDerivative(
            density.result, result, domain.restricted(density.result, result), fields=metric.components,
            coordinates=metric.coordinates,
        ),
        result=result,
        remark=f"The difference is the derivative by x^{END}, summed over {END}, of {text}.",
    )  # fmt: skip


@rule("Onsager tensor", "What multiplies the product of two first derivatives of the metric.")
def onsager_contraction(
    density: Step, *, metric: SymmetricTensorField, domain: Domain, symmetric: bool = False
) -> Inference:
    """A density quadratic in first derivatives as a tensor of three inverse metrics contracted with both.

    With ``symmetric`` the tensor is the mean over the exchange of both derivatives, and of the indices of each.

    Raises
    ------
    ValueError
        If the density is not quadratic in first derivatives.
    """
    left = density.result / VolumeElement(metric) if density.result.has(VolumeElement) else density.result
    tensor = onsager_tensor(Expansion(metric).sum_of(left), metric, symmetric=symmetric)
    right = quadratic_in_slopes(metric, sp.factor_terms(tensor))
    return Inference(statement=Identity(left, right, domain.restricted(left, right)))


def onsager_tensor(terms: Sum, metric: SymmetricTensorField, *, symmetric: bool) -> Any:
    """The tensor of three inverse metrics in the letters of ``SLOTS``.

    Raises
    ------
    ValueError
        If a term is not quadratic in first derivatives.
    """
    found = sp.S.Zero
    for term, coefficient in terms.items():
        orders = list(_orders(term))
        for letters in orders if symmetric else orders[:1]:
            pairs = (InverseMetric(metric, *sorted((letters[a], letters[b]), key=SLOTS.index)) for a, b in term.pairs)
            found += coefficient * sp.Mul(*pairs) / (len(orders) if symmetric else 1)
    return found


def _orders(term: Term) -> Iterable[dict[Any, str]]:
    """All ways to give the indices their letters: which derivative comes first, and the order of its indices."""
    if term.volume or [(len(f.slots), len(f.slopes)) for f in term.factors] != [(2, 1), (2, 1)]:
        raise ValueError(f"expected a product of two first derivatives of the metric; found {term}")
    for first, second in (term.factors, term.factors[::-1]):
        for one in (first.slots, first.slots[::-1]):
            for other in (second.slots, second.slots[::-1]):
                places = (first.slopes[0], second.slopes[0], *one, *other)
                yield dict(zip(places, SLOTS, strict=True))
