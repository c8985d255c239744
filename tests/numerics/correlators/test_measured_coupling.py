"""The measured coupling against its definition, and at the points of the paper."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from numerics import connected_correlator, measured_coupling

SIX = (-0.01, -0.006, -0.002, 0.002, 0.006, 0.01)
"""The points of the paper."""


@pytest.mark.parametrize("n", [4, 6, 8])
def test_it_is_the_correlation_over_the_integral_of_propagators(n: int) -> None:
    x, ensemble = np.random.default_rng(n).uniform(-1, 1, n), {"width": 3, "weight_std": 0.7, "bias_std": 0.4}
    s = ensemble["weight_std"]
    kernels = quad(lambda y: float(np.prod(s**2 * np.exp(-(s**2) / 2 * (y - x) ** 2))), -np.inf, np.inf)[0]
    expected = -connected_correlator(x, **ensemble) / kernels
    assert measured_coupling(x, **ensemble) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("n", [4, 6])
def test_with_biases_the_couplings_at_the_paper_s_points_are_negative_and_almost_constant(n: int) -> None:
    every = list(combinations_with_replacement(SIX, n))
    found = np.array(
        [measured_coupling(x, width=100, weight_std=1.0, bias_std=1.0) for x in every[:: 7 if n == 4 else 77]]
    )
    assert (found < 0).all()
    assert found.std() < 1e-3 * abs(found.mean())


def test_without_biases_the_coupling_of_four_points_has_both_signs() -> None:
    choices: dict[str, Any] = {"width": 100, "weight_std": 1.0, "bias_std": 0.0}
    assert measured_coupling([0.01] * 4, **choices) < 0 < measured_coupling([-0.01, -0.006, 0.006, 0.01], **choices)


@pytest.mark.parametrize("points", [[0.1, 0.2], [0.1] * 5])
def test_other_numbers_of_points_are_refused(points: list[float]) -> None:
    with pytest.raises(ValueError, match="even number of at least 4 points"):
        measured_coupling(points, width=1, weight_std=1.0, bias_std=0.0)
