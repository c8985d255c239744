"""Couplings of random networks, as the paper measures them, in closed form.

Source: H. Erbin, V. Lahoche, D. O. Samary, Renormalization in the neural network-quantum field theory correspondence
(2022), equations (3.5), (3.6) and (4.6).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization.network_correlators import REFERENCES, correlators, neuron_moment
from derivations.renormalization.network_momentum import propagator, small
from derivations.rules.exponential_mean import exponential_mean
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

IDENTIFIER = "network-correlators-couplings"
TITLE = "Couplings of random networks as they are measured"
SERVES: tuple[str, ...] = ()
POINTS = (4, 6)


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
    for n in POINTS:
        at_the_origin(derivation, coupling(derivation, n, moments, overlap), n, strength)
    without_biases(derivation)
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


def coupling(derivation: Derivation, n: int, moments: Step, overlap: Step) -> Step:
    """The coupling that is measured at n points."""
    at: dict[str, Any] = {"points": model.points, "count": model.n_points, "domain": model.point_domain()}
    connected = derivation.apply(
        at_points,
        derivation[f"connected correlation of {n} points"],
        moments,
        moment=model.moment,
        name=f"connected correlation of {n} points in closed form",
        defines=model.letter(model.connected, range(1, n + 1)),
        **at,
    )
    integral = derivation.apply(
        integral_at_points,
        overlap,
        places=tuple(range(1, n + 1)),
        name=f"integral of {n} propagators",
        **at,
    )
    name = model.letter(model.coupling, range(1, n + 1))
    return derivation.apply(
        measured_coupling, connected, integral, name=f"coupling of {n} points", defines=name, symbol=name
    )


def at_the_origin(derivation: Derivation, measured: Step, n: int, strength: Step) -> None:
    """The coupling at the origin, and how it depends on the variance of the weights."""
    domain = model.point_domain().extended({model.bias_std: (sp.Rational(1, 10), 2)})
    value = derivation.apply(
        at_origin,
        measured,
        points=model.points,
        domain=domain,
        name=f"coupling of {n} points at the origin",
        defines=model.coupling_at_origin[n],
    )
    derivation.apply(
        exponent_of,
        value,
        parameter=model.weight_std,
        domain=domain,
        name=f"exponent of the coupling of {n} points",
        defines=model.exponent_name[n],
    )
    derivation.apply(
        exponent_of,
        value,
        parameter=model.weight_std,
        factor=strength.result ** -sp.Rational(n, 2),
        domain=domain,
        because=(strength,),
        name=f"exponent of the coupling of {n} points for fields of strength one",
        defines=model.renormalized_exponent[n],
    )


def without_biases(derivation: Derivation) -> Step:
    """To leading order in the points, without biases; at the origin itself the network is Gaussian then."""
    return derivation.apply(
        small_points,
        derivation["connected correlation of 4 points in closed form"],
        points=model.points,
        scale=small,
        order=4,
        at={model.bias_std: sp.S.Zero},
        domain=model.point_domain(),
        name="connected correlation of 4 small points without biases",
        defines=model.small_connected,
    )
