"""Boltzmann machines, restricted and fully connected, and Hopfield networks: energies, conventions, files."""

from __future__ import annotations

import itertools
import pickle

import numpy as np
import pytest

from numerics.networks import BoltzmannMachine, HopfieldNetwork, RestrictedBoltzmannMachine, read_machine
from numerics.networks.fully_connected import fully_connected


def coupled(seed, n, *, spins=False, scale=1.0):
    rng = np.random.default_rng(seed)
    upper = np.triu(scale * rng.normal(size=(n, n)), 1)
    return BoltzmannMachine(upper + upper.T, rng.normal(size=n), spins)


def states(machine):
    return np.array(list(itertools.product((-1, 1) if machine.spins else (0, 1), repeat=machine.n_units)))


@pytest.mark.parametrize("spins", [False, True])
def test_each_pair_counts_once(spins):
    machine = coupled(1, 5, spins=spins)
    for x, found in zip(states(machine), machine.energy(states(machine)), strict=True):
        pairs = sum(machine.couplings[i, j] * x[i] * x[j] for i, j in itertools.combinations(range(5), 2))
        assert found == pytest.approx(-pairs - machine.bias @ x, abs=1e-12)


def test_spins_become_units_zero_and_one_with_the_same_energies():
    machine = coupled(2, 6, spins=True)
    binary, shift = machine.with_binary_units()
    x = states(binary)
    np.testing.assert_allclose(binary.energy(x) + shift, machine.energy(2 * x - 1), atol=1e-12)


@pytest.mark.parametrize("spins", [False, True])
def test_a_restricted_machine_is_one_without_couplings_in_its_layers(spins):
    rng = np.random.default_rng(3)
    restricted = RestrictedBoltzmannMachine(rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=2), spins)
    whole = fully_connected(restricted)
    x = states(whole)
    assert whole.spins is spins
    np.testing.assert_allclose(whole.energy(x), restricted.energy(x[:, :3], x[:, 3:]), atol=1e-12)


def test_a_stored_pattern_has_the_energy_of_all_pairs():
    patterns = np.random.default_rng(4).choice([-1, 1], size=(1, 9))
    machine = HopfieldNetwork(patterns, 0.7).boltzmann_machine()
    assert machine.spins
    assert machine.energy(patterns)[0] == pytest.approx(-0.7 * 8 / 2, abs=1e-12)


def test_rounding_of_a_product_is_no_asymmetry():
    machine = coupled(5, 4)
    couplings = machine.couplings.copy()
    couplings[0, 1] *= 1 + 1e-15
    found = BoltzmannMachine(couplings, machine.bias).couplings
    assert np.array_equal(found, found.T)


SQUARE = np.array([[0.0, 1.0], [1.0, 0.0]])


@pytest.mark.parametrize(
    ("couplings", "bias", "error", "says"),
    [
        (np.array([[0.0, 1.0], [0.5, 0.0]]), np.zeros(2), ValueError, "symmetric"),
        (np.eye(2), np.zeros(2), ValueError, "diagonal of zeros"),
        (SQUARE * np.nan, np.zeros(2), ValueError, "finite"),
        (SQUARE, np.array([np.inf, 0]), ValueError, "finite numbers as bias"),
        (SQUARE * 1e300, np.zeros(2), ValueError, "add up to less"),
        (SQUARE, np.zeros(3), ValueError, r"shape \(2,\)"),
        (np.zeros((2, 3)), np.zeros(2), ValueError, "n_units, n_units"),
        (np.zeros((0, 0)), np.zeros(0), ValueError, "n_units, n_units"),
        (SQUARE * 1j, np.zeros(2), TypeError, "real numbers"),
        (np.zeros(4), np.zeros(2), ValueError, "2 axes"),
    ],
)
def test_what_is_no_machine_is_refused(couplings, bias, error, says):
    with pytest.raises(error, match=says):
        BoltzmannMachine(couplings, bias)


@pytest.mark.parametrize(
    ("patterns", "beta", "says"),
    [
        (np.zeros((2, 3)), 1.0, "-1 and 1"),
        (np.ones((0, 3)), 1.0, "n_patterns"),
        (np.ones(3), 1.0, "2 axes"),
        (np.ones((1, 3)), -1.0, "at least zero"),
        (np.ones((1, 3)), np.inf, "finite"),
        (np.ones((1, 3)), [1.0, 2.0], "0 axes"),
    ],
)
def test_what_are_no_patterns_is_refused(patterns, beta, says):
    with pytest.raises(ValueError, match=says):
        HopfieldNetwork(patterns, beta)


def test_a_file_tells_its_kind_by_its_arrays(tmp_path):
    path = tmp_path / "machine.npz"
    np.savez(path, W=np.zeros((3, 2)), b_visible=np.zeros(3), b_hidden=np.zeros(2), epoch=7)
    assert isinstance(read_machine(path), RestrictedBoltzmannMachine)
    np.savez(path, J=SQUARE, b=np.array([1, 2]))
    found = read_machine(path, spins=True)
    assert isinstance(found, BoltzmannMachine)
    assert found.spins
    np.savez(path, patterns=np.ones((2, 5), dtype=np.int8), beta=0.5)
    found = read_machine(path)
    assert isinstance(found, HopfieldNetwork)
    assert (found.n_units, found.inverse_temperature) == (5, 0.5)
    np.savez(path, patterns=np.ones((2, 5)))
    assert read_machine(path).inverse_temperature == 1


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"J": SQUARE}, "missing b"),
        ({"J": SQUARE, "b": np.zeros(2), "W": np.zeros((1, 1))}, "file of its own"),
        ({"x": np.zeros(2)}, "found x"),
        ({"J": SQUARE + 1, "b": np.zeros(2)}, "diagonal"),
        ({"J": np.array([[None]]), "b": np.zeros(1)}, "pickle"),
        ({"patterns": np.zeros((2, 2, 2))}, "matrices"),
        ({"patterns": np.ones((1, 2)), "beta": np.ones(2)}, "0 axes"),
    ],
)
def test_files_that_hold_no_machine_are_refused(tmp_path, arrays, says):
    np.savez(tmp_path / "machine.npz", **arrays)
    with pytest.raises(ValueError, match=says):
        read_machine(tmp_path / "machine.npz")


def test_a_pickle_is_not_opened(tmp_path):
    (tmp_path / "machine.npz").write_bytes(pickle.dumps({"J": SQUARE}))
    with pytest.raises(ValueError, match="zip archive"):
        read_machine(tmp_path / "machine.npz")
