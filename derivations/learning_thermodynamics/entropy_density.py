"""How the entropy density decays with the inverse temperature where its rate is the Laplacian of the free energy.

Vanchurin (2020), equations (8.8) and (8.11), from (8.6).
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics import two_fractions
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.growth_over_temperature import (
    grown_density,
    growth_bounds,
    growth_exponent,
    growth_of_small,
)
from derivations.rules.integral_value import integral_value
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-entropy-density"
TITLE = "The decay of the entropy density with the inverse temperature"
SERVES = serving("8.8", "8.11", "claim:8b")


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Where the logarithm of the entropy density grows at the rate $\\alpha \\Delta F$, it has grown "
        "by the integral of the rate. The Laplacian depends on the temperature: this is not the rate times the time.",
        references=REFERENCES,
        conventions=("The density is compared with that at $\\beta = 0$, at the same eigenvalues.",),
    )
    beta, domain = model.inverse_temperature, model.growth_domain()
    rate = d.define(
        Definition(model.curvature, two_fractions.build()["minus the Laplacian"].result),
        name="minus the Laplacian",
        reason=f"The result of {two_fractions.IDENTIFIER}.",
    )
    growth = d.apply(
        growth_exponent,
        rate,
        inverse_temperature=beta,
        strength=model.learning_strength,
        entry=model.eigenvalues[model.i],
        one=model.eigenvalue,
        domain=domain,
        name="growth of the entropy density",
        defines=model.growth,
        serves=serving("8.8", "8.11"),
    )
    d.apply(
        grown_density,
        growth,
        rate,
        initial=model.initial_density,
        strength=model.learning_strength,
        inverse_temperature=beta,
        domain=domain.extended({model.initial_density: (0, sp.oo)}),
        name="entropy density",
        defines=model.grown_density,
        serves=serving("8.11"),
    )
    small = d.apply(
        growth_of_small,
        growth,
        entry=model.eigenvalues[model.i],
        one=model.eigenvalue,
        domain=domain,
        name="growth by one small eigenvalue",
    )
    d.apply(
        growth_bounds,
        growth,
        small,
        entry=model.eigenvalues[model.i],
        one=model.eigenvalue,
        inverse_temperature=beta,
        domain=domain,
        name="growth by one eigenvalue, over that of a small one",
    )
    _any_rate(d)
    steady = d.define(
        Definition(
            model.steady_integral,
            sp.Integral(model.learning_strength * model.steady_laplacian, (model.earlier, 0, beta)),
        ),
        name="growth at a steady rate",
        reason="Were the Laplacian the same at all temperatures.",
    )
    d.apply(
        integral_value,
        steady,
        domain=domain,
        name="growth where the Laplacian is steady",
        defines=model.steady_growth,
        serves=serving("8.8"),
    )
    return d


def _any_rate(d: Derivation) -> None:
    """The density for a Laplacian that is any function of the temperature."""
    beta, at = model.inverse_temperature, model.any_laplacian
    grown = d.define(
        Definition(
            model.any_growth, model.learning_strength * sp.Integral(at(model.earlier), (model.earlier, 0, beta))
        ),
        name="growth for any Laplacian",
        reason="The integral of the rate over the inverse temperatures.",
    )
    falling = d.define(
        Definition(model.any_curvature, -at(beta)),
        name="minus any Laplacian",
        reason="Any function of the temperature.",
    )
    d.apply(
        grown_density,
        grown,
        falling,
        initial=model.initial_density,
        strength=model.learning_strength,
        inverse_temperature=beta,
        domain=model.growth_domain().extended({model.initial_density: (0, sp.oo)}),
        name="entropy density for any Laplacian",
        defines=model.any_grown_density,
        serves=serving("8.8"),
    )
