"""How loss and entropy of the Gaussian ensemble change along any path of temperatures and spectra.

Vanchurin (2020), equation (7.6), and the first law of learning without its assumptions.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics import factorization, partition_function
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.log_partition import mean_energy, total_entropy, total_free_energy
from derivations.rules.separability import derivative_by
from derivations.rules.special_case import sign
from derivations.rules.spectral_rates import along_descent, first_law, in_units, rate
from theory.domain import Domain
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-second-law"
TITLE = "How loss and entropy change while a network learns"
SERVES = serving("7.6")

beta, x = model.inverse_temperature, model.log_root


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The entropy of the Gaussian ensemble depends on the eigenvalues of $G$ times $\\beta$ only, and "
        "falls with each of them; it does not rise while none of these products falls. Learning that lowers the mean "
        "loss at a fixed temperature can raise it: that of two neurons with one connection does, for $\\beta < 1$.",
        references=REFERENCES,
        conventions=(
            "$v_i$ is the rate of an eigenvalue, or of $\\rho_i = \\beta \\lambda_i$, and $b$ that of $\\beta$.",
            "There is no local objective.",
        ),
    )
    _any_spectrum(d)
    _two_neurons(d)
    return d


def _any_spectrum(d: Derivation) -> None:
    domain = model.rates_domain()
    free, loss, entropy = (
        d.define(
            Definition(symbol, _partition(step)),
            name=name,
            reason=f"The result of {partition_function.IDENTIFIER} without a local objective.",
        )
        for symbol, step, name in (
            (model.free_energy, "free energy", "free energy"),
            (model.average_loss, "average loss", "mean loss"),
            (model.total_entropy, "total entropy", "entropy"),
        )
    )
    scaled = d.apply(
        in_units,
        entropy,
        entry=model.eigenvalues[model.i],
        ratio=model.ratios[model.i],
        inverse_temperature=beta,
        domain=domain,
        name="entropy in units of the temperature",
        defines=model.entropy_of_ratios,
    )
    path: Any = {"rates": model.rates[model.j], "components": model.NEURONS, "domain": domain}
    d.apply(
        rate,
        scaled,
        entry=model.ratios[model.j],
        **path,
        name="rate of the entropy",
        defines=model.entropy_rate,
        serves=serving("7.6"),
    )
    path |= {"entry": model.eigenvalues[model.j]}
    moving: Any = {"moving": ((beta, model.temperature_rate),)}
    losing = d.apply(rate, loss, **path, **moving, name="rate of the mean loss", defines=model.loss_rate)
    falling = d.apply(
        rate, entropy, **path, **moving, name="rate of the total entropy", defines=model.total_entropy_rate
    )
    work = d.apply(rate, free, **path, name="rate of the free energy at one temperature", defines=model.work_rate)
    d.apply(first_law, losing, falling, work, inverse_temperature=beta, domain=domain, name="first law of any path")


def _partition(step: str) -> Any:
    result: Any = partition_function.build()[step].result
    return result.subs(model.mass, 0)


def _two_neurons(d: Derivation) -> None:
    domain = model.separation_domain()
    pair = d.define(
        Definition(model.pair_log_partition, factorization.build()["two neurons with one connection"].result),
        name="two neurons with one connection",
        reason=f"The result of {factorization.IDENTIFIER}.",
    )
    names: Any = {"inverse_temperature": beta, "domain": domain}
    free = d.apply(total_free_energy, pair, **names, name="free energy of two neurons")
    loss = d.apply(mean_energy, pair, **names, name="mean loss of two neurons", defines=model.pair_loss)
    entropy = d.apply(
        total_entropy,
        pair,
        free,
        loss,
        inverse_temperature=beta,
        name="entropy of two neurons",
        defines=model.pair_entropy,
    )
    slope = d.apply(derivative_by, loss, by=x, domain=domain, name="slope of their loss", defines=model.pair_loss_slope)
    descent = d.apply(
        along_descent,
        entropy,
        slope,
        by=x,
        domain=domain,
        name="rate of their entropy along descent",
        defines=model.pair_descent,
        serves=serving("7.6"),
    )
    for name, relation, temperatures in (
        ("entropy that learning raises", ">", (0, 1)),
        ("entropy that learning lowers", "<", (1, sp.oo)),
    ):
        d.apply(
            sign, descent, relation=relation, domain=Domain({beta: temperatures, x: (0, sp.oo)}), name=name,
            serves=serving("7.6"),
        )  # fmt: skip
