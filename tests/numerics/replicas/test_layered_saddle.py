"""Replica-symmetric saddle points of layered models."""

from __future__ import annotations

import math

import numpy as np
import pytest

from numerics import replica_symmetric_solution
from theory import BipartiteSpinGlass, MultilayerSpinGlass, SherringtonKirkpatrick

NODES = np.linspace(-9, 9, 2001)
WEIGHTS = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()


def test_two_equal_layers_are_the_sherrington_kirkpatrick_model_at_one_overlap() -> None:
    layers = replica_symmetric_solution(BipartiteSpinGlass(4, 4), temperature=0.5)
    one = replica_symmetric_solution(SherringtonKirkpatrick(), temperature=0.5)
    np.testing.assert_allclose(layers.overlap, one.overlap, rtol=1e-9)
    assert layers.replicon_eigenvalue == pytest.approx(one.replicon_eigenvalue, rel=1e-8)
    assert not layers.stable


def test_unequal_layers_obey_equations_written_out_by_hand() -> None:
    sizes, variances, beta, h = (3, 2, 4), (1.0, 2.0), 1.25, 0.3
    found = replica_symmetric_solution(MultilayerSpinGlass(sizes, variances), temperature=1 / beta, field=h)
    q0, q1, q2 = found.overlap
    # A bond into layer k has variance C_k / N_{k-1}; each spin sums over the layers beside its own.
    fields = (q1 * variances[0] * 2 / 3, q0 * variances[0] + q2 * variances[1] * 4 / 2, q1 * variances[1])
    for layer, variance in enumerate(fields):
        u = beta * (h + math.sqrt(variance) * NODES)
        assert found.overlap[layer] == pytest.approx(np.tanh(u) ** 2 @ WEIGHTS, abs=1e-8)
        assert found.magnetization[layer] == pytest.approx(np.tanh(u) @ WEIGHTS, abs=1e-8)


def test_entropy_is_the_derivative_of_the_free_energy_and_the_paramagnet_is_returned_above() -> None:
    model = BipartiteSpinGlass(3, 2, weight_variance=1.5)
    values = [replica_symmetric_solution(model, temperature=0.6 + k * 1e-3).free_energy for k in (-1, 1)]
    found = replica_symmetric_solution(model, temperature=0.6)
    assert found.entropy == pytest.approx((values[0] - values[1]) / 2e-3, abs=1e-6)
    above = replica_symmetric_solution(model, temperature=3.0)
    assert (above.overlap == 0).all()
    assert above.stable
