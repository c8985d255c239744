"""The Laplacian of the free energy in the eigenvalues of G, and its extrema where the eigenvalues form two groups.

Vanchurin (2020), equations (8.9) to (9.4), for any fraction of the eigenvalues and any temperature.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics import partition_function
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.split_spectrum import laplacian, two_groups
from derivations.rules.two_group_extrema import (
    coalescence,
    extremal_temperature,
    logarithmic_slope,
    logarithmic_temperature,
    slope_in_factors,
    solved_ratio,
)
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-two-fractions"
TITLE = "Two groups of eigenvalues: where the Laplacian of the free energy is extremal"
SERVES = serving("8.9", "8.10", "9.1", "9.2", "9.3", "9.4")

THIRD = sp.Rational(1, 3)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="A fraction $\\gamma$ of the eigenvalues of $G$ is $\\lambda = e^x$; all others are equal, and "
        "the determinant of $G$ stays 1. Minus the Laplacian of the free energy is extremal at $x = 0$ and at no more "
        "than two other places, which all temperatures reach along one curve.",
        references=REFERENCES,
        conventions=("The coordinates of the Laplacian are the eigenvalues of $G$; there is no local objective.",),
    )
    beta, fraction, x, root = model.inverse_temperature, model.fraction, model.log_eigenvalue, model.root
    domain = model.two_fraction_domain()
    free = d.define(
        Definition(model.free_energy, partition_function.build()["free energy"].result.subs(model.mass, 0)),
        name="free energy",
        reason=f"The result of {partition_function.IDENTIFIER} without a local objective.",
        serves=serving("8.9"),
    )
    total = d.apply(
        laplacian,
        free,
        entry=model.eigenvalues[model.j],
        components=model.NEURONS,
        sign=-1,
        domain=domain,
        name="minus the Laplacian",
        defines=model.curvature,
        serves=serving("8.10", "9.1"),
    )
    groups = d.apply(
        two_groups,
        total,
        entry=model.eigenvalues[model.j],
        number=model.n_neurons,
        fraction=fraction,
        logarithm=x,
        first=model.n_first,
        domain=domain,
        name="two groups",
        defines=model.split_curvature,
        serves=serving("9.2", "9.3"),
    )
    both = (model.eigenvalue, model.other_eigenvalue)
    slope = d.apply(logarithmic_slope, groups, by=x, groups=both, domain=domain, name="slope")
    factors = d.apply(
        slope_in_factors, slope, groups=both, root=root, fraction=fraction, domain=domain, name="factors of the slope"
    )
    temperature = d.apply(
        extremal_temperature,
        groups,
        factors,
        by=x,
        groups=both,
        root=root,
        fraction=fraction,
        inverse_temperature=beta,
        domain=domain,
        name="stationary temperature",
        defines=model.stationary_temperature,
    )
    logarithm = d.apply(
        logarithmic_temperature,
        temperature,
        root=root,
        logarithm=model.log_root,
        domain=domain,
        name="logarithm of the stationary temperature",
    )
    d.apply(
        coalescence,
        logarithm,
        by=model.log_root,
        fraction=fraction,
        domain=domain.extended({fraction: (THIRD, 2 * THIRD)}),
        name="where two extrema meet",
    )
    for at, values, name, result in (
        (THIRD, domain.extended({beta: (0, 1)}), "a third of the eigenvalues", model.extremum_of_a_third),
        (sp.S.Zero, domain, "a small fraction of the eigenvalues", model.extremum_of_few),
    ):
        d.apply(
            solved_ratio,
            temperature,
            slope,
            by=x,
            root=root,
            fraction=fraction,
            at=at,
            inverse_temperature=beta,
            domain=values,
            name=name,
            defines=result,
            serves=serving("9.4"),
        )
    return d
