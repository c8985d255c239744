"""The work to stiffen a harmonic trap about a fixed center."""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.nonequilibrium import gaussian_work as steps
from derivations.rules.expanded_map import expanded_map, map_at
from derivations.rules.square_law import free_energy_change, law_of_squares, slow_change
from derivations.rules.work_step import from_equilibrium
from theory.domain import Domain
from theory.models import driven_oscillator as model

IDENTIFIER = "stiffened-oscillator"
TITLE = "The work to stiffen a harmonic trap"
SERVES: tuple[str, ...] = ()

dimension = sp.Symbol("n", positive=True)
work = sp.Symbol("w", positive=True)
number = sp.Symbol("T", positive=True)
DOMAIN = model.driven_domain().extended(
    {dimension: (0, 5), work: model.POSITIVE, number: (1, sp.oo)},
    [sp.Gt(model.stiffness + model.power * (model.next_stiffness - model.stiffness), 0)],
)
STIFFER = Domain(
    {
        **dict.fromkeys((model.stiffness, work, dimension), steps.BOX),
        model.next_stiffness: (2, 4),
        model.power: (0, 2),
        number: (1, sp.oo),
    }
)
CENTERED = dict.fromkeys((model.center, model.next_center, model.mean), sp.S.Zero)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Runs weighted by $\\exp(-s W)$ stay Gaussian about the center. A sudden change spends a "
        "multiple of a sum of squares; a slow one the change of free energy.",
        references=steps.REFERENCES,
        conventions=(
            "Energies and works are in units of $k_B T$; the stiffness goes from $k$ to $k'$ in $n$ dimensions.",
        ),
    )
    parent = steps.build()
    following = {model.stiffness: model.next_stiffness}
    change = d.apply(
        free_energy_change, parent["free energy"], following=following, domain=DOMAIN, name="change of free energy"
    )
    centered = d.apply(map_at, parent["step of work"], at=CENTERED, domain=DOMAIN, name="step about the center")
    at = {model.precision: model.stiffness}
    sudden = d.apply(
        from_equilibrium, centered, at=at, times=dimension, domain=DOMAIN, name="transform of a sudden change"
    )
    d.apply(law_of_squares, sudden, power=model.power, work=work, domain=STIFFER, name="law of a sudden change")
    small = STIFFER.extended({model.power: (0, sp.Rational(1, 8))})
    d.apply(
        expanded_map,
        sudden,
        variable=model.power,
        state={},
        orders=(3,),
        domain=small,
        name="moments of a sudden change",
    )
    one = d.apply(from_equilibrium, centered, at=at, domain=DOMAIN, name="transform in one dimension")
    moments = d.apply(
        expanded_map, one, variable=model.power, state={}, orders=(3,), domain=small, name="moments in one dimension"
    )
    d.apply(
        slow_change,
        moments,
        change,
        first=model.stiffness,
        last=model.next_stiffness,
        number=number,
        domain=STIFFER,
        name="slow change",
    )
    return d
