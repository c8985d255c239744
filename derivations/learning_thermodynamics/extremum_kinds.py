"""Which extrema minus the Laplacian of two groups of eigenvalues has, and of which kind, for any fraction.

Vanchurin (2020), section 9 and figure 1.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.engine.step import Step
from derivations.learning_thermodynamics import two_fractions
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.extremum_kinds import (
    at_equal,
    at_meeting,
    at_ratio,
    by_meeting_ratio,
    higher_slope,
    plateau,
    temperature_of_few,
)
from derivations.rules.separability import derivative_by
from derivations.rules.special_case import sign
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-extremum-kinds"
TITLE = "Minima, maxima and inflections of two groups of eigenvalues"
SERVES = serving("claim:9e", "claim:9f", "claim:9g", "claim:10a")

beta, gamma, x, root = model.inverse_temperature, model.fraction, model.log_eigenvalue, model.root
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
FEW, MANY = sp.Interval.Lopen(0, THIRD), sp.Interval.Ropen(2 * THIRD, 1)
ABOVE, BELOW = (1, sp.oo), (0, 1)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="At equal eigenvalues there is a maximum for $\\beta < 1/2$ and a minimum for $\\beta > 1/2$, "
        "whatever the fraction; at $\\beta = 1/2$ an inflection, or for half of the eigenvalues a minimum of fourth "
        "order. Elsewhere the kind is the sign of $(s - 1)((2 - 3 \\gamma) s + 1 - 3 \\gamma)$, with $s^3$ the "
        "ratio of the two eigenvalues; where that vanishes beside $s = 1$, two extrema meet in an inflection.",
        references=REFERENCES,
        conventions=("A minimum of $-\\Delta F$ is called stable, a maximum unstable.",),
    )
    results = two_fractions.build()
    function, temperature, logarithm, _, _ = (
        d.define(Definition(symbol, results[name].result), name=name, reason=f"From {two_fractions.IDENTIFIER}.")
        for symbol, name in (
            (model.split_curvature, "two groups"),
            (model.stationary_temperature, "stationary temperature"),
            (sp.Symbol(r"\log \beta_s", real=True), "logarithm of the stationary temperature"),
            (model.extremum_of_few, "a small fraction of the eigenvalues"),
            (model.extremum_of_a_third, "a third of the eigenvalues"),
        )
    )
    meeting: Any = results["where two extrema meet"].statement
    slopes = [
        d.apply(higher_slope, function, by=x, order=n, domain=model.two_fraction_domain(), name=f"derivative {n}")
        for n in (2, 3, 4)
    ]
    _equal_eigenvalues(d, slopes)
    _elsewhere(d, slopes, temperature, dict(meeting.at)[model.log_root])
    _number(d, logarithm)
    _values(d, function, temperature)
    return d


def _kind(d: Derivation, bend: Step, relation: str, name: str, **sets: Any) -> None:
    symbols = {"fractions": gamma, "temperatures": beta, "ratios": root, "logarithms": model.log_root}
    domain = model.two_fraction_domain().extended({symbols[k]: v for k, v in sets.items()})
    d.apply(sign, bend, relation=relation, domain=domain, name=name)


def _equal_eigenvalues(d: Derivation, slopes: list[Step]) -> None:
    domain = model.two_fraction_domain()
    bend = d.apply(
        at_equal,
        slopes[0],
        by=x,
        domain=domain,
        name="second derivative at equal eigenvalues",
        defines=model.bend_at_equal,
        serves=serving("claim:9e", "claim:9f"),
    )
    _kind(d, bend, "<", "maximum at equal eigenvalues", temperatures=(0, HALF))
    _kind(d, bend, ">", "minimum at equal eigenvalues", temperatures=(HALF, sp.oo))
    turn = d.apply(
        at_equal,
        slopes[1],
        by=x,
        at={beta: HALF},
        domain=domain,
        name="third derivative at equal eigenvalues",
        defines=model.turn_at_half,
    )
    _kind(d, turn, ">", "inflection for less than half of the eigenvalues", fractions=(0, HALF))
    _kind(d, turn, "<", "inflection for more than half of the eigenvalues", fractions=(HALF, 1))
    fourth = d.apply(
        at_equal,
        slopes[2],
        by=x,
        at={beta: HALF, gamma: HALF},
        domain=domain,
        name="fourth derivative at equal eigenvalues",
        defines=model.fourth_at_half,
    )
    _kind(d, fourth, ">", "minimum for half of the eigenvalues")


def _elsewhere(d: Derivation, slopes: list[Step], temperature: Step, meeting: Any) -> None:
    domain = model.two_fraction_domain()
    names: Any = {"by": x, "root": root, "fraction": gamma, "inverse_temperature": beta, "domain": domain}
    bend = d.apply(
        at_ratio,
        slopes[0],
        temperature,
        **names,
        name="second derivative at a stationary ratio",
        defines=model.bend_at_ratio,
        serves=serving("claim:9e", "claim:9f"),
    )
    _kind(d, bend, ">", "minimum at larger eigenvalues, up to a third of them", fractions=FEW, ratios=ABOVE)
    _kind(d, bend, "<", "maximum at smaller eigenvalues, up to a third of them", fractions=FEW, ratios=BELOW)
    _kind(d, bend, ">", "minimum at smaller eigenvalues, from two thirds on", fractions=MANY, ratios=BELOW)
    _kind(d, bend, "<", "maximum at larger eigenvalues, from two thirds on", fractions=MANY, ratios=ABOVE)
    _between(d, bend, meeting)
    turn = d.apply(at_ratio, slopes[1], temperature, **names, name="third derivative at a stationary ratio")
    between = domain.extended({gamma: (THIRD, 2 * THIRD)})
    d.apply(at_meeting, bend, root=root, logarithm=meeting, domain=between, name="second derivative where extrema meet")
    met = d.apply(
        at_meeting,
        turn,
        root=root,
        logarithm=meeting,
        domain=between,
        name="third derivative where extrema meet",
        defines=model.turn_at_meeting,
    )
    _kind(d, met, "<", "inflection where extrema meet, below one half", fractions=(THIRD, HALF))
    _kind(d, met, ">", "inflection where extrema meet, above one half", fractions=(HALF, 2 * THIRD))


def _between(d: Derivation, bend: Step, meeting: Any) -> None:
    """Fractions between a third and two thirds: their extrema meet at c, which is below 1 up to a half."""
    c, u = model.meeting_root, model.share_of_way
    domain = model.two_fraction_domain().extended({c: (0, sp.oo), u: (0, sp.oo)})
    names: Any = {"fraction": gamma, "meeting": c, "logarithm": meeting, "root": root, "domain": domain}
    for label, place, relation, roots, way in (
        ("minimum before both", c * u, ">", BELOW, BELOW),
        ("maximum from the meeting ratio to equal eigenvalues", c + (1 - c) * u, "<", BELOW, BELOW),
        ("maximum from equal eigenvalues to the meeting ratio", 1 + (c - 1) * u, "<", ABOVE, BELOW),
        ("minimum behind both", c * (1 + u), ">", ABOVE, (0, sp.oo)),
    ):
        placed = d.apply(by_meeting_ratio, bend, **names, place=place, name=f"second derivative, {label}")
        d.apply(sign, placed, relation=relation, domain=domain.extended({c: roots, u: way}), name=label)
    for label, place, roots in (
        ("minimum at larger eigenvalues, up to a half of them", 1 + u, BELOW),
        ("minimum at smaller eigenvalues, from a half on", 1 / (1 + u), ABOVE),
    ):
        placed = d.apply(by_meeting_ratio, bend, **names, place=place, name=f"second derivative, {label}")
        d.apply(sign, placed, relation=">", domain=domain.extended({c: roots, u: (0, sp.oo)}), name=label)


def _number(d: Derivation, logarithm: Step) -> None:
    slope = d.apply(
        derivative_by,
        logarithm,
        by=model.log_root,
        domain=model.two_fraction_domain(),
        name="slope of the stationary temperature",
        defines=model.stationary_slope,
    )
    _kind(d, slope, "<", "no more than one other extremum, up to a third", fractions=FEW)
    _kind(d, slope, ">", "no more than one other extremum, from two thirds on", fractions=MANY)


def _values(d: Derivation, function: Step, temperature: Step) -> None:
    domain = model.two_fraction_domain()
    d.apply(
        at_equal,
        function,
        by=x,
        domain=domain,
        name="value at equal eigenvalues",
        defines=model.value_at_equal,
        serves=serving("claim:9g"),
    )
    d.apply(
        plateau,
        function,
        by=x,
        domain=domain,
        name="plateau of small eigenvalues",
        defines=model.value_far_below,
        serves=serving("claim:9g"),
    )
    d.apply(
        temperature_of_few,
        temperature,
        fraction=gamma,
        root=root,
        logarithm=x,
        domain=domain,
        name="temperature at which the extremum of few eigenvalues is there",
        defines=model.gap_temperature,
        serves=serving("claim:10a"),
    )
