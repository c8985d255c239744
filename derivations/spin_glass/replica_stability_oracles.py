"""The Hessian in the overlaps of pairs handed to its brute force: 3 to 6 replicas, all three sectors at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.replica_hessian import shifted_determinant

SHIFT = sp.Symbol("xi", real=True)
NUMBERS = (3, 4, 5, 6)
CASES = ((Fraction(4, 5), Fraction(1, 3), Fraction(2, 7)), (Fraction(6, 5), Fraction(3, 5), Fraction(0)))
"""Inverse temperature, overlap and field."""
SHIFTS = (Fraction(5, 3), Fraction(-3, 7))


def brute_force_spectrum(
    eigenvalues: Mapping[Any, Any], symbols: tuple[Any, Any, Any, Any], numbers: tuple[int, ...] = NUMBERS
) -> Callable[[], Evidence]:
    """Compare the product of (shift - eigenvalue)^multiplicity with the determinant of the matrix itself.

    ``eigenvalues`` maps eigenvalues to multiplicities; ``symbols`` are the number of replicas, the inverse temperature,
    the overlap and the field.
    """
    expression = sp.Mul(*[(SHIFT - value) ** count for value, count in eigenvalues.items()])

    def instances() -> Iterator[Instance]:
        for m in numbers:
            for beta, overlap, field in CASES if m < max(NUMBERS) else CASES[:1]:
                for shift in SHIFTS if m < max(NUMBERS) else SHIFTS[:1]:
                    low, high = shifted_determinant(
                        shift, n_replicas=m, inverse_temperature=beta, overlap=overlap, field=field
                    )
                    values = dict(zip(symbols, (m, beta, overlap, field), strict=True))
                    yield Instance(values={**values, SHIFT: shift}, low=low, high=high, label=f"m = {m}, shift {shift}")

    return lambda: against_oracle("determinants of Hessians by brute force", expression, instances)
