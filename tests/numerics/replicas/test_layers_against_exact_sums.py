"""Two layers of unequal sizes in a field: the replica-symmetric energy against exact sums over small networks."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from numerics import replica_symmetric_solution
from theory import BipartiteSpinGlass

Array = npt.NDArray[np.float64]

TEMPERATURE, FIELD, HIDDEN_PER_VISIBLE = 1.5, 0.4, 2
VISIBLE = np.array([4, 5, 6, 8])
N_NETWORKS = 1500
SIGMA = 4.0
"""A false alarm in 16,000 seeds."""


def energy_per_spin(weights: Array) -> float:
    """The exact mean energy: visible spins are enumerated, hidden ones are independent given them."""
    visible = np.array(list(product((-1.0, 1.0), repeat=len(weights))))
    local = visible @ weights + FIELD
    log_weight = FIELD * visible.sum(1) / TEMPERATURE + np.logaddexp(local / TEMPERATURE, -local / TEMPERATURE).sum(1)
    energy = -FIELD * visible.sum(1) - (local * np.tanh(local / TEMPERATURE)).sum(1)
    weight = np.exp(log_weight - log_weight.max())
    return float(weight @ energy / weight.sum() / sum(weights.shape))


def sampled_energies(n_visible: int, rng: np.random.Generator) -> Array:
    """Energies of networks, less the part that is linear in the mean square of their weights, whose mean is known."""
    shape = (n_visible, HIDDEN_PER_VISIBLE * n_visible)
    weights = rng.normal(0.0, n_visible**-0.5, (N_NETWORKS, *shape))
    energies = np.array([energy_per_spin(w) for w in weights])
    excess = (weights**2).mean((1, 2)) * n_visible - 1.0
    return energies - np.cov(energies, excess)[0, 1] / excess.var(ddof=1) * excess


def extrapolated_energy(rng: np.random.Generator) -> tuple[float, float]:
    """The energy of infinite layers from a parabola in one over the size, with its standard error."""
    samples = [sampled_energies(n, rng) for n in VISIBLE]
    errors = np.array([s.std(ddof=1) for s in samples]) / np.sqrt(N_NETWORKS)
    fit, covariance = np.polyfit(1 / VISIBLE, [s.mean() for s in samples], 2, w=1 / errors, cov="unscaled")
    return float(fit[-1]), float(np.sqrt(covariance[-1, -1]))


def test_the_energy_of_unequal_layers_in_a_field_is_that_of_exact_sums_and_not_of_variances_by_outputs():
    measured, error = extrapolated_energy(np.random.default_rng(5))
    layers = {"visible": 1000, "hidden": 1000 * HIDDEN_PER_VISIBLE}
    conditions = {"temperature": TEMPERATURE, "field": FIELD}
    energy = replica_symmetric_solution(BipartiteSpinGlass(**layers), **conditions).energy
    by_outputs = BipartiteSpinGlass(**layers, weight_variance=1 / HIDDEN_PER_VISIBLE)
    rival = replica_symmetric_solution(by_outputs, **conditions).energy
    assert abs(measured - energy) < SIGMA * error
    assert abs(measured - rival) > 5 * error
