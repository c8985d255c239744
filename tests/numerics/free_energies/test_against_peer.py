"""The same works in pymbar, on its own test systems: free energies and error bars of both, and the exact values."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import kstest

from numerics import bennett_acceptance_ratio, jarzynski

pymbar = pytest.importorskip("pymbar", reason="pymbar is absent; the extra peers brings it")
testsystems = pytest.importorskip("pymbar.testsystems")

REPETITIONS = 200
FALSE_ALARM = 1e-3
"""Of each test of a law; the seeds are fixed."""


@dataclass(frozen=True, kw_only=True)
class System:
    """One of pymbar's: works of so many runs in each direction, by seed, and what it says of the free energy."""

    works: Callable[[int], tuple[Any, Any]]
    numbers: tuple[int, int]
    difference: float


def equilibrium(system: Any, *numbers: int) -> System:
    """Two laws between which the energy changes at once: each run is a sample of equilibrium."""
    start, end = system.analytical_free_energies()
    return System(
        works=lambda seed: system.sample(numbers, mode="wFwR", seed=seed)[:2],
        numbers=(numbers[0], numbers[1]),
        difference=float(end - start),
    )


def oscillators(centers: tuple[float, float], stiffnesses: tuple[float, float], *numbers: int) -> System:
    return equilibrium(testsystems.HarmonicOscillatorsTestCase(centers, stiffnesses), *numbers)


def exponentials(rates: tuple[float, float], *numbers: int) -> System:
    return equilibrium(testsystems.ExponentialTestCase(rates), *numbers)


def gaussian(difference: float, deviation: float, *numbers: int) -> System:
    def works(seed: int) -> tuple[Any, Any]:
        forward, reverse = testsystems.gaussian_work_example(
            *numbers, mu_F=None, DeltaF=difference, sigma_F=deviation, seed=seed
        )
        return forward, reverse

    return System(works=works, numbers=(numbers[0], numbers[1]), difference=difference)


SYSTEMS = {
    "oscillators of pymbar's own test": lambda: oscillators((1, 2), (0.5, 2), 500, 800),
    "exponentials of pymbar's own test": lambda: exponentials((1, 4), 500, 800),
    "Gaussian work of pymbar's example": lambda: gaussian(1.0, 1.0, 200, 200),
    "wide Gaussian work": lambda: gaussian(-2.0, 3.0, 2000, 500),
    **{f"oscillators {k}": lambda k=k: oscillators((k, k + 1), (2**k, 2 ** (k + 1)), 500, 800) for k in range(3)},
    **{f"exponentials {k}": lambda k=k: exponentials((k, k + 1), 300, 900) for k in range(1, 5)},
}
"""Neighbors among pymbar's default states are numbered."""


@cache
def estimates(name: str, repetitions: int = REPETITIONS) -> tuple[Any, ...]:
    """Both directions, ours and pymbar's, seed by seed."""
    system = SYSTEMS[name]()
    found = []
    for seed in range(repetitions):
        forward, reverse = system.works(seed)
        found.append((bennett_acceptance_ratio(forward, reverse), pymbar.bar(forward, reverse)))
    return tuple(found)


def scores(differences: Any, errors: Any, exact: float) -> Any:
    """Errors in units of the error bar."""
    return (np.array(differences) - exact) / np.array(errors)


@pytest.mark.parametrize("name", SYSTEMS)
def test_free_energies_are_those_of_the_peer(name: str):
    for ours, theirs in estimates(name):
        assert ours.free_energy_difference == pytest.approx(theirs["Delta_f"], abs=1e-12)
        for work in (ours.work, ours.reverse_work):
            assert jarzynski(work).free_energy_difference == pytest.approx(pymbar.exp(work)["Delta_f"], abs=1e-12)


@pytest.mark.parametrize("name", SYSTEMS)
def test_error_bars_differ_from_the_peers_by_bessels_correction(name: str):
    """Both take the spread of acceptances of each direction; ours divides by n - 1, pymbar's by n."""
    numbers = SYSTEMS[name]().numbers
    least, most = (math.sqrt(n / (n - 1)) for n in (max(numbers), min(numbers)))
    for ours, theirs in estimates(name):
        assert least * (1 - 1e-9) < ours.standard_error / theirs["dDelta_f"] < most * (1 + 1e-9)
        for work in (ours.work, ours.reverse_work):
            correction = math.sqrt(work.size / (work.size - 1))
            assert jarzynski(work).standard_error == pytest.approx(correction * pymbar.exp(work)["dDelta_f"], rel=1e-9)


def test_the_peers_other_error_bar_is_larger_at_the_next_order():
    """Its variance is 1 / (2 F - S) where ours is S / F^2, each less 1/n + 1/n'. F is the sum of acceptances, which
    Bennett's equation makes the same in both directions; S is that of their squares, over both. By Crooks' relation S
    and F are equal in the mean: the excess (S - F)^2 / (F^2 (2 F - S)) is a fluctuation squared, and falls as 1/n.
    """
    shares = []
    for factor in (1, 16):
        system, found = gaussian(1.0, 2.0, 125 * factor, 200 * factor), []
        ratio = math.log(system.numbers[0] / system.numbers[1])
        for seed in range(100):
            forward, reverse = system.works(seed)
            other = pymbar.bar(forward, reverse, uncertainty_method="MBAR")
            first = pymbar.bar(forward, reverse)["dDelta_f"] ** 2
            shift = bennett_acceptance_ratio(forward, reverse).free_energy_difference - ratio
            ahead, back = expit(shift - forward), expit(-shift - reverse)
            accepted, squared = np.sum(ahead), np.sum(ahead**2) + np.sum(back**2)
            assert np.sum(back) == pytest.approx(accepted, rel=1e-9)
            excess = (squared - accepted) ** 2 / (accepted**2 * (2 * accepted - squared))
            assert other["dDelta_f"] ** 2 - first == pytest.approx(excess, abs=1e-9 * first)
            found.append(excess / first)
        shares.append(np.mean(found))
    assert shares[0] < 0.05
    assert 8 < shares[0] / shares[1] < 32


@pytest.mark.parametrize("name", SYSTEMS)
def test_errors_of_the_acceptance_ratio_are_standard_normal_in_both(name: str):
    exact = SYSTEMS[name]().difference
    found = estimates(name)
    ours = scores([f.free_energy_difference for f, _ in found], [f.standard_error for f, _ in found], exact)
    theirs = scores([t["Delta_f"] for _, t in found], [t["dDelta_f"] for _, t in found], exact)
    assert kstest(ours, "norm").pvalue > FALSE_ALARM
    assert kstest(theirs, "norm").pvalue > FALSE_ALARM
    assert np.mean([f.reliable for f, _ in found]) > 0.9


@pytest.mark.parametrize("name", ["oscillators of pymbar's own test", "exponentials of pymbar's own test"])
def test_errors_of_the_exponential_average_are_standard_normal_where_weights_are_bounded(name: str):
    """From the wider law to the narrower."""
    exact, found = SYSTEMS[name]().difference, [jarzynski(f.work) for f, _ in estimates(name)]
    ours = scores([f.free_energy_difference for f in found], [f.standard_error for f in found], exact)
    assert kstest(ours, "norm").pvalue > FALSE_ALARM
    assert all(f.reliable for f in found)


@pytest.mark.parametrize("name", ["oscillators of pymbar's own test", "exponentials of pymbar's own test"])
def test_heavy_tails_are_called_out_where_the_peer_is_silent(name: str):
    """From the narrower law to the wider the weights have Pareto index 3/4: 1 - K_0/K_1, or 1 - r_0/r_1."""
    exact, works = SYSTEMS[name]().difference, [f.reverse_work for f, _ in estimates(name)]
    ours, theirs = [jarzynski(w) for w in works], [pymbar.exp(w) for w in works]
    silent = scores([-t["Delta_f"] for t in theirs], [t["dDelta_f"] for t in theirs], exact)
    assert kstest(silent, "norm").pvalue < 1e-9
    assert np.mean([f.reliable for f in ours]) < 0.1
    assert 0.5 < np.median([f.tail_index for f in ours]) < 1


def test_works_without_overlap_are_called_out_where_the_peer_is_sure():
    system = gaussian(0.0, 20.0, 500, 500)
    found = [(bennett_acceptance_ratio(*w), pymbar.bar(*w)) for w in map(system.works, range(100))]
    assert not any(ours.reliable for ours, _ in found)
    silent = scores([t["Delta_f"] for _, t in found], [t["dDelta_f"] for _, t in found], 0.0)
    assert np.std(silent) > 2


def test_the_counts_of_errors_notice_what_is_wrong():
    """Error bars that are a third short, and the exact value of another system."""
    name = "oscillators 1"
    found, exact = estimates(name), SYSTEMS[name]().difference
    differences, errors = [f.free_energy_difference for f, _ in found], [f.standard_error for f, _ in found]
    assert kstest(scores(differences, np.multiply(errors, 2 / 3), exact), "norm").pvalue < FALSE_ALARM
    assert kstest(scores(differences, errors, 2 * exact), "norm").pvalue < FALSE_ALARM
