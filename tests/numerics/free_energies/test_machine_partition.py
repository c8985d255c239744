"""log Z of restricted Boltzmann machines: sums over all states and chains in both directions, against definitions."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import kstest

from numerics import log_partition
from numerics.free_energies import enumerated_machine
from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.free_energies.enumerated_machine import enumerated_log_partition
from numerics.lowering.c.toolchain import CompilerMissingError
from numerics.networks import RestrictedBoltzmannMachine


def machine(seed, n_visible, n_hidden, *, scale=1.0, spins=False):
    rng = np.random.default_rng(seed)
    return RestrictedBoltzmannMachine(
        scale * rng.normal(size=(n_visible, n_hidden)), rng.normal(size=n_visible), rng.normal(size=n_hidden), spins
    )


def by_definition(found):
    """The log of the sum over all states, in plain arithmetic."""
    values = (-1, 1) if found.spins else (0, 1)
    logs = []
    for v in itertools.product(values, repeat=found.n_visible):
        for h in itertools.product(values, repeat=found.n_hidden):
            energy = -sum(a * b for a, b in zip(found.visible_bias, v, strict=True))
            energy -= sum(a * b for a, b in zip(found.hidden_bias, h, strict=True))
            energy -= sum(found.weights[i, j] * v[i] * h[j] for i in range(len(v)) for j in range(len(h)))
            logs.append(-energy)
    return float(logsumexp(logs))


@pytest.mark.parametrize("spins", [False, True])
@pytest.mark.parametrize(("n_visible", "n_hidden"), [(1, 1), (5, 3), (2, 6), (4, 4)])
def test_the_sum_over_one_layer_is_that_over_all_states(n_visible, n_hidden, spins):
    found = machine(1, n_visible, n_hidden, spins=spins)
    assert enumerated_log_partition(found) == pytest.approx(by_definition(found), abs=1e-12)


def test_more_units_than_a_block_has():
    found = machine(2, 30, 13, scale=0.6)
    plain = logsumexp(
        [
            np.array(h) @ found.hidden_bias + np.logaddexp(0, found.visible_bias + found.weights @ np.array(h)).sum()
            for h in itertools.product((0, 1), repeat=13)
        ]
    )
    assert enumerated_log_partition(found) == pytest.approx(plain, abs=1e-11)
    assert enumerated_log_partition(found.transposed(), n_threads=2) == pytest.approx(plain, abs=1e-11)


@pytest.mark.parametrize("scale", [60.0, 1e4])
def test_large_weights_do_not_overflow(scale):
    found = machine(3, 6, 5, scale=scale)
    assert enumerated_log_partition(found) == pytest.approx(by_definition(found), rel=1e-12)


def test_numpy_gives_the_same_without_a_compiler(monkeypatch):
    found = machine(4, 12, 11)
    compiled = enumerated_log_partition(found)

    def missing(*_):
        raise CompilerMissingError("none")

    monkeypatch.setattr(enumerated_machine, "_compiled", missing)
    assert enumerated_log_partition(found) == pytest.approx(compiled, abs=1e-11)


def test_layers_that_are_too_large_are_not_summed_over():
    with pytest.raises(ValueError, match="at most 25"):
        log_partition(machine(5, 26, 26), method="exact")
    with pytest.raises(ValueError, match="generator"):
        log_partition(machine(5, 26, 26))


@pytest.mark.parametrize("spins", [False, True])
def test_chains_find_the_exact_value_within_their_error(spins):
    found = machine(6, 40, 10, scale=0.3, spins=spins)
    exact = enumerated_log_partition(found)
    errors, bounds, reliable = [], [], []
    for k in range(30):
        estimate = annealed_log_partition(found, rng=np.random.default_rng([6, k]), n_chains=125, n_temperatures=50)
        reliable.append(estimate.reliable)
        errors.append((estimate.log_partition - exact) / estimate.standard_error)
        bounds.append((estimate.lower - exact, estimate.upper - exact))
    assert np.mean(reliable) > 0.9
    assert kstest(errors, "norm").pvalue > 1e-3
    below, above = np.mean(bounds, axis=0)
    assert below < 0 < above


@pytest.mark.parametrize("spins", [False, True])
def test_a_machine_without_couplings_needs_no_chains(spins):
    bias = np.linspace(-2, 2, 50)
    found = log_partition(RestrictedBoltzmannMachine(np.zeros((50, 30)), bias, np.zeros(30), spins))
    exact = np.logaddexp(bias, -bias if spins else 0).sum() + 30 * math.log(2)
    assert found.log_partition == pytest.approx(exact, abs=1e-12)
    assert (found.standard_error, found.method) == (0, "product over units without couplings")


def test_chains_of_a_machine_without_couplings_find_its_log_z():
    found = RestrictedBoltzmannMachine(np.zeros((50, 30)), np.linspace(-2, 2, 50), np.zeros(30))
    how = {"method": "annealing", "n_chains": 50, "n_temperatures": 20}
    estimate = log_partition(found, rng=np.random.default_rng(7), **how)
    exact = np.logaddexp(0, np.linspace(-2, 2, 50)).sum() + 30 * math.log(2)
    assert estimate.log_partition == pytest.approx(exact, abs=5 * estimate.standard_error + 1e-6)
    assert "annealed" in estimate.method


@pytest.mark.parametrize("spins", [False, True])
def test_units_without_couplings_are_counted_by_formula(spins):
    """The others are few enough to sum over."""
    small = machine(11, 9, 4, spins=spins)
    weights, visible, hidden = np.zeros((60, 40)), np.linspace(-1, 1, 60), np.linspace(-3, 3, 40)
    weights[10:19, 5:9], visible[10:19], hidden[5:9] = small.weights, small.visible_bias, small.hidden_bias
    found = log_partition(RestrictedBoltzmannMachine(weights, visible, hidden, spins))
    free = np.concatenate([np.delete(visible, range(10, 19)), np.delete(hidden, range(5, 9))])
    exact = by_definition(small) + np.logaddexp(free, -free if spins else 0).sum()
    assert found.log_partition == pytest.approx(exact, abs=1e-11)
    assert found.method == "sum over 2^4 states"
    estimate = log_partition(
        RestrictedBoltzmannMachine(
            np.block([[0.2 * machine(12, 40, 28).weights, np.zeros((40, 2))], [np.zeros((1, 30))]]),
            np.ones(41),
            np.zeros(30),
            spins,
        ),
        rng=np.random.default_rng(12),
        n_chains=50,
        n_temperatures=10,
    )
    assert estimate.lower < estimate.log_partition < estimate.upper


def test_a_single_step_between_far_laws_is_called_unreliable():
    found = machine(8, 60, 40, scale=1.0)
    estimate = log_partition(found, rng=np.random.default_rng(8), n_chains=100, n_temperatures=1)
    assert not estimate.reliable


def test_chains_that_freeze_into_few_states_are_called_unreliable():
    """In a glass each chain ends in one of few states, and reverse chains know only those."""
    found = machine(6, 60, 14, scale=0.6, spins=True)
    exact = enumerated_log_partition(found)
    for k in range(12):
        estimate = annealed_log_partition(found, rng=np.random.default_rng([10, k]), n_chains=200, n_temperatures=200)
        assert not estimate.reliable or abs(estimate.log_partition - exact) < 5 * estimate.standard_error


def test_chains_repeat_by_seed_whatever_the_number_of_threads():
    found = machine(9, 40, 30, scale=0.3)
    one, two = (
        log_partition(found, rng=np.random.default_rng(9), n_chains=300, n_temperatures=10, n_threads=n) for n in (1, 2)
    )
    assert one.log_partition == two.log_partition


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((np.zeros((3, 2)), np.zeros(2), np.zeros(3)), ValueError, "transpose"),
        ((np.zeros(3), np.zeros(2), np.zeros(3)), ValueError, "2 axes"),
        ((np.full((3, 2), np.nan), np.zeros(3), np.zeros(2)), ValueError, "finite"),
        ((np.zeros((3, 2), dtype=complex), np.zeros(3), np.zeros(2)), TypeError, "real numbers"),
        ((np.zeros((0, 2)), np.zeros(0), np.zeros(2)), ValueError, "n_visible"),
    ],
)
def test_what_is_no_machine_is_refused(arguments, error, says):
    with pytest.raises(error, match=says):
        RestrictedBoltzmannMachine(*arguments)
