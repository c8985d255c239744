"""The logarithm of G for a feedforward network without hidden layers, one singular value of its weights at a time.

Vanchurin (2020), equations (9.8) to (9.11).
"""

from __future__ import annotations

from derivations.engine.derivation import Derivation
from derivations.learning_thermodynamics.references import REFERENCES, serving
from derivations.rules.unimodular_logarithm import logarithm_entry, odd_traces, trace_of_power, unimodular_logarithm
from theory.models import learning as model
from theory.statements import Definition

IDENTIFIER = "learning-shallow-spectrum"
TITLE = "The spectrum of G without hidden layers"
SERVES = serving("9.8", "9.9", "9.10", "9.11", "claim:9b")


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="Without hidden layers, $f' w$ has one block. In its singular vectors $G$ is a block of two rows "
        "for each singular value, $2 \\sinh \\varphi$, and 1 in all other directions, whose logarithms vanish.",
        references=REFERENCES,
        conventions=("The first direction of a block is one of the inputs, the second one of the outputs.",),
    )
    phi, domain = model.half_angle, model.shallow_domain()
    matrix = model.shallow_block()
    for name, place in (("among inputs", (0, 0)), ("between inputs and outputs", (0, 1)), ("among outputs", (1, 1))):
        d.define(
            Definition(model.shallow_entries[place], matrix[place]),
            name=f"G {name}",
            reason="From (1 - f'w)^T (1 - f'w), with one singular value of f'w.",
        )
    logarithm = d.apply(unimodular_logarithm, matrix=matrix, half_angle=phi, domain=domain, name="logarithm of G")
    for name, place, symbol in (
        ("among inputs", (0, 0), model.log_among_inputs),
        ("between inputs and outputs", (0, 1), model.log_between),
        ("among outputs", (1, 1), model.log_among_outputs),
    ):
        d.apply(
            logarithm_entry,
            logarithm,
            matrix=matrix,
            half_angle=phi,
            place=place,
            domain=domain,
            name=f"logarithm {name}",
            defines=symbol,
            serves=serving("9.8") if place == (0, 0) else (),
        )
    for power, symbol, number in (
        (1, model.first_trace, "9.9"),
        (2, model.second_trace, "claim:9b"),
        (3, model.third_trace, "9.10"),
    ):
        d.apply(
            trace_of_power,
            logarithm,
            matrix=matrix,
            half_angle=phi,
            power=power,
            domain=domain,
            name=f"trace of power {power}",
            defines=symbol,
            serves=serving(number),
        )
    d.apply(
        odd_traces,
        logarithm,
        matrix=matrix,
        half_angle=phi,
        number=model.any_number,
        domain=domain,
        name="traces of odd powers",
        defines=model.odd_trace,
        serves=serving("9.11"),
    )
    return d
