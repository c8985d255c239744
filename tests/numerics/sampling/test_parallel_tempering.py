"""Parallel tempering against exact enumeration, its two backends against each other, and its diagnostics."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.special import stdtrit

import numerics
from numerics.networks.initialization import sample_weights
from numerics.sampling import TemperedSamples, parallel_tempering, plain_sweeps

N_SPINS, TEMPERATURES = 10, (0.6, 1.0, 1.8)
# Of each test that compares with the enumeration: all its numbers together.
FALSE_ALARM_RATE = 1e-4


def couplings(n_spins: int = N_SPINS, seed: int = 3) -> Any:
    upper = np.triu(np.random.default_rng(seed).standard_normal((n_spins, n_spins)), 1) / np.sqrt(n_spins)
    return upper + upper.T


FIELD = np.random.default_rng(4).normal(0.1, 0.3, N_SPINS)
PAIRS = np.array(list(combinations(range(N_SPINS), 2)))


def exact(bonds: Any, field: Any, temperature: float) -> dict[str, Any]:
    """Means over all configurations."""
    states = np.array(list(product((-1.0, 1.0), repeat=len(bonds))))
    energies = -0.5 * np.einsum("si,ij,sj->s", states, bonds, states) - states @ field
    weights = np.exp(-(energies - energies.min()) / temperature)
    weights /= weights.sum()
    products = states[:, PAIRS[:, 0]] * states[:, PAIRS[:, 1]]
    return {"magnetizations": weights @ states, "pair_means": weights @ products, "energies": weights @ energies}


def largest_z(found: TemperedSamples, *, heated: float = 1.0) -> float:
    """Largest distance from the exact means, in standard errors, over the threshold of the false-alarm rate."""
    scores: list[float] = []
    for place, temperature in enumerate(TEMPERATURES):
        expected = exact(couplings(), FIELD, temperature * heated)
        for name, error in (
            ("magnetizations", "magnetization_errors"), ("pair_means", "pair_errors"), ("energies", "energy_errors")
        ):  # fmt: skip
            z = (getattr(found, name)[place] - expected[name]) / getattr(found, error)[place]
            scores += np.abs(np.atleast_1d(z)).tolist()
    threshold = stdtrit(found.degrees_of_freedom, 1 - FALSE_ALARM_RATE / (2 * len(scores)))
    return max(scores) / float(threshold)


def sampled(**options: Any) -> TemperedSamples:
    arguments: dict[str, Any] = {
        "temperatures": TEMPERATURES,
        "field": FIELD,
        "pairs": PAIRS,
        "rng": np.random.default_rng(0),
        "n_sweeps": 32000,
        **options,
    }
    return parallel_tempering(arguments.pop("bonds", couplings()), **arguments)


@pytest.fixture(scope="module")
def long_run() -> TemperedSamples:
    return sampled()


def test_the_public_name_is_there() -> None:
    assert numerics.parallel_tempering is parallel_tempering


def test_means_agree_with_exact_enumeration(long_run: TemperedSamples) -> None:
    assert largest_z(long_run) < 1
    assert long_run.thermalized


def test_a_temperature_off_by_a_twentieth_is_noticed(long_run: TemperedSamples) -> None:
    assert largest_z(long_run, heated=1.05) > 1


def test_a_sparse_matrix_is_sampled_alike() -> None:
    # The same order of additions, but for the zeros that are left out.
    thinned = couplings() * (np.abs(couplings()) > 0.2)
    dense = sampled(bonds=thinned, n_sweeps=320)
    thin = sampled(bonds=sparse.csr_array(thinned), n_sweeps=320)
    assert np.array_equal(dense.magnetization_batches, thin.magnetization_batches)


@pytest.mark.parametrize("matrix", [couplings(), sparse.csr_array(couplings())])
def test_both_backends_give_the_same_spins(matrix: Any) -> None:
    one, other = (sampled(bonds=matrix, n_sweeps=64, n_chains=2, backend=b) for b in ("c", "numpy"))
    assert np.array_equal(one.magnetization_batches, other.magnetization_batches)
    assert np.array_equal(one.pair_batches, other.pair_batches)
    assert np.allclose(one.energy_batches, other.energy_batches, rtol=1e-13)
    assert np.array_equal(one.exchange_rates, other.exchange_rates) and one.exchange_rates.min() > 0
    assert (one.backend, other.backend) == ("c", "numpy")


def test_the_generator_fixes_the_run_and_another_seed_changes_it() -> None:
    one, again = (sampled(n_sweeps=64) for _ in range(2))
    assert np.array_equal(one.magnetization_batches, again.magnetization_batches)
    other = sampled(n_sweeps=64, rng=np.random.default_rng(1))
    assert not np.array_equal(one.magnetization_batches, other.magnetization_batches)


def test_random_numbers_are_those_of_the_published_generator() -> None:
    # xoshiro256++ from the state 1, 2, 3, 4: rotl(1 + 4, 23) + 1 is its first word.
    state = np.array([1, 2, 3, 4], dtype=np.uint64)
    assert plain_sweeps.uniform(state) == (((5 << 23) + 1) >> 11) * 2.0**-53
    assert state.tolist() == [7, 0, 262146, 211106232532992]


def test_without_a_compiler_there_is_a_warning_and_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = sampled(n_sweeps=32, n_chains=1)
    monkeypatch.setenv("CC", "no-such-compiler")
    with pytest.warns(RuntimeWarning, match="sampling in NumPy"):
        found = sampled(n_sweeps=32, n_chains=1)
    assert found.backend == "numpy"
    assert np.array_equal(found.magnetization_batches, expected.magnetization_batches)


def test_error_bars_count_their_false_alarms() -> None:
    # 200 short runs: how often the energy lies beyond a threshold of one in twenty, against the binomial interval.
    from numerics.crosschecks.gate import binomial_interval

    expected = exact(couplings(), FIELD, 1.8)["energies"]
    alarms = 0
    for seed in range(200):
        run = sampled(temperatures=[1.8], pairs=None, n_sweeps=640, rng=np.random.default_rng([7, seed]))
        alarms += abs(run.energies[0] - expected) > stdtrit(run.degrees_of_freedom, 0.975) * run.energy_errors[0]
    low, high = binomial_interval(0.05, 200)
    assert low <= alarms <= high


def test_independent_spins_have_no_autocorrelation() -> None:
    found = parallel_tempering(
        np.zeros((6, 6)), temperatures=[1.0], field=0.7, rng=np.random.default_rng(2), n_sweeps=64000
    )
    # The variance of 64 batch means is known to sqrt(2/63); five of these.
    assert found.autocorrelation_times[0] == pytest.approx(0.5, rel=5 * np.sqrt(2 / 63))


def test_a_frozen_system_is_not_called_thermalized() -> None:
    ferromagnet = np.ones((40, 40)) - np.eye(40)
    found = parallel_tempering(ferromagnet, temperatures=[1.0], rng=np.random.default_rng(0), n_sweeps=160)
    assert not replace(found, energy_batches=found.energy_batches + np.arange(16)[:, None]).thermalized
    apart = found.energy_batches + np.arange(4)[:, None, None]
    assert not replace(found, energy_batches=apart).thermalized


def test_weights_of_layers_are_sampled_as_their_bonds() -> None:
    weights = sample_weights((6, 4, 3), (1.0, 1.0), np.random.default_rng(0))
    found = parallel_tempering(weights, temperatures=[1.0, 2.0], rng=np.random.default_rng(0), n_sweeps=32)
    assert found.magnetizations.shape == (2, 13)


def test_configurations_travel_between_temperatures(long_run: TemperedSamples) -> None:
    assert long_run.round_trips > 0
    assert np.all((long_run.exchange_rates > 0.2) & (long_run.exchange_rates <= 1))


def test_progress_counts_the_batches() -> None:
    reports: list[tuple[int, int, str]] = []
    sampled(n_sweeps=32, n_chains=2, progress=lambda *args: reports.append(args))
    assert [done for done, _, _ in reports] == list(range(1, 33))
    assert {total for _, total, _ in reports} == {32}


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"temperatures": 1.0}, "list of temperatures"),
        ({"temperatures": []}, "list of temperatures"),
        ({"temperatures": [1.0, -1.0]}, "positive finite temperature"),
        ({"temperatures": [1.0, 3.0, 2.0]}, "rise or fall"),
        ({"n_sweeps": 33}, "16 batches share; found 33"),
        ({"n_sweeps": 0}, "n_sweeps to be an integer of at least 1"),
        ({"n_chains": 0}, "n_chains"),
        ({"n_batches": 1}, "n_batches to be an integer of at least 2"),
        ({"n_burn_in": -1}, "n_burn_in"),
        ({"backend": "fortran"}, "'c' or 'numpy'; found 'fortran'"),
        ({"pairs": [[0, 10]]}, "spins from 0 to 9"),
        ({"pairs": [[0.0, 1.0]]}, "pairs of spins, integers"),
        ({"field": [1.0]}, "10 of them"),
        ({"bonds": np.ones((10, 10))}, "zero diagonal"),
    ],
)
def test_what_is_no_argument_is_refused(options: dict[str, Any], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        sampled(**options)
