"""Restricted machines trained on the built-in digits: their likelihood by exact sums over hidden states."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.special import logsumexp

from numerics import log_partition
from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.networks import RestrictedBoltzmannMachine, load_digits, train_restricted_machine


@pytest.fixture(scope="module")
def digits():
    data = load_digits()
    return data.x_train > 0.5, data.x_test > 0.5


@pytest.fixture(scope="module")
def trained(digits):
    return train_restricted_machine(digits[0], n_hidden=16, epochs=30, learning_rate=0.1, rng=np.random.default_rng(1))


def log_likelihood(machine, images):
    """Mean over images, in nats."""
    return np.mean(machine.visible_log_weight(images)) - log_partition(machine).log_partition


def test_hidden_units_tell_more_of_unseen_digits_than_independent_pixels(trained, digits):
    means = np.clip(digits[0].mean(axis=0), 0.01, 0.99)
    seen, unseen = digits
    independent = RestrictedBoltzmannMachine(np.zeros((784, 1)), np.log(means / (1 - means)), np.zeros(1))
    assert log_likelihood(trained, unseen) > log_likelihood(independent, unseen) + 30
    assert abs(log_likelihood(trained, unseen) - log_likelihood(trained, seen)) < 5


def test_chains_find_log_z_of_what_was_learned(trained):
    exact = log_partition(trained).log_partition
    for k in range(4):
        found = annealed_log_partition(trained, rng=np.random.default_rng([2, k]), n_chains=250, n_temperatures=300)
        assert found.reliable
        assert abs(found.log_partition - exact) < 4.5 * found.standard_error  # false alarm in 40 000 over all four
        assert found.standard_error < 0.1


def test_chains_know_when_training_went_too_far_for_them(digits):
    """Images of different digits are then states that no chain leaves."""
    frozen = train_restricted_machine(
        digits[0], n_hidden=16, epochs=150, learning_rate=0.1, rng=np.random.default_rng(3)
    )
    exact = log_partition(frozen).log_partition
    for k in range(3):
        found = annealed_log_partition(frozen, rng=np.random.default_rng([4, k]), n_chains=125, n_temperatures=50)
        assert not found.reliable or abs(found.log_partition - exact) < 5 * found.standard_error


@pytest.mark.parametrize("spins", [False, True])
def test_hidden_states_are_summed_over(spins):
    rng = np.random.default_rng(5)
    machine = RestrictedBoltzmannMachine(rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=3), spins)
    values = (-1, 1) if spins else (0, 1)
    hidden = np.array(list(itertools.product(values, repeat=3)))
    for v in itertools.product(values, repeat=4):
        expected = logsumexp(-machine.energy(np.tile(v, (8, 1)), hidden))
        assert machine.visible_log_weight([v])[0] == pytest.approx(expected, abs=1e-12)


def test_training_repeats_by_seed():
    data = np.random.default_rng(6).integers(2, size=(30, 5))
    one, two = (train_restricted_machine(data, n_hidden=2, epochs=3, rng=np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(one.weights, two.weights)


@pytest.mark.parametrize(
    ("data", "how", "says"),
    [
        (np.full((3, 2), 0.5), {}, "gray levels"),
        (np.zeros((0, 2)), {}, "n_samples"),
        (np.zeros(3), {}, "n_samples"),
        (np.zeros((3, 2)), {"n_hidden": 0}, "n_hidden of at least 1"),
        (np.zeros((3, 2)), {"epochs": 0}, "epochs of at least 1"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(data, how, says):
    with pytest.raises(ValueError, match=says):
        train_restricted_machine(data, **{"n_hidden": 2, "epochs": 1, "rng": np.random.default_rng(0), **how})
