"""Threshold functions in closed form: of the optimized regulator in any dimension, and of the sharp cutoff as a limit.

Sources: D. F. Litim, Physical Review D 64, 105007 (2001); J. Berges, N. Tetradis, C. Wetterich, Physics Reports 363,
223 (2002), section 4.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation, Reference
from derivations.engine.step import Step
from derivations.renormalization.literature import REFERENCES
from derivations.renormalization.local_potential import d, eta, mass
from derivations.rules.integral_value import integral_value
from derivations.rules.integrand_limit import integrand_limit, substituted
from derivations.rules.momentum_edge import value_with_edge, without_second_derivatives
from theory.domain import Domain
from theory.models import scalar_field as model
from theory.momentum_thresholds import momentum_kernel
from theory.regulators import LitimRegulator, PowerRegulator, Regulator, y
from theory.statements import Definition
from theory.threshold_functions import threshold_integral

IDENTIFIER = "wetterich-thresholds"
TITLE = "Threshold functions in closed form"
SERVES: tuple[str, ...] = ()

power = sp.Symbol("n", positive=True)
s = sp.Symbol("s", positive=True)

DOMAIN = Domain(
    {d: (sp.Rational(1, 2), 6), eta: (-1, 1), mass: (-sp.Rational(1, 2), 3), s: (0, sp.oo), power: (1, sp.oo)}
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="One integral over the squared momentum holds all that the flow of a potential knows of its "
        "regulator.",
        references=(
            *REFERENCES,
            Reference(
                key="litim2001optimized",
                citation="D. F. Litim, Optimized renormalization group flows, Physical Review D 64, 105007 (2001)",
            ),
        ),
        conventions=(
            "$l_n(w) = \\frac{1}{2} (n + \\delta_{n0}) \\int_0^\\infty dy \\, y^{d/2} (-2 y r' - \\eta r) / "
            "(y (1 + r) + w)^{n+1}$.",
            "$m_{22}(w_1, w_2)$ is $-\\frac{1}{2} \\int dy \\, y^{d/2} P'^2/((P + w_1)^2 (P + w_2)^2)$ with "
            "$P = y (1 + r)$, differentiated by the scale where the regulator holds it.",
        ),
    )
    optimized(derivation)
    sharp(derivation)
    optimized_momentum(derivation)
    return derivation


def optimized(derivation: Derivation | None = None) -> Step:
    """The step with l_0 of the optimized regulator, in a derivation or by itself."""
    steps = derivation or Derivation(IDENTIFIER)
    definition = steps.define(
        _definition("L", LitimRegulator(), 0),
        name="optimized regulator",
        reason="$r = 1/y - 1$ below $y = 1$: all slow modes have the same inverse propagator.",
    )
    return steps.apply(integral_value, definition, domain=DOMAIN, name="optimized regulator in closed form")


def sharp(derivation: Derivation | None = None) -> Step:
    """The step with l_1 of the sharp cutoff, in a derivation or by itself."""
    steps = derivation or Derivation(IDENTIFIER)
    powers = steps.define(
        _definition("P", PowerRegulator(power), 1),
        name="powers of the momentum",
        reason="The sharp cutoff is the limit of ever larger powers: r jumps from infinity to 0 at $y = 1$.",
    )
    place = s ** (-1 / power)
    integrand = steps.apply(substituted, powers, new=s, place=place, domain=DOMAIN, name="in the variable s = r(y)")
    limit = steps.apply(integrand_limit, integrand, variable=power, new=s, name="limit of large powers")
    return steps.apply(integral_value, limit, domain=DOMAIN, name="sharp cutoff in closed form")


def optimized_momentum(derivation: Derivation | None = None) -> Step:
    """The step with m_22 of the optimized regulator, in a derivation or by itself."""
    steps = derivation or Derivation(IDENTIFIER)
    choices: dict[str, Any] = {"masses": model.masses, "dimension": d, "anomalous_dimension": eta}
    shape, domain = model.shape(y), DOMAIN.extended({y: (0, 3), **dict.fromkeys(model.masses, (0, 3))})
    own = momentum_kernel(shape, **choices)
    definition = steps.define(
        Definition(model.momentum_threshold(*model.masses), sp.Integral(own, (y, 0, sp.oo))),
        name="threshold function of the momentum dependence",
        reason="What the anomalous dimension knows of the regulator.",
    )
    integrand = steps.apply(
        without_second_derivatives,
        definition,
        shape=shape,
        choices=choices,
        domain=domain,
        name="without second derivatives",
    )
    return steps.apply(
        value_with_edge,
        integrand,
        shape=shape,
        regulator=LitimRegulator(),
        variable=y,
        choices=choices,
        domain=domain,
        name="momentum dependence of the optimized regulator in closed form",
    )


def _definition(name: str, regulator: Regulator, order: int) -> Definition:
    integral = threshold_integral(regulator, order, mass, dimension=d, anomalous_dimension=eta)
    symbol: Any = sp.Function(f"l_{order}^{name}", real=True)(mass)
    return Definition(symbol, integral)
