"""The flow of the potential of an O(N) field in the local potential approximation, for any regulator and dimension.

Sources: C. Wetterich, Physics Letters B 301, 90 (1993); J. Berges, N. Tetradis, C. Wetterich, Physics Reports 363, 223
(2002), equations (2.30) to (2.36) and (4.13).
"""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization.component_flow import component_equation
from derivations.renormalization.literature import REFERENCES
from derivations.renormalization.running_couplings import couplings_at_the_minimum, couplings_at_the_origin
from derivations.rules.constant_field import (
    propagator,
    propagator_trace,
    second_variation,
    trace_at_one_momentum,
)
from derivations.rules.dimensionless_flow import Units, dimensionless_flow
from derivations.rules.momentum_shell import in_units_of_the_scale, regulator_derivative, threshold_form
from theory.field_derivative import FieldDerivative
from theory.models import regulated_components as many
from theory.models import scalar_field as model
from theory.regulators import y
from theory.statements import Definition, Postulate
from theory.threshold_functions import kernel

IDENTIFIER = "wetterich-local-potential"
TITLE = "The flow of the effective potential in the local potential approximation"
SERVES: tuple[str, ...] = ()

k, q, d, N, eta = model.scale, model.momentum, model.dimension, model.n_components, model.anomalous_dimension
a, b, c = model.a, model.b, model.c
Z, U = model.wave_function, model.dimensionful
mass = sp.Symbol("w", real=True)
rate = sp.Symbol("\\dot{R}", real=True)
"""The scale derivative of the regulator at one momentum."""
squared_mass = Z * k**2
front = 2 * model.volume_factor * k**d
absorbed = sp.Symbol("c_d", positive=True)
"""4 v_d / d, the factor of the loop that the units take in."""

UNITS = Units(
    potential=U,
    variable=model.invariant,
    unit=absorbed * k**d,
    place=absorbed * model.invariant * k ** (d - 2) / Z,
    squared_mass=squared_mass,
)
"""The dimensionful potential and invariant by those in units of the scale."""

TRUNCATION = Postulate(
    name="local potential approximation",
    claim="The effective average action is the integral of $Z_k (\\partial \\phi)^2/2 + U_k(\\phi^2/2)$.",
    justification="It is the lowest order of the derivative expansion; higher orders are suppressed by the small "
    "anomalous dimension, and it is exact for infinitely many components.",
    test="Compare the exponents with those of the next order, of many components, and near four dimensions.",
)
CONTINUED = Postulate(
    name="dimensions and components of any real number",
    claim="Momentum integrals over functions of $q^2$ are radial integrals for any d, and N is any real number.",
    justification="Both enter the derived flow as parameters of an analytic expression.",
    test="The integrals at d = 1, 2, 3 and 4, and the traces at N = 1, 2, 3, are these.",
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The flow equation on a constant field is a trace over the components and an integral over the "
        "momenta. Both are carried out for any number of components, any dimension and any shape of the regulator.",
        references=REFERENCES,
        conventions=(
            "$R_k(q^2) = Z_k q^2 r(y)$ with $y = q^2/k^2$, and $\\eta = -k \\, dZ_k/dk \\, / Z_k$.",
            "$v_d^{-1} = 2^{d+1} \\pi^{d/2} \\Gamma(d/2)$; $\\rho = \\phi^2/2$ and $u$ are in units in which $4 v_d/d$ "
            "is absorbed.",
            "$\\kappa$ is the minimum of $u$ and $\\lambda_n$ are its derivatives there; $g_n$ are those at "
            "the origin.",
            "$l_0(w) = \\frac{1}{2} \\int_0^\\infty dy \\, y^{d/2} (-2 y r' - \\eta r) / (y (1 + r) + w)$.",
        ),
    )
    flow = _flow(derivation)
    couplings_at_the_minimum(derivation, flow, 3)
    couplings_at_the_origin(derivation, flow, 3)
    return derivation


def flow_of_the_potential() -> Step:
    """The step with du/dt at fixed field, by itself."""
    return _flow(Derivation(IDENTIFIER))


def _flow(derivation: Derivation) -> Step:
    total = _trace(derivation)
    loop = _loop(derivation, total)
    factor = unit_of_the_potential(derivation)
    return derivation.apply(
        dimensionless_flow,
        loop,
        factor,
        scale=k,
        units=UNITS,
        front=front,
        masses=model.masses,
        growth=(sp.Derivative(Z, k), -eta * Z / k),
        flowing=model.potential(model.invariant),
        domain=model.shell_domain()
        .extended({model.invariant: (0, 2), absorbed: (0, 1)})
        .restricted(k, d, model.invariant, absorbed),
        name="flow of the potential",
    )


def unit_of_the_potential(derivation: Derivation) -> Step:
    """The factor of the loop that the units take in."""
    return derivation.define(Definition(absorbed, 4 * model.volume_factor / d), name="unit of the potential")


def _trace(derivation: Derivation) -> Step:
    """The flow equation on a constant field at one momentum, carried out over the components."""
    truncation = derivation.assume(TRUNCATION)
    invariant = model.squared_field() / 2
    bends = FieldDerivative(invariant, model.fields[a], model.fields[b])
    along = FieldDerivative(invariant, model.fields[a]) * FieldDerivative(invariant, model.fields[b])
    entry = model.kinetic * sp.KroneckerDelta(a, b) + model.slope * bends + model.curvature * along
    second = derivation.define(
        Definition(model.inverse_propagator[a, b], entry),
        name="second variation",
        reason="$P = Z q^2 + R_k(q^2)$; $U'$ and $U''$ are the derivatives of the potential by the invariant.",
    )
    sizes: dict[str, Any] = {"fields": model.fields, "rows": (a, b), "size": N}
    variation = derivation.apply(
        second_variation,
        second,
        domain=model.component_domain(),
        because=(truncation,),
        name="about a constant field",
        **sizes,
    )
    inverse = derivation.apply(propagator, variation, column=c, name="propagator", **sizes)
    total = derivation.apply(
        propagator_trace, variation, inverse, invariant=model.invariant, name="trace over the components", **sizes
    )
    return derivation.apply(
        trace_at_one_momentum,
        component_equation(Derivation("the flow equation")),
        inverse,
        total,
        families=(many.regulator_rate, many.propagator),
        rate=rate,
        invariant=model.invariant,
        name="flow equation at one momentum",
        **sizes,
    )


def _loop(derivation: Derivation, total: Step) -> Step:
    """k dU/dk at a constant field, over the front factor, by threshold functions."""
    domain = model.shell_domain().extended({eta: (-1, 1), q: (0, 3)})
    regulator = derivation.define(
        Definition(sp.Symbol("R_k", real=True), Z * q**2 * model.shape(q**2 / k**2)), name="regulator"
    )
    growth = derivation.apply(
        regulator_derivative,
        regulator,
        scale=k,
        wave_function=Z,
        anomalous_dimension=eta,
        domain=domain,
        name="scale derivative of the regulator",
    )
    across, along = model.masses
    modes = total.result.xreplace(
        {
            rate: growth.result,
            model.kinetic: Z * q**2 + regulator.result,
            model.slope: squared_mass * across,
            model.curvature: squared_mass * (along - across) / (2 * model.invariant),
        }
    )
    modes = modes.replace(_is_reciprocal, lambda e: 1 / cast(Any, sp.factor(sp.expand(e.base))))
    sphere = 2 * sp.pi ** (d / 2) / sp.gamma(d / 2)
    shell = sp.factor_terms(sphere / (2 * sp.pi) ** d * q ** (d - 1) * modes)
    flow = derivation.define(
        Definition(model.flow_name, shell),
        name="flow equation on a constant field",
        reason="The trace over momenta is, for each unit of volume, an integral over $(2 \\pi)^d$. This is the part of "
        "the flow equation at the momenta on the sphere of radius q.",
    )
    continued = derivation.assume(CONTINUED)
    integrand = derivation.apply(
        in_units_of_the_scale,
        flow,
        momentum=q,
        place=k * sp.sqrt(y),
        squared=y,
        front=front,
        domain=domain,
        because=(total, growth, continued),
        name="in units of the scale",
    )
    own = kernel(model.shape(y), order=0, mass=mass, dimension=d, anomalous_dimension=eta)
    definition = derivation.define(
        Definition(model.threshold(mass), sp.Integral(own, (y, 0, sp.oo))), name="threshold function"
    )
    return derivation.apply(threshold_form, integrand, definition, masses=model.masses, name="flow at a constant field")


def _is_reciprocal(node: Any) -> bool:
    return isinstance(node, sp.Pow) and node.exp == -1
