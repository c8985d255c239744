"""A learning equilibrium, where the partition function is a factor of the temperature times one of the network.

Vanchurin (2020), sections 6 and 7, for any thermodynamic free energy A and complexity C.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.equilibrium_path import held_free_energy, law_along_a_path, law_along_the_temperatures
from derivations.rules.log_partition import mean_energy, total_entropy, total_free_energy
from derivations.rules.separated_temperature import thermodynamic_entropy
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-equilibrium"
TITLE = "A learning equilibrium: thermodynamic entropy and complexity"
SERVES = serving("6.4", "7.2", "7.3", "7.10", "7.11", "claim:7f")

beta = model.inverse_temperature


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="In a learning equilibrium the mean loss is stationary in weights and biases at every "
        "temperature, and $\\log Z$ is a function of the temperature plus one of weights and biases.",
        references=REFERENCES,
        conventions=(
            "$C$ depends on weights and biases only; $A$ on the temperature only, and along a path of equilibria on "
            "the position $q$ too.",
            "That $dF = 0$ between equilibria at one temperature is assumed; where $A$ is held, $dF$ is $-T dC$.",
        ),
    )
    _any_factors(d)
    _first_law(d)
    return d


def _any_factors(d: Derivation) -> None:
    domain = model.equilibrium_domain()
    factorized = d.define(
        Definition(model.factorized_log_partition, -beta * model.thermal_free_energy + model.complexity),
        name="factorized log partition function",
        reason="In equilibrium the second derivative of log Z by the temperature and by any weight or bias vanishes.",
    )
    free = d.apply(
        total_free_energy,
        factorized,
        inverse_temperature=beta,
        domain=domain,
        name="free energy in equilibrium",
        defines=model.equilibrium_free_energy,
        serves=serving("6.4"),
    )
    loss = d.apply(
        mean_energy,
        factorized,
        inverse_temperature=beta,
        domain=domain,
        name="mean loss in equilibrium",
        defines=model.equilibrium_loss,
    )
    d.apply(
        total_entropy,
        factorized,
        free,
        loss,
        inverse_temperature=beta,
        name="entropy in equilibrium",
        defines=model.equilibrium_entropy,
        serves=serving("7.2"),
    )
    d.apply(
        thermodynamic_entropy,
        loss,
        part=model.thermal_free_energy,
        inverse_temperature=beta,
        domain=domain,
        name="thermodynamic entropy of any free energy",
        defines=model.any_thermodynamic_entropy,
        serves=serving("7.3"),
    )


def _first_law(d: Derivation) -> None:
    domain = model.path_domain()
    thermal = d.define(
        Definition(model.path_thermal, model.moving_thermal_free_energy),
        name="thermodynamic free energy along a path",
        reason="It depends on the temperature, and on what else changes between equilibria, as the number of large "
        "eigenvalues.",
    )
    complexity = d.define(
        Definition(model.path_complexity, model.moving_complexity),
        name="complexity along a path",
        reason="It depends on weights and biases.",
    )
    d.apply(
        law_along_a_path,
        thermal,
        complexity,
        inverse_temperature=beta,
        along=model.path,
        domain=domain,
        name="change of the free energy",
        defines=model.free_energy_change,
        serves=serving("7.10", "7.11"),
    )
    d.apply(
        held_free_energy,
        thermal,
        value=model.kept_free_energy,
        inverse_temperature=beta,
        domain=domain,
        name="complexity that holds the free energy",
        defines=model.held_complexity,
        serves=serving("7.10", "7.11"),
    )
    d.apply(
        law_along_the_temperatures,
        thermal=model.thermal_free_energy,
        inverse_temperature=beta,
        domain=domain,
        name="loss and entropy along the temperatures",
        serves=serving("7.11"),
    )
