"""Section 4, equations (4.1) to (4.10): ensembles of states, and the one of largest entropy."""

from __future__ import annotations

from typing import Any

import sympy as sp

from theory.models import entropy_principle as model
from theory.papers.vanchurin2020towards.letters import PAPER, among
from theory.papers.writing import line
from theory.records import Reading
from theory.statements import Definition, Identity, Stationarity
from theory.sums import Sigma

H, p, beta, nu, U = model.loss, model.density, model.loss_multiplier, model.norm_multiplier, model.mean_loss
STATES = model.states_domain()
PLAIN = STATES.restricted(beta, nu, U)
BOUNDARY = model.boundary_domain()
CELLS = "In cells a delta function is the inverse volume of the cell in which it does not vanish."
BULK_ALONE = (
    "The delta function is over the components of the bulk alone: over all components it holds a factor delta(0) for "
    "each of the boundary."
)


def over_states(integrand: Any) -> Any:
    """The integral over all states."""
    return sp.Integral(integrand, model.STATES)


def concentrated(*, on_the_boundary: bool) -> Any:
    """The density of (4.2), with its delta function over all components or over those of the bulk."""
    return model.concentrated(on_the_boundary=on_the_boundary)


TOTAL = Sigma(model.boundary_volume * model.boundary_density[model.j], (model.j, 1, model.n_boundary))
MEAN_OF_4_3, NORM_OF_4_2 = (
    {
        everywhere: model.mean_over_boundary_and_bulk(concentrated(on_the_boundary=everywhere), quantity)
        for everywhere in (True, False)
    }
    for quantity in (None, sp.S.One)
)

ENSEMBLES = (
    PAPER.equation(
        "4.1",
        "4",
        r"U_0(\mathbf{b}, \hat{w}) \equiv \int d^{N_{\partial}} x_{\partial} \min_{(\hat{P}_{in} + "
        r"\hat{P}_{out})\mathbf{x} = \mathbf{x}_{\partial}} H(\mathbf{x}, \mathbf{b}, \hat{w}) "
        r"p_{\partial}(\mathbf{x}_{\partial})",
        line(
            "in cells of the boundary and the bulk, the least loss at the cell zeta_j of the bulk",
            Definition(model.least_mean_loss, model.mean_of_the_least()),
            relation="definition",
            domain=BOUNDARY,
        ),
    ),
    PAPER.equation(
        "4.2",
        "4",
        r"p_0(\mathbf{x}) = p_{\partial}((\hat{P}_{in} + \hat{P}_{out})\mathbf{x})\delta(\bar{\mathbf{x}} - "
        r"\mathbf{x}),",
        line(
            "in cells",
            Definition(model.concentrated_density[model.j, model.k], concentrated(on_the_boundary=True)),
            relation="definition",
        ),
        line(
            "that it is a density: its norm is that of the density over the boundary",
            Identity(NORM_OF_4_2[True], TOTAL, BOUNDARY.restricted(NORM_OF_4_2[True], TOTAL)),
            readings=(
                Reading(
                    kind="condition",
                    text=BULK_ALONE,
                    statement=Identity(NORM_OF_4_2[False], TOTAL, BOUNDARY.restricted(NORM_OF_4_2[False], TOTAL)),
                ),
            ),
            note=CELLS,
        ),
    ),
    PAPER.equation(
        "4.3",
        "4",
        r"U_0(\mathbf{b}, \hat{w}) = \int d^N x H(\mathbf{x}, \mathbf{b}, \hat{w}) p_0(\mathbf{x}).",
        line(
            "in cells, with the density of (4.2)",
            Identity(model.least_mean_loss, MEAN_OF_4_3[True], among(BOUNDARY, model.least_mean_loss)),
            model.least_mean_loss,
            readings=(
                Reading(
                    kind="condition",
                    text=BULK_ALONE,
                    statement=Identity(
                        model.least_mean_loss, MEAN_OF_4_3[False], among(BOUNDARY, model.least_mean_loss)
                    ),
                ),
            ),
            note=CELLS,
        ),
    ),
    PAPER.equation(
        "4.4",
        "4",
        r"U(\mathbf{b}, \hat{w}) = \int d^N x H(\mathbf{x}, \mathbf{b}, \hat{w}) p(\mathbf{x}).",
        line("the mean loss", Definition(U, over_states(H * p)), relation="definition"),
    ),
    PAPER.equation(
        "4.5",
        "4",
        r"S(p) \equiv -\int d^{N}x \ p(\mathbf{x}) \log p(\mathbf{x}) = -\langle \log p(\mathbf{x}) \rangle.",
        line("the entropy", Definition(model.entropy, -over_states(p * sp.log(p))), relation="definition"),
    ),
    PAPER.equation(
        "4.6",
        "4",
        r"L(p, \beta, \nu) = S(p) + \beta \left( U(\mathbf{b}, \hat{w}) - \int d^N x \ p(\mathbf{x}) H(\mathbf{x}, "
        r"\mathbf{b}, \hat{w}) \right) + \nu \left( 1 - \int d^N x \ p(\mathbf{x}) \right), = \int d^N x \ "
        r"p(\mathbf{x}) \left( -\log p(\mathbf{x}) - \beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - \nu \right) + \beta "
        r"U(\mathbf{b}, \hat{w}) + \nu",
        line(
            "the first line",
            Identity(
                model.lagrangian,
                -over_states(p * sp.log(p)) + beta * (U - over_states(p * H)) + nu * (1 - over_states(p)),
                among(PLAIN, model.lagrangian),
            ),
            model.lagrangian,
        ),
        line(
            "the second line",
            Identity(
                model.lagrangian,
                over_states(p * (-sp.log(p) - beta * H - nu)) + beta * U + nu,
                among(PLAIN, model.lagrangian),
            ),
            model.lagrangian,
        ),
    ),
    PAPER.equation(
        "4.7",
        "4",
        r"0 = \frac{\delta L(p, \beta, \nu)}{\delta p(\mathbf{x})} = -\beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - \log "
        r"p(\mathbf{x}) - 1 - \nu",
        line(
            "the functional derivative",
            Identity(model.slope, -beta * H - sp.log(p) - 1 - nu, among(STATES, model.slope)),
            model.slope,
        ),
    ),
    PAPER.equation(
        "4.8",
        "4",
        r"0 = \frac{\partial L(p, \beta, \nu)}{\partial \beta} = U(\mathbf{b}, \hat{w}) - \int d^N x \ p(\mathbf{x}) "
        r"H(\mathbf{x}, \mathbf{b}, \hat{w})",
        line(
            "the derivative by beta",
            Identity(model.loss_slope, U - over_states(p * H), among(PLAIN, model.loss_slope)),
            model.loss_slope,
        ),
    ),
    PAPER.equation(
        "4.9",
        "4",
        r"0 = \frac{\partial L(p, \beta, \nu)}{\partial \nu} = 1 - \int d^N x \ p(\mathbf{x}).",
        line(
            "the derivative by nu",
            Identity(model.norm_slope, 1 - over_states(p), among(PLAIN, model.norm_slope)),
            model.norm_slope,
        ),
    ),
    PAPER.equation(
        "4.10",
        "4",
        r"p(\mathbf{x}) = \exp\left(-\beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - 1 - \nu\right)",
        line(
            "the density",
            Identity(model.canonical_density, sp.exp(-beta * H - 1 - nu), among(STATES, model.canonical_density)),
            model.canonical_density,
            fragment=r"\exp\left(-\beta H(\mathbf{x}, \mathbf{b}, \hat{w}) - 1 - \nu\right)",
        ),
        line(
            "where the functional is stationary",
            Stationarity(
                model.lagrangian,
                among(STATES, model.lagrangian),
                variables=(p,),
                at={p: sp.exp(-beta * H - 1 - nu)},
            ),
            model.lagrangian,
        ),
    ),
)
