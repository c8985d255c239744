"""Counting solutions of the TAP equations: known landscapes, a glass near its transition, and arguments refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from numerics.tap import tap_solutions


def census(bonds: Any, temperature: float, *, seed: int = 0, **options: Any) -> Any:
    return tap_solutions(bonds, temperature=temperature, rng=np.random.default_rng(seed), **options)


def test_above_its_transition_a_ferromagnet_has_the_paramagnet_alone(instances: Any) -> None:
    found = census(instances.curie_weiss(12), 1.5, n_starts=10)
    assert len(found.solutions) == 1 and found.counts == (11,)
    assert found.n_stable == 1 and found.index_sum == 1


def test_below_it_there_is_one_pair_and_the_saddle_between(instances: Any) -> None:
    found = census(instances.curie_weiss(12), 0.7, n_starts=20)
    assert [s.stable for s in found.solutions] == [True, False]
    assert found.index_sum == 1 and found.flip_symmetric


def test_in_a_field_the_two_of_a_pair_are_counted_each(instances: Any) -> None:
    found = census(instances.curie_weiss(12), 0.6, field=0.02, n_starts=30)
    assert (found.n_stable, found.n_unstable, found.index_sum) == (2, 1, 1)
    assert not found.flip_symmetric


def test_a_glass_near_its_transition_has_verified_solutions_of_both_kinds(printed: Any, instances: Any) -> None:
    bonds, temperature = instances.sherrington_kirkpatrick(40, 0), 0.75
    reports: list[tuple[int, int, str]] = []
    found = census(bonds, temperature, n_starts=24, progress=lambda *args: reports.append(args))
    assert found.n_stable >= 2 and found.n_unstable >= 1
    assert found.index_sum == 1
    assert sum(found.counts) + found.n_failed == found.n_starts == 25
    assert [done for done, _, _ in reports] == list(range(1, 26))
    for solution in found.solutions:
        assert printed.residual(bonds, solution.magnetizations, temperature, 0.0) <= 1e-12
        values = np.linalg.eigvalsh(printed.hessian(bonds, solution.magnetizations, temperature))
        assert (values[0] > 0) == solution.stable
    for one, other in zip(found.solutions, found.solutions[1:], strict=False):
        assert one.free_energy <= other.free_energy
        for sign in (1, -1):
            assert np.max(np.abs(one.magnetizations + sign * other.magnetizations)) > 1e-4


def test_a_missed_saddle_shows_in_the_index_sum(instances: Any) -> None:
    from dataclasses import replace

    found = census(instances.curie_weiss(12), 0.7, n_starts=20)
    assert replace(found, solutions=found.solutions[:1], counts=found.counts[:1]).index_sum == 2


def test_the_generator_fixes_the_census(instances: Any) -> None:
    bonds = instances.sherrington_kirkpatrick(30, 2)
    one, other = (census(bonds, 0.8, seed=4, n_starts=8) for _ in range(2))
    assert one.counts == other.counts
    assert all(
        np.array_equal(a.magnetizations, b.magnetizations) for a, b in zip(one.solutions, other.solutions, strict=True)
    )


@pytest.mark.parametrize("n_starts", [0, -1, 2.5, True])
def test_a_number_of_starts_that_is_none_is_refused(instances: Any, n_starts: Any) -> None:
    with pytest.raises(ValueError, match="positive number of starts"):
        census(instances.curie_weiss(4), 1.0, n_starts=n_starts)
