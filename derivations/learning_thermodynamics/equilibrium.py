"""A learning equilibrium, where the partition function is a factor of the temperature times one of the network.

Vanchurin (2020), sections 6 and 7: first for any thermodynamic free energy A and complexity C, then for those that
large eigenvalues give.
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics import partition_function
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.log_partition import mean_energy, total_entropy, total_free_energy
from derivations.rules.separated_temperature import (
    configuration_part,
    entropy_of_energy,
    large_argument,
    large_eigenvalues,
    thermal_part,
    thermodynamic_entropy,
)
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-equilibrium"
TITLE = "A learning equilibrium: thermodynamic entropy and complexity"
SERVES = serving("6.4", "6.6", "6.7", "6.8", "7.2", "7.3", "7.4", "7.5", "10.1")

beta = model.inverse_temperature


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="In a learning equilibrium the mean loss is stationary in weights and biases at every "
        "temperature, and $\\log Z$ is a function of the temperature plus one of weights and biases.",
        references=REFERENCES,
        conventions=("$C$ depends on weights and biases only; $A$ depends on the temperature only.",),
    )
    _any_factors(d)
    _large_eigenvalues(d)
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


def _large_eigenvalues(d: Derivation) -> None:
    domain = model.equilibrium_domain()
    free = d.define(
        Definition(model.free_energy, partition_function.build()["free energy"].result.subs(model.mass, 0)),
        name="free energy of all eigenvalues",
        reason=f"The result of {partition_function.IDENTIFIER} without a local objective.",
    )
    leading = d.apply(
        large_argument,
        inverse_temperature=beta,
        eigenvalue=model.eigenvalue,
        domain=domain,
        name="one large eigenvalue",
    )
    large = d.apply(
        large_eigenvalues,
        free,
        leading,
        eigenvalue=model.eigenvalue,
        entry=model.eigenvalues[model.i],
        large=model.LARGE,
        domain=domain,
        name="free energy of large eigenvalues",
        defines=model.large_free_energy,
        serves=serving("6.6"),
    )
    names = {"inverse_temperature": beta, "domain": domain}
    thermal = d.apply(
        thermal_part,
        large,
        **names,
        name="thermodynamic free energy",
        defines=model.large_thermal_free_energy,
        serves=serving("6.8"),
    )
    d.apply(
        configuration_part,
        large,
        thermal,
        **names,
        name="complexity",
        defines=model.large_complexity,
        serves=serving("6.7"),
    )
    product = d.define(
        Definition(model.thermal_log_partition, -beta * thermal.result),
        name="thermodynamic part of log Z",
        reason="The part of log Z that depends on the temperature.",
    )
    loss = d.apply(
        mean_energy,
        product,
        **names,
        because=(thermal,),
        name="mean loss",
        defines=model.large_loss,
        serves=serving("7.5"),
    )
    entropy = d.apply(
        thermodynamic_entropy,
        loss,
        thermal,
        **names,
        name="thermodynamic entropy",
        defines=model.large_entropy,
        serves=serving("7.4"),
    )
    d.apply(
        entropy_of_energy,
        entropy,
        loss,
        **names,
        loss=model.loss_value,
        name="thermodynamic entropy by the loss",
        defines=model.entropy_by_loss,
        serves=serving("7.4"),
    )
