"""Certificates: true results are proved, and wrong ones of every kind are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from numerics.orientation import layer_blocks
from numerics.solvers.block_cholesky import is_positive_definite
from numerics.solvers.certificate import certify
from numerics.solvers.critical_temperature import critical_temperature
from numerics.solvers.layered_bonds import LayeredBonds


def strong_beside_weak(gaussian: Any) -> list[Any]:
    """Two uncoupled networks: a shallow early dip and a deep late one."""
    strong, weak = [20 * w for w in gaussian((9, 7, 6), seed=3)], gaussian((30, 25, 20), seed=2)
    return [
        np.block([[a, np.zeros((len(a), b.shape[1]))], [np.zeros((len(b), a.shape[1])), b]])
        for a, b in zip(strong, weak, strict=True)
    ]


@pytest.mark.parametrize("sizes", [(1, 1), (1, 9), (30, 20, 10), (12, 40, 9), (40, 6, 40), (5, 4, 3, 4, 5, 6)], ids=str)
@pytest.mark.parametrize("threshold", [0.0, 0.8])
def test_results_are_certified(sizes: Any, threshold: float, gaussian: Any) -> None:
    weights = gaussian(sizes, seed=1)
    result = critical_temperature(weights, threshold=threshold, orientation="in-out")
    certificate = certify(weights, result, orientation="in-out")
    assert certificate.holds
    assert certificate.first_crossing is (True if result.crosses else None)
    assert certificate.refuted_at is None
    assert certificate.n_factorizations > 2


def test_a_minimum_that_is_touched_is_certified_as_a_crossing(gaussian: Any) -> None:
    weights = gaussian((30, 20, 10), seed=1)
    threshold = critical_temperature(weights).least_eigenvalue
    assert certify(weights, critical_temperature(weights, threshold=threshold)).first_crossing is True


def test_two_dips_are_certified(gaussian: Any) -> None:
    weights = strong_beside_weak(gaussian)
    assert certify(weights, critical_temperature(weights, threshold=0.6)).holds


def test_the_later_of_two_crossings_is_refuted(gaussian: Any) -> None:
    weights, alone = strong_beside_weak(gaussian), gaussian((30, 25, 20), seed=2)
    result = critical_temperature(weights, threshold=0.6)
    later = critical_temperature(alone, threshold=0.6).first_crossing
    certificate = certify(weights, replace(result, first_crossing=later))
    assert certificate.first_crossing is False
    assert certificate.minimum
    assert certificate.refuted_at is not None
    assert certificate.refuted_at < later


def test_the_shallower_of_two_minima_is_refuted(gaussian: Any) -> None:
    weights = strong_beside_weak(gaussian)
    strong = critical_temperature([20 * w for w in gaussian((9, 7, 6), seed=3)])
    wrong = replace(
        critical_temperature(weights), at_minimum=strong.at_minimum, least_eigenvalue=strong.least_eigenvalue
    )
    certificate = certify(weights, wrong)
    assert not certificate.minimum
    assert certificate.refuted_at is not None


@pytest.mark.parametrize("change", [1e-6, -1e-6])
def test_a_minimum_off_in_the_sixth_digit_is_not_certified(change: float, gaussian: Any) -> None:
    weights = gaussian((30, 20, 10), seed=1)
    result = critical_temperature(weights)
    assert not certify(weights, replace(result, least_eigenvalue=result.least_eigenvalue + change)).holds


@pytest.mark.parametrize("factor", [1 + 1e-6, 1 - 1e-6])
def test_a_crossing_off_in_the_sixth_digit_is_not_certified(factor: float, gaussian: Any) -> None:
    weights = gaussian((30, 20, 10), seed=1)
    result = critical_temperature(weights, threshold=0.5)
    wrong = replace(result, first_crossing=result.first_crossing * factor)
    assert certify(weights, wrong).first_crossing is False


@pytest.mark.parametrize("threshold", [0.0, 0.5])
def test_the_temperature_alone_takes_fewer_factorizations(threshold: float, gaussian: Any) -> None:
    weights = gaussian((60, 50, 40, 10), seed=1)
    result = critical_temperature(weights, threshold=threshold)
    everything, alone = (certify(weights, result, temperature_only=only) for only in (False, True))
    assert everything.holds
    assert alone.holds
    assert alone.minimum is (None if result.crosses else True)
    assert alone.n_factorizations == 2 if result.crosses else everything.n_factorizations


def test_a_minimum_takes_ten_factorizations_at_most(gaussian: Any) -> None:
    """The bounds are placed by the law of the curve about its minimum, not found by bisection."""
    weights = gaussian((150, 120, 120, 10), seed=3)
    assert certify(weights, critical_temperature(weights)).n_factorizations <= 10


def test_a_wrong_temperature_is_refuted_when_it_is_all_that_is_asked_for(gaussian: Any) -> None:
    weights, alone = strong_beside_weak(gaussian), gaussian((30, 25, 20), seed=2)
    later = critical_temperature(alone, threshold=0.6).first_crossing
    wrong = replace(critical_temperature(weights, threshold=0.6), first_crossing=later)
    assert not certify(weights, wrong, temperature_only=True).holds


@pytest.mark.parametrize("seed", range(4))
def test_an_eigenvector_of_another_network_proves_nothing_false(seed: int, gaussian: Any) -> None:
    """The vector of the result is a hint: where it misleads, the certificate looks for itself."""
    weights = gaussian((30, 20, 10), seed=1)
    result = critical_temperature(weights)
    noise = np.random.default_rng(seed).standard_normal(60)
    assert certify(weights, replace(result, eigenvector=noise)).holds
    wrong = replace(result, eigenvector=noise, least_eigenvalue=result.least_eigenvalue + 1e-6)
    assert not certify(weights, wrong).holds


def test_a_result_for_other_layers_is_refused(gaussian: Any) -> None:
    with pytest.raises(ValueError, match="found 7: pass the weights"):
        certify(gaussian((4, 4), seed=1), critical_temperature(gaussian((4, 3), seed=1)))


@pytest.mark.parametrize("tolerance", [0.0, 1e-15, 0.5, float("nan")])
def test_a_tolerance_below_rounding_or_too_wide_to_mean_anything_is_refused(tolerance: float, gaussian: Any) -> None:
    weights = gaussian((4, 3), seed=1)
    with pytest.raises(ValueError, match="tolerance from 1e-12 to 1e-2"):
        certify(weights, critical_temperature(weights), tolerance=tolerance)


@pytest.mark.parametrize("sizes", [(6, 5), (1, 7, 1), (9, 2, 9, 2), (4, 5, 6, 5, 4)], ids=str)
@pytest.mark.parametrize(("p", "q"), [(1.0, 0.0), (0.0, 1.0), (0.5, 2.0)])
def test_block_elimination_finds_the_sign_of_the_least_dense_eigenvalue(
    sizes: Any, p: float, q: float, gaussian: Any, dense: Any
) -> None:
    weights = gaussian(sizes, seed=5)
    bonds, network = LayeredBonds.from_blocks(layer_blocks(weights, orientation="in-out")), dense(weights)
    lengths = np.sqrt(p + q * network.reaction / bonds.scale**2)
    largest = np.linalg.eigvalsh(network.bonds / bonds.scale / lengths / lengths[:, None])[-1]
    assert is_positive_definite(bonds, (p, q), largest * (1 + 1e-10))
    assert not is_positive_definite(bonds, (p, q), largest * (1 - 1e-10))
