"""Feedforward networks with any number of layers: each step, wrong ones, and networks with numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.verify import verify
from derivations.learning_thermodynamics import feedforward
from derivations.rules.layered_powers import (
    closed_paths,
    high_powers,
    inverse_by_powers,
    longer_paths,
    nothing_beyond,
    power_blocks,
)
from derivations.rules.skewed_spectrum import (
    cubed_logarithm,
    leading_skewness,
    odd_sum,
    paired_spectrum,
    skewness_in_a_row,
    squared_powers,
    trace_of_form,
    trace_of_inverse,
)
from derivations.rules.spectral_split import large_part, opposite_sums, split_form
from derivations.rules.unit_determinants import (
    climbing_polynomial,
    determinant_at_one,
    product_determinant,
    shifted_polynomial,
    sum_of_logarithms,
    unit_determinant,
)
from theory.domain import Domain
from theory.models import feedforward as model
from theory.statements import Identity
from theory.sums import Sigma, unroll

RULES = (
    nothing_beyond, high_powers, power_blocks, closed_paths, longer_paths, inverse_by_powers, climbing_polynomial,
    determinant_at_one, shifted_polynomial, product_determinant, unit_determinant, sum_of_logarithms, squared_powers,
    trace_of_form, trace_of_inverse, odd_sum, cubed_logarithm, leading_skewness, skewness_in_a_row,
    split_form, large_part, opposite_sums, paired_spectrum,
)  # fmt: skip
FEEDFORWARD = feedforward.build()
ZERO = [s for s in FEEDFORWARD if getattr(s.statement, "right", None) == 0]
OTHERS = [s for s in FEEDFORWARD if s not in ZERO]
LAYERS = (3, 4, 2, 3)


def network(rng: np.random.Generator, sizes: tuple[int, ...] = LAYERS, spread: float = 0.6) -> np.ndarray:
    """The response of a random network, one layer after the other."""
    starts = np.cumsum((0, *sizes))
    matrix = np.zeros((starts[-1], starts[-1]))
    for k in range(len(sizes) - 1):
        block = spread * rng.normal(size=(sizes[k + 1], sizes[k]))
        matrix[starts[k + 1] : starts[k + 2], starts[k] : starts[k + 1]] = block
    return matrix


def quadratic(matrix: np.ndarray) -> np.ndarray:
    less = np.eye(len(matrix)) - matrix
    return less.T @ less


def point(matrix: np.ndarray, sizes: tuple[int, ...] = LAYERS) -> Any:
    """Values of the families of the model for a network; slopes are one."""
    numbers = [k + 1 for k, size in enumerate(sizes) for _ in range(size)]

    def look(atom: Any) -> Any:
        if atom == model.n_neurons:
            return sp.Integer(len(matrix))
        if atom == model.n_layers:
            return sp.Integer(len(sizes))
        if getattr(atom, "base", None) == model.layer:
            return sp.Integer(numbers[int(atom.indices[0]) - 1])
        if getattr(atom, "base", None) == model.weights:
            return sp.Float(matrix[int(atom.indices[0]) - 1, int(atom.indices[1]) - 1], 20)
        return sp.Integer(1) if getattr(atom, "base", None) == model.slopes else atom

    return look


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert FEEDFORWARD.stated_steps == 0
    assert {rule.name for rule in RULES} == {step.rule for step in FEEDFORWARD}


@pytest.mark.parametrize("step", OTHERS, ids=lambda s: s.name)
def test_a_step_holds_and_slips_in_it_are_refuted(step: Any, holds_and_is_sharp: Any) -> None:
    holds_and_is_sharp(step.statement, slips=2)


@pytest.mark.parametrize("step", ZERO, ids=lambda s: s.name)
def test_what_vanishes_is_not_one(step: Any) -> None:
    assert verify(step.statement).status == "proved"
    assert verify(step.statement.replaced(right=sp.S.One)).status == "refuted"


@pytest.mark.parametrize("step", [s for s in FEEDFORWARD if s.obligations], ids=lambda s: s.name)
def test_what_a_step_needs_holds(step: Any) -> None:
    for need in step.obligations:
        assert verify(need).holds is True


def test_the_sum_over_paths_is_the_power_of_the_matrix() -> None:
    sizes = (1, 1, 2)
    matrix = network(np.random.default_rng(5), sizes)
    entry, look = model.power_entry(model.response, sp.Integer(2)), point(matrix, sizes)
    places: list[Any] = [
        {model.i: sp.Integer(row), model.j: sp.Integer(column)} for row in range(1, 5) for column in range(1, 5)
    ]
    written = [float(unroll(entry, lambda atom, at=at: at.get(atom, look(atom)))) for at in places]
    np.testing.assert_allclose(written, (matrix @ matrix).ravel(), atol=1e-14)
    assert abs(np.array(written)).max() > 0.01


def test_det_g_is_one_and_the_inverse_has_the_squares_of_all_powers() -> None:
    matrix = network(np.random.default_rng(6))
    form = quadratic(matrix)
    assert np.linalg.det(form) == pytest.approx(1, rel=1e-9)
    squares = sum(np.linalg.norm(np.linalg.matrix_power(matrix, n)) ** 2 for n in range(len(LAYERS)))
    assert np.trace(np.linalg.inv(form)) == pytest.approx(squares, rel=1e-9)


def test_the_odd_sum_is_minus_half_of_the_squares_of_higher_powers() -> None:
    matrix = network(np.random.default_rng(7))
    logarithms = np.log(np.linalg.eigvalsh(quadratic(matrix)))
    derived = FEEDFORWARD["odd sum of the spectrum"].result
    assert isinstance(-2 * derived, Sigma)
    higher = sum(np.linalg.norm(np.linalg.matrix_power(matrix, n)) ** 2 for n in range(2, len(LAYERS)))
    assert np.sinh(logarithms).sum() == pytest.approx(-higher / 2, rel=1e-9)
    small = unroll(derived, point(network(np.random.default_rng(8), (1, 2, 1)), (1, 2, 1)))
    matrix = network(np.random.default_rng(8), (1, 2, 1))
    assert float(small) == pytest.approx(np.sinh(np.log(np.linalg.eigvalsh(quadratic(matrix)))).sum(), rel=1e-9)


def test_the_leading_skewness_is_reached_with_an_error_of_the_sixth_order() -> None:
    matrix = network(np.random.default_rng(9), (2, 2, 1, 2), 1.0)
    derived = float(unroll(FEEDFORWARD["leading skewness"].result, point(matrix, (2, 2, 1, 2))))
    assert derived == pytest.approx(-3 * np.linalg.norm(matrix @ matrix) ** 2, rel=1e-12)
    misses = []
    for scale in (0.08, 0.04):
        third = (np.log(np.linalg.eigvalsh(quadratic(scale * matrix))) ** 3).sum()
        misses.append(third - scale**4 * derived)
    assert misses[0] / misses[1] == pytest.approx(2**6, rel=0.1)
    assert abs(misses[1]) < 0.2 * abs(0.04**4 * derived)


@pytest.mark.parametrize("weights", [(1.0, 1.0), (0.3, -2.0), (5.0, 0.1)])
def test_three_neurons_in_a_row_have_a_negative_skewness(weights: tuple[float, float]) -> None:
    a, b = weights
    matrix = np.array([[0, 0, 0], [a, 0, 0], [0, b, 0]])
    logarithms = np.log(np.linalg.eigvalsh(quadratic(matrix)))
    value = float(FEEDFORWARD["three neurons in a row"].result.subs({model.first_weight: a, model.second_weight: b}))
    assert np.prod(2 * np.sinh(logarithms / 2)) == pytest.approx(value, rel=1e-9)
    assert (logarithms**3).sum() < 0


def test_without_a_second_power_the_spectrum_is_that_of_its_inverse() -> None:
    shallow, deep = network(np.random.default_rng(3), (4, 3)), network(np.random.default_rng(3), (4, 3, 2))
    for matrix, symmetric in ((shallow, True), (deep, False)):
        values = np.linalg.eigvalsh(quadratic(matrix))
        assert np.allclose(values, np.sort(1 / values)) is symmetric


def test_a_nilpotent_matrix_alone_has_not_all_this() -> None:
    """Not in layers: w^2 = 0, but slopes spoil it."""
    w, slopes = np.array([[1.0, -1.0], [1.0, -1.0]]), np.diag([1.0, 2.0])
    assert not (w @ w).any()
    assert np.linalg.det(quadratic(slopes @ w)) == pytest.approx(4)


def test_a_power_of_one_step_less_need_not_vanish() -> None:
    entry = model.power_entry(model.response, model.n_layers - 1)
    k = sp.Symbol("k", integer=True)
    sets = {
        **model.feedforward_domain().restricted(entry).sets,
        model.n_neurons: sp.FiniteSet(3),
        model.n_layers: sp.FiniteSet(3),
    }
    assert verify(Identity(entry, 0, Domain(sets, [sp.Eq(model.layer[k], k)]))).status == "refuted"


@pytest.mark.parametrize(
    ("name", "lost"),
    [("inverse of one minus the response", 2), ("trace of the inverse of G", 2), ("trace of the inverse of G", 3)],
)
def test_no_power_may_be_left_out(name: str, lost: int) -> None:
    claim: Any = FEEDFORWARD[name].obligations[-1]
    assert verify(claim).holds is True
    side = "left" if name.startswith("inverse") else "right"
    before = getattr(claim, side)
    assert verify(claim.replaced(**{side: without_power(before, lost)})).status == "refuted"


def without_power(expression: Any, lost: int) -> Any:
    """The sum over powers 0 to L - 1 without one of them."""

    def less(node: Any) -> Any:
        body, index = node.opened()
        return Sigma(body * (1 - sp.KroneckerDelta(index, lost)), (index, node.lower, node.upper))

    return expression.replace(lambda e: isinstance(e, Sigma) and e.upper == model.n_layers - 1, less)


@pytest.mark.parametrize("n_layers", [2, 3])
def test_the_inverse_has_the_form_without_hidden_layers_alone(n_layers: int) -> None:
    step: Any = FEEDFORWARD["spectrum without hidden layers"]
    ties = [c for c in model.staircase().constraints if c not in step.statement.domain.constraints]
    sets = {model.n_layers: sp.FiniteSet(n_layers), model.n_neurons: sp.FiniteSet(3)}
    for claim in (step.statement, *step.obligations):
        found = verify(claim.replaced(domain=claim.domain.extended(sets, ties)))
        assert found.holds is (n_layers == 2)
