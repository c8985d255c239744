"""Weights in either orientation become the blocks J^(k), shape (N_{k-1}, N_k)."""

from __future__ import annotations

import numpy as np
import pytest

from numerics.orientation import layer_blocks, layer_sizes

CHAIN = [np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4)]


def test_a_chain_that_fits_one_way_needs_no_option() -> None:
    inward = layer_blocks(CHAIN)
    outward = layer_blocks([w.T for w in CHAIN])
    assert layer_sizes(inward) == layer_sizes(outward) == (2, 3, 4)
    for a, b, w in zip(inward, outward, CHAIN, strict=True):
        np.testing.assert_array_equal(a, w)
        np.testing.assert_array_equal(b, w)


def test_square_chains_follow_the_option() -> None:
    square = [np.arange(4.0).reshape(2, 2), np.ones((2, 2))]
    np.testing.assert_array_equal(layer_blocks(square, orientation="in-out")[0], square[0])
    np.testing.assert_array_equal(layer_blocks(square, orientation="out-in")[0], square[0].T)


def test_a_single_matrix_needs_no_option() -> None:
    assert layer_sizes(layer_blocks([np.ones((2, 3))])) == (2, 3)
    assert layer_sizes(layer_blocks([np.ones((2, 3))], orientation="out-in")) == (3, 2)


def test_double_precision_weights_are_not_copied() -> None:
    assert all(np.shares_memory(a, b) for a, b in zip(layer_blocks(CHAIN), CHAIN, strict=True))


def test_a_broken_chain_names_the_pair_that_breaks_its_likelier_orientation() -> None:
    shapes = [(3, 2), (4, 3), (5, 4), (6, 7)]
    with pytest.raises(ValueError, match=r"found \(5, 4\) for weight 3 and \(6, 7\) for weight 4.*'out-in'"):
        layer_blocks([np.ones(shape) for shape in shapes])


def test_finite_weights_whose_sum_overflows_are_accepted() -> None:
    assert layer_sizes(layer_blocks([np.full((2, 3), 1.7e308)])) == (2, 3)
