"""The entropy production of a density that diffuses, and that of a Gaussian density whose form may move otherwise.

Vanchurin (2020), equation (12.1) and the sentence after it, from (11.5) and (11.6).
"""

from __future__ import annotations

import sympy as sp

from derivations.emergent_gravity.references import REFERENCES, serving
from derivations.engine.derivation import Derivation
from derivations.rules.density_means import gaussian_mean_of, logarithm_of_density
from derivations.rules.gaussian_entropy_flow import (
    diffusing_parameter,
    logarithmic_curvature,
    logarithmic_slope,
    motion_flow,
    production_by_curvature,
    production_by_square,
    sum_over_components,
)
from derivations.rules.total_derivative import by_parts
from theory.models import gaussian_family as model
from theory.statements import Definition

IDENTIFIER = "onsager-entropy-production"
TITLE = "Entropy production by the curvature of the logarithm of a density"
SERVES = serving("12.1", "claim:12a")

p, Q, D, s = model.density, model.place, model.diffusion, model.precision
DOMAIN = model.parameters_domain()


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="A density that diffuses gains entropy at a rate that is a mean over it. Of a density that moves "
        "in another way the same mean is no rate of anything.",
        references=REFERENCES,
        conventions=(
            "One component is followed and the others are held; the Laplacian, and with it the entropy production, is "
            "the sum over all components.",
            "Densities and their slopes vanish at the boundaries.",
        ),
    )
    _any_density(d)
    _gaussian(d)
    return d


def _any_density(d: Derivation) -> None:
    choices = {"fields": {p: (0, sp.oo)}, "coordinates": (Q,), "domain": DOMAIN}
    flow = d.define(
        Definition(model.entropy_flow, -sp.log(p) * D / 2 * sp.Derivative(p, (Q, 2))),
        name="entropy production of a density that diffuses",
        reason="The rate of the entropy density, $-\\log(p)$ times the rate of the density by diffusion; the rate of "
        "$p$ itself integrates to zero.",
    )
    squared = d.apply(
        by_parts, flow, moved={sp.Derivative(p, (Q, 2)): Q}, **choices, name="by the slope of the density",
        defines=model.squared_flow,
    )  # fmt: skip
    mixed = d.apply(logarithmic_slope, squared, density=p, place=Q, domain=DOMAIN, name="by two slopes")
    moved = d.apply(by_parts, mixed, moved={sp.Derivative(p, Q): Q}, **choices, name="by two second slopes")
    d.apply(
        logarithmic_curvature, moved, density=p, place=Q, domain=DOMAIN, name="by the curvature of the logarithm",
        defines=model.mean_flow, serves=serving("12.1"),
    )  # fmt: skip


def _gaussian(d: Derivation) -> None:
    law = (model.gaussian(), Q, sp.S.Zero, 1 / (2 * s))
    names = {"place": Q, "diffusion": D, "domain": DOMAIN}
    density = d.define(
        Definition(model.gaussian_density, model.gaussian()),
        name="one component of a Gaussian density",
        reason="Along an eigenvector of g, with its eigenvalue.",
    )
    logarithm = d.apply(
        logarithm_of_density, density=model.gaussian(), domain=DOMAIN, name="logarithm of the Gaussian density",
        defines=model.gaussian_logarithm,
    )  # fmt: skip
    d.apply(
        production_by_curvature, logarithm, **names, name="production of a Gaussian component",
        defines=model.gaussian_flow, serves=serving("12.1"),
    )  # fmt: skip
    square = d.apply(
        production_by_square, logarithm, **names, name="square of the slope", defines=model.gaussian_square
    )
    mean = d.apply(gaussian_mean_of, square, signs=(1,), law=law, domain=DOMAIN, name="mean of the square")
    over_all = {"components": model.PARAMETERS, "domain": DOMAIN}
    d.apply(
        sum_over_components, mean, letters={s: model.precisions}, **over_all, name="production of all components",
        defines=model.total_production, serves=serving("12.1", "claim:12a"),
    )  # fmt: skip
    motion = d.apply(
        motion_flow,
        logarithm,
        parameter=s,
        rate=model.rate,
        domain=DOMAIN,
        name="flow of entropy of a moving component",
    )
    rate = d.apply(
        gaussian_mean_of, motion, signs=(1,), law=law, domain=DOMAIN, name="rate of the entropy",
        defines=model.entropy_rate,
    )  # fmt: skip
    d.apply(
        sum_over_components, rate, letters={model.rate: model.rates, s: model.precisions}, **over_all,
        name="rate of the entropy of all components", defines=model.total_entropy_rate, serves=serving("claim:12a"),
    )  # fmt: skip
    diffusing = d.apply(
        diffusing_parameter, density, parameter=s, **names, name="how the eigenvalue diffuses",
        defines=model.diffusing_rate,
    )  # fmt: skip
    spread = d.apply(
        motion_flow, logarithm, diffusing, parameter=s, domain=DOMAIN, name="flow of entropy of a diffusing component"
    )
    d.apply(gaussian_mean_of, spread, signs=(1,), law=law, domain=DOMAIN, name="rate of the entropy where it diffuses")
