"""Rules for densities of a metric, on densities that are no paper's, against an oracle of variations."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.routes.jet_values.euler import Sides
from derivations.engine.routes.jet_values.leaves import JetPoint
from derivations.engine.routes.jet_values.rings import Rationals
from derivations.engine.verify import verify
from derivations.oracles.curvature import MetricJet
from derivations.oracles.metric_variation import curvature_density, form_density, variational_derivative
from derivations.rules.metric_densities import (
    by_slopes,
    curvature_by_symbols,
    onsager_contraction,
    without_second_slopes,
)
from derivations.rules.metric_variation import variation_by_metric, variation_with_matter
from derivations.rules.onsager_fit import (
    contractions,
    euler_values,
    fitted_contraction,
    independent_contractions,
    matched,
)
from theory.models import metric_field as model
from theory.statements import Definition
from theory.tensors import Contracted, InverseMetric, ScalarCurvature, SecondSlope, Slope, VolumeElement

N = 3
G, H, T = model.metric_field(N), model.change_of_metric(N), model.energy_momentum(N)
DOMAIN = model.domain(N)
CHOICES: dict[str, Any] = {"metric": G, "domain": DOMAIN}


def step_of(density: Any) -> Any:
    return Derivation("d", title="d").define(Definition(sp.Symbol("s", real=True), density))


def jet(seed: int) -> tuple[MetricJet, JetPoint]:
    """One jet of integers for the oracle, whose metric is A^T A, and for the engine."""
    rng = random.Random(seed)
    numbers: dict[Any, int] = {}
    frame = flint.fmpz_mat(N, N, [rng.randint(-1, 2) + 2 * (a == b) for a in range(N) for b in range(N)])
    values = frame.transpose() * frame
    for c in G.components:
        numbers.update({(c, (k,)): rng.randint(-2, 2) for k in range(N)})
        numbers.update({(c, (k, m)): rng.randint(-2, 2) for k in range(N) for m in range(k, N)})
    for a in range(N):
        for b in range(a, N):
            numbers[G.component(a, b), ()] = int(values[a, b])

    def rows(*places: int) -> Any:
        at = tuple(sorted(places))
        return [[Fraction(numbers[G.component(a, b), at]) for b in range(N)] for a in range(N)]

    theirs = MetricJet(
        metric=rows(), first=[rows(k) for k in range(N)], second=[[rows(k, m) for m in range(N)] for k in range(N)]
    )
    return theirs, JetPoint(draw=lambda *_: 0, numbers=dict(numbers), frames={G: (None, abs(int(frame.det())))})


def euler_at(density: Any, point: JetPoint, weights: Any) -> Fraction:
    found, _ = Sides(density, sp.S.Zero, G.components, False).at(Rationals(), point, weights)
    return Fraction(int(found.p), int(found.q)) / point.frames[G][1]


def weighted(seed: int) -> tuple[Any, Any]:
    rng = random.Random(seed)
    direction = {c: rng.randint(-2, 2) for c in G.components}
    return direction, [[Fraction(direction[G.component(a, b)]) for b in range(N)] for a in range(N)]


@pytest.mark.parametrize("seed", [1, 2])
def test_euler_operators_are_those_of_the_oracle(seed: int) -> None:
    theirs, mine = jet(seed)
    weights, direction = weighted(seed)
    density = VolumeElement(G) * ScalarCurvature(G)
    assert euler_at(density, mine, weights) == variational_derivative(curvature_density, theirs, direction, 2)
    einstein = theirs.raised_einstein
    assert euler_at(density, mine, weights) == -sum(
        einstein[a][b] * direction[a][b] for a in range(N) for b in range(N)
    )


def test_a_contraction_has_the_euler_operator_of_the_oracle() -> None:
    theirs, mine = jet(3)
    weights, direction = weighted(3)
    tensor = InverseMetric(G, "alpha", "beta") * InverseMetric(G, "mu", "gamma") * InverseMetric(G, "nu", "delta")
    density = VolumeElement(G) * model.quadratic_in_slopes(G, tensor)
    # The oracle names the indices of g_ab,m and g_cd,n.
    words = form_density({"ab mc nd": Fraction(1)})
    assert euler_at(density, mine, weights) == variational_derivative(words, theirs, direction, 1)


def test_the_remaining_density_has_the_euler_operator_of_the_curvature() -> None:
    moved: Any = without_second_slopes(step_of(3 * VolumeElement(G) * ScalarCurvature(G)), **CHOICES)
    theirs, mine = jet(4)
    weights, direction = weighted(4)
    assert euler_at(moved.result, mine, weights) == 3 * variational_derivative(curvature_density, theirs, direction, 2)
    assert not moved.result.has(SecondSlope)


def test_rules_compute_claims_that_hold_and_that_slips_spoil(holds_and_is_sharp: Callable[..., None]) -> None:
    laplacian = Contracted(
        InverseMetric(G, "alpha", "beta") * InverseMetric(G, "mu", "nu") * SecondSlope(G, "alpha", "beta", "mu", "nu")
    )
    density = VolumeElement(G) * (laplacian + 2 * ScalarCurvature(G))
    symbols: Any = curvature_by_symbols(step_of(density), **CHOICES)
    slopes: Any = by_slopes(step_of(symbols.statement.right), **CHOICES)
    moved: Any = without_second_slopes(step_of(slopes.statement.right), **CHOICES)
    tensor: Any = onsager_contraction(step_of(moved.result), **CHOICES)
    symmetric: Any = onsager_contraction(step_of(tensor.statement.right), **CHOICES, symmetric=True)
    for found in (symbols, slopes, moved, tensor, symmetric):
        holds_and_is_sharp(found.statement, slips=2)


def test_a_density_with_products_of_second_derivatives_is_refused() -> None:
    square = Contracted(
        InverseMetric(G, "a", "b") * InverseMetric(G, "c", "d") * SecondSlope(G, "a", "b", "c", "d")
    )  # fmt: skip
    other = Contracted(
        InverseMetric(G, "a", "c") * InverseMetric(G, "b", "d") * SecondSlope(G, "a", "b", "c", "d")
    )  # fmt: skip
    with pytest.raises(ValueError, match="second derivatives are left over"):
        without_second_slopes(step_of(square * other), **CHOICES)
    with pytest.raises(ValueError, match="two first derivatives"):
        onsager_contraction(step_of(square), **CHOICES)


def test_all_contractions_are_tried_and_one_is_left(holds_and_is_sharp: Callable[..., None]) -> None:
    assert len(contractions(G)) == 5
    found: Any = fitted_contraction(step_of(5 * VolumeElement(G) * ScalarCurvature(G)), **CHOICES)
    holds_and_is_sharp(found.statement, slips=2)
    assert "no free" in found.remark
    with pytest.raises(ValueError, match="no sum of the 5"):
        fitted_contraction(step_of(VolumeElement(G)), **CHOICES)


def test_in_three_dimensions_contractions_are_independent_and_in_two_they_are_not() -> None:
    found: Any = independent_contractions(step_of(sp.S.One), metric=G, seed=1)
    assert verify(found.statement).status in ("proved", "enclosed")
    assert [euler_values(model.metric_field(n), 1).rank() for n in (2, 3)] == [3, 5]


def test_coefficients_of_dependent_candidates_stay_free() -> None:
    one, other = {"t": sp.S.One}, {"t": sp.Integer(2)}
    values, free = matched({"t": sp.Integer(6)}, [one, other])  # type: ignore[dict-item]
    assert free == 1
    assert values[0] + 2 * values[1] == 6


def test_the_variation_of_any_multiple_is_recognized(holds_and_is_sharp: Callable[..., None]) -> None:
    density = VolumeElement(G) * (3 * ScalarCurvature(G) - 5)
    gravity: Any = variation_by_metric(step_of(density), **CHOICES, change=H)
    assert verify(gravity.statement).status == "proved"
    step = Derivation("d", title="d").append(
        "gravity", statement=gravity.statement, rule="", reason="", parents=(), result=gravity.result
    )
    matter: Any = variation_with_matter(step, **CHOICES, change=H, energy_momentum=T)
    holds_and_is_sharp(matter.statement, slips=2)
    assert "= 0" in matter.remark
    square = Contracted(
        InverseMetric(G, "a", "b") * InverseMetric(G, "c", "d") * InverseMetric(G, "e", "f")
        * Slope(G, "a", "b", "e") * Slope(G, "c", "d", "f")
    )  # fmt: skip
    with pytest.raises(ValueError, match="no sum of the 3"):
        variation_by_metric(step_of(VolumeElement(G) * square), **CHOICES, change=H)
