"""The loss about the mean state and the Gaussian window, step by step, against plain numbers, and wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.learning_thermodynamics import gaussian_window, partition_function, quadratic_loss
from derivations.rules.activation_window import (
    all_volumes,
    between,
    bounded_integral,
    centered,
    difference_of_logarithms,
    limit_of_error,
    stiff_expansion,
    tail_bound,
)
from derivations.rules.gaussian_components import below_logarithms, component_mean, mean_square
from derivations.rules.network_loss import (
    about_fixed_point,
    form_is_positive,
    in_powers_of_scale,
    linear_response,
    rotated_form,
    squares_as_form,
    with_defect,
    without_defect,
)
from theory import Definition
from theory.models import activation_window as window
from theory.models import learning
from theory.models import network_loss as model
from theory.statements import Inequality
from theory.sums import unroll

RULES = (
    all_volumes, between, bounded_integral, centered, difference_of_logarithms, limit_of_error, stiff_expansion,
    tail_bound, about_fixed_point, form_is_positive, in_powers_of_scale, linear_response, rotated_form, squares_as_form,
    with_defect, without_defect, below_logarithms, component_mean, mean_square,
)  # fmt: skip
LOSS, WINDOW, PARTITION = ALL = quadratic_loss.build(), gaussian_window.build(), partition_function.build()
STEPS = {f"{d.identifier}: {s.name}": s for d in (LOSS, WINDOW) for s in d if s.rule != "definition"}
BOUNDS = [name for name, step in STEPS.items() if isinstance(step.statement, Inequality)]
s, a = window.stiffness, window.shift


@pytest.mark.parametrize("name", [n for n in STEPS if n not in BOUNDS])
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Callable[..., None]) -> None:
    holds_and_is_sharp(STEPS[name].statement, slips=3)


@pytest.mark.parametrize(
    "step", [*(STEPS[n] for n in BOUNDS), PARTITION["what is dropped"]], ids=lambda step: step.name
)
def test_a_bound_holds_and_one_that_asks_for_more_is_refuted(step: Any) -> None:
    for claim in (step.statement, *step.obligations):
        assert verify(claim).holds is True
        more = claim.right + (1 if claim.relation == ">=" else -1)
        assert verify(claim.replaced(right=more)).status == "refuted"


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert [d.stated_steps for d in ALL] == [0, 0, 0]
    assert {rule.name for rule in RULES} <= {step.rule for d in ALL for step in d}


def network(seed: int = 5, n: int = 4) -> tuple[Any, ...]:
    """Weights, biases, a direction and the fixed point of a small tanh network."""
    rng = np.random.default_rng(seed)
    weights, biases, direction = rng.normal(size=(n, n)) / 3, rng.normal(size=n), rng.normal(size=n)
    fixed = np.zeros(n)
    for _ in range(400):
        fixed = np.tanh(weights @ fixed + biases)
    return weights, biases, direction, fixed


def loss_of(state: Any, weights: Any, biases: Any) -> float:
    return float(np.sum((state - np.tanh(weights @ state + biases)) ** 2) / 2)


def test_the_loss_of_a_network_is_the_form_of_g_up_to_third_order_at_a_fixed_point_only() -> None:
    weights, biases, direction, fixed = network()
    entry: Any = LOSS["quadratic form"].result
    slopes = 1 - fixed**2
    point = {model.n_neurons: sp.Integer(4)}
    point |= {model.slopes[n + 1]: slopes[n] for n in range(4)}
    point |= {model.weights[n + 1, m + 1]: weights[n, m] for n in range(4) for m in range(4)}

    def at(row: int, column: int) -> float:
        there = point | {model.j: sp.Integer(row + 1), model.k: sp.Integer(column + 1)}
        return float(unroll(entry, lambda atom: there.get(atom, atom)))

    matrix = np.array([[at(row, column) for column in range(4)] for row in range(4)])
    form = direction @ matrix @ direction / 2
    small = [1e-2, 1e-3]
    rest = [abs(loss_of(fixed + t * direction, weights, biases) - t**2 * form) for t in small]
    assert rest[1] < rest[0] / 500  # third order: a thousand times smaller
    elsewhere = fixed + 0.1
    rest = [abs(loss_of(elsewhere + t * direction, weights, biases) - t**2 * form) for t in small]
    assert rest[1] > rest[0] / 2  # a constant is left


def test_what_the_window_adds_is_what_two_quadratures_say() -> None:
    error: Any = WINDOW["error of the window"].result
    for stiffness, mean in ((0.3, 0.0), (2.0, 0.4), (9.0, -0.7)):

        def weight(y: float, stiffness: float = stiffness, mean: float = mean) -> float:
            return float(np.exp(-stiffness * (y - mean) ** 2 / 2))

        inside = quad(weight, -1, 1)[0]
        with_window = quad(lambda y: weight(y) * np.exp(-(y**2) / 2), -np.inf, np.inf)[0]
        assert float(error.subs({s: stiffness, a: mean})) == pytest.approx(np.log(with_window / inside), abs=1e-9)


def test_without_a_loss_the_window_adds_a_fifth_for_each_neuron() -> None:
    value: Any = WINDOW["all components at infinite temperature"].result
    assert float(value.subs(window.n_neurons, 854)) == pytest.approx(854 * np.log(np.sqrt(2 * np.pi) / 2), rel=1e-12)
    assert float(value.subs(window.n_neurons, 1)) == pytest.approx(0.2258, abs=5e-5)


def test_components_that_couple_through_the_faces_of_the_cube_have_another_integral() -> None:
    turn, values = np.pi / 4, (0.0, 8.0)
    grid = np.linspace(-1, 1, 801)
    x, y = np.meshgrid(grid, grid)
    along = (np.cos(turn) * x + np.sin(turn) * y, -np.sin(turn) * x + np.cos(turn) * y)
    exponent = np.exp(-sum(v * c**2 for v, c in zip(values, along, strict=True)) / 2)
    turned = np.trapezoid(np.trapezoid(exponent, grid), grid)
    plain = np.prod([quad(lambda c, v=v: np.exp(-v * c**2 / 2), -1, 1)[0] for v in values])
    assert turned > 1.1 * plain


def test_the_mean_of_the_windowed_ensemble_lies_below_the_mean_it_is_expanded_about() -> None:
    mean: Any = PARTITION["mean of a component"].result
    at = {learning.inverse_temperature: 2, learning.eigenvalue: 3, learning.stiffness: 1, learning.shift: 0.5}
    assert float(mean.subs(at)) == pytest.approx(0.5 * 6 / 7)


def test_a_mean_square_of_neurons_that_saturate_together_does_not_vanish() -> None:
    for n in (10, 1000):
        states = np.tanh(np.full(n, 0.8))
        assert np.mean(states**2) == pytest.approx(np.tanh(0.8) ** 2)


def test_errors_at_the_mean_state_and_other_shapes_are_refused() -> None:
    d = Derivation("other")
    loss = d.define(Definition(model.loss, model.loss_about(model.mean_state[model.i])))
    powers: dict[str, Any] = {"scale": model.scale, "argument": model.argument, "domain": model.loss_domain()}
    with pytest.raises(ValueError, match="one sum over the neurons"):
        d.apply(in_powers_of_scale, loss, order=3, **powers)
    second, squares = LOSS["second order"], LOSS["quadratic form"]
    with pytest.raises(ValueError, match="expected the squares"):
        d.apply(
            about_fixed_point, second, squares, slope=model.slopes[model.i], value=model.slope_at(model.i),
            scale=model.scale, domain=model.loss_domain(),
        )  # fmt: skip
