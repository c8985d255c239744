"""log Z of fully connected machines and Hopfield networks: sums over all states and chains, against definitions."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import kstest

from numerics import log_partition
from numerics.free_energies import coupled_sweeps, enumerated_couplings
from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.free_energies.annealing_path import path_to
from numerics.free_energies.coupled_path import CoupledPath
from numerics.free_energies.enumerated_machine import enumerated_log_partition
from numerics.free_energies.exponential_average import jarzynski
from numerics.lowering.c.toolchain import CompilerMissingError
from numerics.networks import BoltzmannMachine, HopfieldNetwork, RestrictedBoltzmannMachine
from numerics.networks.fully_connected import fully_connected


def machine(seed, n, *, scale=1.0, spins=False):
    rng = np.random.default_rng(seed)
    upper = np.triu(scale * rng.normal(size=(n, n)), 1)
    return BoltzmannMachine(upper + upper.T, rng.normal(size=n), spins)


def by_definition(found):
    """The log of the sum over all states, of energies added up in plain arithmetic."""
    logs = []
    for x in itertools.product((-1, 1) if found.spins else (0, 1), repeat=found.n_units):
        energy = -sum(b * s for b, s in zip(found.bias, x, strict=True))
        energy -= sum(found.couplings[i, j] * x[i] * x[j] for i, j in itertools.combinations(range(len(x)), 2))
        logs.append(-energy)
    return float(logsumexp(logs))


@pytest.mark.parametrize("spins", [False, True])
@pytest.mark.parametrize("n", [1, 2, 7, 12])
def test_blocks_sum_to_all_states(n, spins):
    found = machine(n, n, spins=spins)
    assert log_partition(found).log_partition == pytest.approx(by_definition(found), abs=1e-12)


def test_weights_that_are_powers_of_two_sum_to_a_rational():
    """Couplings k log 2 make every weight a power of two, and Z an exact fraction."""
    rng = np.random.default_rng(1)
    whole = np.triu(rng.integers(-3, 4, size=(8, 8)), 1)
    whole, bias = whole + whole.T, rng.integers(-3, 4, size=8)
    z = Fraction(0)
    for x in itertools.product((0, 1), repeat=8):
        power = sum(int(whole[i, j]) for i, j in itertools.combinations(range(8), 2) if x[i] and x[j])
        z += Fraction(2) ** (power + sum(int(b) for b, s in zip(bias, x, strict=True) if s))
    found = log_partition(BoltzmannMachine(math.log(2) * whole, math.log(2) * bias))
    assert found.log_partition == pytest.approx(math.log(z), abs=1e-12)


@pytest.mark.parametrize("spins", [False, True])
def test_a_restricted_machine_sums_to_the_same_either_way(spins):
    rng = np.random.default_rng(2)
    found = RestrictedBoltzmannMachine(rng.normal(size=(11, 7)), rng.normal(size=11), rng.normal(size=7), spins)
    value = log_partition(fully_connected(found)).log_partition
    assert value == pytest.approx(enumerated_log_partition(found), abs=1e-12)


def test_one_pattern_is_a_magnet_of_infinite_range():
    """One pattern may be all ones: states count by how many spins are up."""
    n, beta = 21, 1.3
    logs = [math.log(math.comb(n, up)) + beta / (2 * n) * ((2 * up - n) ** 2 - n) for up in range(n + 1)]
    pattern = np.random.default_rng(3).choice([-1, 1], size=(1, n))
    found = log_partition(HopfieldNetwork(pattern, beta))
    assert found.log_partition == pytest.approx(float(logsumexp(logs)), abs=1e-11)
    assert found.method == "sum over 2^21 states"


@pytest.mark.parametrize("scale", [1e3, 1e100])
def test_large_couplings_do_not_overflow(scale):
    found = machine(4, 12, scale=scale)
    assert log_partition(found).log_partition == pytest.approx(by_definition(found), rel=1e-12)


@pytest.mark.parametrize("n", [1, 5, 25])
def test_units_without_couplings_count_two_each(n):
    found = log_partition(BoltzmannMachine(np.zeros((n, n)), np.zeros(n)), n_threads=2)
    assert found.log_partition == pytest.approx(n * math.log(2), rel=1e-13)


def test_numpy_sums_to_the_same_without_a_compiler(monkeypatch):
    found = machine(5, 14, spins=True)
    compiled = log_partition(found).log_partition

    def missing(*_):
        raise CompilerMissingError("none")

    monkeypatch.setattr(enumerated_couplings, "_compiled", missing)
    assert log_partition(found).log_partition == pytest.approx(compiled, abs=1e-12)


def test_too_many_units_are_not_summed_over():
    with pytest.raises(ValueError, match="at most 30"):
        log_partition(machine(6, 31), method="exact")
    with pytest.raises(ValueError, match="generator"):
        log_partition(machine(6, 31))


def test_numpy_sweeps_follow_the_same_states(monkeypatch):
    path = path_to(machine(7, 15, scale=0.4), np.linspace(-1, 1, 15))
    assert isinstance(path, CoupledPath)
    start = path.base_states(30, np.random.default_rng(7))
    lams = np.linspace(0, 1, 12).tolist()
    works, states = path.works(start, lams, np.random.default_rng(8))

    def missing(*_):
        raise CompilerMissingError("none")

    monkeypatch.setattr(coupled_sweeps, "compiled", missing)
    plain_works, plain_states = path.works(start, lams, np.random.default_rng(8))
    np.testing.assert_array_equal(plain_states, states)
    np.testing.assert_allclose(plain_works, works, atol=1e-12)


@pytest.mark.parametrize(("lam", "agrees"), [(1.0, True), (0.9, False)])
def test_sweeps_leave_the_law_of_the_machine_alone(lam, agrees):
    """Long runs visit the states of a small machine as often as they weigh: chi-squared with a false alarm in 1000."""
    found = machine(9, 4, scale=0.7)
    every = np.array(list(itertools.product((0, 1), repeat=4)), dtype=np.uint8)
    weights = np.exp(-found.energy(every))
    n_chains = 20_000
    start = np.random.default_rng(9).integers(2, size=(n_chains, 4), dtype=np.uint8)
    states = path_to(found).moved(start, lam, 40, np.random.default_rng(10))
    counts = np.bincount(states @ np.array([8, 4, 2, 1]), minlength=16)
    expected = n_chains * weights / weights.sum()
    distance = float(np.sum((counts - expected) ** 2 / expected))
    assert (distance < 37.7) is agrees  # of 15 degrees of freedom


def test_work_after_the_move_is_another_quantity():
    """The rival takes the change of energy at the state that has moved already."""
    found = machine(18, 10, scale=0.5)
    exact, path, rng = log_partition(found).log_partition, path_to(found), np.random.default_rng(18)
    lams = np.linspace(0, 1, 6).tolist()
    start = path.base_states(4000, rng)
    right = jarzynski(path.works(start, lams, rng)[0].sum(axis=0))
    assert abs(path.base_log_partition + right.log_ratio - exact) < 4 * right.standard_error
    late = np.zeros(len(start))
    for before, after in itertools.pairwise(lams):
        start = path.moved(start, after, 1, rng)
        late += (after - before) * found.energy(start)  # the base has no biases
    wrong = jarzynski(late)
    assert abs(path.base_log_partition + wrong.log_ratio - exact) > 10 * wrong.standard_error


@pytest.mark.parametrize("kind", ["units 0 and 1", "spins", "hopfield"])
def test_chains_find_the_exact_value_within_their_error(kind):
    """Errors over the error bar over 30 seeds: a false alarm in a thousand."""
    if kind == "hopfield":
        found = HopfieldNetwork(np.random.default_rng(11).choice([-1, 1], size=(2, 18)), 1.2).boltzmann_machine()
    else:
        found = machine(12, 18, scale=0.25, spins=kind == "spins")
    exact = log_partition(found).log_partition
    errors, bounds, reliable = [], [], []
    for k in range(30):
        estimate = annealed_log_partition(found, rng=np.random.default_rng([13, k]), n_chains=125, n_temperatures=50)
        reliable.append(estimate.reliable)
        errors.append((estimate.log_partition - exact) / estimate.standard_error)
        bounds.append((estimate.lower - exact, estimate.upper - exact))
    assert np.mean(reliable) > 0.9
    assert kstest(errors, "norm").pvalue > 1e-3
    below, above = np.mean(bounds, axis=0)
    assert below < 0 < above


def test_a_network_in_the_glass_is_called_unreliable_or_right():
    rng = np.random.default_rng(14)
    found = HopfieldNetwork(rng.choice([-1, 1], size=(12, 24)), 6.0).boltzmann_machine()
    exact = log_partition(found).log_partition
    for k in range(8):
        estimate = annealed_log_partition(found, rng=np.random.default_rng([14, k]), n_chains=100, n_temperatures=20)
        assert not estimate.reliable or abs(estimate.log_partition - exact) < 5 * estimate.standard_error


def test_machines_without_couplings_need_no_chains():
    bias = np.linspace(-2, 2, 40)
    found = BoltzmannMachine(np.zeros((40, 40)), bias)
    exact = np.logaddexp(0, bias).sum()
    assert log_partition(found).log_partition == pytest.approx(exact, abs=1e-12)
    how = {"method": "annealing", "n_chains": 50, "n_temperatures": 1}
    estimate = log_partition(found, rng=np.random.default_rng(15), **how)
    assert estimate.log_partition == pytest.approx(exact, abs=5 * estimate.standard_error + 1e-9)


def test_units_without_couplings_are_counted_by_formula():
    small = machine(16, 6, spins=True)
    couplings, bias = np.zeros((35, 35)), np.linspace(-1, 1, 35)
    couplings[20:26, 20:26], bias[20:26] = small.couplings, small.bias
    found = log_partition(BoltzmannMachine(couplings, bias, spins=True))
    free = np.delete(bias, range(20, 26))
    assert found.log_partition == pytest.approx(by_definition(small) + np.log(2 * np.cosh(free)).sum(), abs=1e-11)
    assert found.method == "sum over 2^6 states"


def test_energies_whose_squares_overflow_are_not_annealed():
    with pytest.raises(ValueError, match="frozen"):
        log_partition(machine(17, 40, scale=1e200), rng=np.random.default_rng(17), n_chains=10, n_temperatures=2)
