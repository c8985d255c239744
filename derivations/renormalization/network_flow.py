"""The flow of the vertices of a network ensemble whose propagator is known at every scale: what it predicts.

Source: H. Erbin, V. Lahoche, D. O. Samary, Renormalization in the neural network-quantum field theory correspondence
(2022), section 4, equations (4.1) to (4.6).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization import vertex_flows
from derivations.renormalization.flow_equation import equation_steps
from derivations.renormalization.literature import REFERENCES
from derivations.renormalization.network_correlators import REFERENCES as NETWORKS
from derivations.renormalization.network_flow_oracle import against_flow
from derivations.rules.integral_value import integral_value
from derivations.rules.loop_integral import loop_integral
from derivations.rules.momentum_routing import constant_vertices, momentum_conservation
from derivations.rules.scale_derivative import scale_derivative, scaling_exponent
from derivations.rules.solved_vertex import solved_vertex
from derivations.rules.special_case import sign, special_case
from theory.models import network_flow as model
from theory.regulators import y
from theory.statements import Definition, Postulate

IDENTIFIER = "wetterich-network-flow"
TITLE = "Flow of the vertices of a network ensemble"
PAPER = "erbin2022renormalization"
SERVES = tuple(f"{PAPER}:{label}" for label in ("4.2", "4.5", "4.6", "claim:4g"))

scale, p, q, d = model.scale, model.external_momentum, model.momentum, model.dimension
alpha, eta, z, Z = model.amplitude, model.anomalous_dimension, model.normalization, model.wave_function
u4, u6 = model.coupling(4), model.coupling(6)
BALLS, PLAIN_BALLS = ((f(2), f(3)) for f in (model.ball_integral, model.plain_ball))
DOMAIN = model.domain().extended(
    {u4: (-2, 2), u6: (-2, 2), model.kernel_factor: (0, 3), model.own_normalization: (0, 3)}
    | {f(n): (-2, 2) for n in (2, 3) for f in (model.loop, model.ball_integral)}
    | {model.plain_ball(n): (0, 2) for n in (2, 3)}
)
POWER = {Z: z * scale**-eta}
UNITS = {eta: sp.S.Zero, z: sp.S.One}
"""The field in units in which Z is 1, as in the paper's constraint."""

FIXED = Postulate(
    name="propagator fixed by the network",
    claim="At every scale $\\Lambda$ the second derivative of the effective average action and the regulator add up to "
    "$Z \\Lambda^2 \\exp(p^2/\\Lambda^2)$, the reciprocal of the Gaussian kernel of the network.",
    justification="The paper takes the kernel of the network as the full propagator of the regulated theory.",
    test="Compare the vertices that follow with the exact connected correlations of networks.",
)
VOLUME = Postulate(
    name="infinite volume",
    claim="A sum over momenta, divided by the volume, is an integral over all momenta; the dimension is any real "
    "number.",
    justification="Only momenta below the scale count, and there the summand is smooth.",
    test="Refine the grid of momenta in one dimension.",
)

UNITS_OF_THE_FIELD = Postulate(
    name="field in units of its normalization",
    claim="The field is measured in units in which Z is 1 at every scale, and its flow is that at a fixed field.",
    justification="The paper's constraint leaves Z out.",
    test="Keep Z: the exponents change by twice or three times its anomalous dimension.",
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The flow of the vertex of two legs is known where the propagator is. It gives the vertex of four "
        "legs, whose flow gives that of six.",
        references=(*NETWORKS[:1], *REFERENCES[:1]),
        conventions=(
            "$r_\\Lambda(q^2) = Z \\alpha (\\Lambda^2 - q^2)$ below $q^2 = \\Lambda^2$ and 0 above; "
            "$Z = z \\Lambda^{-\\eta}$.",
            "$J_n = \\int d^dq/(2 \\pi)^d \\, \\Lambda \\, dr_\\Lambda/d\\Lambda \\, G_\\Lambda^n$; "
            "$\\ell_n = \\frac{1}{2} \\int_0^1 dy \\, y^{d/2 - 1} (2 - \\eta (1 - y)) e^{-n y}$; "
            "$v_d^{-1} = 2^{d+1} \\pi^{d/2} \\Gamma(d/2)$.",
            "$u_n$ is the vertex of n legs at zero momenta, without the delta function of momentum conservation.",
        ),
    )
    flows = {n: _flow_at_zero_momentum(derivation, n) for n in (2, 4)}
    motion = known_motion(derivation)
    derivation.assume(VOLUME)
    growth = derivation.apply(
        scale_derivative, derivation["regulator"], name="scale derivative of the regulator", **_moving()
    )
    loops = {n: _loop(derivation, growth, n) for n in (2, 3)}
    four = _four(derivation, motion, flows[2], loops[2])
    six = _six(derivation, four, flows[4], loops)
    _in_units_of_the_field(derivation, four, six)
    _own_normalization(derivation)
    return derivation


def _flow_at_zero_momentum(derivation: Derivation, n: int) -> Step:
    names = (vertex_flows.rate, vertex_flows.propagator, vertex_flows.vertex)
    modes = (model.mode_rate, model.mode_propagator, model.mode_vertex)
    known = {s.name for s in derivation}
    equation = derivation["Wetterich equation"] if "Wetterich equation" in known else equation_steps(derivation)
    routed = derivation.apply(
        momentum_conservation,
        vertex_flows.flow_of_vertex(derivation, equation, n, symmetric=True),
        n=n,
        names=names,
        modes=modes,
        cutoff=model.modes,
        domain=model.mode_domain(),
        name=f"momenta in the flow of order {n}",
        serves=(f"{PAPER}:4.2",) if n == 2 else (),
        defines=model.vertex_motion(n),
    )
    return derivation.apply(
        constant_vertices,
        routed,
        n=n,
        modes=modes,
        coupling=model.coupling,
        loop=model.loop,
        domain=model.mode_domain(),
        name=f"flow of order {n} at zero momenta",
    )


def known_motion(derivation: Derivation) -> Step:
    """How the vertex of two legs moves, at a small momentum."""
    fixed = derivation.assume(FIXED)
    derivation.define(
        Definition(model.regulator_name, alpha * Z * (scale**2 - q**2)),
        name="regulator",
        reason="Below the scale; it vanishes above.",
        serves=(f"{PAPER}:4.5",),
    )
    derivation.define(Definition(model.inverse_name, Z * scale**2 * sp.exp(q**2 / scale**2)), name="inverse propagator")
    vertex = derivation.define(
        Definition(model.vertex_name, Z * scale**2 * sp.exp(p**2 / scale**2) - alpha * Z * (scale**2 - p**2)),
        name="vertex of order 2",
        reason="At a momentum below the scale: the inverse propagator less the regulator.",
    )
    return derivation.apply(scale_derivative, vertex, because=(fixed,), name="known flow of order 2", **_moving())


def _moving() -> dict[str, Any]:
    return {"scale": scale, "wave_function": Z, "anomalous_dimension": eta, "domain": model.domain()}


def _loop(derivation: Derivation, growth: Step, n: int) -> Step:
    """The loop integral with n propagators, by what is left of it in units of the scale."""
    sphere = 2 * sp.pi ** (d / 2) / sp.gamma(d / 2) / (2 * sp.pi) ** d
    shell = derivation.define(
        Definition(
            model.shell(n), sphere * q ** (d - 1) * growth.result / derivation["inverse propagator"].result ** n
        ),
        name=f"shell of the loop with {n} propagators",
        reason="The integrand over the radius of the momentum.",
    )
    ball = derivation.define(
        Definition(model.ball_integral(n), sp.Integral(model.ball_integrand(n), (y, 0, 1))),
        name=f"ball integral with {n} propagators",
        reason="Momenta beyond the scale do not count: the regulator vanishes there.",
    )
    return derivation.apply(
        loop_integral,
        shell,
        ball,
        momentum=q,
        place=scale * sp.sqrt(y),
        front=4 * model.volume_factor * alpha * Z ** (1 - n) * scale ** (d + 2 - 2 * n),
        domain=model.domain(),
        because=(growth, derivation[VOLUME.name]),
        defines=model.loop(n),
        name=f"loop with {n} propagators",
    )


def _four(derivation: Derivation, motion: Step, flow: Step, loop: Step) -> Step:
    vertex = derivation.apply(
        solved_vertex, motion, flow, unknown=u4, at={p: 0}, domain=DOMAIN, name="vertex of order 4"
    )
    return _closed(derivation, vertex, loop, order=4)


def _closed(derivation: Derivation, vertex: Step, *loops: Step, order: int) -> Step:
    """A vertex as a power of the scale, in a step that is named after it."""
    return derivation.apply(
        special_case,
        vertex,
        *loops,
        at=POWER,
        letters=BALLS,
        domain=DOMAIN,
        name=f"vertex of order {order} as a power of the scale",
        defines=model.coupling(order),
    )


def _six(derivation: Derivation, four: Step, flow: Step, loops: dict[int, Step]) -> Step:
    motion = derivation.apply(
        scaling_exponent, four, scale=scale, letter=u4, domain=DOMAIN, name="scaling of the vertex of order 4"
    )
    vertex = derivation.apply(solved_vertex, motion, flow, unknown=u6, at={}, domain=DOMAIN, name="vertex of order 6")
    six = _closed(derivation, vertex, four, *loops.values(), order=6)
    derivation.apply(
        scaling_exponent, six, scale=scale, letter=u6, domain=DOMAIN, name="scaling of the vertex of order 6"
    )
    return six


def _in_units_of_the_field(derivation: Derivation, four: Step, six: Step) -> None:
    """The paper's case, where the field is measured in units in which Z is 1."""
    kind = derivation.assume(UNITS_OF_THE_FIELD)
    balls = []
    for n in (2, 3):
        plain = derivation.define(
            Definition(model.plain_ball(n), sp.Integral(model.ball_integrand(n).xreplace(UNITS), (y, 0, 1))),
            name=f"ball integral with {n} propagators for a constant Z",
        )
        balls.append(
            derivation.apply(
                integral_value,
                plain,
                domain=DOMAIN,
                defines=model.plain_ball(n),
                name=f"incomplete gamma function of {n} propagators",
            )
        )
    place = derivation.define(
        Definition(model.network_scale, sp.sqrt(2 / d) * model.weight_std),
        name="scale of a network",
        reason="Where the Gaussian kernel of the network falls as $\\exp(-p^2/\\Lambda^2)$.",
    )
    at_network = {scale: place.result}
    for n, vertex, relation, dimensions in ((4, four, "<", (0, 6)), (6, six, ">", (0, 4))):
        letter = model.coupling(n)
        units = derivation.apply(
            special_case,
            vertex,
            at=UNITS | {model.ball_integral(count): model.plain_ball(count) for count in (2, 3)},
            letters=PLAIN_BALLS,
            domain=DOMAIN,
            because=(kind,),
            name=f"vertex of order {n} for a constant Z",
            defines=letter,
        )
        derivation.apply(
            sign,
            units,
            relation=relation,
            domain=DOMAIN.extended({alpha: (0, 1), d: dimensions}),
            name=f"sign of the vertex of order {n} below the amplitude 1",
        )
        derivation.apply(
            special_case, units, at={alpha: sp.S.One}, domain=DOMAIN, name=f"vertex of order {n} at the amplitude 1"
        )
        derivation.apply(
            special_case,
            units,
            *balls,
            domain=DOMAIN,
            oracle=lambda inference, n=n: against_flow(inference.result, n),
            name=f"vertex of order {n} by incomplete gamma functions",
        )
        network = derivation.apply(
            special_case,
            units,
            at=at_network,
            letters=PLAIN_BALLS,
            domain=DOMAIN,
            name=f"vertex of order {n} of a network",
            defines=model.network_vertex(n),
        )
        derivation.apply(
            scaling_exponent,
            network,
            scale=model.weight_std,
            letter=letter,
            domain=DOMAIN,
            name=f"scaling of the vertex of order {n} with the weights",
            serves=(f"{PAPER}:4.6",) if n == 4 else (),
        )


def _own_normalization(derivation: Derivation) -> None:
    """The exponents where the field is the output of the network itself."""
    factor = derivation.define(
        Definition(
            model.kernel_factor,
            sp.Integral(
                sp.exp(-(model.weight_std**2) * model.component**2 / (2 * d)), (model.component, -sp.oo, sp.oo)
            ),
        ),
        name="kernel along one input",
        reason="The Gaussian kernel over its variance is a product of as many factors as there are inputs.",
    )
    value = derivation.apply(
        integral_value, factor, domain=DOMAIN, defines=model.kernel_factor, name="kernel along one input, integrated"
    )
    own = derivation.define(
        Definition(model.own_normalization, 1 / (scale**2 * model.weight_std**2 * model.kernel_factor**d)),
        name="normalization of the output of a network",
        reason="Z is $1/(\\Lambda^2 K)$ with the kernel K at zero momentum.",
    )
    power = derivation.apply(
        special_case,
        own,
        value,
        at={model.weight_std: scale * sp.sqrt(d / 2)},
        domain=DOMAIN,
        name="normalization as a power of the scale",
    )
    moved = derivation.apply(
        scaling_exponent,
        power,
        scale=scale,
        letter=model.own_normalization,
        domain=DOMAIN,
        name="scaling of the normalization",
    )
    exponent = sp.simplify(-moved.result / model.own_normalization)
    for n in (4, 6):
        derivation.apply(
            special_case,
            derivation[f"scaling of the vertex of order {n}"],
            at={eta: exponent},
            domain=DOMAIN,
            because=(moved,),
            name=f"scaling of the vertex of order {n} of the output of a network",
        )
