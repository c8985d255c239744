"""The work of driving a two-state system: its law for any schedule, sudden and slow changes."""

from __future__ import annotations

from derivations.engine.derivation import Derivation, Reference
from derivations.rules.two_state import (
    exponential_mean,
    free_energy_difference,
    independent_steps,
    metropolis_moves,
    occupation,
    relaxing_moves,
    slow_step,
    sudden_change,
    sum_over_states,
    tilted_step,
)

IDENTIFIER = "two-state-work"
TITLE = "The work of driving a two-state system"
SERVES: tuple[str, ...] = ()
REFERENCES = (
    Reference(
        key="jarzynski1997nonequilibrium",
        citation="C. Jarzynski, Nonequilibrium Equality for Free Energy Differences, Physical Review Letters 78, 2690 "
        "(1997)",
    ),
)


def build() -> Derivation:
    """The derivation, computed anew at each call; nothing is verified yet."""
    d = Derivation(
        IDENTIFIER,
        title=TITLE,
        introduction="The gap between two states changes in steps, and after each step the state moves. The law of the "
        "work follows from a product of two-by-two matrices.",
        references=REFERENCES,
        conventions=(
            "Energies and works are in units of $k_B T$. The states are $x = 0$ and $x = 1$, with energies $0$ and "
            "$\\epsilon$; in each of $T$ steps the gap changes at fixed state, then the state moves at the new gap.",
            "In sums over paths the states are counted as $1$ and $2$, and $w = e^{-\\epsilon}$.",
        ),
    )
    partition = d.apply(sum_over_states, name="partition function")
    difference = d.apply(free_energy_difference, partition, name="difference of free energies")
    occupied = d.apply(occupation, partition, name="occupation")
    moves = d.apply(relaxing_moves, occupied, name="moves")
    d.apply(metropolis_moves, moves, name="Metropolis moves")
    step = d.apply(tilted_step, moves, occupied, partition, name="tilted step")
    d.apply(exponential_mean, step, partition, name="exponential mean of the work")
    product = d.apply(independent_steps, partition, name="complete equilibration")
    d.apply(sudden_change, product, name="sudden change")
    d.apply(slow_step, occupied, difference, name="slow change")
    return d
