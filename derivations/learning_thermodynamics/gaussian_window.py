"""How good a Gaussian window is in place of the bounds of the activation.

Vanchurin (2020), equations (5.7) and (5.8), for components that do not couple.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.activation_window import (
    all_volumes,
    between,
    bounded_integral,
    centered,
    difference_of_logarithms,
    limit_of_error,
    stiff_expansion,
    tail_bound,
)
from derivations.rules.gaussian_components import component_integral
from theory.models import activation_window as model

IDENTIFIER = "learning-gaussian-window"
TITLE = "A Gaussian window in place of the bounds of an activation"
SERVES = serving("5.7", "5.8")
LOW, HIGH = -sp.Rational(7, 100), sp.Rational(23, 100)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The states of neurons with the activation tanh lie in a cube. A Gaussian window of variance one "
        "is put in the place of its faces. For one component of stiffness $s = \\beta (\\lambda - m)$ and mean $a$ "
        "both integrals are known.",
        references=REFERENCES,
        conventions=(
            "The faces of the cube are those of the neurons: components in the eigenvectors of $G$ have bounds of "
            "their own only where these are the neurons themselves, or where $s = 0$.",
            "$\\delta$ is what the window adds to the logarithm of the integral over one component.",
        ),
    )
    s, a, domain = model.stiffness, model.shift, model.component_domain()
    bounded = d.apply(
        bounded_integral, stiffness=s, center=a, component=model.component, ends=(-1, 1), domain=domain,
        name="component in its bounds", defines=model.bounded, serves=serving("5.7"),
    )  # fmt: skip
    windowed = d.apply(
        component_integral, exponent=model.exponent(window=True), component=model.component, domain=domain,
        name="component in its window", serves=serving("5.8"),
    )  # fmt: skip
    error = d.apply(
        difference_of_logarithms, windowed, bounded, domain=domain, name="error of the window",
        defines=model.window_error, serves=serving("5.8"),
    )  # fmt: skip
    about_zero = d.apply(
        centered, error, shift=a, domain=domain, name="error about zero", defines=model.centered_error,
        serves=serving("5.8"),
    )  # fmt: skip
    soft = d.apply(limit_of_error, error, variable=s, point=0, inside={a: 0}, domain=domain, name="soft component")
    d.apply(
        limit_of_error, error, variable=s, point=sp.oo, inside={a: 0}, domain=domain, name="stiff component",
        remark="the window pulls the mean to zero, and does so at any stiffness",
    )  # fmt: skip
    d.apply(
        stiff_expansion, about_zero, variable=s, order=3, domain=domain, name="stiff component about zero",
        serves=serving("5.8"), remark="beside what is exponentially small",
    )  # fmt: skip
    d.apply(
        between, about_zero, low=LOW, high=HIGH, domain=model.enclosed_domain(), name="error at moderate stiffness",
        serves=serving("5.8"),
        remark="for a mean of zero and s from 1/100 to 100 log Z of a neuron is off by -0.07 to 0.23",
    )  # fmt: skip
    d.apply(tail_bound, bounded, stiffness=s, center=a, domain=domain, name="what the bounds cut off")
    d.apply(
        all_volumes, soft, number=model.n_neurons, domain=domain, name="all components at infinite temperature",
        defines=model.volume_error, serves=serving("5.8"),
    )  # fmt: skip
    return d
