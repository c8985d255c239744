"""Leading finite-size corrections, against closed forms and sampled networks."""

from __future__ import annotations

import numpy as np
import pytest

from numerics.edge_fluctuations import edge_fluctuation_scale, mean_edge_shift, mean_temperature_shift
from numerics.ensemble import ensemble_critical_temperature
from numerics.large_layer import large_layer_least_eigenvalue
from numerics.networks.initialization import sample_weights
from numerics.solvers.critical_temperature import critical_temperature
from numerics.spectra.dense import stability_spectrum


@pytest.mark.parametrize("beta", [0.3, 1.0, 2.5])
def test_two_equal_layers_fluctuate_like_a_semicircle_of_radius_two_beta(beta: float) -> None:
    assert edge_fluctuation_scale((8, 8), (1.0,), beta) == pytest.approx(beta, rel=1e-10)


def test_two_equal_layers_shift_their_temperature_by_half_of_their_eigenvalue() -> None:
    # There d lambda / d log beta = lambda at beta_c for any vector, and the edge is (1 - beta)^2 with curvature 2.
    assert mean_temperature_shift((8, 8), (1.0,)) == pytest.approx(mean_edge_shift((8, 8), (1.0,), 1.0) / 2, rel=1e-3)


def test_the_scale_depends_on_proportions_and_the_shift_on_size() -> None:
    small, large = (4, 2, 1), (32, 16, 8)
    assert edge_fluctuation_scale(small, (1.0, 2.0), 0.7) == pytest.approx(
        edge_fluctuation_scale(large, (1.0, 2.0), 0.7)
    )
    ratio = mean_edge_shift(large, (1.0, 2.0), 0.7) / mean_edge_shift(small, (1.0, 2.0), 0.7)
    assert ratio == pytest.approx(8 ** (-2 / 3))


def test_the_spectral_density_begins_with_the_predicted_root() -> None:
    # Levels within a window w of the edge: N (2 / 3 pi) (w / gamma)^(3/2), here some eighty of them.
    sizes, variances, beta, window = (900, 600, 600), (1.0, 1.5), 0.6, 0.15
    levels = stability_spectrum(sample_weights(sizes, variances, np.random.default_rng(3)), beta, orientation="in-out")
    begin = large_layer_least_eigenvalue(sizes, variances, beta)
    expected = sum(sizes) * 2 / (3 * np.pi) * (window / edge_fluctuation_scale(sizes, variances, beta)) ** 1.5
    # The next term of the density is relative order w / gamma.
    assert np.sum(levels < begin + window) == pytest.approx(expected, rel=0.25)


def test_a_network_whose_least_eigenvalue_lies_high_has_a_high_temperature() -> None:
    sizes, variances, rng = (120, 60, 30, 60), (2.0, 1.0, 0.5), np.random.default_rng(8)
    found = [critical_temperature(sample_weights(sizes, variances, rng), orientation="in-out") for _ in range(60)]
    slope = np.polyfit([f.least_eigenvalue for f in found], [1 / f.at_minimum for f in found], 1)[0]
    critical = ensemble_critical_temperature(sizes, variances)
    expected = critical * mean_temperature_shift(sizes, variances) / mean_edge_shift(sizes, variances, 1 / critical)
    # The slope has a statistical error of a tenth, and corrections of order N^(-1/3).
    assert slope == pytest.approx(expected, rel=0.4)
