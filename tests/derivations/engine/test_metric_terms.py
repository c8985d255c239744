"""The normal form of contractions: equal densities share it, and its derivatives are those at jets."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from derivations.algebra.metric_terms import Calculus, Factor, Term, canonical, total
from derivations.algebra.tensor_expansion import Expansion, NotAContractionError, written
from derivations.engine.routes.jet_values import route
from derivations.engine.routes.jet_values.euler import Sides
from theory.models import metric_field as model
from theory.tensors import Contracted, InverseMetric, ScalarCurvature, Slope, VolumeElement

METRIC = model.metric_field(3)


def factor(*slots: Any, slopes: Any = ()) -> Factor:
    return Factor(field="g", slots=slots, slopes=tuple(slopes))


def test_names_order_and_symmetries_of_indices_do_not_matter() -> None:
    one = Term(pairs=((1, 4), (2, 5), (3, 6)), factors=(factor(1, 2, slopes=(3,)), factor(4, 5, slopes=(6,))))
    other = Term(pairs=((9, 8), (7, 11), (12, 10)), factors=(factor(8, 7, slopes=(12,)), factor(11, 9, slopes=(10,))))
    crossed = Term(pairs=((1, 6), (2, 5), (3, 4)), factors=one.factors)
    assert canonical(one) == canonical(other)
    assert canonical(one) != canonical(crossed)
    assert total([(sp.S.One, one), (sp.S.NegativeOne, other)]) == {}


def test_there_are_five_contractions_of_two_first_derivatives() -> None:
    products = model.products_of_inverse_metrics(METRIC)
    sums = [Expansion(METRIC).sum_of(model.quadratic_in_slopes(METRIC, p)) for p in products]
    assert len(products) == 15
    assert len({next(iter(s)) for s in sums}) == 5


@pytest.mark.parametrize("n", model.DIMENSIONS)
def test_a_written_normal_form_has_the_values_of_the_density(n: int) -> None:
    metric = model.metric_field(n)
    density = model.curvature_density(metric)
    again = written(Expansion(metric).sum_of(density), (), metric)
    found = route.examine(Sides(density, again, (), True), model.domain(n), "", 0)
    assert found.outcome == "agrees"
    wrong = route.examine(Sides(density, 2 * again, (), True), model.domain(n), "", 0)
    assert wrong.outcome == "refutes"


def test_a_divergence_has_a_current_and_no_euler_operator() -> None:
    calculus = Calculus(metric="g")
    start = Term(volume=1, pairs=((1, "x"), (2, 3)), factors=(factor(2, 3, slopes=(1,)),))
    divergence = total(calculus.divergence([(sp.S.One, start)], "x"))
    assert divergence
    assert calculus.euler(divergence, "g", ("i", "j")) == {}
    assert calculus.current(divergence, {"g": 2}, "x") == {canonical(start): 1}


def test_the_lagrangian_of_first_derivatives_alone_is_no_divergence() -> None:
    tensor = InverseMetric(METRIC, "alpha", "beta") * InverseMetric(METRIC, "gamma", "delta")
    density = VolumeElement(METRIC) * model.quadratic_in_slopes(METRIC, tensor * InverseMetric(METRIC, "mu", "nu"))
    expansion = Expansion(METRIC)
    found = expansion.sum_of(density)
    assert expansion.calculus.current(found, {"g": 2}, "x") is None
    assert expansion.calculus.euler(found, "g", ("i", "j"))


def test_what_is_no_contraction_is_refused() -> None:
    expansion = Expansion(METRIC)
    other = model.metric_field(4)
    for wrong in (
        sp.exp(ScalarCurvature(METRIC)),
        ScalarCurvature(METRIC) ** 2,
        ScalarCurvature(other),
        Contracted(InverseMetric(METRIC, "alpha", "beta") * Slope(METRIC, "alpha", "beta", 0)),
    ):
        with pytest.raises(NotAContractionError):
            expansion.sum_of(wrong)


def test_the_normal_form_is_the_same_in_every_dimension() -> None:
    forms = [Expansion(m).sum_of(model.curvature_density(m)) for m in map(model.metric_field, model.DIMENSIONS)]
    assert len(forms[0]) == 7
    assert forms[0] == forms[1] == forms[2]
