"""Dragged and stiffened traps: their laws of work against samples, the whole path, and the relations of work."""

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import kstest, norm

from derivations.oracles.gaussian_path import path_transform
from numerics import annealed_importance_sampling, bennett_acceptance_ratio, jarzynski
from numerics.quadrature import QuadratureError
from numerics.solvable.dragged_oscillator import DraggedOscillator, least_drag, steady_drag
from numerics.solvable.gaussian_law import GaussianWork
from numerics.solvable.inversion import inverted
from numerics.solvable.metropolis import MetropolisSampled
from numerics.solvable.quadratic_law import QuadraticWork
from numerics.solvable.stiffened_oscillator import StiffenedOscillator
from numerics.solvable.sudden_law import SquaresWork
from numerics.solvable.system import ContinuousWorkLaw, WorkLaw

SYSTEMS = {
    "dragged": DraggedOscillator(stiffness=2.0, distance=1.5, schedule=[0, 0.1, 0.6, 1], retained=0.6),
    "dragged at once": DraggedOscillator(stiffness=2.0, distance=-1.0, schedule=1),
    "stiffened": StiffenedOscillator(stiffness=1.0, final_stiffness=3.0, schedule=5, retained=0.6),
    "softened in space": StiffenedOscillator(
        stiffness=3.0, final_stiffness=1.0, dimension=3, schedule=[0, 0.5, 0.9, 1], retained=0.3
    ),
    "stiffened at once": StiffenedOscillator(stiffness=1.0, final_stiffness=3.0, schedule=1),
    "softened at once": StiffenedOscillator(stiffness=2.0, final_stiffness=1.0, dimension=2, schedule=1),
}
BOTH = ("forward", "reverse")
N = 20_000
MOMENTS = 4 * len(SYSTEMS)
"""Two moments in two directions for each system."""
FALSE_ALARM = 1e-3
"""Of all samples of one kind together, shared equally among them."""
TRAPS = [[Fraction(k) for k in row] for row in ((1, 2, 4), (3, 2.5, 2, 1))]


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize("name", SYSTEMS)
def test_sampled_works_have_the_mean_and_variance_of_the_law(name, direction, rng):
    system, limit = SYSTEMS[name], norm.isf(FALSE_ALARM / MOMENTS / 2)
    law, work = system.work_law(direction), system.sampled_work(N, rng, direction=direction)
    spread = np.mean((work - work.mean()) ** 4) - law.variance**2
    assert abs(work.mean() - law.mean) < limit * math.sqrt(law.variance / N)
    assert abs(work.var() - law.variance) < limit * math.sqrt(spread / N)


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize("name", SYSTEMS)
def test_sampled_works_follow_the_law(name, direction, rng):
    system = SYSTEMS[name]
    work = system.sampled_work(100, rng, direction=direction)
    found = kstest(work, system.work_law(direction).cumulative)
    assert found.pvalue > FALSE_ALARM / (2 * len(SYSTEMS))


@pytest.mark.parametrize("name", ["dragged", "stiffened"])
def test_works_of_another_speed_have_another_mean(name, rng):
    system = SYSTEMS[name]
    choices = {"schedule": 2, "retained": 0.9}
    rival = (
        DraggedOscillator(stiffness=2.0, distance=1.5, **choices)
        if name == "dragged"
        else StiffenedOscillator(stiffness=1.0, final_stiffness=3.0, **choices)
    )
    work = rival.sampled_work(3000, rng)
    assert abs(work.mean() - system.work_mean) > 5 * math.sqrt(system.work_variance / 3000)


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_law_obeys_the_equality_of_jarzynski(name, direction):
    system = SYSTEMS[name]
    sign = 1 if direction == "forward" else -1
    law = system.work_law(direction)
    assert law.log_transform(1.0) == pytest.approx(-sign * system.free_energy_difference, abs=1e-12)
    assert law.log_transform(0.0) == 0
    assert law.mean >= sign * system.free_energy_difference


@pytest.mark.parametrize("name", SYSTEMS)
def test_densities_of_both_directions_obey_the_relation_of_crooks(name):
    system = SYSTEMS[name]
    sign = -1 if name.startswith("softened") else 1
    work = sign * np.array([0.3, 0.7, 1.3]) * (1.5 if sign > 0 else 1)
    forward, reverse = system.work_law().density(work), system.work_law("reverse").density(-work)
    assert np.log(forward / reverse) == pytest.approx(work - system.free_energy_difference, abs=1e-6)


@pytest.mark.parametrize("name", SYSTEMS)
def test_estimators_find_the_difference_of_free_energies(name, rng):
    system = SYSTEMS[name]
    pairs = [system.sampled_work(4000, rng, direction=d) for d in BOTH]
    found = bennett_acceptance_ratio(*pairs)
    assert abs(found.free_energy_difference - system.free_energy_difference) < 4.5 * found.standard_error
    annealed = annealed_importance_sampling(
        system.energy, system.kernel, n_chains=500, schedule=system.schedule, rng=rng, initial=system.initial
    )
    assert annealed.work.shape == (500,)
    assert isinstance(system.work_law(), ContinuousWorkLaw) and isinstance(system.work_law(), WorkLaw)
    assert system.work_density(annealed.work[:3]).shape == (3,)


@pytest.mark.parametrize("name", ["dragged", "softened in space"])
def test_monte_carlo_moves_give_the_same_free_energy_by_both_directions(name, rng):
    system = MetropolisSampled(system=SYSTEMS[name], step=0.7, n_trials=2)
    pairs = [system.sampled_work(4000, rng, direction=d) for d in BOTH]
    found = bennett_acceptance_ratio(*pairs)
    assert abs(found.free_energy_difference - system.free_energy_difference) < 4.5 * found.standard_error


def test_monte_carlo_moves_keep_equilibrium(rng):
    system = MetropolisSampled(system=SYSTEMS["stiffened"], step=1.0)
    x = system.final(N, rng)
    for _ in range(5):
        x = system.kernel(x, 1.0, rng)
    assert kstest(x[:, 0] * math.sqrt(3), "norm").pvalue > 1e-4


def test_a_kernel_that_is_not_reversible_for_its_energy_is_noticed(rng):
    """Moves of the first trap at every trap: the rival that breaks the relations of work."""
    system = SYSTEMS["stiffened"]
    work = annealed_importance_sampling(
        system.energy, lambda x, lam, r: system.kernel(x, 0.0, r), n_chains=N, schedule=system.schedule, rng=rng,
        initial=system.initial,
    ).work  # fmt: skip
    found = jarzynski(work)
    assert abs(found.free_energy_difference - system.free_energy_difference) > 5 * found.standard_error


@pytest.mark.parametrize("stiffnesses", TRAPS)
@pytest.mark.parametrize("power", [Fraction(1, 2), Fraction(5, 4), Fraction(3), Fraction(-1, 8)])
def test_the_law_is_the_integral_over_the_whole_path(stiffnesses, power):
    first, last = stiffnesses[0], stiffnesses[-1]
    lams = [float((k - first) / (last - first)) for k in stiffnesses]
    system = StiffenedOscillator(stiffness=float(first), final_stiffness=float(last), schedule=lams, retained=0.25)
    found = system.work_law().log_transform(float(power))
    try:
        ratio, _ = path_transform(stiffnesses, [Fraction(0)] * len(lams), Fraction(1, 4), power)
    except ValueError:
        assert found == np.inf
    else:
        assert found == pytest.approx(math.log(ratio) / 2, rel=1e-12)


def test_the_law_of_a_dragged_trap_is_the_integral_over_the_whole_path():
    lams = [Fraction(0), Fraction(1, 8), Fraction(1, 2), Fraction(1)]
    system = DraggedOscillator(stiffness=2.0, distance=3.0, schedule=[float(v) for v in lams], retained=0.5)
    for power in (Fraction(1), Fraction(1, 3), Fraction(-2)):
        ratio, exponent = path_transform([Fraction(2)] * 4, [3 * v for v in lams], Fraction(1, 2), power)
        assert ratio == 1
        assert system.work_law().log_transform(float(power)) == pytest.approx(float(exponent), abs=1e-12)


def test_half_of_the_variance_is_dissipated_when_a_trap_is_dragged():
    law = SYSTEMS["dragged"].work_law()
    assert law.mean == pytest.approx(law.variance / 2, rel=1e-12)


def test_many_small_steps_tend_to_the_law_of_continuous_time():
    choices = {"stiffness": 2.0, "distance": 1.5, "rate": 0.7, "duration": 3.0}
    law = steady_drag(**choices)
    errors = [DraggedOscillator.at_constant_speed(**choices, n_steps=n).work_mean / law.mean - 1 for n in (20, 40, 80)]
    assert abs(errors[-1]) < 1e-3
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.05) and errors[1] / errors[2] == pytest.approx(4, rel=0.05)


@pytest.mark.parametrize("mode", [1, 2, 3])
@pytest.mark.parametrize("size", [0.01, -0.01])
def test_a_drag_with_jumps_spends_least(mode, size):
    choices = {"stiffness": 2.0, "distance": 1.5, "rate": 0.7, "duration": 3.0}
    best, least = DraggedOscillator.with_jumps(**choices, n_steps=200), least_drag(**choices)
    assert best.work_mean == pytest.approx(least.mean, rel=1e-4)
    assert least.variance == pytest.approx(2 * least.mean) and least.mean < steady_drag(**choices).mean
    bent = np.array(best.schedule[1:-1]) + size * np.sin(np.pi * mode * (np.arange(200) + 0.5) / 200)
    rival = DraggedOscillator(stiffness=2.0, distance=1.5, schedule=[0, *bent, 1], retained=best.retained)
    assert rival.work_mean > best.work_mean


@pytest.mark.parametrize(("rate", "mean"), [(1e-9, 1.0), (1e9, 0.0)])
def test_the_limits_of_fast_and_slow_drag(rate, mean):
    law = steady_drag(stiffness=2.0, distance=1.0, rate=rate, duration=1.0)
    assert law.mean == pytest.approx(mean, abs=1e-8)
    assert law.variance == pytest.approx(2 * law.mean)


def test_slow_stiffening_spends_the_difference_of_free_energies():
    lams = (np.geomspace(1, 4, 2001) - 1) / 3
    slow = StiffenedOscillator(stiffness=1.0, final_stiffness=4.0, schedule=[0, *lams[1:-1], 1])
    assert slow.work_mean == pytest.approx(slow.free_energy_difference, rel=1e-3)
    assert slow.work_variance == pytest.approx(2 * (slow.work_mean - slow.free_energy_difference), rel=1e-2)


@pytest.mark.parametrize("dimension", [1, 2, 3, 6])
@pytest.mark.parametrize("curvature", [0.7, -0.4])
def test_the_law_of_equal_squares_is_that_of_its_fourier_transform(dimension, curvature):
    closed = SquaresWork(curvature=curvature, dimension=dimension)
    modes = np.full(dimension, curvature)
    law = QuadraticWork(offset=0.0, curvatures=modes, tilts=0 * modes)
    work = closed.mean * np.array([-0.3, 0.3, 1.0, 2.0])
    assert law.cumulative(work) == pytest.approx(closed.cumulative(work), abs=1e-12)
    assert law.density(work) == pytest.approx(closed.density(work), abs=1e-12)
    assert law.log_transform([0.3, 1.0]) == pytest.approx(closed.log_transform([0.3, 1.0]))
    assert (law.mean, law.variance) == pytest.approx((closed.mean, closed.variance))


@pytest.mark.parametrize("tilt", [0.0, 0.4, -2.0])
def test_one_tilted_mode_has_the_law_of_its_fourier_transform(tilt):
    law = QuadraticWork(offset=1.0, curvatures=np.array([0.5]), tilts=np.array([tilt]))
    work = law.mean + np.sqrt(law.variance) * np.array([-0.3, 0.4, 2.0])
    arguments = law.offset, law.curvatures, law.tilts, work
    assert inverted(*arguments, density=True) == pytest.approx(law.density(work), abs=1e-12)
    assert inverted(*arguments, density=False) == pytest.approx(law.cumulative(work), abs=1e-12)


def test_the_end_of_a_range_has_no_density_from_frequencies():
    law = QuadraticWork(offset=0.0, curvatures=np.ones(2), tilts=np.zeros(2))
    with pytest.raises(QuadratureError, match="end of its range"):
        law.density(0.0)


@pytest.mark.parametrize("schedule", [1, 3])
@pytest.mark.parametrize("direction", BOTH)
def test_laws_are_zero_beyond_their_range(schedule, direction):
    law = StiffenedOscillator(stiffness=1.0, final_stiffness=2.0, schedule=schedule).work_law(direction)
    sign = 1 if direction == "forward" else -1
    beyond = np.array([-np.inf, -5.0, -0.1, 1e6, np.inf, np.nan])
    density, cumulative = law.density(sign * beyond), law.cumulative(sign * beyond)
    assert np.abs(density[:-1]).max() < 1e-12 and np.isnan(density[-1]) and np.isnan(cumulative[-1])
    assert cumulative[:-1] == pytest.approx([0, 0, 0, 1, 1] if sign > 0 else [1, 1, 1, 0, 0], abs=1e-12)


def test_a_small_change_keeps_its_digits():
    system = StiffenedOscillator(stiffness=1.0, final_stiffness=1 + 1e-6, schedule=3)
    assert system.work_variance == pytest.approx((1e-6 / 3) ** 2 / 2 * 3, rel=1e-5)


def test_a_mean_that_diverges_is_infinite():
    law = StiffenedOscillator(stiffness=3.0, final_stiffness=1.0, schedule=1).work_law()
    assert law.log_transform(1.5) == np.inf and law.log_transform(1.4) < np.inf
    slow = StiffenedOscillator(stiffness=3.0, final_stiffness=1.0, schedule=2, retained=0.5).work_law()
    assert slow.log_transform([0.0, 1.0, 9.0]).tolist()[2] == np.inf


def test_a_schedule_without_fluctuation_is_said_so():
    law = GaussianWork(mean=1.0, variance=0.0)
    assert law.cumulative([0.9, 1.0]).tolist() == [0.0, 1.0]
    with pytest.raises(ValueError, match="fluctuates"):
        StiffenedOscillator(stiffness=1.0, final_stiffness=1.0).work_density(0.0)


@pytest.mark.parametrize("wrong", [{"stiffness": "a"}, {"stiffness": True}, {"distance": None}, {"retained": "a"}])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(TypeError, match=next(iter(wrong))):
        DraggedOscillator(**{"stiffness": 1.0, "distance": 1.0, **wrong})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: DraggedOscillator(stiffness=-1.0, distance=1.0), "stiffness"),
        (lambda: DraggedOscillator(stiffness=1.0, distance=np.nan), "distance"),
        (lambda: DraggedOscillator(stiffness=1.0, distance=1.0, schedule=[]), "schedule"),
        (lambda: DraggedOscillator(stiffness=1.0, distance=1.0, schedule=0), "schedule"),
        (lambda: DraggedOscillator(stiffness=1.0, distance=1.0, retained=1.0), "retained"),
        (lambda: StiffenedOscillator(stiffness=1.0, final_stiffness=0.0), "final_stiffness"),
        (lambda: StiffenedOscillator(stiffness=1.0, final_stiffness=2.0, dimension=0), "dimension"),
        (lambda: steady_drag(stiffness=1.0, distance=1.0, rate=1.0, duration=0.0), "duration"),
        (lambda: SquaresWork(curvature=0.0, dimension=1), "curvature"),
        (lambda: GaussianWork(mean=0.0, variance=-1.0), "variance"),
        (lambda: QuadraticWork(offset=0.0, curvatures=np.ones(2), tilts=np.ones(3)), "as many"),
        (lambda: MetropolisSampled(system=SYSTEMS["dragged"], step=0.0), "step"),
        (lambda: MetropolisSampled(system=SYSTEMS["dragged"], step=1.0, n_trials=0), "trial"),
        (lambda: SYSTEMS["dragged"].sampled_work(10, np.random.default_rng(0), direction="back"), "direction"),
        (lambda: SYSTEMS["dragged"].work_law("back"), "direction"),
    ],
)
def test_what_has_no_meaning_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
