"""Couplings of random networks, as the paper measures them, in closed form.

Source: H. Erbin, V. Lahoche, D. O. Samary, Renormalization in the neural network-quantum field theory correspondence
(2022), equations (3.5), (3.6) and (4.6).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization.network_correlators import PAPER, REFERENCES, correlators, neuron_moment
from derivations.renormalization.network_momentum import propagator
from derivations.rules.exponential_mean import exponential_mean
from derivations.rules.lowest_order import exchange, kernel_put_in, one_interaction, without_exchanges
from derivations.rules.network_couplings import (
    at_origin,
    at_points,
    exponent_of,
    integral_at_points,
    measured_coupling,
    small_points,
)
from derivations.rules.space_integral import component_variance, gaussian_weight, space_integral
from theory.models import random_network as model
from theory.statements import Definition
from theory.sums import Sigma

IDENTIFIER = "network-correlators-couplings"
TITLE = "Couplings of random networks as they are measured"
SERVES = tuple(
    f"{PAPER}:{label}"
    for label in (
        *("2.3", "2.9", "3.1", "3.2", "3.6"),
        *(f"claim:{place}" for place in ("2a", "2b", "2c", "3a", "3b", "3c", "3d", "3e", "3f", "3g", "3h", "3i", "4f")),
    )
)
POINTS = (4, 6)
AT_POINTS: dict[str, Any] = {"points": model.points, "count": model.n_points, "domain": model.point_domain()}


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="What simulations measure as couplings are connected correlations over integrals of propagators. "
        "Both are known in closed form, for any width, input dimension, variances and points.",
        references=REFERENCES,
        conventions=(
            "$u_{1 \\ldots n}$ is minus the connected correlation of n points over the integral of n propagators $K_W$ "
            "from one place to them: the paper's (3.6) for $n = 4$. For $n = 6$, which the paper does not print, it is "
            "the same of the connected part, without exchanges between two couplings of four points.",
            "$Z_0$ is the field strength of the inverse propagator at low momenta, and $Z_0^{-n/2} u$ the coupling of "
            "fields whose squared momentum has the coefficient 1.",
        ),
    )
    moments = neuron_moment(derivation)
    for n in (2, *POINTS):
        correlators(derivation, n)
    overlap = propagator_overlap(derivation)
    strength = propagator(derivation)
    closed_connected(derivation, 2, moments)
    for n in POINTS:
        at_the_origin(derivation, coupling(derivation, n, moments, overlap), n, strength)
    without_biases(derivation)
    for n in POINTS:
        first_order(derivation, n)
    irreducible(derivation)
    return derivation


def propagator_overlap(derivation: Derivation) -> Step:
    """The integral over a place of the propagators from it to n points, for any n and any input dimension."""
    domain = model.point_domain()
    product = derivation.define(
        Definition(model.propagators_name, model.propagators()),
        name="propagators from one place",
        reason="Up to a factor $\\sigma_W^2$ each.",
    )
    weight = derivation.apply(
        gaussian_weight,
        product,
        family=model.place,
        components=model.COMPONENTS,
        domain=domain,
        name="one component of the place",
    )
    laws = ((model.place, component_variance(weight), (model.COMPONENTS,)),)
    mean = derivation.apply(exponential_mean, weight, laws=laws, domain=domain, name="mean over all components")
    return derivation.apply(
        space_integral,
        weight,
        mean,
        factor=model.weight_std ** (2 * model.n_points),
        dimension=model.input_dimension,
        domain=domain,
        name="integral of the propagators",
        defines=model.overlap,
    )


def closed_connected(derivation: Derivation, n: int, moments: Step) -> Step:
    """The connected correlation of n points with the activation of the paper."""
    return derivation.apply(
        at_points,
        derivation[f"connected correlation of {n} points"],
        moments,
        moment=model.moment,
        name=f"connected correlation of {n} points in closed form",
        defines=model.letter(model.closed_connected, range(1, n + 1)),
        **AT_POINTS,
    )


def coupling(derivation: Derivation, n: int, moments: Step, overlap: Step) -> Step:
    """The coupling that is measured at n points."""
    connected = closed_connected(derivation, n, moments)
    integral = derivation.apply(
        integral_at_points,
        overlap,
        places=tuple(range(1, n + 1)),
        name=f"integral of {n} propagators",
        **AT_POINTS,
    )
    name = model.letter(model.coupling, range(1, n + 1))
    return derivation.apply(
        measured_coupling, connected, integral, name=f"coupling of {n} points", defines=name, symbol=name
    )


def at_the_origin(derivation: Derivation, measured: Step, n: int, strength: Step) -> None:
    """The coupling at the origin, and how it depends on the variance of the weights."""
    domain = model.point_domain().extended({model.bias_std: (sp.Rational(1, 10), 2)})
    derivation.apply(
        at_origin,
        derivation[f"integral of {n} propagators"],
        points=model.points,
        domain=domain,
        name=f"integral of {n} propagators at the origin",
        defines=model.integral_at_origin(n),
    )
    value = derivation.apply(
        at_origin,
        measured,
        points=model.points,
        domain=domain,
        name=f"coupling of {n} points at the origin",
        defines=model.coupling_at_origin(n),
    )
    derivation.apply(
        exponent_of,
        value,
        parameter=model.weight_std,
        domain=domain,
        name=f"exponent of the coupling of {n} points",
        defines=model.exponent_name(n),
    )
    derivation.apply(
        exponent_of,
        value,
        parameter=model.weight_std,
        factor=strength.result ** -sp.Rational(n, 2),
        domain=domain,
        because=(strength,),
        name=f"exponent of the coupling of {n} points for fields of strength one",
        defines=model.renormalized_exponent(n),
    )


def first_order(derivation: Derivation, n: int) -> Step:
    """What the interaction contributes to the connected correlation of n points, with the kernel of the network."""
    variance, index = model.weight_std**2, model.mu
    vertex = derivation.apply(
        one_interaction,
        n=n,
        bare=model.bare[n],
        kernel=model.kernel,
        domain=model.point_domain().extended({model.bare: (-1, 1)}),
        name=f"first order of {n} points",
    )

    def propagator_to(point: Any) -> Any:
        squares = Sigma((model.place[index] - model.points[point, index]) ** 2, model.COMPONENTS)
        return model.bias_std**2 + variance * sp.exp(-variance / (2 * model.input_dimension) * squares)

    return derivation.apply(
        kernel_put_in,
        vertex,
        kernel=model.kernel,
        value=propagator_to,
        domain=model.point_domain().extended({model.bare: (-1, 1), model.place: (-1, 1)}),
        name=f"first order of {n} points with the kernel",
        defines=model.first_order(n),
    )


def irreducible(derivation: Derivation) -> Step:
    """The coupling of six points at the origin to second order in that of four points."""
    domain = model.point_domain().extended({model.weight_std: (sp.Rational(1, 2), 2)})
    exchanges = derivation.apply(
        exchange,
        curvature=model.weight_std**2 / model.input_dimension,
        prefactor=model.weight_std**14,
        dimension=model.input_dimension,
        domain=domain,
        name="exchanges at the origin",
    )
    return derivation.apply(
        without_exchanges,
        derivation["coupling of 6 points at the origin"],
        derivation["coupling of 4 points at the origin"],
        exchanges,
        derivation["integral of 6 propagators at the origin"],
        domain=domain,
        name="coupling of 6 points at the origin without exchanges",
        defines=model.irreducible,
    )


def without_biases(derivation: Derivation) -> Step:
    """To leading order in the points, without biases; at the origin itself the network is Gaussian then."""
    return derivation.apply(
        small_points,
        derivation["connected correlation of 4 points in closed form"],
        points=model.points,
        scale=model.small_scale,
        order=4,
        at={model.bias_std: sp.S.Zero},
        domain=model.point_domain(),
        name="connected correlation of 4 small points without biases",
        defines=model.small_connected,
    )
