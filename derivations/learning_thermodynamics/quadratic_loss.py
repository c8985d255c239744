"""The bulk loss of a network to second order about its mean state, and the matrix G in its eigenvectors.

Vanchurin (2020), equations (5.2) to (5.6), (5.10) and (5.12), for any number of neurons, weights and activations.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.network_loss import (
    about_fixed_point,
    form_is_positive,
    in_powers_of_scale,
    linear_response,
    rotated_form,
    squares_as_form,
    with_defect,
    without_defect,
)
from theory.models import network_loss as model
from theory.statements import Definition

IDENTIFIER = "learning-quadratic-loss"
TITLE = "The loss of a network to second order about its mean state"
SERVES = serving("5.2", "5.4", "5.5", "5.6", "5.10", "5.12", "claim:5a")

i, j, k, l = model.i, model.j, model.k, model.l
epsilon, d_, mu, w, V, lam = (
    model.scale, model.directions, model.mean_state, model.weights, model.eigenvectors, model.eigenvalues,
)  # fmt: skip


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The state is $\\mu + \\epsilon d$. Each neuron has its own activation $f_i$, which is given $g_i "
        "= \\sum_j w_{ij} \\mu_j + b_i$ at the mean state $\\mu$ and $g_i + \\epsilon \\sum_j w_{ij} d_j$ beside it.",
        references=REFERENCES,
        conventions=(
            "Orders are powers of $\\epsilon$, the distance from the mean state.",
            "The local objective $-m x^2 / 2$ is quadratic as it stands and is not expanded.",
        ),
    )
    _expanded(d)
    _spectrum(d)
    return d


def _expanded(d: Derivation) -> None:
    domain = model.loss_domain()
    d.apply(
        linear_response, activation=model.activation, neuron=i, argument=model.argument,
        field=model.over_neurons(w[i, j] * mu[j], j) + model.biases[i], change=model.deviation_of_field(i),
        scale=epsilon, domain=domain, name="linear response", serves=serving("5.2"),
    )  # fmt: skip
    d.define(
        Definition(model.slopes[i], model.slope_at(i)), name="slopes", serves=serving("5.4"),
        reason="The slope of each activation at what it is given at the mean state.",
    )  # fmt: skip
    loss = d.define(
        Definition(model.loss, model.loss_about(mu[i])), name="loss about the mean state",
        reason="The squared errors of all neurons with their objectives.",
    )  # fmt: skip
    fixed = d.define(
        Definition(model.fixed_point_loss, model.loss_about(model.activation(i, model.fields[i]))),
        name="loss about a fixed point", reason="The same where the mean state is a fixed point of the network.",
    )  # fmt: skip
    powers = {"scale": epsilon, "argument": model.argument, "domain": domain}
    d.apply(
        in_powers_of_scale, loss, order=3, objective=model.objective(mu[i]), **powers, name="second order",
        serves=serving("5.5"), remark="errors at the mean state leave a constant and a linear term, and bend the form",
    )  # fmt: skip
    change = model.deviation_of_field(i)
    entry = model.entry_of_g(lambda n: model.slopes[n])
    squares = d.apply(
        squares_as_form, squares=model.over_neurons((d_[i] - model.slopes[i] * change) ** 2, i),
        form=model.form(entry), entry=entry, domain=domain, name="quadratic form",
        defines=model.quadratic_form[j, k], serves=serving("5.6"),
    )  # fmt: skip
    objective = model.objective(model.activation(i, model.fields[i]))
    second = d.apply(
        in_powers_of_scale, fixed, order=3, objective=objective, **powers, name="second order about a fixed point"
    )
    d.apply(
        about_fixed_point, second, squares, slope=model.slopes[i], value=model.slope_at(i), scale=epsilon,
        domain=domain, name="about a fixed point", serves=serving("5.5"),
    )  # fmt: skip
    d.apply(
        in_powers_of_scale, fixed, order=4, objective=objective, **powers, name="first term that is left out",
        remark="the term of third order holds the second derivative of the activation",
    )  # fmt: skip
    d.apply(form_is_positive, squares, domain=domain, name="no negative eigenvalue", serves=serving("claim:5a"))


def _spectrum(d: Derivation) -> None:
    domain, over, lam_i = model.spectrum_domain(), model.over_neurons, lam[i]
    entry = model.entry_of_spectrum()
    d.apply(
        rotated_form, form=model.form(entry), squares=over(lam[l] * over(V[j, l] * d_[j], j) ** 2, l), domain=domain,
        name="form in the eigenvectors",
    )  # fmt: skip
    columns, rows = over(V[k, i] * V[k, l], k) - sp.KroneckerDelta(i, l), over(V[j, i] * V[k, i], i)
    tied = domain.extended(constraints=[sp.Eq(model.column_defect[i, l], columns)])
    image = d.apply(
        with_defect, left=over(entry * V[k, i], k),
        right=lam_i * V[j, i] + over(lam[l] * V[j, l] * model.column_defect[i, l], l), domain=tied,
        name="G times a column",
    )  # fmt: skip
    d.apply(
        without_defect, image, defect=model.column_defect[i, l], domain=domain, name="G times an eigenvector",
        defines=model.image[j, i], serves=serving("5.10"),
    )  # fmt: skip
    tied = domain.extended(constraints=[sp.Eq(model.row_defect[j, k], rows - sp.KroneckerDelta(j, k))])
    rebuilt = d.apply(
        with_defect, left=over(over(V[k, i] * d_[k], k) * V[j, i], i),
        right=d_[j] + over(model.row_defect[j, k] * d_[k], k), domain=tied, name="sum over the columns",
    )  # fmt: skip
    d.apply(
        without_defect, rebuilt, defect=model.row_defect[j, k], domain=domain, name="sum over the eigenvectors",
        serves=serving("5.12"),
    )  # fmt: skip
