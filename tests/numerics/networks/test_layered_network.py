from itertools import pairwise

import numpy as np
import pytest

from numerics.networks.layered import LayeredNetwork, error_rate


def chain(*sizes: int) -> tuple[np.ndarray, ...]:
    return tuple(np.ones((a, b)) for a, b in pairwise(sizes))


def test_layer_sizes_are_read_from_the_weights() -> None:
    assert LayeredNetwork(weights=chain(3, 2, 4)).layer_sizes == (3, 2, 4)


def test_biases_left_out_are_zero_in_the_type_of_the_weights() -> None:
    network = LayeredNetwork(weights=tuple(w.astype(np.float32) for w in chain(3, 2, 4)))
    assert [b.shape for b in network.biases] == [(2,), (4,)]
    assert all(b.dtype == np.float32 and not b.any() for b in network.biases)


def test_a_record_does_not_follow_the_arrays_it_was_made_of() -> None:
    weights = chain(2, 2)
    network = LayeredNetwork(weights=weights)
    weights[0][0, 0] = 7
    assert network.weights[0][0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0][0, 0] = 7


def test_outputs_rectify_the_hidden_layers_but_not_the_last() -> None:
    # One neuron a layer: x -> max(0, 2 x - 1) -> -3 max(0, 2 x - 1) + 0.5.
    network = LayeredNetwork(
        weights=(np.array([[2.0]]), np.array([[-3.0]])), biases=(np.array([-1.0]), np.array([0.5]))
    )
    assert network.outputs(np.array([[0.0], [2.0]])).ravel().tolist() == [0.5, -8.5]


def test_error_rate_counts_wrong_answers_over_several_blocks_of_rows() -> None:
    network = LayeredNetwork(weights=(np.eye(3),))
    inputs = np.eye(3)[np.arange(3000) % 3]
    labels = np.arange(3000) % 3
    labels[:300] = (labels[:300] + 1) % 3
    assert error_rate(network, inputs, labels) == 0.1


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ((), "at least one weight matrix"),
        ((np.ones((2, 3)), np.ones((2, 3))), r"\(2, 3\) and weights\[1\] has shape \(2, 3\)"),
        ((np.ones(3),), "2 dimension"),
        ((np.ones((0, 3)),), "non-empty"),
        ((np.array([[1.0, np.nan]]),), "1 entries that are not finite"),
    ],
)
def test_weights_that_are_no_chain_of_finite_matrices_are_refused(
    weights: tuple[np.ndarray, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        LayeredNetwork(weights=weights)


@pytest.mark.parametrize("entries", [[[1, 2]], [[1j]], [["a"]], [[None]]])
def test_weights_that_are_not_floating_point_are_refused(entries: list[list[object]]) -> None:
    with pytest.raises(TypeError, match="floating-point"):
        LayeredNetwork(weights=(np.array(entries),))


def test_biases_of_another_layer_are_refused() -> None:
    with pytest.raises(ValueError, match="one vector a layer"):
        LayeredNetwork(weights=chain(3, 2), biases=(np.zeros(3),))


def test_inputs_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(n_samples, 3\), found \(1, 2\)"):
        LayeredNetwork(weights=chain(3, 2)).outputs(np.ones((1, 2)))
