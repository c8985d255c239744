"""Large and small eigenvalues of G: what each approximation of the thermodynamics of learning leaves out.

Vanchurin (2020), equations (6.6) to (6.8), (7.4), (7.5), (8.12) and (10.1) to (10.3).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.learning_thermodynamics import partition_function, two_fractions
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.equilibrium_path import recounted
from derivations.rules.log_partition import mean_energy
from derivations.rules.separated_temperature import (
    configuration_part,
    entropy_of_energy,
    large_argument,
    large_eigenvalues,
    thermal_part,
    thermodynamic_entropy,
)
from derivations.rules.spectral_remainder import counted, group_terms, left_out, settled_term, within_leading
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-spectrum-split"
TITLE = "Large and small eigenvalues: what the approximations leave out"
SERVES = serving("6.6", "6.7", "6.8", "7.4", "7.5", "8.12", "10.1", "10.2", "10.3", "claim:7d", "claim:7e", "claim:10b")

beta = model.inverse_temperature
GROUPS = (model.LARGE, model.SMALL)
ENTRY, RATIO = model.eigenvalues[model.i], model.ratios[model.i]
PARTS: dict[str, Any] = {"entry": ENTRY, "groups": GROUPS, "inverse_temperature": beta}


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Where $N_>$ eigenvalues are far above $1 / \\beta$ and $N_<$ far below it, each large one counts "
        "by its leading term and the small ones not at all, or the reverse. What is left out is a sum over the large "
        "and one over the small ones; it is bounded for every spectrum, and whatever eigenvalues are called large.",
        references=REFERENCES,
        conventions=(
            "$N = N_> + N_<$: each eigenvalue is large or small. $\\rho_i$ is $\\beta \\lambda_i$.",
            "$A$ and $C$ are fixed up to a number $c$: $A + c / \\beta$ and $C + c$ give the same free energy.",
        ),
    )
    leading = _large_eigenvalues(d)
    exact = {
        name: d.define(
            Definition(symbol, _partition(step)),
            name=f"{name} of all eigenvalues",
            reason=f"The result of {partition_function.IDENTIFIER} without a local objective.",
        )
        for name, symbol, step in (
            ("mean loss", model.average_loss, "average loss"),
            ("entropy", model.total_entropy, "total entropy"),
        )
    }
    exact["free energy"] = d["free energy of all eigenvalues"]
    for name, symbol, numbers in (
        ("free energy", model.free_energy_left_out, ("6.6", "6.7", "6.8", "10.2")),
        ("mean loss", model.loss_left_out, ("7.5", "10.1")),
        ("entropy", model.entropy_left_out, ("7.4", "10.3")),
    ):
        _bounded(d, name, exact[name], leading[name], symbol, numbers)
    _laplacian(d)
    return d


def _partition(step: str) -> Any:
    result: Any = partition_function.build()[step].result
    return result.subs(model.mass, 0)


def _large_eigenvalues(d: Derivation) -> dict[str, tuple[Step, ...]]:
    domain = model.equilibrium_domain()
    free = d.define(
        Definition(model.free_energy, _partition("free energy")),
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
    small = d.apply(
        settled_term,
        term=sp.log(1 + beta * model.eigenvalue),
        eigenvalue=model.eigenvalue,
        about=0,
        domain=domain,
        name="one small eigenvalue",
    )
    large = d.apply(
        large_eigenvalues,
        free,
        leading,
        eigenvalue=model.eigenvalue,
        entry=ENTRY,
        large=model.LARGE,
        domain=domain,
        because=(small,),
        name="free energy of large eigenvalues",
        defines=model.large_free_energy,
        serves=serving("6.6"),
    )
    d.apply(
        recounted,
        large,
        number=model.n_large,
        domain=model.split_domain().extended({model.n_neurons: sp.Range(model.n_large + 1, sp.oo)}),
        name="one more large eigenvalue",
    )
    names: Any = {"inverse_temperature": beta, "domain": domain}
    thermal = d.apply(
        thermal_part,
        large,
        **names,
        name="thermodynamic free energy",
        defines=model.large_thermal_free_energy,
        serves=serving("6.8"),
    )
    complexity = d.apply(
        configuration_part,
        large,
        thermal,
        **names,
        name="complexity",
        defines=model.large_complexity,
        serves=serving("6.7", "10.2"),
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
        serves=serving("7.5", "10.1"),
    )
    entropy = d.apply(
        thermodynamic_entropy,
        loss,
        thermal,
        **names,
        name="thermodynamic entropy",
        defines=model.large_entropy,
        serves=serving("7.4", "10.3"),
    )
    d.apply(
        entropy_of_energy,
        entropy,
        loss,
        **names,
        loss=model.loss_value,
        name="thermodynamic entropy by the loss",
        defines=model.entropy_by_loss,
        serves=serving("7.4", "10.3"),
    )
    return {"free energy": (large,), "mean loss": (loss,), "entropy": (entropy, complexity)}


def _bounded(
    d: Derivation, name: str, exact: Step, leading: tuple[Step, ...], symbol: Any, numbers: tuple[str, ...]
) -> None:
    """The remainder of one quantity, its bound by leading terms, and that by the sizes of the groups."""
    domain = model.split_domain()
    remainder = d.apply(
        left_out,
        exact,
        *leading,
        **PARTS,
        number=model.n_neurons,
        domain=domain,
        name=f"what the {name} leaves out",
        defines=symbol,
        serves=serving(*numbers),
    )
    d.apply(
        within_leading,
        remainder,
        **PARTS,
        ratio=RATIO,
        domain=domain,
        name=f"remainder of the {name}",
        serves=serving(*numbers),
    )
    d.apply(
        counted,
        remainder,
        **PARTS,
        ratio=RATIO,
        gap=model.gap,
        domain=domain,
        name=f"remainder of the {name}, counted",
        serves=serving(*numbers),
    )


def _laplacian(d: Derivation) -> None:
    domain = model.split_domain()
    exact = d.define(
        Definition(model.curvature, two_fractions.build()["minus the Laplacian"].result),
        name="minus the Laplacian of all eigenvalues",
        reason=f"The result of {two_fractions.IDENTIFIER}.",
    )
    names: Any = {"entry": ENTRY, "eigenvalue": model.eigenvalue, "domain": domain}
    large = d.apply(settled_term, exact, **names, about=sp.oo, name="Laplacian in one large eigenvalue")
    small = d.apply(settled_term, exact, **names, about=0, name="Laplacian in one small eigenvalue")
    names |= {"number": model.n_neurons, "groups": GROUPS}
    d.apply(
        group_terms,
        exact,
        **names,
        kept=(large.result, None),
        because=(large,),
        name="minus the Laplacian of small eigenvalues",
        defines=model.small_curvature,
        serves=serving("8.12"),
    )
    number = d.apply(
        group_terms,
        exact,
        **names,
        kept=(large.result, small.result),
        because=(large, small),
        name="minus the Laplacian by the number of small eigenvalues",
        defines=model.counted_curvature,
        serves=serving("8.12"),
    )
    _bounded(d, "Laplacian", exact, (number,), model.laplacian_left_out, ("8.12",))
