"""Numbers that no careful user hands in: each is refused, computed, or called unreliable, never passed over."""

from __future__ import annotations

import math

import numpy as np
import pytest

from numerics import adaptive_schedule, annealed_importance_sampling, bennett_acceptance_ratio, jarzynski
from numerics.free_energies.pareto_tail import tail_index

pytestmark = pytest.mark.filterwarnings("error")
N = 200


def energy(lam, x):
    return (1 + 3 * lam) * x**2 / 2


def heat_bath(x, lam, rng):
    return rng.normal(size=x.shape) / np.sqrt(1 + 3 * lam)


def gaussian(n, rng):
    return rng.normal(size=n)


def annealed(energy_path=energy, kernel=heat_bath, *, initial=gaussian, schedule=10, n_chains=N, seed=0):
    return annealed_importance_sampling(
        energy_path, kernel, n_chains=n_chains, schedule=schedule, rng=np.random.default_rng(seed), initial=initial
    )


def adapted(energy_path=energy, kernel=heat_bath, *, initial=gaussian, n_chains=N, **aim):
    return adaptive_schedule(
        energy_path, kernel, n_chains=n_chains, rng=np.random.default_rng(0), initial=initial, **aim
    )


@pytest.mark.parametrize("value", [1e308, -1e308, 3e15, 2**62])
def test_works_whose_rounding_exceeds_the_error_bar_are_called_unreliable(value):
    found = jarzynski(np.full(100, value))
    assert found.log_ratio == pytest.approx(-float(value), rel=1e-12)
    assert any("rounded" in w for w in found.warnings)


@pytest.mark.parametrize("value", [0.3, -7.0, 3, 1e5])
def test_works_that_are_all_alike_are_the_free_energy(value):
    one, both = jarzynski([value] * 50), bennett_acceptance_ratio([value] * 50, [-value] * 50)
    for found in (one, both):
        assert found.reliable, found.warnings
        assert found.free_energy_difference == pytest.approx(value, abs=1e-9)


def test_alike_but_for_rounding_is_no_contradiction():
    assert bennett_acceptance_ratio([0.1 + 0.2] * 30, [-0.3] * 30).reliable


@pytest.mark.parametrize("other", [np.zeros(100), np.array([1e308, -1e308] * 50), np.full(100, np.inf)])
@pytest.mark.parametrize("huge", [np.full(100, 1e308), np.full(100, -1e308), np.r_[np.zeros(99), -1e308]])
def test_huge_works_of_both_directions_are_never_called_reliable(huge, other):
    for found in (bennett_acceptance_ratio(huge, other), bennett_acceptance_ratio(other, huge)):
        assert not found.reliable
        assert not np.isnan(found.standard_error)


def test_one_run_that_gains_what_the_other_direction_never_pays_is_a_contradiction():
    forward = np.concatenate([np.zeros(99), [-1e4]])
    assert any("too low" in w for w in bennett_acceptance_ratio(forward, np.zeros(100)).warnings)


def test_masked_works_are_refused_rather_than_used():
    with pytest.raises(ValueError, match="compressed"):
        jarzynski(np.ma.array([0.1, -5.0] * 20, mask=[False, True] * 20))


@pytest.mark.parametrize("kind", [np.float32, np.float16, np.longdouble, ">f8", list, tuple])
def test_every_kind_of_number_gives_the_same(kind):
    works = np.random.default_rng(1).normal(0, 0.3, 300)
    handed = kind(works) if kind in (list, tuple) else works.astype(kind)
    tolerance = 1e-3 if kind is np.float16 else 1e-6
    assert jarzynski(handed).log_ratio == pytest.approx(jarzynski(works).log_ratio, abs=tolerance)


def test_arrays_that_are_read_only_stay_as_they_are():
    works = np.random.default_rng(2).normal(0, 0.3, 100)
    works.flags.writeable = False
    assert jarzynski(works).reliable
    assert bennett_acceptance_ratio(works, works).work is not works


def in_place(x, lam, rng):
    x[:] = rng.normal(size=x.shape) / np.sqrt(1 + 3 * lam)
    return x


def test_a_kernel_that_works_in_place_leaves_the_start_alone():
    start = np.random.default_rng(3).normal(size=N)
    kept = start.copy()
    start.flags.writeable = False
    assert annealed(kernel=in_place, initial=start).log_ratio == annealed(initial=kept).log_ratio
    assert np.array_equal(start, kept)


def test_an_energy_that_changes_the_states_is_refused():
    def shrinking(lam, x):
        x *= 0.5
        return energy(lam, x)

    with pytest.raises(ValueError, match="changed in place"):
        annealed(shrinking)
    with pytest.raises(ValueError, match="changed in place"):
        adapted(shrinking, relative_entropy=0.1)


@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"kernel": lambda x, lam, rng: x + 0j}, TypeError, "complex"),
        ({"kernel": lambda x, lam, rng: x.astype(object)}, TypeError, "object"),
        ({"kernel": lambda x, lam, rng: x[:, None]}, ValueError, "shape"),
        ({"kernel": lambda x, lam, rng: None}, ValueError, "shape"),
        ({"energy_path": lambda lam, x: energy(lam, x) + 0j}, TypeError, "complex"),
        ({"energy_path": lambda lam, x: x.astype(str)}, TypeError, "dtype"),
        ({"energy_path": lambda lam, x: np.ma.masked_greater(energy(lam, x), 1.0)}, ValueError, "masked"),
        ({"energy_path": lambda lam, x: np.where((lam == 0) & (x > 1), -np.inf, 0.0)}, ValueError, "finite energy"),
        ({"energy_path": lambda lam, x: np.where((lam == 1) & (x > 0), -np.inf, 0.0)}, ValueError, "finite energy"),
        ({"initial": np.ma.masked_greater(np.arange(float(N)), 5)}, ValueError, "masked"),
        ({"initial": []}, ValueError, "first axis"),
        ({"schedule": []}, ValueError, "schedule"),
        ({"schedule": [0, 0.5, 0.5, 1]}, ValueError, "increase"),
        ({"schedule": "fast"}, TypeError, "schedule"),
        ({"schedule": [0, np.nan, 1]}, ValueError, "increase"),
    ],
)
def test_what_would_be_passed_over_is_refused(changes, error, says):
    with pytest.raises(error, match=says):
        annealed(**changes)


def test_energies_in_single_precision_are_good_until_their_rounding_is_seen():
    assert annealed(lambda lam, x: energy(lam, x).astype(np.float32)).reliable
    coarse = annealed(lambda lam, x: (1e8 + energy(lam, x)).astype(np.float32))
    assert abs(coarse.log_ratio + math.log(2)) > 5 * coarse.standard_error, "the case must be one that is wrong"
    assert any("rounded" in w for w in coarse.warnings)


def test_weights_that_are_all_zero_have_no_error_bar():
    found = annealed(lambda lam, x: np.where(lam == 1, np.inf, 0.0) + 0 * x)
    assert (found.log_ratio, found.standard_error, found.effective_sample_size) == (-np.inf, np.inf, 0.0)
    assert not found.reliable
    assert np.isnan(found.mean_dissipated_work)


def test_one_chain_has_no_error_bar():
    found = annealed(n_chains=1)
    assert found.standard_error == np.inf
    assert not found.reliable


def test_a_schedule_is_not_made_from_one_chain():
    for aim in ({"relative_entropy": 0.1}, {"effective_share": 0.9}):
        with pytest.raises(ValueError, match="at least two"):
            adapted(n_chains=1, **aim)
    with pytest.raises(ValueError, match="1 / effective_share"):
        adapted(n_chains=10, effective_share=0.1)


def walls(lam, x):
    return np.where(np.abs(x) > 2 - lam, np.inf, 0.0)


def within_walls(x, lam, rng):
    proposed = x + rng.uniform(-1, 1, size=x.shape)
    return np.where(np.abs(proposed) > 2 - lam, x, proposed)


def uniform(n, rng):
    return rng.uniform(-2, 2, n)


def test_closing_walls_have_steps_of_equal_share():
    lams = adapted(walls, within_walls, initial=uniform, n_chains=4000, effective_share=0.9)
    widths = 2 - np.array(lams)
    assert np.all(np.abs(widths[1:-1] / widths[:-2] - 0.9) < 0.03), "the share that survives is the ratio of widths"
    with pytest.raises(ValueError, match="effective_share is to be used"):
        adapted(walls, within_walls, initial=uniform, relative_entropy=0.1)


def test_energies_beyond_all_sums_make_no_schedule_of_nonsense():
    assert adapted(lambda lam, x: 1e308 * lam + 0 * x, relative_entropy=0.1) == [0.0, 1.0]


def test_a_tail_over_all_orders_of_magnitude_is_computed_without_overflow():
    found = jarzynski(np.linspace(0, 700, 300))
    assert not found.reliable
    assert found.tail_index > 0.5


def test_a_tail_whose_slope_is_exactly_zero_has_an_index():
    """The grid of Zhang and Stephens meets the exponential law where the quartile is so far below the largest."""
    step = 1 - np.sqrt(35 / 4.5)
    quartile = next(q for q in (-step / 3 * (1 + k * 2.0**-53) for k in range(-8, 9)) if 1 + step / (3 * q) == 0)
    tail = np.concatenate([np.linspace(0.01, 0.5, 5), [quartile], np.linspace(0.6, 1.0, 19)])
    assert np.isfinite(tail_index(np.concatenate([np.zeros(100), tail])))
