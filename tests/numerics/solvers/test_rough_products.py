"""Products in single precision make the directions and never the answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from numerics.orientation import layer_blocks
from numerics.solvers import single_precision
from numerics.solvers.bipartite_subspace import BipartiteSubspace
from numerics.solvers.certificate import certify
from numerics.solvers.critical_temperature import critical_temperature
from numerics.solvers.layered_bonds import LayeredBonds


@pytest.fixture
def always_rough() -> Iterator[None]:
    """Small networks too take their directions from single precision."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(single_precision, "WORTH_SINGLE", 0)
        yield


def degenerate(gaussian: Any) -> list[Any]:
    """The same network three times, side by side: every level is threefold."""
    return [np.kron(np.eye(3), w) for w in gaussian((9, 7, 6), seed=3)]


def strong_in_places(gaussian: Any, decades: float) -> list[Any]:
    """Neurons whose bonds spread over decades."""
    rng = np.random.default_rng(4)
    return [w * 10.0 ** rng.uniform(-decades, 0, (len(w), 1)) for w in gaussian((12, 30, 9, 20), seed=4)]


def networks(gaussian: Any) -> dict[str, list[Any]]:
    weights = gaussian((40, 30, 35, 20), seed=2)
    planted = [w + 2.5 * np.outer(*(np.ones(n) / np.sqrt(n) for n in w.shape)) for w in weights]
    return {
        "comes near": weights,
        "crosses": planted,
        "degenerate": degenerate(gaussian),
        "nearly degenerate": [np.kron(np.diag([1, 1 - 1e-9, 1 - 3e-8]), w) for w in gaussian((9, 7, 6), seed=3)],
        "an empty layer": [weights[0], 0 * weights[1], weights[2]],
        "unequal widths": gaussian((1, 60, 1, 3, 40, 2), seed=6),
        "a single bond": [np.array([[2.0]])],
        "deep": gaussian((3,) * 20, seed=7),
        "six decades": strong_in_places(gaussian, 6),
        "tiny numbers": [1e-200 * w for w in weights],
    }


NAMES = tuple(networks(lambda sizes, seed: [np.ones(shape) for shape in pairwise(sizes)]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("always_rough")
def test_the_answer_is_that_of_the_dense_scan(name: str, gaussian: Any, dense: Any) -> None:
    weights = networks(gaussian)[name]
    unit = max(np.abs(w).max() for w in weights)
    result, network = critical_temperature(weights, orientation="in-out"), dense([w / unit for w in weights])
    assert result.least_eigenvalue == pytest.approx(network.least(result.at_minimum * unit), abs=1e-10)
    _, least = network.minimum()
    assert result.least_eigenvalue == pytest.approx(least, abs=1e-10)
    crossing = network.first_crossing(0.0)
    assert result.first_crossing == (None if crossing is None else pytest.approx(crossing / unit, rel=1e-8))
    assert certify(weights, result, orientation="in-out").holds


@pytest.mark.usefixtures("always_rough")
def test_a_refined_pair_has_the_residual_of_fresh_products(gaussian: Any) -> None:
    bonds = LayeredBonds.from_blocks(layer_blocks(gaussian((90, 80, 85, 70), seed=3)))
    subspace = BipartiteSubspace(bonds, capacity=32, rng=np.random.default_rng(0))
    for _ in range(6):
        subspace.expand(*subspace.residuals(subspace.best(1.0, 1.0)), 2)
    rough = subspace.best(1.0, 1.0)
    error = np.linalg.norm(subspace.residuals(rough)[0] - fresh_residual(bonds, subspace, rough))
    assert 1e-9 < error < 10 * subspace.image_error(rough)
    refined = subspace.refine(rough, 1)
    np.testing.assert_allclose(subspace.residuals(refined)[0], fresh_residual(bonds, subspace, refined), atol=1e-12)
    assert subspace.image_error(refined) < 1e-12


def fresh_residual(bonds: LayeredBonds, subspace: BipartiteSubspace, pair: Any) -> Any:
    even, odd = subspace.vectors(pair)
    p, q = pair.weights
    return bonds.onto_even(odd) - pair.value * (p + q * bonds.reaction_even) * even


def test_rows_that_single_precision_cannot_hold_are_left_to_double(gaussian: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(single_precision, "WORTH_SINGLE", 0)
        weights = strong_in_places(gaussian, 14)
        assert not LayeredBonds.from_blocks(layer_blocks(weights)).has_rough_products
        assert LayeredBonds.from_blocks(layer_blocks(gaussian((5, 4), seed=1))).has_rough_products


def test_few_couplings_are_not_copied(gaussian: Any) -> None:
    assert not LayeredBonds.from_blocks(layer_blocks(gaussian((30, 20), seed=1))).has_rough_products


@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e30])
def test_weights_in_single_precision_are_not_copied_where_their_numbers_fit(scale: float, gaussian: Any) -> None:
    weights = [(scale * w).astype(np.float32) for w in gaussian((400, 400), seed=1)]
    found = single_precision.in_single(weights, scale, np.ones(800))
    assert (found is None) == (scale != 1.0)
    if found is not None:
        assert found[0][0] is weights[0]
