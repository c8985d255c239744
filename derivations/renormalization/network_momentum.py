"""The propagator of random networks in momentum space, and the mass scale that it defines.

Source: H. Erbin, V. Lahoche, D. O. Samary, Renormalization in the neural network-quantum field theory correspondence
(2022), equation (4.1).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.renormalization.network_correlators import PAPER, REFERENCES
from derivations.rules.exponential_mean import exponential_mean
from derivations.rules.mass_scale import field_strength, low_momenta, mass_scale
from derivations.rules.space_integral import component_variance, gaussian_weight, space_integral
from theory.models import random_network as model
from theory.statements import Definition

IDENTIFIER = "network-correlators-momentum"
TITLE = "The propagator of random networks in momentum space"
SERVES = tuple(f"{PAPER}:{label}" for label in ("4.1", "claim:4a", "claim:4b", "claim:4d"))

DOMAIN = model.point_domain().extended({model.momentum: (-2, 2), model.weight_std: (sp.Rational(1, 2), 4)})


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    derivation = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The part of the Gaussian kernel that depends on the points is a Gaussian function of their "
        "distance, and so is its Fourier transform. Its width defines a mass scale.",
        references=REFERENCES[:1],
        conventions=(
            "$K_W(p) = \\int d^d y \\, e^{-i p y} K_W(y)$, so that $K_W(y) = \\int \\frac{d^d p}{(2\\pi)^d} e^{i p y} "
            "K_W(p)$, with the measure of the flow equation (4.2). The constant $\\sigma_b^2$ of the kernel is "
            "no part of it.",
        ),
    )
    propagator(derivation)
    return derivation


def propagator(derivation: Derivation) -> Step:
    """Enter the steps to the transform, the mass scale and the field strength; give the step with the last."""
    wave = derivation.define(
        Definition(model.wave_name, model.wave()),
        name="propagator times a plane wave",
        reason="Up to the factor $\\sigma_W^2$; here y is the distance of two points.",
    )
    weight = derivation.apply(
        gaussian_weight,
        wave,
        family=model.place,
        components=model.COMPONENTS,
        domain=DOMAIN,
        name="one component of the distance",
    )
    laws = ((model.place, component_variance(weight), (model.COMPONENTS,)),)
    mean = derivation.apply(exponential_mean, weight, laws=laws, domain=DOMAIN, name="mean of the plane wave")
    transform = derivation.apply(
        space_integral,
        weight,
        mean,
        factor=model.weight_std**2,
        dimension=model.input_dimension,
        domain=DOMAIN,
        name="propagator in momentum space",
        defines=model.transform,
    )
    at: dict[str, Any] = {"momentum": model.momentum, "domain": DOMAIN}
    scale = derivation.apply(
        mass_scale, transform, components=model.COMPONENTS, name="mass scale", defines=model.squared_mass, **at
    )
    strength = derivation.apply(field_strength, transform, scale, name="field strength", defines=model.strength, **at)
    derivation.apply(
        low_momenta,
        transform,
        scale,
        strength,
        components=model.COMPONENTS,
        small=model.small_scale,
        name="inverse propagator at low momenta",
        defines=model.small_inverse,
        **at,
    )
    return strength
