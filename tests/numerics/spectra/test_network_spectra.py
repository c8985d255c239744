"""Spectra of one network against matrices written out by triple loops."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from numerics.spectra.bond_edge import largest_bond_eigenvalue
from numerics.spectra.dense import bond_matrix, bond_spectrum, stability_matrix, stability_spectrum
from numerics.spectra.least_eigenvalue_curve import least_eigenvalue_curve
from numerics.spectra.level_spacing import first_level_spacing

SHAPES = ((1, 1), (1, 6), (7, 3), (5, 2, 6), (20, 15, 10, 3), (2, 3, 2, 3, 2))


def weights_of(sizes: tuple[int, ...], outlier: float = 0.0) -> list[Any]:
    rng = np.random.default_rng(sum(sizes))
    return [
        rng.standard_normal(shape) / np.sqrt(shape[0]) + outlier / np.sqrt(np.prod(shape)) for shape in pairwise(sizes)
    ]


def printed_stability_matrix(weights: list[Any], beta: float) -> Any:
    """Equations (24) and (25) of the paper, spin by spin."""
    sizes = [len(weights[0]), *(w.shape[1] for w in weights)]
    spins = [(k, i) for k, n in enumerate(sizes) for i in range(n)]
    matrix = np.eye(len(spins))
    for a, (k, i) in enumerate(spins):
        for b, (m, j) in enumerate(spins):
            if abs(k - m) == 1:
                bond = weights[k][i, j] if m == k + 1 else weights[m][j, i]
                matrix[a, b] = -beta * bond
                matrix[a, a] += beta**2 * bond**2
    return matrix


@pytest.mark.parametrize("sizes", SHAPES, ids=str)
@pytest.mark.parametrize("beta", [0.0, 0.7, 3.0])
def test_stability_matrix_is_the_printed_one(sizes: Any, beta: float) -> None:
    weights = weights_of(sizes)
    printed = printed_stability_matrix(weights, beta)
    np.testing.assert_allclose(stability_matrix(weights, beta, orientation="in-out"), printed, atol=1e-14)
    spectrum = stability_spectrum(weights, beta, orientation="in-out")
    np.testing.assert_allclose(
        spectrum, np.linalg.eigvals(printed).real[np.argsort(np.linalg.eigvals(printed).real)], atol=1e-10
    )


@pytest.mark.parametrize("sizes", SHAPES, ids=str)
def test_bond_spectrum_is_symmetric_and_ends_at_the_largest_eigenvalue(sizes: Any) -> None:
    weights = weights_of(sizes)
    spectrum = bond_spectrum(weights, orientation="in-out")
    np.testing.assert_allclose(spectrum, -spectrum[::-1], atol=1e-12)
    np.testing.assert_allclose(spectrum, np.linalg.eigvalsh(bond_matrix(weights, orientation="in-out")), atol=1e-12)
    assert largest_bond_eigenvalue(weights, orientation="in-out") == pytest.approx(spectrum[-1], rel=1e-11)


def test_largest_bond_eigenvalue_of_equal_bonds_is_the_geometric_mean_of_the_sizes() -> None:
    assert largest_bond_eigenvalue([np.full((9, 16), 0.5)]) == pytest.approx(6.0, rel=1e-13)


@pytest.mark.parametrize("sizes", SHAPES, ids=str)
@pytest.mark.parametrize("outlier", [0.0, 3.0])
def test_least_eigenvalue_curve_is_that_of_dense_matrices(sizes: Any, outlier: float) -> None:
    weights = weights_of(sizes, outlier)
    betas = [0.0, 0.05, 0.3, 0.31, 1.0, 0.5, 4.0, 25.0]
    curve = least_eigenvalue_curve(weights, betas, orientation="in-out")
    expected = [np.linalg.eigvalsh(printed_stability_matrix(weights, beta))[0] for beta in betas]
    np.testing.assert_allclose(curve, expected, rtol=1e-10, atol=1e-10)


def test_least_eigenvalue_curve_of_a_large_network_survives_restarts() -> None:
    weights = weights_of((150, 130, 120, 10))
    betas = np.linspace(0.1, 2.0, 5)
    expected = [stability_spectrum(weights, beta)[0] for beta in betas]
    np.testing.assert_allclose(least_eigenvalue_curve(weights, betas), expected, atol=1e-10)


def test_spins_without_bonds_keep_the_curve_at_one_or_below() -> None:
    weights = [np.diag([2.0, 0.0])]
    np.testing.assert_allclose(least_eigenvalue_curve(weights, [0.25, 5.0]), [0.75, 1.0], atol=1e-12)
    np.testing.assert_allclose(stability_spectrum(weights, 5.0)[0], 1.0, atol=1e-12)


def test_first_level_spacing_is_that_of_sorted_eigenvalues() -> None:
    weights = weights_of((20, 15, 10, 3))
    levels = np.sort(np.linalg.eigvals(printed_stability_matrix(weights, 0.8)).real)
    gaps = [b - a for a, b in pairwise(levels)]
    expected = gaps[0] / sorted(gaps)[len(gaps) // 2]
    assert len(gaps) % 2 == 1
    assert first_level_spacing(weights, 0.8) == pytest.approx(expected, rel=1e-8)


def test_an_outlier_widens_the_first_level_spacing() -> None:
    plain, planted = weights_of((60, 50, 40)), weights_of((60, 50, 40), outlier=8.0)
    assert first_level_spacing(planted, 0.2) > 5 * first_level_spacing(plain, 0.2)  # type: ignore[operator]


def test_first_level_spacing_of_coinciding_levels_is_undefined() -> None:
    assert first_level_spacing([np.ones((10, 12))], 0.3) is None


@pytest.mark.parametrize("beta", [-0.1, float("nan"), float("inf")])
def test_inverse_temperatures_that_are_none_are_refused(beta: float) -> None:
    for ask in (stability_matrix, stability_spectrum, first_level_spacing):
        with pytest.raises(ValueError, match="finite inverse temperature of at least 0"):
            ask([np.ones((2, 3))], beta)
    with pytest.raises(ValueError, match="finite inverse temperature of at least 0"):
        least_eigenvalue_curve([np.ones((2, 3))], [0.5, beta])


def test_a_table_of_inverse_temperatures_is_refused() -> None:
    with pytest.raises(ValueError, match=r"one axis; found shape \(1, 2\)"):
        least_eigenvalue_curve([np.ones((2, 3))], [[0.5, 1.0]])
