"""Which contraction of first derivatives a density is equal to up to a divergence, and whether it is the only one."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import random
from typing import Any

import sympy as sp

from derivations.algebra.metric_terms import Sum, Term
from derivations.algebra.tensor_expansion import Expansion
from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.jet_values.leaves import framed
from derivations.engine.routes.jet_values.rings import Rationals
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.models.metric_field import products_of_inverse_metrics, quadratic_in_slopes
from theory.statements import EqualUpToTotalDerivative, Inequality
from theory.tensors import SymmetricTensorField, VolumeElement

FREE = ("'a", "'b")
SPARE = 3
"""So many jets more than contractions."""


def contractions(metric: SymmetricTensorField) -> tuple[Any, ...]:
    """The products of three inverse metrics that have different contractions with two first derivatives."""
    found: dict[Term, Any] = {}
    for product in products_of_inverse_metrics(metric):
        (term,) = Expansion(metric).sum_of(quadratic_in_slopes(metric, product))
        found.setdefault(term, product)
    return tuple(found.values())


def matched(targets: Sum, candidates: list[Sum]) -> tuple[list[Any], int]:
    """Coefficients with which the candidates sum up to the target, and how many of them are free (and taken as zero).

    Raises
    ------
    ValueError
        If there are none.
    """
    letters: Any = sp.symbols(f"c0:{len(candidates)}", cls=sp.Dummy)
    keys = {k for terms in (targets, *candidates) for k in terms}
    equations = [
        sp.Add(*(c * t.get(k, 0) for c, t in zip(letters, candidates, strict=True))) - targets.get(k, 0) for k in keys
    ]
    solutions: Any = list(sp.linsolve(equations, *letters))  # pyright: ignore[reportGeneralTypeIssues]
    if not solutions:
        raise ValueError(f"no sum of the {len(candidates)} candidates has the variational derivative of the density")
    free = set(letters) & set().union(*(s.free_symbols for s in solutions[0]))
    return [sp.factor(s.xreplace(dict.fromkeys(free, sp.S.Zero))) for s in solutions[0]], len(free)


@rule(
    "comparison of variational derivatives",
    "All contractions of three inverse metrics with two first derivatives, their coefficients solved for: the "
    "variational derivatives by the metric must be those of the density.",
)
def fitted_contraction(density: Step, *, metric: SymmetricTensorField, domain: Domain) -> Inference:
    """The contraction of first derivatives that differs from the density by a divergence.

    Raises
    ------
    ValueError
        If there is none.
    """
    expansion, volume = Expansion(metric), VolumeElement(metric)
    products = contractions(metric)
    densities = [volume * quadratic_in_slopes(metric, p) for p in products]
    target, *others = (
        expansion.calculus.euler(expansion.sum_of(d), metric.name, FREE) for d in (density.result, *densities)
    )
    values, free = matched(target, others)
    tensor = sp.factor_terms(sp.Add(*(c * p for c, p in zip(values, products, strict=True))))
    contraction = quadratic_in_slopes(metric, tensor)
    right = volume * contraction
    return Inference(
        statement=EqualUpToTotalDerivative(
            density.result, right, domain.restricted(density.result, right), fields=metric.components,
            coordinates=metric.coordinates,
        ),
        result=contraction,
        remark=f"Of {len(products)} contractions, with {free or 'no'} free coefficients in a general dimension.",
    )  # fmt: skip


@rule(
    "independent contractions",
    "No sum of these contractions has a variational derivative that vanishes: at a few jets of integers their "
    "derivatives are independent rows. A metric that does not depend on further coordinates shows the same in every "
    "higher dimension.",
)
def independent_contractions(fitted: Step, *, metric: SymmetricTensorField, seed: int) -> Inference:  # noqa: ARG001
    """That contractions with two first derivatives are independent up to divergences: their Gram determinant."""
    rows = euler_values(metric, seed)
    determinant = (rows * rows.T).det()
    return Inference(statement=Inequality(sp.S.Zero, determinant, Domain({}), relation="<"), result=determinant)


def euler_values(metric: SymmetricTensorField, seed: int) -> Any:
    """Euler operators of all contractions at jets of integers with random weights: a row for each contraction."""
    rng = random.Random(seed)
    densities = [VolumeElement(metric) * quadratic_in_slopes(metric, p) for p in contractions(metric)]
    columns = []
    for _ in range(len(densities) + SPARE):
        point = framed((metric,), lambda *_: rng.randint(-1, 1), rng, 1)
        weights = {c: rng.randint(-1, 1) for c in metric.components}
        columns.append([_value(d, metric, point, weights) for d in densities])
    return sp.Matrix(columns).T


def _value(density: Any, metric: SymmetricTensorField, point: Any, weights: dict[Any, int]) -> Any:
    found, _ = Sides(density, sp.S.Zero, metric.components, False).at(Rationals(), point, weights)
    return sp.Rational(int(found.p), int(found.q))
