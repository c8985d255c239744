"""The partition function of a network's states for any number of neurons, and what follows by differentiation.

Vanchurin (2020), sections 5 to 7: the bounds of the activation are replaced by a Gaussian window of variance one.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.gaussian_components import (
    below_logarithms,
    component_integral,
    component_mean,
    component_product,
    mean_square,
    without_shift,
)
from derivations.rules.log_partition import mean_energy, mean_over_states, total_entropy, total_free_energy
from theory.models import learning as model
from theory.models.mean_state import length, length_domain, scale
from theory.statements import Definition

IDENTIFIER = "learning-partition-function"
TITLE = "The partition function of a network's states, and its thermodynamics"
SERVES = serving("5.9", "5.11", "5.13", "5.14", "6.1", "6.5", "7.1", "claim:5b")

beta = model.inverse_temperature


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The states of a network that has learned lie near their mean. To second order the loss is a "
        "quadratic form with the matrix $G = (1 - f' w)^T (1 - f' w)$; in its eigenvectors the components do not "
        "couple.",
        references=REFERENCES,
        conventions=(
            "$x_i$ and $a_i$ are the components of a state and of the mean state in the eigenvectors of $G$, each "
            "eigenvector of length one; a rotation leaves the volume of states as it is.",
        ),
    )
    domain = model.learning_domain()
    loss = d.define(
        Definition(model.bulk_loss, model.quadratic_loss()),
        name="bulk loss",
        reason="About a mean state that is a fixed point of the network the errors are linear in the deviation; each "
        "component is rewarded by the local objective.",
    )
    one = d.apply(
        component_integral,
        exponent=model.windowed_exponent(),
        component=model.component,
        domain=domain,
        name="one component",
    )
    full = d.apply(
        component_product,
        one,
        loss,
        inverse_temperature=beta,
        family=model.state,
        letters={model.eigenvalue: model.eigenvalues, model.shift: model.mean_state},
        values={model.stiffness: 1 - beta * model.mass},
        components=model.NEURONS,
        domain=domain,
        name="all components",
        defines=model.full_log_partition,
        serves=serving("5.9", "5.11"),
    )
    log_partition = d.apply(
        without_shift,
        full,
        shift=model.mean_state[model.i],
        scale=scale,
        name="log partition function",
        defines=model.log_partition,
        serves=serving("5.13", "5.14"),
    )
    _mean_state(d, full, log_partition)
    free = d.apply(
        total_free_energy,
        log_partition,
        inverse_temperature=beta,
        name="free energy",
        defines=model.free_energy,
        serves=serving("6.5"),
    )
    mean = d.apply(
        mean_energy,
        log_partition,
        inverse_temperature=beta,
        name="average loss",
        defines=model.average_loss,
        serves=serving("6.1"),
    )
    centered = d.define(
        Definition(model.centered_loss, model.quadratic_loss(centered=True)),
        name="loss about the origin",
        reason="The loss without the mean state.",
    )
    d.apply(
        mean_over_states,
        mean,
        centered,
        inverse_temperature=beta,
        family=model.state,
        components=model.NEURONS,
        domain=domain,
        name="mean over the ensemble",
    )
    d.apply(
        total_entropy,
        log_partition,
        free,
        mean,
        inverse_temperature=beta,
        name="total entropy",
        defines=model.total_entropy,
        serves=serving("7.1"),
    )
    return d


def _mean_state(d: Derivation, full: Step, log_partition: Step) -> None:
    domain, a = model.learning_domain(), model.mean_state[model.i]
    d.apply(
        below_logarithms, full, log_partition, shift=a, mass=model.mass, components=model.NEURONS, domain=domain,
        name="what is dropped", serves=serving("5.13", "5.14", "claim:5b"),
    )  # fmt: skip
    d.apply(
        component_mean, exponent=model.windowed_exponent(), component=model.component, domain=domain,
        name="mean of a component",
    )  # fmt: skip
    d.apply(
        mean_square, length=length, number=model.n_neurons, domain=length_domain(),
        name="mean square of the components", serves=serving("claim:5b"),
    )  # fmt: skip
