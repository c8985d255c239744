"""The Schroedinger equation of entropic mechanics beside diffusion: every step, slips, a packet in Fourier space."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.verify import verify
from derivations.entropic_mechanics import entropic_schroedinger, results
from derivations.rules.difference import difference
from derivations.rules.euler_lagrange import first_variation, stationary_field
from derivations.rules.spreading_gaussian import gaussian_variance, spreading_gaussian
from derivations.rules.substituted_field import with_field
from derivations.rules.wave_function import modulus_and_phase, rate_of_part
from theory.models import entropic as model
from theory.models.entropic import ONE, Parameters
from theory.statements import Definition, Stationarity

DERIVATION = entropic_schroedinger.build()
D, t, (Q,) = model.diffusion, model.time, ONE.coordinates
Psi, Psi_bar = ONE.wave
RULES = (
    first_variation, stationary_field, modulus_and_phase, rate_of_part, with_field, difference, spreading_gaussian,
    gaussian_variance,
)  # fmt: skip
CLAIMS = {s.name: s for s in DERIVATION if s.rule != "definition"}


def result(name: str) -> Any:
    return DERIVATION[name].result


@pytest.mark.parametrize("name", CLAIMS)
def test_a_step_holds_and_slips_in_it_are_refuted(name: str, holds_and_is_sharp: Any) -> None:
    holds_and_is_sharp(CLAIMS[name].statement, slips=2)


def test_nothing_is_typed_in_and_every_rule_is_used() -> None:
    assert DERIVATION.stated_steps == 0
    assert {rule.name for rule in RULES} <= {step.rule for step in DERIVATION}


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(("sign", "status"), [(1, "proved"), (-1, "refuted")])
def test_the_orientation_of_time_is_that_of_the_action(number: int, sign: int, status: str) -> None:
    over = Parameters(number)
    wave, conjugate = over.wave
    density = -4 * conjugate * (D / 2 * over.laplacian(wave) + sp.I * sp.Derivative(wave, t))
    action = sp.Integral(density, *((c, -sp.oo, sp.oo) for c in over.spacetime))
    rate = sign * sp.I * D / 2 * over.laplacian(wave)
    claim = Stationarity(action, over.over_time["domain"], variables=(conjugate,), at={sp.Derivative(wave, t): rate})
    assert verify(claim).status == status


def test_action_and_equation_say_the_same_of_modulus_and_phase() -> None:
    rates = result("modulus and phase")
    assert sp.expand(rates[0] - result("stationary phase")) == 0
    assert sp.expand(rates[1] - result("stationary distribution")) == 0


def test_no_gaussian_that_diffuses_has_a_phase_that_obeys_the_wave_equation() -> None:
    """What remains is - D times the curvature of the root over the root, which is zero for no density that decays."""
    remainder = result("what remains of the Hamilton-Jacobi equation")
    root = sp.sqrt(ONE.density)
    assert sp.simplify(remainder + D * sp.diff(root, Q, 2) / root) == 0
    bell = sp.exp(-(Q**2) / 2)
    assert sp.simplify(remainder.subs(ONE.density, bell).doit() - D * (2 - Q**2) / 4) == 0


@pytest.mark.parametrize(("strength", "width", "moment"), [(1.0, 0.5, 0.7), (2.5, 1.3, 3.0)])
def test_a_packet_in_fourier_space_has_the_derived_variance(strength: float, width: float, moment: float) -> None:
    q = np.linspace(-120, 120, 2**13, endpoint=False)
    k = 2 * np.pi * np.fft.fftfreq(q.size, q[1] - q[0])
    density = np.exp(-(q**2) / (2 * width))
    wave = np.fft.ifft(np.fft.fft(np.sqrt(density)) * np.exp(-1j * strength * k**2 * moment / 2))
    heat = np.fft.ifft(np.fft.fft(density) * np.exp(-strength * k**2 * moment / 2)).real

    def variance(weight: Any) -> float:
        return float((q**2 * weight).sum() / weight.sum())

    point = {D: strength, t: moment, model.variance: width}
    found = [float(e.subs(point)) for e in (results.packet_variance(), results.diffusion_variance())]
    assert variance(abs(wave) ** 2) == pytest.approx(found[0], rel=1e-9)
    assert variance(heat) == pytest.approx(found[1], rel=1e-9)
    assert abs(found[0] - found[1]) > 0.1


def test_the_packet_moves_its_density_at_the_derived_rate() -> None:
    """d|Psi|^2 / dt of a packet with a phase, by its equation, against the rate by modulus and phase."""
    p, theta = sp.exp(-(Q**2)) / (1 + t**2), sp.sin(Q) + t * Q
    wave = sp.sqrt(p) * sp.exp(sp.I * theta)
    rate = sp.I * D / 2 * sp.diff(wave, Q, 2)
    moved = sp.conjugate(wave) * rate + wave * sp.conjugate(rate)
    derived = result("stationary phase").subs({ONE.density: p, ONE.phase: theta}).doit()
    at = {D: 1.3, Q: 0.4, t: 0.7}
    assert complex(moved.subs(at)) == pytest.approx(complex(derived.subs(at)))


def test_exported_results_are_in_plain_symbols() -> None:
    p, slope = model.density_value, model.phase_slope
    assert results.phase_energy_density() == 2 * D * p * slope**2
    share = 4 * slope**2 * p**2 / results.density_slope**2
    assert sp.expand(results.phase_energy_over_entropy_production() - share) == 0
    wave = -D * (p * results.phase_curvature + results.density_slope * slope)
    assert sp.expand(results.density_rate_of_wave() - wave) == 0
    assert sp.expand(results.density_rate_beyond_diffusion() - wave + D / 2 * results.density_curvature) == 0
    assert results.phase_rate_beyond_stationary() == -D * slope**2 / 2


def test_what_is_no_such_equation_is_refused() -> None:
    d = Derivation("others")
    names: dict[str, Any] = {"coordinate": Q, "time": t, "domain": model.packet_domain()}
    drift = d.define(Definition(model.diffusion_rate, sp.Derivative(ONE.density, Q)))
    with pytest.raises(ValueError, match="multiple of"):
        spreading_gaussian(drift, field=ONE.density, width=model.variance, **names)
    nonlinear = d.define(Definition(model.wave_rate, sp.I * Psi**2))
    wave, _ = ONE.polar_wave
    with pytest.raises(ValueError, match="expected"):
        modulus_and_phase(
            nonlinear, wave=Psi, polar=wave, density=ONE.density, phase=ONE.phase, time=t,
            domain=ONE.over_time["domain"],
        )  # fmt: skip
