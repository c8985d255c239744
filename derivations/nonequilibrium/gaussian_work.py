"""The work on a Gaussian, step by step: one map for traps that are moved, stiffened, or both.

Every coordinate of a path between two Gaussian laws is such a trap, where the two covariance matrices are diagonal.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.graph import Reference
from derivations.nonequilibrium.gaussian_work_oracle import path_terms
from derivations.rules.carried_equilibrium import carried_equilibrium
from derivations.rules.expanded_map import expanded_map
from derivations.rules.exponential_mean import exponential_mean
from derivations.rules.gaussian_weight import gaussian_parts, gaussian_weight
from derivations.rules.integral_value import integral_value
from derivations.rules.work_of_a_mode import density_of_a_square, distribution_of_a_square, fourier_transform
from derivations.rules.work_step import from_equilibrium, work_step, work_weight
from theory.domain import Domain
from theory.models import driven_oscillator as model
from theory.statements import Definition

IDENTIFIER = "gaussian-work"
TITLE = "The work on a Gaussian, step by step"
SERVES: tuple[str, ...] = ()
REFERENCES = (
    Reference(
        key="mazonka1999exactly",
        citation="O. Mazonka, C. Jarzynski, Exactly solvable model illustrating far-from-equilibrium "
        "predictions, arXiv:cond-mat/9912121 (1999)",
    ),
    Reference(
        key="jarzynski1997nonequilibrium",
        citation="C. Jarzynski, Nonequilibrium equality for free energy differences, Physical Review Letters 78 (1997)",
    ),
)

NAMES = (model.next_precision, model.slope)
energy, next_energy, free_energy = sp.symbols("E E' F", real=True)
partition_function, weight, displaced = sp.symbols("Z w d", positive=True)
mode_energy = sp.Symbol("E_0", real=True)
mode_work = sp.Symbol("W", real=True)
place, value = sp.symbols("z_0 w_0", real=True)
reach = sp.Symbol("u", positive=True)
mean_at_zero, mean_slope, precision_slope = sp.symbols("m_0 m_1 g_1", real=True)
precision_at_zero = sp.Symbol("g_0", positive=True)
"""Mean and precision to first order in the power: m_0 + m_1 s, g_0 + g_1 s. -m_1 is the covariance with the work."""

DOMAIN = model.driven_domain()
BOX = (sp.Rational(1, 2), 2)
SMALL = Domain(
    {
        **dict.fromkeys((model.center, model.next_center, mean_at_zero, mean_slope, precision_slope), (-1, 1)),
        **dict.fromkeys((model.stiffness, model.next_stiffness, precision_at_zero), BOX),
        model.power: (0, sp.Rational(1, 8)),
        model.retained: (0, 1),
    }
)
"""Where the expansions in the power are examined."""
MODE = Domain(
    {
        **dict.fromkeys((model.curvature, model.tilt), (-1, 1)),
        model.frequency: (-2, 2),
        **dict.fromkeys((model.power, model.precision), model.POSITIVE),
        **dict.fromkeys((model.noise, model.mean), sp.S.Reals),
    },
    [sp.Gt(model.precision + model.power * model.curvature, 0)],
)
NEAR = Domain(
    {
        **dict.fromkeys((model.tilt, place, value), sp.S.Reals),
        **dict.fromkeys((model.curvature, reach), model.POSITIVE),
    }
)
TRAPS = (model.stiffness, model.next_stiffness)
LETTERS = ((model.power, model.precision), TRAPS)
AT_ZERO = ((precision_at_zero, precision_slope, mean_slope), TRAPS)
QUADRATIC = -(model.next_precision - model.precision) * model.position**2 / 2 + model.slope * model.position
MODE_POWERS = Domain({model.power: (0, sp.Rational(1, 2)), **dict.fromkeys((model.curvature, model.tilt), (-1, 1))})


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="In each step of a protocol the energy changes at fixed state, which is work, and the state then "
        "moves at the new energy. Runs weighted by $\\exp(-s W)$ stay Gaussian; the logarithms of their masses add up "
        "to that of the mean of $\\exp(-s W)$.",
        references=REFERENCES,
        conventions=(
            "Energies and works are in units of $k_B T$.",
            "A step goes from a trap of stiffness $k$ and center $c$ to one with $k'$ and $c'$; the move at the new "
            "trap retains the share $a$ of the distance from its center.",
            "$m$ and $g$ are the mean and the inverse variance of the position in weighted runs, $g'$ the inverse "
            "variance after the work.",
        ),
    )
    weights(d)
    moves(d)
    equilibrium(d)
    moments(d)
    modes(d)
    return d


def weights(d: Derivation) -> None:
    """The change of the energy and what its weight does to a Gaussian law."""
    before = d.define(Definition(energy, model.energy()), name="energy", reason="The particle in its trap.")
    after = d.define(
        Definition(next_energy, model.energy(model.next_stiffness, model.next_center)),
        name="next energy",
        reason="The trap after a step of the protocol.",
    )
    factor = d.define(
        Definition(weight, sp.exp(QUADRATIC)),
        name="a quadratic weight",
        reason="Written so that the precision $g$ becomes $g'$.",
    )
    generating = d.apply(
        gaussian_weight,
        factor,
        variable=model.position,
        mean=model.mean,
        precision=model.precision,
        deviation=model.deviation,
        source=model.source,
        domain=DOMAIN,
        name="weighted Gaussian",
    )
    parts = d.apply(gaussian_parts, generating, source=model.source, domain=DOMAIN, name="weighted law")
    change = d.apply(
        work_weight,
        before,
        after,
        variable=model.position,
        power=model.power,
        quadratic=QUADRATIC,
        names=NAMES,
        domain=DOMAIN,
        name="weight of the work",
    )
    d.apply(work_step, parts, change, names=NAMES, letters=LETTERS, domain=DOMAIN, name="step of work")


def moves(d: Derivation) -> None:
    """The move at the next trap, which keeps its equilibrium."""
    generating = d.define(
        Definition(displaced, sp.exp(model.source * model.moved())),
        name="move",
        reason="A share $a$ of the distance from the center is retained, and noise makes up for the rest.",
    )
    laws = ((model.noise, sp.S.One, ()), (model.deviation, 1 / model.next_precision, ()))
    moved = d.apply(exponential_mean, generating, laws=laws, domain=DOMAIN, name="moved Gaussian")
    work = d["step of work"].result
    d.apply(
        gaussian_parts,
        moved,
        source=model.source,
        exponential=True,
        domain=DOMAIN,
        oracle=lambda inference: path_terms(work, inference.result),
        because=(d["step of work"],),
        name="step of motion",
    )


def equilibrium(d: Derivation) -> None:
    """The free energy, and that weighted runs at power 1 stay in equilibrium."""
    whole = d.define(
        Definition(partition_function, sp.Integral(sp.exp(-model.energy()), (model.position, -sp.oo, sp.oo))),
        name="partition function",
        reason="The integral of the Boltzmann factor.",
    )
    closed = d.apply(integral_value, whole, domain=DOMAIN, name="partition function in closed form")
    potential = d.define(
        Definition(free_energy, -sp.log(closed.result)), name="free energy", reason="In units of $k_B T$."
    )
    d.apply(
        carried_equilibrium,
        d["step of work"],
        d["step of motion"],
        potential,
        equilibrium={model.mean: model.center, model.precision: model.stiffness},
        following={model.stiffness: model.next_stiffness, model.center: model.next_center},
        power=model.power,
        moved={model.next_precision: model.precision},
        domain=DOMAIN,
        name="equality of Jarzynski",
    )


def moments(d: Derivation) -> None:
    """Mean and variance of the work of a step, with the covariances of work and state that later steps need."""
    mean = mean_at_zero + mean_slope * model.power
    precision = precision_at_zero + precision_slope * model.power
    state = {model.mean: mean, model.precision: precision}
    d.apply(
        expanded_map,
        d["step of work"],
        variable=model.power,
        state=state,
        orders=(3, 2, 2),
        letters=AT_ZERO,
        domain=SMALL,
        name="moments after work",
    )
    d.apply(
        expanded_map,
        d["step of motion"],
        variable=model.power,
        state={model.mean: mean, model.next_precision: precision},
        orders=(0, 2, 2),
        domain=SMALL,
        name="moments after motion",
    )


def modes(d: Derivation) -> None:
    """One coordinate of a work that is quadratic in independent standard Gaussian variables."""
    work = model.curvature * model.noise**2 / 2 + model.tilt * model.noise
    nothing = d.define(
        Definition(mode_energy, sp.S.Zero), name="no work", reason="Work is measured from the start of a run."
    )
    spent = d.define(
        Definition(mode_work, work),
        name="work of a mode",
        reason="The noise of all steps is one Gaussian vector, in which the work is quadratic: a sum of independent "
        "modes where its matrix is diagonal.",
    )
    change = d.apply(
        work_weight,
        nothing,
        spent,
        variable=model.noise,
        power=model.power,
        quadratic=QUADRATIC.xreplace({model.position: model.noise}),
        names=NAMES,
        domain=MODE,
        name="weight of a mode",
    )
    step = d.apply(work_step, d["weighted law"], change, names=NAMES, domain=MODE, name="step of a mode")
    standard = {model.mean: sp.S.Zero, model.precision: sp.S.One}
    unit = Domain({n: s for n, s in MODE.sets.items() if n != model.power} | {model.power: (0, 1)})
    transform = d.apply(from_equilibrium, step, at=standard, domain=unit, name="transform of a mode")
    d.apply(
        expanded_map,
        transform,
        variable=model.power,
        state={},
        orders=(3,),
        domain=MODE_POWERS,
        name="moments of a mode",
    )
    d.apply(
        fourier_transform,
        transform,
        work=work,
        variable=model.noise,
        power=model.power,
        frequency=model.frequency,
        domain=MODE,
        name="Fourier transform of a mode",
    )
    distribution = d.apply(
        distribution_of_a_square,
        spent,
        variable=model.noise,
        curvature=model.curvature,
        place=place,
        reach=reach,
        value=value,
        domain=NEAR,
        name="distribution of a mode",
    )
    d.apply(
        density_of_a_square, distribution, curvature=model.curvature, reach=reach, domain=NEAR, name="density of a mode"
    )
