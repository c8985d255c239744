"""The canonical ensemble as that of largest entropy at a given mean loss, and the ensemble of least losses.

Vanchurin (2020), section 4 and equation (5.1): for any loss, over a continuum of states and over any number of cells.
"""

from __future__ import annotations

from typing import Any

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.maximum_entropy import (
    canonical_mean_loss,
    concentrated_mean,
    falling_mean_loss,
    first_variation,
    functional_with_multipliers,
    gap_at_a_state,
    gap_is_positive,
    gap_to_maximum,
    multiplier_variation,
    normalized_density,
    second_variation,
    stationary_density,
)
from theory.models import entropy_principle as model
from theory.statements import Definition

IDENTIFIER = "learning-maximum-entropy"
TITLE = "The canonical ensemble of a network's states by maximum entropy"
SERVES = serving("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "5.1", "claim:4a", "claim:4b")

beta, nu = model.loss_multiplier, model.norm_multiplier
MULTIPLIERS = (beta, nu)
LETTERS = (model.first_probability, model.second_probability)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Of all densities over the states of a network with a given mean loss, the one of largest entropy "
        "is exponential in the loss. Nothing is assumed of the loss.",
        references=REFERENCES,
        conventions=(
            "Nothing is differentiated by the state $x$, which may have any number of components; its range is that of "
            "the activation.",
            "In the second part the states are divided into any number of cells $k$ of any volumes $v_k$, and "
            "integrals are sums.",
            "The multipliers may have any sign; $\\beta$ is positive where the mean loss is below that of the uniform "
            "density.",
            "$\\zeta_j$ is the cell of the bulk in which the loss is least if the boundary is in the cell $j$.",
        ),
    )
    _continuum(d)
    _cells(d)
    _least_losses(d)
    return d


def _continuum(d: Derivation) -> None:
    domain, p, over = model.states_domain(), model.density, model.over_states
    mean = d.define(
        Definition(model.mean_loss, over(p * model.loss)), name="mean loss", serves=serving("4.4"),
        reason="The value to which learning has reduced it.",
    )  # fmt: skip
    entropy = d.define(
        Definition(model.entropy, model.entropy_of(p, over)), name="entropy", serves=serving("4.5"),
        reason="Minus the mean of the logarithm of the density.",
    )  # fmt: skip
    functional = d.apply(
        functional_with_multipliers, because=(mean, entropy), density=p, loss=model.loss, multipliers=MULTIPLIERS,
        mean_loss=model.mean_loss, entropy=entropy.result, over=over, domain=domain, name="functional",
        defines=model.lagrangian, serves=serving("4.6"),
    )  # fmt: skip
    d.apply(
        first_variation, functional, density=p, direction=model.direction, variation=model.variation, over=over,
        domain=domain, name="derivative by the density", defines=model.slope, serves=serving("4.7"),
    )  # fmt: skip
    for multiplier, name, symbol, number in (
        (beta, "derivative by the first multiplier", model.loss_slope, "4.8"),
        (nu, "derivative by the second multiplier", model.norm_slope, "4.9"),
    ):
        d.apply(
            multiplier_variation, functional, multiplier=multiplier, domain=domain, name=name, defines=symbol,
            serves=serving(number),
        )  # fmt: skip
    canonical = d.apply(
        stationary_density, functional, density=p, domain=domain, name="canonical ensemble",
        defines=model.canonical_density, serves=serving("4.10"),
    )  # fmt: skip
    d.apply(
        normalized_density, canonical, norm_multiplier=nu, over=over, domain=domain, name="partition function",
        defines=model.partition_function, serves=serving("5.1"),
    )  # fmt: skip
    d.apply(
        second_variation, functional, density=p, letter=model.first_probability, domain=model.probabilities_domain(),
        name="second variation",
    )  # fmt: skip
    gap = d.apply(
        gap_to_maximum, functional, canonical, density=p, other=model.other_density, over=over, domain=domain,
        name="gap to the canonical ensemble",
    )  # fmt: skip
    d.apply(
        gap_at_a_state, because=(gap,), first=model.first_probability, second=model.second_probability,
        domain=model.probabilities_domain(), name="the gap is nowhere negative", serves=serving("claim:4a"),
    )  # fmt: skip


def _cells(d: Derivation) -> None:
    domain, p, q, over = model.cells_domain(), *_densities(), model.over_cells
    functional = d.apply(
        functional_with_multipliers, because=(d["mean loss"], d["entropy"]), density=p, loss=_loss(),
        multipliers=MULTIPLIERS, mean_loss=model.mean_loss, entropy=model.entropy_of(p, over), over=over, domain=domain,
        name="functional in cells",
    )  # fmt: skip
    canonical = d.apply(stationary_density, functional, density=p, domain=domain, name="canonical ensemble in cells")
    partition = d.apply(
        normalized_density, canonical, norm_multiplier=nu, over=over, domain=domain,
        name="partition function of cells", defines=model.cell_partition_function,
    )  # fmt: skip
    gap = d.apply(
        gap_to_maximum, functional, canonical, density=p, other=q, over=over, domain=domain,
        name="gap to the canonical ensemble in cells",
    )  # fmt: skip
    d.apply(
        gap_is_positive, d["the gap is nowhere negative"], because=(gap,), letters=LETTERS, densities=(q, p),
        over=over, domain=domain, name="maximum of the entropy", serves=serving("claim:4a"),
    )  # fmt: skip
    _unique_multiplier(d, partition)


def _unique_multiplier(d: Derivation, partition: Step) -> None:
    domain = model.cells_domain()
    mean = d.apply(
        canonical_mean_loss, partition, multiplier=beta, domain=domain, name="mean loss of the canonical ensemble",
        defines=model.cell_mean_loss,
    )  # fmt: skip
    d.apply(
        falling_mean_loss, mean, partition, loss=_loss(), multiplier=beta, over=model.over_cells, domain=domain,
        name="the mean loss falls with the multiplier", serves=serving("claim:4b"),
    )  # fmt: skip


def _least_losses(d: Derivation) -> None:
    least = d.define(
        Definition(model.least_mean_loss, model.mean_of_the_least()), name="mean of the least losses",
        reason="For each state of the boundary the loss at its least over the bulk.", serves=serving("4.1"),
    )  # fmt: skip
    d.apply(
        concentrated_mean, because=(least,), density=model.concentrated(on_the_boundary=False),
        mean=model.mean_over_boundary_and_bulk, least=least.result, domain=model.boundary_domain(),
        name="mean over the concentrated ensemble", serves=serving("4.2", "4.3"),
    )  # fmt: skip


def _densities() -> tuple[Any, Any]:
    return model.cell_densities[model.k], model.other_cell_densities[model.k]


def _loss() -> Any:
    return model.cell_losses[model.k]
