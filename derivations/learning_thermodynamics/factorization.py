"""When the partition function of a network factors in one of the temperature and one of weights and biases.

Vanchurin (2020), equations (6.2) and (6.3), for any partition function, and in the paper's own Gaussian model.
"""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics import partition_function
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.log_partition import mean_energy
from derivations.rules.pair_of_eigenvalues import reciprocal_pair
from derivations.rules.separability import (
    at_one_value,
    derivative_by,
    four_points,
    mixed_derivative,
    parts_and_coupling,
)
from derivations.rules.special_case import sign
from theory.domain import Domain
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-factorization"
TITLE = "When the partition function is a product"
SERVES = serving("6.2", "6.3", "claim:6a")

beta, w, x = model.inverse_temperature, model.weight, model.log_root
BASE = (model.base_temperature, model.base_weight)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="$\\log Z$ is a function of the temperature plus one of a weight exactly where its mixed "
        "derivative vanishes at all temperatures and weights between. At one temperature this is not enough: two "
        "neurons with one connection have a mean loss that at $\\beta = 1$ is the same for every weight, and a "
        "partition function that is no product.",
        references=REFERENCES,
        conventions=("$L$ is the logarithm of any partition function; $w$ is any weight or bias.",),
    )
    _any_partition_function(d)
    _two_neurons(d)
    return d


def _any_partition_function(d: Derivation) -> None:
    domain = model.separation_domain()
    at = model.any_log_z
    whole = d.define(
        Definition(model.any_log_partition, at(beta, w)),
        name="log partition function",
        reason="Of any ensemble.",
    )
    thermal = d.define(
        Definition(model.any_thermal_part, at(beta, BASE[1]) - at(*BASE)),
        name="part of the temperature",
        reason="Along the temperatures, at one weight: minus beta A.",
    )
    configuration = d.define(
        Definition(model.any_configuration_part, at(BASE[0], w)),
        name="part of the weight",
        reason="Along the weights, at one temperature: C.",
    )
    d.apply(
        parts_and_coupling,
        whole,
        thermal,
        configuration,
        by=(beta, w),
        base=BASE,
        domain=domain,
        name="what couples temperature and weight",
        defines=model.coupling_part,
        serves=serving("6.3"),
    )
    loss = d.apply(
        derivative_by,
        whole,
        by=beta,
        sign=-1,
        domain=domain,
        name="mean loss of any ensemble",
        defines=model.any_loss,
        serves=serving("6.2"),
    )
    d.apply(derivative_by, loss, by=w, domain=domain, name="slope of the mean loss", serves=serving("6.2"))
    product = d.define(
        Definition(model.factorized_log_partition, -beta * model.thermal_free_energy + model.moving_complexity),
        name="logarithm of a product",
        reason="A factor of the temperature times one of weights and biases.",
    )
    d.apply(
        mixed_derivative,
        product,
        by=(beta, model.path),
        domain=domain.extended({model.path: (-sp.oo, sp.oo)}),
        name="the converse",
    )


def _two_neurons(d: Derivation) -> None:
    domain = model.separation_domain()
    general: Any = partition_function.build()["log partition function"].result
    total = d.define(
        Definition(model.log_partition, general.subs(model.mass, 0)),
        name="log partition function of all eigenvalues",
        reason=f"The result of {partition_function.IDENTIFIER} without a local objective.",
    )
    pair = d.apply(
        reciprocal_pair,
        total,
        entry=model.eigenvalues[model.i],
        number=model.n_neurons,
        logarithm=x,
        domain=domain,
        name="two neurons with one connection",
        defines=model.pair_log_partition,
        serves=serving("6.3"),
    )
    at_rest: Any = cast(Any, pair.result).subs(x, 0)
    d.define(
        Definition(model.pair_thermal_part, at_rest - at_rest.subs(beta, 1)),
        name="part of the temperature in two neurons",
        reason="Without a connection, from beta = 1 on.",
    )
    d.define(
        Definition(model.pair_configuration_part, cast(Any, pair.result).subs(beta, 1)),
        name="part of the weight in two neurons",
        reason="At beta = 1.",
    )
    loss = d.apply(
        mean_energy, pair, inverse_temperature=beta, domain=domain, name="mean loss of two neurons",
        defines=model.pair_loss,
    )  # fmt: skip
    slope = d.apply(
        derivative_by, loss, by=x, domain=domain, name="its slope", defines=model.pair_loss_slope,
        serves=serving("6.2"),
    )  # fmt: skip
    d.apply(
        at_one_value,
        slope,
        at={beta: sp.S.One},
        domain=domain,
        name="its slope at one temperature",
        defines=model.pair_slope_at_one,
        serves=serving("6.3"),
    )
    difference = d.apply(
        four_points,
        pair,
        by=(beta, x),
        base=(sp.S.One, sp.S.Zero),
        domain=domain,
        name="what two neurons couple",
        defines=model.pair_coupling,
        serves=serving("6.3"),
    )
    d.apply(
        sign,
        difference,
        relation=">",
        domain=Domain({beta: (0, 1), x: (0, sp.oo)}),
        name="no product",
    )
