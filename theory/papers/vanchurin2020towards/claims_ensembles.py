"""Claims of section 4."""

from __future__ import annotations

import sympy as sp

from theory.models import entropy_principle as model
from theory.papers.vanchurin2020towards.letters import PAPER, among
from theory.papers.writing import line
from theory.statements import Identity, Inequality

k, over = model.k, model.over_cells
p, q, H, beta = model.cell_densities[k], model.other_cell_densities[k], model.cell_losses[k], model.loss_multiplier
CELLS = model.cells_domain()
CANONICAL = sp.exp(-beta * H - 1 - model.norm_multiplier)
LACKING = model.functional(CANONICAL, H, over) - model.functional(q, H, over)
WEIGHT = sp.exp(-beta * H)
MEAN = model.cell_mean_loss

ENSEMBLE_CLAIMS = (
    PAPER.claim(
        "4a",
        r"Therefore, the maximum entropy distribution must be given by $p(\mathbf{x}) = \exp(-\beta H(\mathbf{x}, "
        r"\mathbf{b}, \hat{w}) - 1 - \nu)$",
        line(
            "what the functional of any other density lacks; where both constraints hold, this is its entropy",
            Identity(LACKING, over(q * sp.log(q / CANONICAL) - q + CANONICAL), CELLS.restricted(LACKING)),
        ),
        line(
            "it is positive, unless the densities agree",
            Inequality(
                over(q * sp.log(q / p) - q + p),
                over((sp.sqrt(q) - sp.sqrt(p)) ** 2),
                CELLS.restricted(over(p * q)),
                relation=">=",
            ),
        ),
    ),
    PAPER.claim(
        "4b",
        r"with Lagrange multipliers $\beta$ and $\nu$ determined from the constraint (4.8) and normalization condition "
        "(4.9).",
        line(
            "the mean loss falls with beta, by the variance of the loss: no two values of beta give one mean",
            Identity(
                sp.Derivative(MEAN, beta),
                -over(WEIGHT * (H - over(WEIGHT * H) / over(WEIGHT)) ** 2) / over(WEIGHT),
                among(CELLS, MEAN),
            ),
            MEAN,
            note="Unless the loss is the same in all states. The mean must lie between the least loss and the largest.",
        ),
        line(
            "nu from the norm",
            Identity(model.cell_partition_function, over(WEIGHT), among(CELLS, model.cell_partition_function)),
            model.cell_partition_function,
        ),
    ),
)
