"""Section 3, equations (3.1) to (3.6): the activation, its kernel, measurements, and the ansatz for interactions."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import random_network as model
from theory.papers.erbin2022renormalization.letters import (
    DOMAIN,
    PAPER,
    among,
    at,
    d,
    distance_squared,
    mu,
    n,
    sigma_b,
    sigma_w,
    x,
    y,
)
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity
from theory.sums import Sigma
from theory.symbols import family

alpha, order = sp.symbols("alpha n", integer=True)
n_nets, n_zero = sp.symbols("n_nets n_0", integer=True, positive=True)
product = family("f...f", real=True)
measured, mean_measured, free, deviation = sp.symbols("G_exp^(n) Gbar_exp^(n) G_0^(n) DeltaG_exp^(n)", real=True)
coupling = family("ubar", real=True)
place, field = sp.Symbol("x", real=True), sp.Function("f", real=True)

POINT = Sigma(x[1, mu] ** 2, (mu, 1, d))
EXPONENT = Sigma(model.weights[mu] * x[1, mu], (mu, 1, d)) + model.bias
ACTIVATION: Any = sp.exp(EXPONENT) / sp.sqrt(sp.exp(2 * (sigma_b**2 + sigma_w**2 / d * POINT)))
PROPAGATOR = sigma_w**2 * sp.exp(-(sigma_w**2) / (2 * d) * distance_squared(1, 2))
FOUR = (1, 2, 3, 4)
BARE = model.bare[4]


def propagator_to(point: int) -> Any:
    """K_W from the place of integration to a point."""
    squares = Sigma((y[mu] - x[point, mu]) ** 2, (mu, 1, d))
    return sigma_w**2 * sp.exp(-(sigma_w**2) / (2 * d) * squares)


def to_first_order(sets: dict[Any, Any]) -> Identity:
    """What one interaction contributes for one of its places, if all its propagators are K_W."""
    domain = among(model.first_order(4)).extended({model.bare: (-1, 1), y: (-1, 1), **sets})
    return Identity(model.first_order(4), -BARE * sp.Mul(*[propagator_to(k) for k in FOUR]), domain)


CONSTRUCTION = (
    PAPER.equation(
        "3.1",
        "3",
        r"g(W_0 x + b_0) = \frac{\exp(W_0 x + b_0)}{\sqrt{\exp\left[2\left(\sigma_b^2 + "
        r"\frac{\sigma_W^2}{d_{\text{in}}} x^2\right)\right]}}",
        line(
            "the activation of one neuron",
            Definition(model.activation_name, ACTIVATION),
            relation="definition",
            domain=DOMAIN.extended({n: sp.FiniteSet(1), model.weights: (-1, 1), model.bias: (-1, 1)}),
        ),
    ),
    PAPER.equation(
        "3.2",
        "3",
        r"K(x, y) := \sigma_b^2 + K_W(x, y), \quad K_W(x, y) = "
        r"\sigma_W^2 e^{-\frac{\sigma_W^2}{2d_{\text{in}}} |x-y|^2}",
        line(
            "the kernel at any width and input dimension",
            Identity(at(model.closed_connected, 1, 2), sigma_b**2 + PROPAGATOR, among(model.closed_connected)),
            at(model.closed_connected, 1, 2),
        ),
    ),
    PAPER.equation(
        "3.3",
        "3",
        r"G_{\text{exp}}^{(n)} = \frac{1}{n_{\text{nets}}} \sum_{\alpha=1}^{n_{\text{nets}}} "
        r"f_{\alpha}(x_1) \cdots f_{\alpha}(x_n)",
        line(
            "the mean over a bag",
            Definition(measured, Sigma(product[alpha], (alpha, 1, n_nets)) / n_nets),
            relation="definition",
        ),
    ),
    PAPER.equation(
        "3.4",
        "3",
        r"\Delta G_{\text{exp}}^{(n)} := \bar{G}_{\text{exp}}^{(n)} - G_0^{(n)}",
        line("the measured deviation", Definition(deviation, mean_measured - free), relation="definition"),
        conventions=("The bar is the mean over the bags.",),
    ),
    PAPER.equation(
        "3.5",
        "3",
        r"S_{\text{int}}[f] := \sum_{n=2}^{n_0} \frac{\bar{u}_n}{(2n)!} \int d^{d_{\text{in}}} x f(x)^{2n}",
        line(
            "the ansatz for the interactions, written for one input",
            Definition(
                sp.Symbol("S_int", real=True),
                Sigma(
                    coupling[order]
                    / sp.factorial(2 * order)
                    * sp.Integral(field(place) ** (2 * order), (place, -sp.oo, sp.oo)),
                    (order, 2, n_zero),
                ),
            ),
            relation="definition",
            note="Here $\\bar{u}_n$ belongs to 2n fields; the couplings of (3.6) and of section 4 carry the number of "
            "fields, so that $u_4$ goes with $\\bar{u}_2$.",
        ),
    ),
    PAPER.equation(
        "3.6",
        "3",
        r"u_4(x_1, x_2, x_3, x_4) = -\frac{\Delta G_{\text{exp}}^{(4)}(x_1, x_2, x_3, x_4)}"
        r"{\int d^{d_{\text{in}}}x K_W(x, x_1)K_W(x, x_2)K_W(x, x_3)K_W(x, x_4)}",
        line(
            "the coupling that is measured, with exact averages",
            Identity(
                at(model.coupling, *FOUR),
                -at(model.closed_connected, *FOUR) / model.overlap,
                among(model.coupling, model.closed_connected).extended({model.overlap: (0, sp.oo), n: sp.FiniteSet(4)}),
            ),
            at(model.coupling, *FOUR),
            at(model.closed_connected, *FOUR),
            model.overlap,
        ),
        line(
            "to lowest order it is the coupling of the action: one interaction f^4 / 4! contributes minus the coupling "
            "times four propagators $K_W$",
            to_first_order({}),
            model.first_order(4),
            readings=(
                Reading(
                    kind="condition",
                    text=r"$\sigma_b = 0$; otherwise the propagators of the lowest order are those of the whole kernel "
                    r"$K = \sigma_b^2 + K_W$ of (2.9), whose product has no finite integral",
                    statement=to_first_order({sigma_b: sp.FiniteSet(0)}),
                ),
            ),
        ),
        conventions=(r"By (2.9) the deviation $\Delta G^{(4)}$ is the connected correlation.",),
    ),
)
