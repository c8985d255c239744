"""The entropy of a distribution over the parameters of networks that follow the gradient of the free energy.

Vanchurin (2020), equations (8.1) to (8.6): its evolution as printed, which does not conserve probability, and the
continuity equation, which does.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.evolved_density import rate_by_own_gradient, rate_of_density, with_conserved_probability
from derivations.rules.parametrized_slope import slope_by_parts
from derivations.rules.total_derivative import by_parts
from theory.models import entropic as model
from theory.models.entropic import ONE, Parameters
from theory.statements import Definition

IDENTIFIER = "learning-entropy-production"
TITLE = "Entropy production along the gradient of the free energy"
SERVES = serving("8.1", "8.2", "8.3", "8.4", "8.5", "8.6")

TWO = Parameters(2)
alpha = model.learning_strength


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Networks whose parameters follow the gradient of the free energy: how the entropy of their "
        "distribution changes, if the distribution is carried along as a function and if it is carried along with its "
        "mass. Densities are compared up to divergences.",
        references=REFERENCES,
        conventions=(
            "$p$ is the distribution at one inverse temperature, and a dot is a rate in it.",
            "$Q$ is any one of $K$ parameters: a term of a sum over parameters holds derivatives by one of them only, "
            "and what is proved of one term holds of their sum. For two parameters the sums are there in full.",
        ),
    )
    d.apply(
        slope_by_parts,
        function=sp.Function("F", real=True),
        inner=ONE.network,
        parameter=ONE.coordinates[0],
        factor=alpha,
        domain=ONE.at_one_temperature["domain"].restricted(alpha),
        name="rate of a parameter",
        defines=model.network_slope,
        serves=serving("8.2"),
    )
    _as_printed(d, ONE)
    _local(d, ONE)
    _with_its_mass(d, ONE)
    _as_printed(d, TWO)
    _with_its_mass(d, TWO)
    return d


def _named(over: Parameters, name: str, symbol: Any = None, *numbers: str) -> dict[str, Any]:
    """The name of a step; the symbol and the printed equations belong to the one for any parameter."""
    if over != ONE:
        return {"name": f"{name}, {over.number} parameters"}
    return {"name": name, "defines": symbol, "serves": serving(*numbers)}


def _defined(
    d: Derivation, over: Parameters, name: str, symbol: sp.Symbol, value: Any, reason: str, *numbers: str
) -> Step:
    own = symbol if over == ONE else sp.Symbol(f"{symbol.name}^{{({over.number})}}", **symbol.assumptions0)
    named = _named(over, name)["name"]
    return d.define(Definition(own, value), name=named, reason=reason, serves=serving(*numbers))


def _as_printed(d: Derivation, over: Parameters) -> None:
    p, F, where = over.distribution, over.free_energy, over.at_one_temperature
    slopes = {sp.Derivative(p, q): q for q in over.coordinates}
    carried = _defined(
        d, over, "rate of the distribution", model.density_rate, -alpha * over.product(F, p),
        "The parameters follow alpha times the gradient of the free energy; the distribution is carried along as a "
        "function.", "8.1",
    )  # fmt: skip
    source = _named(over, "rate of the total probability", model.probability_source, "8.1")
    d.apply(by_parts, carried, moved=slopes, **where, **source)
    entropy = _defined(
        d, over, "entropy density", model.entropy_density, -p * sp.log(model.normalization * p),
        "Its integral is the Shannon entropy of the distribution.", "8.3",
    )  # fmt: skip
    rate = d.apply(
        rate_of_density, entropy, carried, field=p, domain=where["domain"],
        **_named(over, "rate of the entropy density", model.entropy_rate, "8.4", "8.5"),
    )  # fmt: skip
    production = _named(over, "entropy production", model.entropy_production, "8.4", "8.5")
    _twice_by_parts(d, rate, slopes, where, over, production)
    normalized = d.apply(
        with_conserved_probability, rate, carried, domain=where["domain"],
        **_named(over, "rate at a conserved probability", model.normalized_entropy_rate, "8.4"),
    )  # fmt: skip
    printed = _named(over, "entropy production at a conserved probability", model.printed_production, "8.4")
    _twice_by_parts(d, normalized, slopes, where, over, printed)


def _twice_by_parts(d: Derivation, rate: Step, slopes: Any, where: Any, over: Parameters, named: Any) -> None:
    name = _named(over, f"{rate.name.split(',')[0]}, by parts")["name"]
    once = d.apply(by_parts, rate, moved=slopes, **where, name=name)
    d.apply(by_parts, once, moved=slopes, **where, **named)


def _local(d: Derivation, over: Parameters) -> None:
    """The entropy density is carried along like the distribution; (8.6) has its integral right."""
    p, F, s, where = over.distribution, over.free_energy, over.carried_density, over.at_one_temperature
    d.apply(
        rate_by_own_gradient, d["rate of the entropy density"], d["entropy density"], d["rate of the distribution"],
        field=p, domain=where["domain"],
        **_named(over, "local rate of the entropy density", model.local_entropy_rate, "8.6"),
    )  # fmt: skip
    carried = _defined(
        d, over, "rate of a carried density", model.carried_rate, -alpha * over.product(F, s),
        "For any density in place of that of the entropy.",
    )  # fmt: skip
    slopes = {sp.Derivative(s, q): q for q in over.coordinates}
    densities = {**where, "fields": {s: model.REAL}}
    d.apply(by_parts, carried, moved=slopes, **densities, name="rate of a carried density, by the Laplacian")


def _with_its_mass(d: Derivation, over: Parameters) -> None:
    """The continuity equation: the distribution is carried along with its mass."""
    p, F, where = over.distribution, over.free_energy, over.at_one_temperature
    flows = {sp.Derivative(p * sp.Derivative(F, q), q): q for q in over.coordinates}
    carried = _defined(
        d, over, "rate by the continuity equation", model.continuity_rate, -alpha * sp.Add(*flows),
        "What flows into a volume stays there.",
    )  # fmt: skip
    d.apply(by_parts, carried, moved=flows, **where, **_named(over, "the continuity equation conserves probability"))
    rate = d.apply(
        rate_of_density, d[_named(over, "entropy density")["name"]], carried, field=p, domain=where["domain"],
        **_named(over, "rate of the entropy density by the continuity equation", model.continuity_entropy_rate),
    )  # fmt: skip
    once = d.apply(by_parts, rate, moved=flows, **where, **_named(over, "continuity equation, by parts"))
    slopes = {sp.Derivative(p, q): q for q in over.coordinates}
    production = _named(over, "entropy production by the continuity equation", model.continuity_production)
    d.apply(by_parts, once, moved=slopes, **where, **production)
