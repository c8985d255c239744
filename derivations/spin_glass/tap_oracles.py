"""Small systems of pairs with exact couplings, handed to the oracle of the Gibbs free energy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.gibbs_free_energy import plefka_series
from theory.models import ising_pairs as model

COUPLINGS = tuple(
    Fraction(*x) for x in ((3, 5), (-7, 4), (2, 3), (5, 7), (-1, 2), (11, 13), (-4, 9), (1, 1), (6, 5), (-3, 8))
)
MAGNETIZATIONS = tuple(Fraction(*x) for x in ((1, 3), (-2, 5), (3, 7), (1, 11), (-5, 13)))


def plefka_terms(expression: Any, order: int, sizes: tuple[int, ...] = (2, 3, 4, 5)) -> Callable[[], Evidence]:
    """Compare the terms of an expansion of beta G, entropy left out, with exact series of 2 to 5 spins.

    A polynomial of that order in the inverse temperature is known by its values at as many points as it has terms.
    """
    energetic = expression.replace(sp.log, lambda _: sp.Integer(0))

    def instances() -> Iterator[Instance]:
        for n in sizes:
            couplings = dict(zip(combinations(range(n), 2), COUPLINGS, strict=False))
            series = plefka_series(couplings, MAGNETIZATIONS[:n], order)
            for point in range(1, order + 1):
                beta = Fraction(point, 3)
                value = -sum((c * beta**k for k, c in enumerate(series, start=1)), Fraction(0))
                label = f"N = {n}, beta = {beta}"
                yield Instance(values=_values(n, couplings, beta), low=value, high=value, label=label)

    return lambda: against_oracle("exact series of the Gibbs free energy", energetic, instances)


def _values(n: int, couplings: dict[tuple[int, int], Fraction], beta: Fraction) -> dict[Any, Any]:
    """A wrong index may leave the sites; beyond either end it finds other numbers."""
    values: dict[Any, Any] = {model.n_spins: n, model.inverse_temperature: beta}
    values.update({model.couplings[a, b]: Fraction(a - 3 * b, 7) for a, b in product(range(n + 2), repeat=2)})
    values.update({model.magnetizations[k]: Fraction(1, 2 + k) for k in range(n + 2)})
    values.update({model.couplings[a + 1, b + 1]: c for (a, b), c in couplings.items()})
    for place in range(n):
        values[model.magnetizations[place + 1]] = MAGNETIZATIONS[place]
        values[model.fields[place + 1]] = Fraction(0)
    return values
