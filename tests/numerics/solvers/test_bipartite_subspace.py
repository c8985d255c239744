"""The projected problem against dense generalized eigenvalues, and the honesty of stored products."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import scipy.linalg

from numerics.orientation import layer_blocks
from numerics.solvers.bipartite_subspace import BipartiteSubspace
from numerics.solvers.layered_bonds import LayeredBonds
from numerics.solvers.ritz_pair import weights_at


def filled(weights: list[Any], log_beta: float, n_steps: int) -> tuple[LayeredBonds, BipartiteSubspace]:
    bonds = LayeredBonds.from_blocks(layer_blocks(weights, orientation="in-out"))
    subspace = BipartiteSubspace(bonds, capacity=32, rng=np.random.default_rng(0))
    subspace.rebase(subspace.best(*weights_at(log_beta)), 32)
    for _ in range(n_steps):
        subspace.expand(*subspace.residuals(subspace.best(*weights_at(log_beta))))
    return bonds, subspace


def dense_ratio(network: Any, scale: float, p: float, q: float) -> float:
    metric = np.diag(p + q * network.reaction / scale**2)
    return float(scipy.linalg.eigh(network.bonds / scale, metric, eigvals_only=True)[-1])


@pytest.mark.parametrize("log_beta", [-math.inf, -1.0, 0.0, 0.7, math.inf])
def test_a_full_subspace_has_the_dense_ratio(log_beta: float, gaussian: Any, dense: Any) -> None:
    weights = gaussian((9, 6, 8, 3), seed=1)
    bonds, subspace = filled(weights, log_beta, 12)
    p, q = weights_at(log_beta)
    pair = subspace.best(p, q)
    assert pair.value == pytest.approx(dense_ratio(dense(weights), bonds.scale, p, q), rel=1e-12)
    assert 1 / pair.value == pytest.approx(p * pair.unit_ratio + q * pair.reaction_ratio, rel=1e-12)


@pytest.mark.parametrize("n_steps", [0, 1, 4, 9])
def test_a_subspace_never_overestimates_the_ratio(n_steps: int, gaussian: Any, dense: Any) -> None:
    weights = gaussian((40, 30, 35, 20), seed=2)
    bonds, subspace = filled(weights, 0.3, n_steps)
    for log_beta in (-1.0, 0.3, 1.0):
        exact = dense_ratio(dense(weights), bonds.scale, *weights_at(log_beta))
        assert subspace.best(*weights_at(log_beta)).value <= exact * (1 + 1e-13)


def test_residuals_from_stored_products_are_those_of_fresh_products(gaussian: Any) -> None:
    bonds, subspace = filled(gaussian((40, 30, 35, 20), seed=3), 0.2, 6)
    pair = subspace.rebase(subspace.best(*weights_at(0.4)), 5)
    even, odd = subspace.vectors(pair)
    p, q = pair.weights
    stored_even, stored_odd = subspace.residuals(pair)
    np.testing.assert_allclose(
        stored_even, bonds.onto_even(odd) - pair.value * (p + q * bonds.reaction_even) * even, atol=1e-13
    )
    np.testing.assert_allclose(
        stored_odd, bonds.onto_odd(even) - pair.value * (p + q * bonds.reaction_odd) * odd, atol=1e-13
    )


def test_rebasing_keeps_the_best_vectors_and_makes_them_orthonormal(gaussian: Any) -> None:
    _, subspace = filled(gaussian((40, 30, 35, 20), seed=3), 0.2, 8)
    before = subspace.best(*weights_at(0.5))
    after = subspace.rebase(before, 4)
    p, q = weights_at(0.5)
    assert subspace.even.size == subspace.odd.size == 4
    assert after.value == pytest.approx(before.value, rel=1e-13)
    assert after.second_value == pytest.approx(before.second_value, rel=1e-13)
    vectors, metric = subspace.even.vectors, p + q * subspace.even.reaction
    np.testing.assert_allclose(vectors.T @ (metric[:, None] * vectors), np.eye(4), atol=1e-13)


@pytest.mark.parametrize("sizes", [(5, 4), (3, 1, 4, 1, 5), (2, 3, 4, 5)], ids=str)
def test_half_products_are_those_of_the_bond_matrix(sizes: Any, gaussian: Any, dense: Any) -> None:
    weights = gaussian(sizes, seed=4)
    bonds = LayeredBonds.from_blocks(layer_blocks(weights, orientation="in-out"))
    rng = np.random.default_rng(5)
    even, odd = rng.standard_normal(sum(sizes[0::2])), rng.standard_normal(sum(sizes[1::2]))
    product = bonds.scale * bonds.join(bonds.onto_even(odd), bonds.onto_odd(even))
    np.testing.assert_allclose(product, dense(weights).bonds @ bonds.join(even, odd), atol=1e-14)
    reaction = bonds.scale**2 * bonds.join(bonds.reaction_even, bonds.reaction_odd)
    np.testing.assert_allclose(reaction, dense(weights).reaction, rtol=1e-14)
    assert bonds.count.products == 1
