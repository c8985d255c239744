"""Flows from the cutoff to the infrared: phases, criticality, exponents without a stability matrix, convexity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from numerics import global_fixed_point
from numerics.flows.effective_potential import effective_potential
from numerics.flows.trajectories import FlowSetting
from theory import LitimRegulator, SharpRegulator

LITIM = LitimRegulator()
SETTING = FlowSetting(dimension=3, components=1, regulator=LITIM, coupling=0.13, end=7.0)
CRITICAL = -0.22244649


def potential(bare_mass: float, scale: float, **choices: Any) -> Any:
    return effective_potential(
        lambda rho: bare_mass + 0.13 * rho,
        scale=scale,
        **{"end": 8, "cells": 100, "dimension": 3, "components": 1, "regulator": LITIM, **choices},
    )


def test_a_small_bare_mass_breaks_the_symmetry_and_a_large_one_keeps_it() -> None:
    assert SETTING.flow(CRITICAL - 0.05).is_symmetric is False
    assert SETTING.flow(CRITICAL + 0.05).is_symmetric is True


def test_near_criticality_the_flow_passes_the_fixed_point() -> None:
    fixed = global_fixed_point(dimension=3, components=1, regulator=LITIM, digits=4)
    path = SETTING.flow(CRITICAL)
    away = np.abs(path.slopes[:, 0] - float(fixed.slope_at_origin))
    assert away[0] > 0.03
    assert away.min() < 1e-3


@pytest.mark.slow
def test_the_exponent_of_the_renormalized_mass_is_that_of_the_stability_matrix() -> None:
    fixed = global_fixed_point(dimension=3, components=1, regulator=LITIM, digits=6)
    nu = float(fixed.correlation_length_exponent)
    critical = SETTING.critical_mass(-0.4, -0.1)
    assert critical == pytest.approx(CRITICAL, abs=1e-7)
    distances = np.array([1e-2, 1e-3, 1e-4, 1e-5])
    errors = np.abs(SETTING.sampled_correlation_length_exponent(critical, distances) - nu)
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 3e-4


def test_two_phases_are_needed_for_a_critical_mass() -> None:
    with pytest.raises(ValueError, match="expected the broken phase"):
        SETTING.critical_mass(-0.1, 0.0)


def test_both_methods_give_the_mass_of_the_symmetric_phase() -> None:
    """Chebyshev points in units of the scale, and finite volumes in units of the cutoff."""
    whole = SETTING.flow(-0.1).renormalized_mass
    coarse, fine = (potential(-0.1, 0.02, cells=n).slopes[0] for n in (50, 100))
    assert abs(fine - whole) < 0.7 * abs(coarse - whole)
    assert fine == pytest.approx(whole, rel=0.02)


@pytest.mark.parametrize("components", [1, 3])
def test_the_potential_of_the_broken_phase_becomes_convex(components: int) -> None:
    """Its slope lies above - k^2, the pole, and goes there."""
    found = [potential(-0.52, k, components=components) for k in (0.3, 0.1, 0.03)]
    assert found[0].minimum >= found[-1].minimum > 0.5
    flat = [p.largest_concavity / p.scale**2 for p in found]
    assert flat[0] < flat[1] < flat[2] < 1
    assert 1 - flat[2] < 0.06
    inner = found[-1].slopes[: int(0.5 * found[-1].minimum / found[-1].invariants[0] / 2)]
    assert np.ptp(inner) < 0.1 * found[-1].scale ** 2


def test_the_symmetric_phase_has_no_minimum_beside_the_origin() -> None:
    found = potential(-0.1, 0.05)
    assert found.minimum == 0
    assert found.largest_concavity == 0


def test_the_sharp_cutoff_flows_too() -> None:
    assert potential(0.1, 0.3, regulator=SharpRegulator(), cells=40).slopes[0] > 0.1


def test_scales_beyond_the_cutoff_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a scale"):
        potential(0.1, 1.5)
