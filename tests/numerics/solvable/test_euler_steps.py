"""Euler steps of Langevin dynamics: they do not keep equilibrium, and the relations of work show it."""

import numpy as np
import pytest

from numerics import bennett_acceptance_ratio, jarzynski
from numerics.solvable.dragged_oscillator import DraggedOscillator
from numerics.solvable.euler import EulerSampled
from numerics.solvable.gaussian_path import GaussianPath
from numerics.solvable.metropolis import MetropolisSampled
from numerics.solvable.stiffened_oscillator import StiffenedOscillator

STIFFENED = StiffenedOscillator(stiffness=1.0, final_stiffness=2.0, schedule=10)
SYSTEMS = (
    STIFFENED,
    DraggedOscillator(stiffness=2.0, distance=1.0),
    GaussianPath(mean_0=[0, 0], covariance_0=np.eye(2), mean_1=[1, 0], covariance_1=[[1, 0.5], [0.5, 1]]),
)
N = 20_000


def error_in_standard_errors(system, rng):
    found = jarzynski(system.sampled_work(N, rng))
    return (found.free_energy_difference - system.free_energy_difference) / found.standard_error


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: type(s).__name__)
def test_the_gradient_is_the_slope_of_the_energy(system):
    x = system.initial(3, np.random.default_rng(1))
    direction = np.ones_like(x)
    up, down = (system.energy(0.3, x + h * direction) for h in (1e-5, -1e-5))
    slope = (system.gradient(0.3, x) * direction).reshape(3, -1).sum(axis=1)
    assert (up - down) / 2e-5 == pytest.approx(slope)


def test_large_steps_settle_at_a_wider_law():
    rng = np.random.default_rng(2)
    system = EulerSampled(system=STIFFENED, time_step=0.5, n_steps=30)
    x = system.kernel(system.initial(N, rng), 1.0, rng)
    settled = 1 / (2 * (1 - 2 * 0.5 / 2))
    assert abs(x.var() / settled - 1) < 4.5 * np.sqrt(2 / N)


def test_large_steps_bias_the_free_energy_and_small_ones_do_not():
    rng = np.random.default_rng(3)
    large, small = (EulerSampled(system=STIFFENED, time_step=h, n_steps=n) for h, n in ((0.4, 1), (0.002, 50)))
    assert abs(error_in_standard_errors(large, rng)) > 5
    assert abs(error_in_standard_errors(small, rng)) < 4.5
    assert abs(error_in_standard_errors(MetropolisSampled(system=STIFFENED, step=0.9), rng)) < 4.5


def test_both_directions_do_not_mend_large_steps():
    rng = np.random.default_rng(4)
    system = EulerSampled(system=STIFFENED, time_step=0.4)
    found = bennett_acceptance_ratio(*(system.sampled_work(N, rng, direction=d) for d in ("forward", "reverse")))
    off = abs(found.free_energy_difference - STIFFENED.free_energy_difference) > 5 * found.standard_error
    assert off or not found.reliable


@pytest.mark.parametrize(
    ("choices", "message"), [({"time_step": 0.0}, "time_step"), ({"time_step": 1.0, "n_steps": 0}, "step")]
)
def test_what_has_no_meaning_is_refused(choices, message):
    with pytest.raises(ValueError, match=message):
        EulerSampled(system=STIFFENED, **choices)
