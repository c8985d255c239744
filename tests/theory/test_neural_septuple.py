"""Septuples with given matrices: dynamics, layers, losses, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from theory.models.septuple import NeuralSeptuple, projection_on

HALF = sp.Rational(1, 2)


def bent(y: Any) -> Any:
    """The identity below 0 and twice it above."""
    return y + sp.Max(y, 0)


def chain(**changes: Any) -> NeuralSeptuple:
    """Two inputs, one hidden neuron, one output."""
    parts: dict[str, Any] = {
        "weights": [[0, 0, 0, 0], [0, 0, 0, 0], [1, -2, 0, 0], [0, 0, 3, 0]],
        "bias": [1, 2, HALF, -1],
        "inputs": projection_on([1, 2], 4),
        "outputs": projection_on([4], 4),
        "activation": bent,
    }
    return NeuralSeptuple(**{**parts, **changes})


DATA = sp.Matrix([2, 4, 0, 5])
"""f(b) on both inputs, and a wanted output."""


def test_states_settle_after_one_step_less_than_there_are_layers() -> None:
    network = chain()
    assert network.layers == (1, 1, 2, 3)
    assert network.is_feedforward
    first, *later = network.states(DATA, 5)
    assert first == sp.Matrix([2, 4, 0, 0])
    assert later[1:] == [later[1]] * 4
    assert later[0] != later[1] == network.fixed_state(DATA)
    assert network.bulk_loss(network.fixed_state(DATA)) == 0


def test_powers_of_the_weights_vanish_from_the_number_of_layers_on() -> None:
    network = chain()
    assert network.n_layers == 3
    assert (network.weights**3).is_zero_matrix
    assert not (network.weights**2).is_zero_matrix


def test_an_input_with_another_bias_moves_away() -> None:
    network = chain(bias=[1, 3, HALF, -1])
    assert not network.clamps_inputs(DATA)
    with pytest.raises(ValueError, match="an input moves away"):
        network.fixed_state(DATA)
    assert network.states(DATA, 1)[1][1] == 6


def test_the_printed_input_condition_asks_more_than_is_needed() -> None:
    assert chain().clamps_inputs(DATA)
    assert chain().satisfies_printed_condition(DATA)
    logistic = chain(activation=lambda y: 1 / (1 + sp.exp(-y)), bias=[0, 0, HALF, -1])
    data = sp.Matrix([HALF, HALF, 0, 0])
    assert logistic.clamps_inputs(data)
    assert not logistic.satisfies_printed_condition(data)


def test_losses_are_half_of_squared_errors() -> None:
    network = chain(mass=2)
    state: Any = sp.Matrix([2, 4, 1, 0])
    received = network.weights * state + network.bias
    errors = [state[n] - bent(received[n]) for n in range(4)]
    assert network.bulk_loss(state) == sum(e**2 for e in errors) / 2 - sum(x**2 for x in state)
    assert network.boundary_loss(state, DATA) == sp.Rational(25, 2)
    assert network.boundary_loss(sp.Matrix([0, 4, 9, 5]), DATA) == 2


def test_g_is_that_of_numerical_slopes() -> None:
    rng = np.random.default_rng(2)
    weights = rng.integers(-3, 4, size=(3, 3))
    network = NeuralSeptuple(
        weights=weights.tolist(),
        bias=[HALF, 0, -1],
        inputs=sp.zeros(3, 3),
        outputs=sp.zeros(3, 3),
        activation=(sp.tanh, sp.sin, sp.tanh),
    )
    state = sp.Matrix([HALF, -HALF, sp.Rational(1, 3)])
    at = np.array(state, dtype=float).ravel()

    def after(x: np.ndarray) -> np.ndarray:
        y = weights @ x + np.array([0.5, 0, -1])
        return np.array([np.tanh(y[0]), np.sin(y[1]), np.tanh(y[2])])

    step = 1e-6
    slopes = np.array([(after(at + step * e) - after(at - step * e)) / (2 * step) for e in np.eye(3)]).T
    less = np.eye(3) - slopes
    found = np.array(network.quadratic_form(state).evalf(), dtype=float)
    np.testing.assert_allclose(found, less.T @ less, atol=1e-8)


def test_a_network_with_cycles_has_no_layers() -> None:
    network = chain(weights=[[0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 1], [0, 0, 1, 0]])
    assert network.layers is None
    assert not network.is_feedforward
    with pytest.raises(ValueError, match="form a cycle"):
        network.fixed_state(DATA)


def test_a_connection_into_an_input_is_no_feedforward_network() -> None:
    network = chain(weights=[[0, 0, 0, 0], [0, 0, 0, 0], [1, -2, 0, 0], [0, 0, 3, 0]], outputs=projection_on([3], 4))
    assert network.layers == (1, 1, 2, 3)
    assert not network.is_feedforward


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"weights": sp.zeros(4, 3)}, "weights connect N neurons"),
        ({"bias": [1, 2, 3]}, r"bias of this network have the shape \(4, 1\); found \(3, 1\)"),
        ({"inputs": projection_on([1], 3)}, r"inputs of this network have the shape \(4, 4\)"),
        ({"inputs": 2 * projection_on([1], 4)}, "inputs is a projection"),
        ({"outputs": sp.ones(4, 4) / 4}, "projects on a set of neurons"),
        ({"outputs": projection_on([2, 4], 4)}, r"found the neurons \[2\] in both"),
        ({"activation": (sp.tanh, sp.tanh)}, "one for each of 4 neurons; found 2"),
        ({"bias": [1, 2, sp.I, 0]}, "bias of this network are real; found I"),
        ({"state": [0]}, "state of this network have the shape"),
    ],
)
def test_what_is_no_septuple_is_refused(changes: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        chain(**changes)


def test_neurons_are_counted_from_one() -> None:
    assert projection_on([1], 2) == sp.Matrix([[1, 0], [0, 0]])
    with pytest.raises(ValueError, match="counted from 1 to 2"):
        projection_on([0], 2)


def test_boundary_data_have_the_shape_of_the_state() -> None:
    with pytest.raises(ValueError, match=r"boundary data of this network have the shape \(4, 1\)"):
        chain().states([1, 2], 1)
