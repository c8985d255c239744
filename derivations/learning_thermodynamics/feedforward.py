"""Nilpotency, the determinant of G and the skewness of its spectrum, for feedforward networks with any layers.

Vanchurin (2020), equations (2.1) to (2.3), (7.7), (7.8) and (9.7), and what holds of (9.9) to (9.11) beyond two layers.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.layered_powers import (
    closed_paths,
    high_powers,
    inverse_by_powers,
    longer_paths,
    nothing_beyond,
    power_blocks,
)
from derivations.rules.skewed_spectrum import (
    cubed_logarithm,
    leading_skewness,
    odd_sum,
    paired_spectrum,
    skewness_in_a_row,
    squared_powers,
    trace_of_form,
    trace_of_inverse,
)
from derivations.rules.spectral_split import large_part, opposite_sums, split_form
from derivations.rules.unit_determinants import (
    climbing_polynomial,
    determinant_at_one,
    product_determinant,
    shifted_polynomial,
    sum_of_logarithms,
    unit_determinant,
)
from theory.models import feedforward as model

IDENTIFIER = "learning-feedforward"
TITLE = "Feedforward networks with any number of layers: nilpotency, the determinant of G and its skewed spectrum"
SERVES = serving(
    "2.1", "2.2", "2.3", "7.7", "7.8", "7.9", "9.7", "claim:7a", "claim:7b", "claim:7c", "claim:9a", "claim:9c",
    "claim:9d",
)  # fmt: skip

DOMAIN = model.feedforward_domain()
N, L, n = model.n_neurons, model.n_layers, model.power
ROWS = (model.i, model.j)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Every neuron has a layer, and connections lead to higher layers only. A power of a matrix is "
        "the sum over all paths of its steps; a path that climbs with each step is short, and does not return.",
        references=REFERENCES,
        conventions=(
            "$\\ell_i$ is the layer of neuron $i$, from 1 for inputs to $L$ for outputs; any number of neurons may "
            "share a layer.",
            "$s_i$ is the slope of the activation of neuron $i$, the entry $f'_{ii}$ of $f'$.",
            "Where only powers and determinants matter, connections may skip layers; where the spectrum does, each "
            "leads to the next layer.",
        ),
    )
    _powers(d)
    _determinants(d)
    _spectrum(d)
    _skewness(d)
    return d


def _powers(d: Derivation) -> None:
    d.apply(
        nothing_beyond,
        entry=model.feedforward_weight,
        layer=model.layer,
        ends=(1, L),
        rows=ROWS,
        domain=DOMAIN,
        name="ends of the network",
        serves=serving("2.2", "2.3"),
    )
    for name, entry, number in (
        ("weights", model.feedforward_weight, "2.1"),
        ("responses", model.response, "9.7"),
    ):
        d.apply(
            high_powers,
            entry=entry,
            power=model.power_entry,
            transposed=model.transposed,
            n_layers=L,
            beyond=model.beyond,
            domain=DOMAIN,
            name=f"high powers of the {name}",
            serves=serving(number, "claim:9a") if number == "9.7" else serving(number),
        )
    d.apply(
        power_blocks,
        entry=model.layered_response,
        power=model.power_entry,
        layer=model.layer,
        rows=ROWS,
        number=n,
        domain=DOMAIN,
        name="blocks of a power",
    )
    d.apply(
        closed_paths,
        entry=model.response,
        paths=model.along_paths,
        first=model.path[0],
        last=model.path[n + 1],
        number=n + 1,
        domain=DOMAIN,
        name="traces of powers",
    )


def _determinants(d: Derivation) -> None:
    parts = {"letters": ROWS, "size": N, "domain": DOMAIN}
    response = {"entry": model.response, "value": model.spectral_parameter, **parts}
    quadratic = model.quadratic_form(model.response)
    polynomial = d.apply(
        climbing_polynomial,
        **response,
        name="eigenvalues of the response",
        defines=model.response_polynomial,
        serves=serving("claim:7a"),
    )
    one_less = d.apply(
        determinant_at_one,
        polynomial,
        **response,
        name="determinant of one minus the response",
        defines=model.response_determinant,
    )
    d.apply(
        shifted_polynomial,
        polynomial,
        **response,
        name="eigenvalues of one minus the response",
        serves=serving("claim:7b"),
    )
    squared = d.apply(
        product_determinant,
        quadratic=model.quadratic_form(model.any_response),
        factor=model.delta(*ROWS) - model.any_response(*ROWS),
        **parts,
        name="determinant of G as a square",
        serves=serving("7.7"),
    )
    unit = d.apply(
        unit_determinant,
        squared,
        one_less,
        quadratic=quadratic,
        **parts,
        name="determinant of G",
        defines=model.quadratic_determinant,
        serves=serving("7.7"),
    )
    d.apply(
        sum_of_logarithms,
        unit,
        eigenvalues=model.eigenvalues,
        rows=model.NEURONS,
        spectrum=model.spectrum_domain,
        name="trace of the logarithm of G",
        defines=model.sum_of_logarithms,
        serves=serving("7.8"),
    )


def _spectrum(d: Derivation) -> None:
    parts = {"eigenvalues": model.eigenvalues, "label": model.label}
    split = d.apply(
        split_form,
        **parts,
        vectors=model.vectors,
        rows=ROWS,
        n_large=model.n_large,
        size=N,
        domain=model.split_domain(),
        name="G in two parts",
        serves=serving("7.9"),
    )
    d.apply(
        large_part,
        split,
        **parts,
        scaled=model.scaled,
        temperature=model.temperature,
        domain=model.split_domain(),
        name="G by its large eigenvalues",
        serves=serving("7.9"),
    )
    d.apply(
        opposite_sums,
        d["trace of the logarithm of G"],
        **parts,
        n_large=model.n_large,
        size=N,
        domain=model.spectrum_domain(sp.S.One).extended({model.n_large: sp.Range(1, N + 1)}),
        name="large and small eigenvalues",
        serves=serving("claim:7c"),
    )


def _skewness(d: Derivation) -> None:
    entry = {"entry": model.layered_response, "domain": DOMAIN}
    paths = {**entry, "power": model.power_entry, "number": n}
    longer = d.apply(longer_paths, **{**paths, "entry": model.any_response}, rows=ROWS, size=N, name="the next power")
    inverse = d.apply(
        inverse_by_powers,
        longer,
        d["high powers of the responses"],
        **paths,
        powers=model.powers,
        rows=ROWS,
        size=N,
        n_layers=L,
        instances=model.staircase(),
        name="inverse of one minus the response",
    )
    squares = d.apply(
        squared_powers,
        powers=model.powers,
        layer=model.layer,
        numbers=(n, model.other_power),
        pairs=model.PAIRS,
        n_layers=L,
        domain=DOMAIN,
        because=(d["blocks of a power"],),
        name="squares of all powers",
    )
    trace = d.apply(trace_of_form, **entry, pairs=model.PAIRS, name="trace of G", defines=model.trace_of_quadratic)
    backward = d.apply(
        trace_of_inverse,
        inverse,
        squares,
        **paths,
        pairs=model.PAIRS,
        n_layers=L,
        instances=model.staircase(),
        name="trace of the inverse of G",
        defines=model.trace_of_inverse,
    )
    d.apply(
        odd_sum,
        trace,
        backward,
        eigenvalues=model.eigenvalues,
        rows=model.NEURONS,
        n_layers=L,
        domain=DOMAIN,
        name="odd sum of the spectrum",
        defines=model.odd_sum,
        serves=serving("claim:9d"),
    )
    d.apply(
        paired_spectrum,
        **entry,
        layer=model.layer,
        rows=ROWS,
        size=N,
        n_layers=L,
        name="spectrum without hidden layers",
    )
    cubed = d.apply(
        cubed_logarithm,
        scale=model.scale,
        deviation=model.deviation,
        domain=DOMAIN,
        name="third power of a logarithm",
    )
    d.apply(
        leading_skewness,
        cubed,
        **entry,
        any_entry=model.any_response,
        scale=model.scale,
        deviation=model.deviation,
        size=N,
        name="leading skewness",
        defines=model.leading_skewness,
        serves=serving("claim:9c"),
    )
    d.apply(
        skewness_in_a_row,
        matrix=model.three_in_a_row(),
        logarithms=(model.logarithms[1], model.logarithms[2]),
        domain=DOMAIN,
        name="three neurons in a row",
    )
