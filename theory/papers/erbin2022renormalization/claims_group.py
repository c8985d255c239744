"""Claims of sections 4 and 5 and of the caption of figure 2."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import network_flow as flow
from theory.models import random_network as model
from theory.papers.erbin2022renormalization.group import scaling
from theory.papers.erbin2022renormalization.letters import PAPER, among, d, momentum_squared, p, sigma_w
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Identity, LimitStatement

STRENGTH = among(model.transform, model.squared_mass, model.strength).extended({p: (-2, 2)})
m, R, phi = flow.mass, flow.regulator_value, sp.Symbol("phi", real=True)
GAUSSIAN = {m: (0, 3), R: (0, 3), phi: (-2, 2)}


def inverse_propagator(factor: Any) -> Identity:
    """The inverse propagator of fields that are scaled by the root of a factor."""
    return Identity(
        1 / (factor * model.transform),
        model.squared_mass * sp.exp(momentum_squared() / model.squared_mass),
        STRENGTH,
    )


def exponent(name: Any) -> Identity:
    """With which power of the standard deviation the coupling of four points at the origin goes."""
    return Identity(name, 4 - d, among(model.exponent_name(4), model.renormalized_exponent(4)))


RATIO = model.small_connected / model.integral_at_origin(4)
"""Minus the coupling (3.6) of small points, without biases."""

GROUP_CLAIMS = (
    PAPER.claim(
        "4a",
        r"the large momenta $p^2 \gg \Lambda^2$ are exponentially suppressed, blinding the physics beyond scale $p^2 "
        r"\sim \Lambda^2$.",
        line(
            "the propagator at any momentum",
            Identity(
                model.transform,
                sp.exp(-momentum_squared() / model.squared_mass) / (model.strength * model.squared_mass),
                STRENGTH,
            ),
            model.transform,
            model.squared_mass,
            model.strength,
        ),
    ),
    PAPER.claim(
        "4b",
        r"in the active RG, $\Lambda$ (or equivalently the standard deviation $\sigma_W$) define the typical momentum "
        "scale.",
        line(
            "the scale is proportional to the standard deviation",
            Identity(model.squared_mass, 2 * sigma_w**2 / d, among(model.squared_mass)),
            model.squared_mass,
        ),
    ),
    PAPER.claim(
        "4c",
        r"The regulator $r_{\Lambda}$ depends on $p^2$ and is designed such that $\Gamma_{\Lambda \rightarrow \infty} "
        r"\rightarrow S$ (large cut-off regime) and $\Gamma_{\Lambda \rightarrow 0} \equiv \Gamma$ (vanishing cut-off "
        "regime)",
        line(
            "one Gaussian degree of freedom: without a constant the action at a large regulator is that of the field",
            LimitStatement(
                flow.gaussian_action_less,
                m * phi**2 / 2,
                among(flow.gaussian_action_less).extended(GAUSSIAN),
                variable=R,
                point=sp.oo,
            ),
            flow.gaussian_action_less,
            note="Under the constraint of claim 4d, which fixes the propagator at every scale, neither limit exists: "
            r"the vertex of two legs grows as $(1 - \alpha) \Lambda^2$, and beyond the scale it diverges as the scale "
            "vanishes (derivation wetterich-network-premises).",
        ),
        line(
            "and at a vanishing regulator the Legendre transform of its generating functional",
            LimitStatement(
                flow.gaussian_action,
                m * phi**2 / 2 + sp.log(m / (2 * sp.pi)) / 2,
                among(flow.gaussian_action).extended(GAUSSIAN),
                variable=R,
                point=0,
            ),
            flow.gaussian_action,
        ),
    ),
    PAPER.claim(
        "4d",
        r"their sum is constrained to be $\Lambda^2 \exp\left(\frac{p_1^2}{\Lambda^2}\right) \delta^{(d_{\text{in}})}"
        r"(p_1 + p_2)$ for any $\Lambda$.",
        line(
            "the reciprocal of the propagator (4.1)",
            inverse_propagator(sp.S.One),
            model.transform,
            model.squared_mass,
            model.strength,
            readings=(
                Reading(
                    kind="condition",
                    text=r"the field is measured in units in which $Z_0$ of (4.1) is 1, at every $\Lambda$; besides, "
                    r"$\sigma_b = 0$, since the constant of the kernel adds a peak at $p = 0$",
                    statement=inverse_propagator(model.strength),
                ),
            ),
        ),
        latex=r"\Lambda^2 \exp\left(\frac{p_1^2}{\Lambda^2}\right) \delta^{(d_{\text{in}})}(p_1 + p_2)",
    ),
    PAPER.claim(
        "4e",
        r"the smooth function $\Gamma_{\Lambda}^{(4)}(p, -p, q, -q)$ can be expanded in power of $q$ for $\Lambda$ "
        "small enough.",
        line(
            "as printed",
            None,
            note="It is a truncation. To this order the vertices of (4.2) do not depend on the momentum p, while the "
            r"constraint asks for a flow of $\Gamma^{(2)}$ that contains $-p^4/\Lambda^2$: see the known flow at small "
            "momenta in the derivation wetterich-network-premises.",
        ),
    ),
    PAPER.claim(
        "4f",
        "This equation can be verified numerically (Figure 2).",
        line(
            "with biases: the exponent of the coupling (3.6) at the origin",
            exponent(model.exponent_name(4)),
            model.exponent_name(4),
            model.renormalized_exponent(4),
            readings=(
                Reading(
                    kind="condition",
                    text=r"the coupling is that of fields with $Z_0 = 1$, $u_4 / Z_0^2$, and $\sigma_b$ is fixed and "
                    "not zero; that of (3.6) goes with the opposite power",
                    statement=exponent(model.renormalized_exponent(4)),
                ),
            ),
        ),
        line(
            r"without biases, as in figure 2, at points that are small against $1/\sigma_W$, as those of section 3: "
            "the exponent of the coupling (3.6), which is d - 2",
            Identity(
                sigma_w * sp.Derivative(RATIO, sigma_w) / RATIO,
                4 - d,
                among(model.small_connected, model.integral_at_origin(4)).extended(
                    {model.small_scale: (0, 1), model.points: (0, 1)}
                ),
            ),
            model.small_connected,
            model.integral_at_origin(4),
        ),
    ),
    PAPER.claim(
        "4g",
        r"A similar equation can be derived for $u_6$: $\log u_6 = (6 - 2d_{\text{in}}) \log \sigma_W + \text{cst}$.",
        line(
            "the flow of the vertex at zero momenta",
            scaling(flow.network_vertex(6), 6 - 2 * flow.dimension),
            flow.network_vertex(6),
        ),
        latex=r"\log u_6 = (6 - 2d_{\text{in}}) \log \sigma_W + \text{cst}",
    ),
)
CONCLUSION_CLAIMS = (
    PAPER.claim(
        "5a",
        "the nice agreement between theoretical predictions and numerical experiments.",
        line(
            "as printed", None, note="Its figures have no numbers to compare with; what is to be compared is claim 4f."
        ),
    ),
)
