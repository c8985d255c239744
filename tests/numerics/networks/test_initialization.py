from math import sqrt

import numpy as np
import pytest

from numerics.networks.initialization import (
    RECTIFIER_WEIGHT_VARIANCE,
    STANDARD_LAYER_SIZES,
    sample_network,
    sample_standard_network,
    sample_weights,
)

# Five standard errors of a Gaussian mean: a right sampler fails once in 1.7 million seeds.
GATE = 5.0


def variance_deviation(weights: np.ndarray, variance: float) -> float:
    """Mean square of the entries less `variance`, in standard errors of that mean for Gaussian entries."""
    standard_error = variance * sqrt(2 / weights.size)
    return abs(float(np.mean(weights**2)) - variance) / standard_error


def test_entries_have_variance_c_over_the_size_of_the_layer_they_leave() -> None:
    sizes, variances = (300, 200, 400), (0.5, 3.0)
    weights = sample_weights(sizes, variances, np.random.default_rng(1))
    for k, (w, c) in enumerate(zip(weights, variances, strict=True)):
        assert variance_deviation(w, c / sizes[k]) < GATE
        assert abs(w.mean()) < GATE * w.std() / sqrt(w.size)


def test_the_gate_rejects_division_by_the_size_of_the_next_layer() -> None:
    weights = sample_weights((300, 200), (0.5,), np.random.default_rng(1))
    assert variance_deviation(weights[0], 0.5 / 200) > GATE


def test_weights_are_gaussian_in_their_fourth_moment() -> None:
    (w,) = sample_weights((400, 500), (400.0,), np.random.default_rng(2))
    # E z^4 = 3 and Var z^4 = 105 - 9; entries of a uniform law would give 1.8.
    assert abs(np.mean(w**4) - 3) < GATE * sqrt(96 / w.size)


def test_the_same_generator_state_gives_the_same_weights() -> None:
    first = sample_weights((5, 4, 3), (1.0, 2.0), np.random.default_rng(7))
    again = sample_weights((5, 4, 3), (1.0, 2.0), np.random.default_rng(7))
    other = sample_weights((5, 4, 3), (1.0, 2.0), np.random.default_rng(8))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


def test_the_standard_network_has_the_printed_sizes_and_no_field() -> None:
    network = sample_standard_network(np.random.default_rng(0))
    assert network.layer_sizes == STANDARD_LAYER_SIZES == (784, 512, 512, 512, 10)
    assert not any(bias.any() for bias in network.biases)


def test_variance_two_keeps_the_size_of_a_rectified_signal_and_variance_one_halves_it() -> None:
    rng = np.random.default_rng(3)
    width, n_layers = 1500, 4
    sizes = (width,) * (n_layers + 1)
    inputs = rng.standard_normal((50, width))

    def growth(variance: float) -> float:
        """Second moment of the output in units of the one after a single layer."""
        network = sample_network(sizes, (variance,) * n_layers, rng)
        return float(np.mean(network.outputs(inputs) ** 2)) / variance

    # At given weights each layer multiplies the signal's size by 1 + O(width^-1/2): the relative variance
    # of the mean of max(z, 0)^2 over a layer is Var(2 max(z, 0)^2) / width = 5 / width.
    gate = GATE * sqrt(n_layers * 5 / width)
    assert abs(growth(RECTIFIER_WEIGHT_VARIANCE) - 1) < gate
    assert abs(growth(1.0) - 1) > gate


@pytest.mark.parametrize(
    ("sizes", "variances", "error", "message"),
    [
        ((5,), (), ValueError, "at least two layers"),
        ((5, 0), (1.0,), ValueError, r"layer_sizes\[1\] must be at least 1, found 0"),
        ((5, 2.0), (1.0,), TypeError, r"layer_sizes\[1\] must be an integer"),
        ((5, 4), (1.0, 1.0), ValueError, "one entry fewer than layer_sizes, 1, found 2"),
        ((5, 4), 1.0, TypeError, r"write \(1.0,\) \* 1"),
        ((5, 4), (0.0,), ValueError, "C_1 must be positive"),
        ((5, 4), (float("nan"),), ValueError, "C_1 must be positive and finite"),
        ((5, 4), ("1",), TypeError, "C_1 must be a real number"),
    ],
)
def test_sizes_and_variances_that_do_not_fit_are_named(
    sizes: tuple[int, ...], variances: tuple[float, ...], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        sample_weights(sizes, variances, np.random.default_rng(0))
