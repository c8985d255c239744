"""The anomalous dimension of an O(N) field beside its potential, for any regulator and dimension (LPA').

Sources: N. Tetradis, C. Wetterich, Nuclear Physics B 422, 541 (1994); J. Berges, N. Tetradis, C. Wetterich, Physics
Reports 363, 223 (2002), section 4; D. F. Litim, Nuclear Physics B 631, 128 (2002).
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.step import Step
from derivations.renormalization import vertex_flows
from derivations.renormalization.flow_equation import equation_steps
from derivations.renormalization.literature import REFERENCES
from derivations.renormalization.local_potential import UNITS, absorbed, squared_mass, unit_of_the_potential
from derivations.rules.momentum_expansion import by_parts, expanded_in_momentum, mean_over_directions
from derivations.rules.momentum_threshold import anomalous_dimension_value, momentum_threshold_form
from derivations.rules.potential_vertex import potential_vertex
from derivations.rules.two_point_loop import Letters, two_point_loop
from derivations.rules.vertex_flow import external
from theory.domain import Domain
from theory.models import scalar_field as model
from theory.momentum_thresholds import momentum_kernel
from theory.regulators import y
from theory.statements import Definition, Postulate

IDENTIFIER = "wetterich-anomalous-dimension"
TITLE = "The anomalous dimension beside a potential"
SERVES: tuple[str, ...] = ()

d, N, eta, k, Z = model.dimension, model.n_components, model.anomalous_dimension, model.scale, model.wave_function
x = sp.Symbol("x", positive=True)
"""The squared momentum in the loop."""
LEGS = (model.a, model.b, model.c)
length = sp.Symbol("phi", positive=True)
rate, across, along, across_there, along_there = sp.symbols("\\dot{R} G_1 G_2 \\tilde{G}_1 \\tilde{G}_2", positive=True)
rate_at = sp.Function("\\dot{R}", real=True)(x)
propagators = tuple(sp.Function(name, real=True)(x) for name in ("G_1", "G_2"))
NAMES = {1: "radial mode", 2: "transverse modes"}
"""The component whose two-point function defines Z: along the field, or across it."""

TRUNCATION = Postulate(
    name="local potential approximation with a field renormalization",
    claim="The effective average action is the integral of $Z_k (\\partial \\phi)^2/2 + U_k(\\phi^2/2)$, with one Z "
    "for all fields: that of the two-point function at the minimum of the potential, at second order in the momentum.",
    justification="It holds what the next order of the derivative expansion has at one field and in one direction.",
    test="Compare with two dimensions and a bit, with many components, and near four dimensions.",
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The flow of the two-point function on a constant field is a loop with two vertices of the "
        "potential. At second order in the external momentum it moves the field renormalization.",
        references=(
            *REFERENCES,
            Reference(
                key="tetradis1994critical",
                citation="N. Tetradis, C. Wetterich, Critical exponents from the effective average action, Nuclear "
                "Physics B 422, 541 (1994)",
            ),
        ),
        conventions=(
            "$R_k(q^2) = Z_k q^2 r(y)$ with $y = q^2/k^2$, and $\\eta = -k \\, dZ_k/dk \\, / Z_k$.",
            "Z is that of the transverse (Goldstone) modes; one component has none, and takes that of the radial mode.",
            "$\\kappa$ is the minimum of $u(\\rho)$, $\\lambda_n$ are its derivatives there, in units in which "
            "$4 v_d/d$ is absorbed.",
        ),
    )
    shared = _shared_steps(derivation)
    for component in NAMES:
        _anomalous_dimension(derivation, shared, component)
    return derivation


def anomalous_dimension(component: int) -> Step:
    """The step with the anomalous dimension, from the two-point function along the field (1) or across it (2)."""
    derivation = Derivation(IDENTIFIER)
    return _anomalous_dimension(derivation, _shared_steps(derivation), component)


@dataclass(frozen=True, kw_only=True)
class _Shared:
    """What the two-point functions of all components rest on."""

    truncation: Step
    vertex: Step
    flow: Step
    threshold: Step
    unit: Step


def _shared_steps(steps: Derivation) -> _Shared:
    own = momentum_kernel(model.shape(y), masses=model.masses, dimension=d, anomalous_dimension=eta)
    return _Shared(
        truncation=steps.assume(TRUNCATION),
        vertex=steps.apply(
            potential_vertex,
            fields=model.fields,
            legs=LEGS,
            size=N,
            slopes=(model.slope, model.curvature, model.third_slope),
            domain=Domain({model.fields: (-2, 2), N: sp.Range(1, sp.oo)}),
            name="vertex with three legs",
        ),
        flow=vertex_flows.flow_of_vertex(steps, equation_steps(steps), 2),
        threshold=steps.define(
            Definition(model.momentum_threshold(*model.masses), sp.Integral(own, (y, 0, sp.oo))),
            name="threshold function of the momentum dependence",
        ),
        unit=unit_of_the_potential(steps),
    )


def _anomalous_dimension(steps: Derivation, shared: _Shared, component: int) -> Step:
    domain, name = _domain(component), NAMES[component]
    loop = _loop(steps, shared, component, domain)
    expansion = steps.apply(
        expanded_in_momentum,
        loop,
        here={rate: rate_at, across: propagators[0], along: propagators[1]},
        there={across_there: propagators[0], along_there: propagators[1]},
        squared=x,
        external=model.external_momentum,
        cosine=model.cosine,
        domain=domain,
        name=f"second order in the momentum, {name}",
    )
    mean = steps.apply(
        mean_over_directions, expansion, cosine=model.cosine, dimension=d, name=f"mean over directions, {name}"
    )
    radial = steps.apply(by_parts, mean, squared=x, dimension=d, domain=domain, name=f"radial integral, {name}")
    return _in_units(steps, shared, radial, domain, name)


def _domain(component: int) -> Domain:
    """Any dimension, any potential that keeps the modes positive, and as many components as there must be."""
    propagated = dict.fromkeys((rate, across, along, across_there, along_there, length), (0, 2))
    couplings = dict.fromkeys((model.curvature, model.third_slope, model.coupling(2), model.coupling(3)), (0, 1))
    plain = {x: (0, 3), d: (1, 6), eta: (-1, 1), model.cosine: (-1, 1), model.invariant: (0, 2)}
    shell = model.shell_domain().extended({N: sp.Range(component, sp.oo)})
    return shell.extended({**propagated, **couplings, **plain, absorbed: (0, 1), model.place_of_minimum: (0, 2)})


def _loop(steps: Derivation, shared: _Shared, component: int, domain: Domain) -> Step:
    """The loop that an external momentum passes through, on a constant field."""
    letters = Letters(
        rate=vertex_flows.rate,
        propagator=vertex_flows.propagator,
        vertex=vertex_flows.vertex,
        growth=rate,
        modes=(across, along),
        carrying=(across_there, along_there),
        field=length,
    )
    return steps.apply(
        two_point_loop,
        shared.flow,
        shared.vertex,
        letters=letters,
        fields=model.fields,
        legs=LEGS,
        external=external((1, 2)),
        component=component,
        size=N,
        domain=domain,
        because=(shared.truncation,),
        name=f"loop of the {NAMES[component]}",
    )


def _in_units(steps: Derivation, shared: _Shared, radial: Step, domain: Domain, name: str) -> Step:
    """Minus the flow of log Z, by threshold functions and dimensionless couplings."""
    shape = model.shape(y)
    loop = steps.apply(
        momentum_threshold_form,
        radial,
        shared.threshold,
        rate=rate_at,
        modes=propagators,
        growth=y * (-eta * shape - 2 * y * sp.diff(shape, y)),
        kinetic=y * (1 + shape),
        masses=model.masses,
        squared=x,
        scale=k,
        squared_mass=squared_mass,
        dimension=d,
        domain=domain,
        name=f"flow of the field renormalization, {name}",
    )
    return steps.apply(
        anomalous_dimension_value,
        loop,
        shared.unit,
        units=UNITS,
        scale=k,
        wave_function=Z,
        measure=2 * model.volume_factor,
        slopes=((model.curvature, model.coupling(2), 2), (model.third_slope, model.coupling(3), 3)),
        field=length,
        minimum=model.place_of_minimum,
        masses=model.masses,
        domain=domain,
        name=f"anomalous dimension, {name}",
    )
