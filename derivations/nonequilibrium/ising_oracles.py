"""Small Ising chains and lattices handed to their brute force: every configuration counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.engine.rule import Inference, right_side
from derivations.oracles.ising_configurations import weights
from theory.models import ising_chain as chain
from theory.models import ising_torus as torus

CASES = ((Fraction(2, 5), Fraction(1, 3)), (Fraction(-3, 4), Fraction(2, 7)), (Fraction(5, 4), Fraction(-3, 2)))
"""Coupling and field."""
LENGTHS = (1, 2, 3, 5, 8)

SIDES = ((1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3), (4, 2), (2, 5), (4, 3))
COUPLINGS = ((Fraction(1, 3), Fraction(1, 2)), (Fraction(3, 4), Fraction(2, 3)))
"""Along both sides: above the critical temperature and below it."""


def brute_force_chain(inference: Inference, *, closed: bool) -> Callable[[], Evidence]:
    """Compare the right side of a claim about chains with sums over all configurations."""

    def instances() -> Iterator[Instance]:
        for n in LENGTHS:
            for coupling, field in CASES:
                values: dict[Any, Any] = {chain.n_spins: n, chain.coupling: coupling, chain.field: field}
                found = weights((n,), (closed,), (coupling,), field)
                yield Instance(values=values, exponents=found, label=f"n = {n}, K = {coupling}, h = {field}")

    return lambda: against_oracle("sums over all configurations", right_side(inference), instances)


def brute_force_torus(inference: Inference) -> Callable[[], Evidence]:
    """Compare the right side of a claim about tori with sums over all configurations."""

    def instances() -> Iterator[Instance]:
        for sides in SIDES:
            for couplings in COUPLINGS:
                names = (torus.length, torus.width, torus.coupling_x, torus.coupling_y)
                values: dict[Any, Any] = dict(zip(names, (*sides, *couplings), strict=True))
                label = f"L = {sides[0]}, M = {sides[1]}, K_x = {couplings[0]}, K_y = {couplings[1]}"
                yield Instance(values=values, exponents=weights(sides, (True, True), couplings), label=label)

    return lambda: against_oracle("sums over all configurations", right_side(inference), instances)
