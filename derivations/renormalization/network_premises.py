"""What the flow of a network ensemble takes for granted: its constraint, its limits and its generating functional.

Source: H. Erbin, V. Lahoche, D. O. Samary, Renormalization in the neural network-quantum field theory correspondence
(2022), section 4, equations (4.2) to (4.5).
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization.literature import REFERENCES
from derivations.renormalization.network_correlators import REFERENCES as NETWORKS
from derivations.renormalization.network_flow import DOMAIN, FIXED, PAPER, UNITS, known_motion
from derivations.rules.effective_average_action import (
    flow_at_fixed_field,
    flow_equation,
    heat_equation,
    legendre_slope,
)
from derivations.rules.integral_value import integral_value
from derivations.rules.small_momentum import limit_in_the_scale, small_momenta
from derivations.rules.special_case import special_case
from theory.domain import Domain
from theory.models import network_flow as model
from theory.models import regulated_field as one
from theory.regulators import y
from theory.statements import Definition

IDENTIFIER = "wetterich-network-premises"
TITLE = "Premises of the flow of a network ensemble"
SERVES = (f"{PAPER}:4.4", f"{PAPER}:claim:4c")

scale, p = model.scale, model.external_momentum
PLAIN = {model.wave_function: sp.S.One} | UNITS


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The fixed propagator asks for a dependence on momenta that constant vertices do not give, and "
        "its limits are not those of an effective average action. Without a logarithm in its definition the flow has "
        "one term more.",
        references=(*NETWORKS[:1], *REFERENCES[:1]),
        conventions=("Z is 1 at every scale here, as in the paper's constraint.",),
    )
    _momenta(derivation)
    _gaussian(derivation)
    _without_logarithm(derivation)
    return derivation


def _momenta(derivation: Derivation) -> None:
    """The known flow at small momenta, and the vertex at the ends of the scale."""
    motion = known_motion(derivation)
    derivation.apply(
        small_momenta, motion, momentum=p, order=6, at=PLAIN, domain=DOMAIN, name="known flow at small momenta"
    )
    _momentum_in_the_loop(derivation, motion)
    vertex = derivation["vertex of order 2"]
    derivation.apply(
        limit_in_the_scale,
        vertex,
        scale=scale,
        point=sp.oo,
        at={**PLAIN, model.amplitude: sp.S.One},
        domain=DOMAIN,
        because=(derivation[FIXED.name],),
        name="vertex of order 2 at large scales, at the amplitude 1",
    )
    relative = derivation.define(
        Definition(sp.Symbol("Gamma_Lambda^(2) / Lambda^2", real=True), vertex.result / scale**2),
        name="vertex of order 2 in units of the scale",
    )
    derivation.apply(
        limit_in_the_scale,
        relative,
        scale=scale,
        point=sp.oo,
        at=PLAIN,
        domain=DOMAIN,
        because=(derivation[FIXED.name],),
        name="vertex of order 2 at large scales",
    )
    beyond = derivation.define(
        Definition(sp.Symbol("1/Gamma_Lambda^(2)", positive=True), sp.exp(-((p / scale) ** 2)) / scale**2),
        name="reciprocal vertex of order 2 beyond the scale",
        reason="There the regulator vanishes.",
    )
    derivation.apply(
        limit_in_the_scale,
        beyond,
        scale=scale,
        point=0,
        domain=DOMAIN,
        because=(derivation[FIXED.name],),
        name="reciprocal vertex of order 2 at small scales",
    )


def _momentum_in_the_loop(derivation: Derivation, motion: Step) -> None:
    """How the vertex of four legs varies over the momenta that the loop selects."""
    still = derivation.apply(
        special_case, motion, at={**PLAIN, p: sp.S.Zero}, domain=DOMAIN, name="known flow at zero momentum"
    )
    ratio = derivation.define(
        Definition(model.relative_vertex, motion.result.xreplace(PLAIN) / still.result),
        name="vertex of order 4 over its value at zero momentum",
        reason="Where it does not depend on the momentum in the loop, the flow equation gives it at the momenta p, -p, "
        "0 and 0, in which it is symmetric: the momentum in the loop may take the place of p.",
    )
    derivation.apply(
        special_case,
        ratio,
        at={p: scale * sp.sqrt(y)},
        domain=DOMAIN,
        name="relative vertex of order 4 in units of the scale",
    )


def _gaussian(derivation: Derivation) -> None:
    """The effective average action of a Gaussian at the ends of its regulator."""
    m, r, x, phi, j = model.mass, model.regulator_value, model.component, one.field, one.source
    domain = Domain({m: (0, 3), r: (0, 3), j: (-2, 2), phi: (-2, 2)})
    weight = sp.Integral(sp.exp(-(m + r) * x**2 / 2 + j * x), (x, -sp.oo, sp.oo))
    name = sp.Symbol("Z_G", positive=True)
    partition = derivation.define(Definition(name, weight), name="partition function of a Gaussian")
    closed = derivation.apply(
        integral_value, partition, domain=domain, defines=name, name="partition function of a Gaussian in closed form"
    )
    action = derivation.define(
        Definition(sp.Symbol("Gamma_G", real=True), j * phi - sp.log(name) - r * phi**2 / 2),
        name="Legendre transform of a Gaussian",
        reason="At the source $j = (m + R) \\phi$, where the mean field is $\\phi$.",
    )
    value = derivation.apply(
        special_case,
        action,
        closed,
        at={j: (m + r) * phi},
        letters=(phi,),
        domain=domain,
        name="effective average action of a Gaussian",
        defines=model.gaussian_action,
    )
    less = derivation.define(
        Definition(model.gaussian_action_less, value.result - sp.log(r / (2 * sp.pi)) / 2),
        name="without the constant of the regulator",
    )
    for step, point, name in ((less, sp.oo, "large"), (value, 0, "vanishing")):
        derivation.apply(
            limit_in_the_scale,
            step,
            scale=r,
            point=point,
            domain=domain,
            name=f"effective average action of a Gaussian at a {name} regulator",
        )


def _without_logarithm(derivation: Derivation) -> None:
    """The flow of a Legendre transform of the mean itself, in place of its logarithm."""
    t, j, phi, R, Z = one.time, one.source, one.field, one.regulator, one.partition_function
    mean, domain = sp.Derivative(Z, j), one.domain()
    weight = derivation.define(
        Definition(one.weight_name, sp.exp(-one.action(phi) - R * phi**2 / 2 + j * phi)), name="regulated weight"
    )
    heat = derivation.apply(
        heat_equation, weight, time=t, source=j, field=phi, partition_function=Z, domain=domain, name="flow of the mean"
    )
    action = derivation.define(
        Definition(one.action_name, j * mean - Z - R * mean**2 / 2),
        name="Legendre transform without a logarithm",
        reason="As printed: W is the mean itself.",
    )
    slope = derivation.apply(
        legendre_slope, action, source=j, mean_field=mean, domain=domain, name="slope without a logarithm"
    )
    curvature = derivation.apply(
        legendre_slope, slope, source=j, mean_field=mean, domain=domain, name="curvature without a logarithm"
    )
    flow = derivation.apply(
        flow_at_fixed_field,
        action,
        slope,
        time=t,
        mean_field=mean,
        domain=domain,
        name="flow at a fixed mean field without a logarithm",
    )
    derivation.apply(
        flow_equation,
        flow,
        heat,
        curvature,
        time=t,
        moving=Z,
        source=j,
        second_derivative=one.second_derivative,
        domain=domain,
        name="flow equation without a logarithm",
    )
