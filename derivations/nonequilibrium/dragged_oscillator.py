"""The work to drag a particle in a harmonic trap of fixed stiffness: Gaussian, with half its variance dissipated."""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.graph import Reference
from derivations.nonequilibrium import gaussian_work as steps
from derivations.rules.constant_lag import constant_lag
from derivations.rules.expanded_map import map_at
from derivations.rules.special_case import special_case
from derivations.rules.stationarity import at_saddle, stationary
from derivations.rules.steady_drag import half_variance, over_the_time, rates_of_drag, relaxation
from theory.domain import Domain
from theory.models import driven_oscillator as model

IDENTIFIER = "dragged-oscillator"
TITLE = "The work to drag a harmonic trap"
SERVES: tuple[str, ...] = ()

OPTIMAL = Reference(
    key="schmiedl2007optimal",
    citation="T. Schmiedl, U. Seifert, Optimal finite-time processes in stochastic thermodynamics, Physical Review "
    "Letters 98, 108301 (2007)",
)

lag = sp.Symbol("u", real=True)
speed = sp.Symbol("v", real=True)
interval = sp.Symbol("dt", positive=True)
SAME = {model.next_stiffness: model.stiffness}
EQUAL = {**SAME, steps.precision_at_zero: model.stiffness, steps.precision_slope: sp.S.Zero}
DOMAIN = Domain(
    {
        **model.SETS,
        **dict.fromkeys((steps.mean_at_zero, steps.mean_slope, steps.precision_slope, lag, speed), sp.S.Reals),
        steps.precision_at_zero: model.POSITIVE,
        **dict.fromkeys((model.rate, model.time, model.duration, model.distance), model.POSITIVE),
        interval: (0, 1),
    }
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="At fixed stiffness the work of each step is linear in the position, so that the work of any "
        "schedule is Gaussian. Its mean and variance follow from the lag of the particle behind the trap.",
        references=(*steps.REFERENCES, OPTIMAL),
        conventions=(
            "Energies and works are in units of $k_B T$; $r$ is the rate of relaxation in the trap, stiffness times "
            "mobility.",
            "To first order in the power $s$ the mean position of weighted runs is $m_0 + m_1 s$; $-m_1$ is the "
            "covariance of work and position.",
        ),
    )
    parent = steps.build()
    d.apply(
        map_at,
        parent["step of work"],
        at={**SAME, model.precision: model.stiffness},
        domain=DOMAIN,
        name="work at fixed stiffness",
    )
    work = d.apply(
        map_at, parent["moments after work"], at=EQUAL, domain=DOMAIN, name="moments after work at fixed stiffness"
    )
    motion = d.apply(
        map_at, parent["moments after motion"], at=EQUAL, domain=DOMAIN, name="moments after motion at fixed stiffness"
    )
    d.apply(
        half_variance,
        work,
        motion,
        mean=steps.mean_at_zero,
        slope=steps.mean_slope,
        center=model.center,
        next_center=model.next_center,
        at={},
        domain=DOMAIN,
        name="dissipated work of a step",
    )
    constant_speed(d)
    jumps(d)
    return d


def constant_speed(d: Derivation) -> None:
    """The trap is dragged at constant speed in continuous time."""
    rates = d.apply(
        rates_of_drag,
        d["moments after work at fixed stiffness"],
        d["moments after motion at fixed stiffness"],
        mean=steps.mean_at_zero,
        slope=steps.mean_slope,
        lag=lag,
        center=model.center,
        next_center=model.next_center,
        retained=model.retained,
        speed=speed,
        rate=model.rate,
        interval=interval,
        domain=DOMAIN,
        name="rates at constant speed",
    )
    behind = d.apply(relaxation, rates, entry=0, unknown=lag, time=model.time, domain=DOMAIN, name="lag")
    covariance = d.apply(
        relaxation, rates, entry=1, unknown=steps.mean_slope, time=model.time, domain=DOMAIN, name="covariance"
    )
    for solution, entry, name, result in (
        (behind, 2, lag, "mean work at constant speed"),
        (covariance, 3, steps.mean_slope, "variance of the work at constant speed"),
    ):
        d.apply(
            over_the_time,
            rates,
            solution,
            entry=entry,
            names=(name,),
            time=model.time,
            duration=model.duration,
            at={speed: model.distance / model.duration},
            domain=DOMAIN,
            name=result,
        )


def jumps(d: Derivation) -> None:
    """The least mean work among the drags of constant lag.

    Schmiedl and Seifert (2007) show that no other drag of that duration falls below.
    """
    work = d.apply(
        constant_lag,
        d["moments after work at fixed stiffness"],
        d["rates at constant speed"],
        mean=steps.mean_at_zero,
        center=model.center,
        next_center=model.next_center,
        lag=lag,
        speed=speed,
        duration=model.duration,
        distance=model.distance,
        domain=DOMAIN,
        name="mean work at constant lag",
    )
    best = d.apply(stationary, work, by=lag, solve_for=lag, name="best lag")
    least = d.apply(at_saddle, work, best, name="mean work at the best lag")
    d.apply(special_case, least, domain=DOMAIN, name="least mean work")
