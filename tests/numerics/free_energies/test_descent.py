"""Reverse runs that start where forward ones ended: their error counts whole families."""

from __future__ import annotations

import numpy as np
import pytest

from numerics.free_energies.acceptance_ratio import bennett_acceptance_ratio
from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.free_energies.descent import error_of_families
from numerics.free_energies.enumerated_couplings import enumerated_couplings
from numerics.networks import BoltzmannMachine, RestrictedBoltzmannMachine


def two_wells(rng, n, *, remembered):
    """Works to either of two wells that are left and come to with certainty; the descendants know their well or not."""
    cost = np.array([0.5, 3.0])
    well = rng.integers(2, size=n)
    forward = cost[well] + rng.normal(0.05, 0.3, n)
    weights = np.exp(-forward)
    ancestors = rng.choice(n, n, p=weights / weights.sum())
    shares = np.exp(-cost) / np.exp(-cost).sum()
    back = well[ancestors] if remembered else rng.choice(2, n, p=shares)
    return forward, -cost[back] + rng.normal(0.04, 0.3, n), ancestors


EXACT = -np.log(np.mean(np.exp([-0.5 - 0.05 + 0.045, -3.0 - 0.05 + 0.045])))


def scores(remembered):
    by_family, by_run = [], []
    for k in range(400):
        forward, reverse, ancestors = two_wells(np.random.default_rng([61, k]), 400, remembered=remembered)
        found = bennett_acceptance_ratio(forward, reverse)
        error = found.free_energy_difference - EXACT
        by_run.append(error / found.standard_error)
        by_family.append(error / error_of_families(forward, reverse, ancestors, found.free_energy_difference))
    return np.std(by_family), np.std(by_run)


def test_families_that_remember_their_well_have_errors_that_runs_do_not_show():
    by_family, by_run = scores(remembered=True)
    assert abs(by_family - 1) < 4 / np.sqrt(800), "four standard errors of a standard deviation of 400 normal numbers"
    assert by_run > 1.25


def test_families_that_forget_have_the_error_of_independent_runs():
    by_family, by_run = scores(remembered=False)
    assert abs(by_family - 1) < 4 / np.sqrt(800)
    assert by_family == pytest.approx(by_run, rel=0.05)


def test_runs_that_are_never_accepted_have_no_error_bar():
    far = np.full(10, 1e6)
    assert error_of_families(far, far, np.arange(10), 0.0) == np.inf


def test_error_bars_hold_where_a_magnet_keeps_its_sign():
    """Chains at low temperature stay up or down for good: both directions share the shares that forward runs found."""
    machine = BoltzmannMachine(np.where(np.eye(12), 0.0, 4 / 12), np.linspace(-0.02, 0.05, 12), spins=True)
    exact, found = enumerated_couplings(machine), []
    for k in range(60):
        estimate = annealed_log_partition(machine, rng=np.random.default_rng([62, k]), n_chains=200, n_temperatures=60)
        if estimate.reliable:
            found.append((estimate.log_partition - exact) / estimate.standard_error)
    assert len(found) > 40
    assert np.std(found) < 1 + 4 / np.sqrt(2 * len(found))
    assert np.max(np.abs(found)) < 4


def test_large_couplings_in_single_precision_are_called_unreliable():
    """Fields of 1e10 k_B T are rounded by a thousand of them."""
    rng = np.random.default_rng(0)
    machine = RestrictedBoltzmannMachine(1e10 * rng.normal(size=(10, 5)), np.zeros(10), np.zeros(5))
    found = annealed_log_partition(machine, rng=np.random.default_rng(0), n_chains=100, n_temperatures=20)
    assert any("rounded" in w for w in found.warnings)


def test_acceptances_whose_squares_are_lost_keep_their_error():
    """Works without overlap: acceptances of 1e-200 have a spread, and an error bar of zero would be a lie."""
    rng = np.random.default_rng(63)
    forward, reverse = 450 + rng.normal(0, 1, 200), 450 + rng.normal(0, 1, 200)
    found = bennett_acceptance_ratio(forward, reverse)
    assert 0.05 < found.standard_error < 1
    assert found.effective_sample_size > 1
    assert 0.05 < error_of_families(forward, reverse, np.arange(200), found.free_energy_difference) < 1
