"""Moves of layers in single precision: works against double precision, and frequencies against probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import chi2

from numerics.free_energies import layer_updates, rounded_couplings
from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.free_energies.enumerated_machine import enumerated_log_partition
from numerics.free_energies.exponential_average import jarzynski
from numerics.free_energies.layer_updates import CompiledUpdates, PlainUpdates
from numerics.free_energies.restricted_path import RestrictedPath
from numerics.free_energies.rounded_couplings import LARGEST, RoundedCouplings, has_rounded_products, spread_of_rounding
from numerics.lowering.c.toolchain import CompilerMissingError
from numerics.networks import RestrictedBoltzmannMachine

UPDATES = [CompiledUpdates, PlainUpdates]
FALSE_ALARM = 1e-4
ROUNDED = has_rounded_products(1284)
"""Where this processor cannot, both ways are the same."""


def singles(rng, *shape, scale=1.0):
    return (scale * rng.normal(size=shape)).astype(np.float32)


@pytest.mark.parametrize("updates", UPDATES)
@pytest.mark.parametrize(("before", "after"), [(0.0, 1.0), (0.5, 0.501953125), (0.75, 0.25), (1.0, 1.0)])
@pytest.mark.parametrize("n", [1, 15, 16, 17, 503, 3000])
def test_works_are_those_of_double_precision(updates, before, after, n):
    rng = np.random.default_rng(1)
    fields, bias = singles(rng, 7, n, scale=4.0), singles(rng, n)
    x = fields.astype(float) + bias
    exact = -np.sum(np.logaddexp(0, after * x) - np.logaddexp(0, before * x), axis=1)
    found = updates(rng).hidden(fields, bias, before, after)
    np.testing.assert_allclose(found, exact, rtol=1e-6, atol=1e-6 * np.sqrt(n))


@pytest.mark.parametrize("updates", UPDATES)
def test_large_fields_neither_overflow_nor_leave_a_choice(updates):
    rng = np.random.default_rng(2)
    fields = np.array([[1e4, -1e4, 90.0, -90.0, 1e30, -1e30, 0.0]], dtype=np.float32)
    found = updates(rng).hidden(fields, np.zeros(7, dtype=np.float32), 0.0, 1.0)
    assert found[0] == pytest.approx(-(1e30 + 1e4 + 90) + 6 * np.log(2), rel=1e-6)
    assert fields[0, :6].tolist() == [1, 0, 1, 0, 1, 0]


@pytest.mark.parametrize("updates", UPDATES)
def test_units_are_one_as_often_as_their_fields_say(updates):
    """Chi-squared over units in both layers."""
    n, n_chains = 45, 20_000
    rng = np.random.default_rng(3)
    field, bias, base, gain = (singles(rng, n, scale=2.0) for _ in range(4))
    moves = updates(rng)

    hidden = np.tile(field, (n_chains, 1))
    moves.hidden(hidden, bias, 0.25, 0.75)
    _check(hidden, expit(0.75 * (field + bias)))

    visible = np.tile(field, (n_chains, 1))
    gains = moves.visible(visible, bias, base, gain, 0.75)
    _check(visible, expit(0.75 * (field + bias) + 0.25 * base))
    np.testing.assert_allclose(gains, visible.astype(float) @ gain, atol=1e-4)


def _check(states, probabilities):
    assert set(np.unique(states)) <= {0, 1}
    n_chains, n = states.shape
    deviations = states.sum(axis=0, dtype=float) - n_chains * probabilities
    value = np.sum(deviations**2 / (n_chains * probabilities * (1 - probabilities)))
    assert value < chi2.isf(FALSE_ALARM, n)
    pairs = np.corrcoef(states.T)[np.triu_indices(n, 1)]
    assert np.sum(n_chains * pairs**2) < chi2.isf(FALSE_ALARM, len(pairs))
    followers = np.mean((states[1:] - probabilities) * (states[:-1] - probabilities), axis=0)
    followers /= probabilities * (1 - probabilities)
    assert np.sum(n_chains * followers**2) < chi2.isf(FALSE_ALARM, n)


def test_generators_in_lanes_differ():
    fields = np.zeros((400, 64), dtype=np.float32)
    CompiledUpdates(np.random.default_rng(4)).hidden(fields, np.zeros(64, dtype=np.float32), 0.5, 0.5)
    assert len(np.unique(fields, axis=0)) == 400
    assert len(np.unique(fields.T, axis=0)) == 64


def test_numpy_moves_where_there_is_no_compiler(monkeypatch):
    def missing():
        raise CompilerMissingError("none")

    monkeypatch.setattr(layer_updates, "_loaded", missing)
    monkeypatch.setattr(rounded_couplings, "_loaded", missing)
    assert isinstance(layer_updates.layer_updates(np.random.default_rng(5)), PlainUpdates)
    machine = RestrictedBoltzmannMachine(np.full((30, 3), 0.2), np.zeros(30), np.zeros(3))
    found = annealed_log_partition(machine, rng=np.random.default_rng(6), n_chains=300, n_temperatures=50)
    assert abs(found.log_partition - enumerated_log_partition(machine)) < 5 * found.standard_error


@pytest.mark.parametrize("rounded", [False, ROUNDED])
def test_a_thousand_steps_round_by_less_than_a_thousandth(rounded):
    """Without couplings every chain spends the difference of free energies, so that rounding is all there is."""
    rng = np.random.default_rng(7)
    bias, hidden = singles(rng, 784), singles(rng, 500, scale=3.0)
    machine = RestrictedBoltzmannMachine(np.zeros((784, 500)), bias, hidden)
    path = RestrictedPath(machine, bias, rounded=rounded)
    states = path.base_states(5, rng)
    lams = np.linspace(0, 1, 1001).astype(np.float32).tolist()
    exact = -float(np.sum(np.logaddexp(0, hidden.astype(float)) - np.log(2)))
    assert np.max(np.abs(path.works(states, lams, rng)[0].sum(axis=0) - exact)) < 1e-3


@pytest.mark.parametrize("rounded", [False, ROUNDED])
@pytest.mark.parametrize("scale", [0.3, 3.0])
def test_weights_are_unbiased_however_couplings_are_rounded(rounded, scale):
    """Forward works of 20 000 chains against the exact sum, also where rounding is said to be too coarse."""
    rng = np.random.default_rng(9)
    weights = scale / 3 * rng.normal(size=(21, 6))
    machine = RestrictedBoltzmannMachine(weights, rng.normal(size=21), rng.normal(size=6))
    path = RestrictedPath(machine, machine.visible_bias, rounded=rounded)
    works, _ = path.works(path.base_states(20_000, rng), np.linspace(0, 1, 41).tolist(), rng)
    found = jarzynski(works.sum(axis=0))
    assert abs(path.base_log_partition + found.log_ratio - enumerated_log_partition(machine)) < 4 * found.standard_error


@pytest.mark.skipif(not ROUNDED, reason="this processor does not sum products of bytes")
@pytest.mark.parametrize(("n", "m", "n_chains"), [(1, 1, 1), (4, 16, 7), (5, 17, 8), (783, 33, 20)])
def test_products_of_bytes_are_exact(n, m, n_chains):
    rng = np.random.default_rng(10)
    couplings = RoundedCouplings(rng.normal(size=(n, m)))
    assert np.max(np.abs(couplings.values)) == pytest.approx(LARGEST * couplings.step)
    visible, hidden = couplings.visible_units(n_chains), couplings.hidden_units(n_chains)
    visible[:n_chains, :n], hidden[:n_chains, :m] = rng.integers(2, size=(n_chains, n)), 1
    for fields, exact in (
        (couplings.onto_hidden(visible)[:n_chains, :m], visible[:n_chains, :n] @ couplings.values),
        (couplings.onto_visible(hidden)[:n_chains, :n], hidden[:n_chains, :m] @ couplings.values.T),
    ):
        np.testing.assert_allclose(fields, exact, rtol=1e-6, atol=1e-6 * couplings.step)


@pytest.mark.parametrize("scale", [0.01, 1.0, 1e300])
def test_rounding_changes_energies_by_no_more_than_it_says(scale):
    weights = scale * np.random.default_rng(11).normal(size=(60, 50))
    spread = (RoundedCouplings(weights).values - weights).sum()
    assert abs(spread) < 5 * spread_of_rounding(weights)
    assert spread_of_rounding(weights) < 1e-2 * scale


def test_single_precision_does_not_bias_the_estimate():
    """The mean of eight estimates is right within 4 of its standard errors, 0.007: a false alarm in 15 000."""
    rng = np.random.default_rng(8)
    machine = RestrictedBoltzmannMachine(0.1 * rng.normal(size=(784, 20)), rng.normal(size=784), rng.normal(size=20))
    found = [
        annealed_log_partition(machine, rng=np.random.default_rng([8, k]), n_temperatures=100, n_threads=2)
        for k in range(8)
    ]
    error = np.sqrt(np.sum([estimate.standard_error**2 for estimate in found])) / 8
    assert error < 0.002
    mean = np.mean([estimate.log_partition for estimate in found])
    assert abs(mean - enumerated_log_partition(machine)) < 4 * error


def test_energies_beyond_single_precision_are_refused():
    machine = RestrictedBoltzmannMachine(np.full((3, 30), 1e38), np.zeros(3), np.zeros(30))
    with pytest.raises(ValueError, match="single precision"):
        RestrictedPath(machine, np.zeros(3))
