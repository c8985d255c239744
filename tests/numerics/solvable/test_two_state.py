"""The driven two-state system: its law of work against all paths, samples against the law."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.stats import chi2

from numerics import annealed_importance_sampling
from numerics.solvable.discrete_law import DiscreteWorkLaw
from numerics.solvable.two_state import TwoStateSystem

SYSTEMS = (
    TwoStateSystem(gaps=(0.3, 2.1), schedule=5),
    TwoStateSystem(gaps=(1.5, -2.0), schedule=4, persistence=0.6),
    TwoStateSystem(gaps=(-1.0, 2.5), schedule=6, moves="Metropolis"),
    TwoStateSystem(gaps=(0.5, 3.0), schedule=(0.0, 0.1, 0.35, 1.0), moves="Metropolis"),
)
FALSE_ALARM = 1e-4
"""Of one chi-squared test."""


def chances(system, state, gap):
    """Probabilities of the states after a move, from the definitions of the moves."""
    if system.moves == "Metropolis":
        leave = min(1.0, math.exp(gap if state else -gap))
        return {1 - state: leave, state: 1 - leave}
    excited = 1 / (1 + math.exp(gap))
    stay = system.persistence
    return {x: stay * (x == state) + (1 - stay) * (excited if x else 1 - excited) for x in (0, 1)}


def enumerated_law(system, *, backward=False):
    """Probabilities of works, by all paths of the states."""
    gaps = [system.gaps[0] + lam * (system.gaps[1] - system.gaps[0]) for lam in system.schedule]
    gaps = gaps[::-1] if backward else gaps
    found = {}
    for path in itertools.product((0, 1), repeat=len(gaps) - 1):
        excited = 1 / (1 + math.exp(gaps[0]))
        weight = excited if path[0] else 1 - excited
        for before, after, gap in zip(path, path[1:], gaps[1:], strict=False):
            weight *= chances(system, before, gap)[after]
        work = sum(x * (b - a) for x, a, b in zip(path, gaps, gaps[1:], strict=False))
        found[round(work, 9)] = found.get(round(work, 9), 0.0) + weight
    return found


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_the_law_is_that_of_all_paths(system, direction):
    law, paths = system.work_law(direction), enumerated_law(system, backward=direction == "reverse")
    for value, probability in zip(law.values, law.probabilities, strict=True):
        assert probability == pytest.approx(paths.get(round(value, 9), 0.0), abs=1e-14)
    assert set(paths) <= {round(v, 9) for v in law.values}


@pytest.mark.parametrize("system", SYSTEMS)
def test_crooks_relation_holds_value_by_value(system):
    forward, reverse = system.work_law(), system.work_law("reverse")
    assert forward.values == pytest.approx(-reverse.values[::-1])
    occurs = forward.probabilities > 0
    ratio = forward.log_probabilities[occurs] - reverse.log_probabilities[::-1][occurs]
    assert ratio == pytest.approx(forward.values[occurs] - system.free_energy_difference, abs=1e-11)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_product_of_matrices_gives_the_transform_of_the_law(system):
    tilts = np.linspace(-1, 2, 7)
    for direction in ("forward", "reverse"):
        law = system.work_law(direction)
        assert system.log_work_transform(tilts, direction) == pytest.approx(law.log_transform(tilts), abs=1e-12)
    assert -system.work_law().log_transform(1.0) == pytest.approx(system.free_energy_difference, abs=1e-12)


def p_value(counts, probabilities):
    """Of Pearson's test, values that are expected fewer than five times taken together."""
    expected = counts.sum() * probabilities
    rare = expected < 5
    observed, wanted = [*counts[~rare]], [*expected[~rare]]
    if rare.any() and expected[rare].sum() > 1:
        observed.append(counts[rare].sum())
        wanted.append(expected[rare].sum())
    statistic = sum((o - w) ** 2 / w for o, w in zip(observed, wanted, strict=True))
    return float(chi2.sf(statistic, len(wanted) - 1))


@pytest.mark.parametrize("place", range(len(SYSTEMS)))
@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_sampled_works_follow_the_law(place, direction):
    system = SYSTEMS[place]
    works = system.sampled_work(20_000, np.random.default_rng([41, place]), direction=direction)
    law = system.work_law(direction)
    assert p_value(law.counted(works), law.probabilities) > FALSE_ALARM
    # The rival: works of the other direction, or of one step less equilibration.
    rival = TwoStateSystem(gaps=system.gaps, schedule=1).sampled_work(20_000, np.random.default_rng(5))
    assert rival.mean() != pytest.approx(law.mean, abs=5 * math.sqrt(law.variance / 20_000))


def test_estimates_from_samples_agree_with_the_exact_difference():
    system = SYSTEMS[2]
    found = annealed_importance_sampling(
        system.energy,
        system.kernel,
        n_chains=20_000,
        schedule=system.schedule,
        rng=np.random.default_rng(42),
        initial=system.initial,
    )
    # Four standard errors: one false alarm in 16,000.
    assert abs(found.free_energy_difference - system.free_energy_difference) < 4 * found.standard_error
    assert found.reliable


def test_slow_changes_dissipate_inversely_to_the_number_of_steps():
    before, after = 0.2, 1.7
    limit = (after - before) * (1 / (1 + math.exp(before)) - 1 / (1 + math.exp(after))) / 2
    for steps in (500, 1000):
        system = TwoStateSystem(gaps=(before, after), schedule=steps)
        dissipated = system.work_mean - system.free_energy_difference
        assert steps * dissipated == pytest.approx(limit, rel=5 / steps)
        # Near equilibrium it is half the variance of the work.
        assert dissipated == pytest.approx(system.work_variance / 2, rel=5 / steps)


def test_a_state_that_never_moves_does_the_work_of_one_step():
    held, sudden = (TwoStateSystem(gaps=(0.3, 2.1), schedule=steps, persistence=1.0) for steps in (4, 1))
    ends = held.work_law()
    assert ends.probabilities[[0, -1]] == pytest.approx(sudden.work_law().probabilities)
    assert ends.probabilities[1:-1].max() == 0


def test_huge_gaps_neither_overflow_nor_lose_the_difference():
    system = TwoStateSystem(gaps=(3.0, -1500.0), schedule=7)
    assert system.free_energy_difference == pytest.approx(-1500 + math.log1p(math.exp(-3)), rel=1e-13)
    assert -system.work_law().log_transform(1.0) == pytest.approx(system.free_energy_difference, rel=1e-12)
    assert system.work_law("reverse").log_transform(1.0) == pytest.approx(system.free_energy_difference, rel=1e-12)
    assert np.isfinite(system.sampled_work(100, np.random.default_rng(1))).all()


def test_an_unchanged_gap_takes_no_work():
    law = TwoStateSystem(gaps=(1.0, 1.0), schedule=3).work_law()
    assert law.values.tolist() == [0.0]
    assert law.probabilities == pytest.approx([1.0])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"gaps": (0.0, math.inf)}, "finite"),
        ({"gaps": (0.0,)}, "two finite"),
        ({"moves": "Glauber"}, "Metropolis"),
        ({"persistence": 1.5}, "probability"),
        ({"persistence": 0.5, "moves": "Metropolis"}, "heat bath only"),
        ({"schedule": 0}, "at least one step"),
        ({"schedule": (0.0, 0.7)}, "from 0 to 1"),
    ],
)
def test_bad_systems_are_refused(changes, told):
    with pytest.raises(ValueError, match=told):
        TwoStateSystem(**{"gaps": (0.0, 1.0), **changes})


def test_steps_without_a_common_unit_are_refused_by_the_law_and_not_by_the_transform():
    system = TwoStateSystem(gaps=(0.0, 1.0), schedule=(0.0, 1 / math.pi, 1.0))
    with pytest.raises(ValueError, match="log_work_transform"):
        system.work_law()
    assert system.log_work_transform(1.0) == pytest.approx(-system.free_energy_difference, abs=1e-13)


def test_a_law_refuses_what_is_none():
    values = np.array([0.0, 1.0])
    with pytest.raises(ValueError, match="sum to 1"):
        DiscreteWorkLaw(values=values, log_probabilities=np.log([0.4, 0.5]))
    with pytest.raises(ValueError, match="increase"):
        DiscreteWorkLaw(values=values[::-1], log_probabilities=np.log([0.5, 0.5]))
    with pytest.raises(ValueError, match="as many"):
        DiscreteWorkLaw(values=values, log_probabilities=np.zeros(1))
    law = DiscreteWorkLaw(values=values, log_probabilities=np.log([0.5, 0.5]))
    assert law.cumulative([-1.0, 0.0, 0.5, 2.0]) == pytest.approx([0, 0.5, 0.5, 1])
    with pytest.raises(ValueError, match="away from all"):
        law.counted([0.5])
