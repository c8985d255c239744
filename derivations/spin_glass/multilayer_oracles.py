"""Small cases of the multilayer spin glass, handed to the oracles: unequal sizes, with odd primes among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.disorder_average import layered_interactions, moments_of_partition_function
from derivations.oracles.tridiagonal import eigenvalue
from theory.models import multilayer as model

SMALL_NETWORKS = (((1, 1), 2), ((2, 1), 2), ((1, 2), 3), ((3, 1), 2), ((1, 2, 1), 2), ((2, 3), 1))
SMALLEST_NETWORKS = (((1, 1), 1), ((1, 1), 2), ((2, 1), 2), ((1, 2), 2))
VARIANCES = (Fraction(3, 5), Fraction(7, 4))
INVERSE_TEMPERATURE = Fraction(5, 7)


def disorder_average(expression: Any, networks: tuple[Any, ...] = SMALL_NETWORKS) -> Callable[[], Evidence]:
    """Compare an expression for the mean of Z^m with the exact moments of small networks."""

    def instances() -> Iterator[Instance]:
        for sizes, power in networks:
            variances = VARIANCES[: len(sizes) - 1]
            bonds = layered_interactions(sizes, variances)
            moments = moments_of_partition_function(sum(sizes), bonds, power, INVERSE_TEMPERATURE)
            yield Instance(
                values=_values(sizes, variances, power), exponents=moments, label=f"sizes {sizes}, m = {power}"
            )

    return lambda: against_oracle("moments of the partition function, multiplied out", expression, instances)


def _values(sizes: tuple[int, ...], variances: tuple[Fraction, ...], power: int) -> dict[Any, Any]:
    values: dict[Any, Any] = {
        model.n_bonds: len(sizes) - 1,
        model.n_replicas: power,
        model.inverse_temperature: INVERSE_TEMPERATURE,
    }
    values.update({model.layer_sizes[k]: n for k, n in enumerate(sizes)})
    values.update({model.weight_variances[k]: c for k, c in enumerate(variances, start=1)})
    return values


def toeplitz_eigenvalues(expression: Any, mode: sp.Symbol) -> Callable[[], Evidence]:
    """Compare the eigenvalues of equal layers with bisected ones of the matrix itself, for 1 to 6 bonds."""
    size, variance = Fraction(3), Fraction(7, 4)
    off = -(INVERSE_TEMPERATURE**2) * variance * size

    def instances() -> Iterator[Instance]:
        for bonds in range(1, 7):
            for rank in range(bonds + 1):
                low, high = eigenvalue([size] * (bonds + 1), [off] * bonds, rank)
                values = {
                    model.n_bonds: bonds,
                    mode: rank,
                    model.layer_size: size,
                    model.weight_variance: variance,
                    model.inverse_temperature: INVERSE_TEMPERATURE,
                }
                yield Instance(values=values, low=low, high=high, label=f"L = {bonds}, r = {rank}")

    return lambda: against_oracle("eigenvalues by exact bisection of the matrix", expression, instances)
