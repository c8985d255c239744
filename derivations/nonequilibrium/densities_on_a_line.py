"""The same quantities for densities on a line, where a finite set of data shows what has no limit."""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.rules.density_means import (
    gaussian_mean_of,
    limit_of_width,
    logarithm_of_density,
    mean_over_boxes,
    put_together,
)
from derivations.rules.integral_value import integral_value
from derivations.rules.special_case import sign
from theory.models import boltzmann_law as model
from theory.statements import Definition

x, m, s, b, v = model.place, model.data_mean, model.data_variance, model.model_mean, model.model_variance
X, P, mu, width = model.points, model.n_points, model.point, model.width
ENERGY = (x - b) ** 2 / (2 * v)
LINE = model.line_domain()
LAW = (model.gaussian_density(m, s), x, m, s)
"""Of the data."""
BOXES = (X[mu], (mu, 1, P))


def relative_entropy(d: Derivation, *names: str) -> tuple[Step, Step, Step]:
    """The logarithms of the densities of the data and of the model, and the relative entropy of the first."""
    own, other = (
        d.apply(logarithm_of_density, density=model.gaussian_density(*law), domain=LINE, name=f"logarithm of {name}")
        for name, law in zip(names, ((m, s), (b, v)), strict=True)
    )
    found = d.apply(
        gaussian_mean_of, own, other, signs=(1, -1), law=LAW, domain=LINE, name="relative entropy on a line",
        defines=model.line_divergence,
    )  # fmt: skip
    return own, other, found


def on_a_line(d: Derivation) -> None:
    """A Gaussian law of data and a harmonic energy."""
    trace = d.define(
        Definition(sp.Symbol("Z_x", positive=True), sp.Integral(sp.exp(-ENERGY), (x, -sp.oo, sp.oo))),
        name="partition function on a line",
        reason="A harmonic energy. On a line Z is finite only where the energy grows fast enough.",
    )
    norm = d.apply(integral_value, trace, domain=LINE, name="harmonic partition function")
    d.apply(
        limit_of_width, norm, variable=v, point=sp.oo, domain=LINE, name="an energy that does not grow",
        remark="The wider the trap the larger Z: an energy that is flat on the line has no Boltzmann law.",
    )  # fmt: skip
    own, other, divergence = relative_entropy(d, "the density of the data", "the density of the model")
    common = {"signs": (-1,), "law": LAW, "domain": LINE}
    cost = d.apply(
        gaussian_mean_of,
        other,
        because=(norm,),
        name="negative log-likelihood on a line",
        defines=model.line_cost,
        **common,
    )
    d.apply(gaussian_mean_of, own, name="entropy on a line", defines=model.line_entropy, **common)
    d.apply(sign, divergence, relation=">=", domain=LINE, name="relative entropy on a line is not negative")
    d.apply(limit_of_width, cost, variable=s, domain=LINE, name="likelihood of one point")
    d.apply(
        limit_of_width, divergence, variable=s, domain=LINE, name="relative entropy of one point",
        remark="The entropy of the data has no limit, so neither have the relative entropy and the Gibbs free energy; "
        "their difference, and the likelihood, have.",
    )  # fmt: skip


def data_set(d: Derivation) -> None:
    """Finitely many points, each a box: as the boxes shrink the likelihood has a limit, the relative entropy none."""
    domain = model.data_set_domain().extended(dict(LINE.sets))
    norm = sp.sqrt(2 * sp.pi * v)
    cost = d.apply(
        mean_over_boxes, body=ENERGY + sp.log(norm), place=x, boxes=BOXES, width=width, domain=domain,
        name="negative log-likelihood of boxes",
    )  # fmt: skip
    order = d.apply(
        mean_over_boxes, body=-sp.log(P * width), place=x, boxes=BOXES, width=width, domain=domain,
        name="minus the entropy of boxes",
    )  # fmt: skip
    divergence = d.apply(put_together, cost, order, domain=domain, name="relative entropy of boxes")
    d.apply(
        limit_of_width, cost, variable=width, domain=domain, name="likelihood of a data set",
        remark="Minus the mean over the data of log p: the log-likelihood needs no density of the data.",
    )  # fmt: skip
    d.apply(
        limit_of_width, divergence, variable=width, domain=domain, name="relative entropy of a data set",
        remark="Points that differ have boxes that do not overlap once these are narrow. The relative entropy of "
        "finitely many points from a density is infinite, with any parameters: it has no least value to look for.",
    )  # fmt: skip
