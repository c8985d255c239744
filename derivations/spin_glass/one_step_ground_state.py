"""One step of replica symmetry breaking for the Sherrington-Kirkpatrick model at zero temperature.

Source: G. Parisi, A sequence of approximated solutions to the S-K model for spin glasses, Journal of Physics A 13, L115
(1980). The named steps "one-step free energy at zero temperature", "overlap between blocks" and "slope in the size of a
block" are expressions in q_0, y and h: the energy, what q_0 equals, and the derivative by y, which vanishes; in the
last two v stands for 1 - q_0.
"""

from __future__ import annotations

import sympy as sp

from derivations.engine.derivation import Derivation
from derivations.rules.one_step_cold import Cold, cold_block, cold_free_energy, cold_spin, cold_variables
from derivations.rules.one_step_cold_equations import (
    cold_block_size,
    cold_magnetization,
    cold_modulus,
    cold_overlap_between,
    cold_overlap_inside,
)
from derivations.spin_glass import one_step_breaking
from theory.models import replica_pairs as names

IDENTIFIER = "sherrington-kirkpatrick-ground-state"
TITLE = "One step of replica symmetry breaking in the Sherrington-Kirkpatrick model at zero temperature"
SERVES: tuple[str, ...] = ()

COLD = Cold(
    temperature=sp.Symbol("T", positive=True),
    deficit=sp.Symbol("c", positive=True),
    breakpoint_slope=names.scaled_breakpoint,
    overlap=sp.Symbol("q_0", positive=True),
    field=names.external_field,
    center=sp.Symbol("a", real=True),
    spread=sp.Symbol("v", positive=True),
    common=sp.Symbol("u_0", real=True),
    own=sp.Symbol("u_1", real=True),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction=(
            "As the temperature vanishes the overlap inside a block tends to 1 and the size of a block to 0, both like "
            "the temperature. What is left are the overlap between blocks and the ratio of size and temperature."
        ),
        references=one_step_breaking.REFERENCES,
        conventions=(
            "The overlap inside a block is $q_1 = 1 - T c$, the size of a block $x = T y$; $q_0$ is the overlap "
            "between blocks.",
            "$v$ is the variance of the own field of a block; at zero temperature it is $1 - q_0$.",
            "$W$ is the site term: the mean over the common field $u_0$ of the logarithm of the sum over one block.",
        ),
    )
    parent = one_step_breaking.build()
    warm = d.apply(
        cold_variables,
        parent["one-step free energy"],
        blocks=one_step_breaking.BLOCKS,
        breakpoint_parameter=names.breakpoint_parameter,
        inverse_temperature=names.inverse_temperature,
        cold=COLD,
        name="one-step free energy in cold variables",
    )
    spin = d.apply(cold_spin, cold=COLD, name="spin at zero temperature")
    block = d.apply(cold_block, cold=COLD, name="block at zero temperature")
    energy = d.apply(
        cold_free_energy, warm, block, cold=COLD, because=(spin,), name="one-step free energy at zero temperature"
    )
    d.apply(cold_overlap_inside, cold=COLD, name="overlap inside a block")
    magnetization = d.apply(cold_magnetization, block, cold=COLD, name="magnetization of a block")
    d.apply(cold_overlap_between, energy, block, magnetization, cold=COLD, name="overlap between blocks")
    modulus = d.apply(cold_modulus, block, cold=COLD, name="modulus of the field in a block")
    d.apply(cold_block_size, energy, modulus, cold=COLD, name="slope in the size of a block")
    return d
