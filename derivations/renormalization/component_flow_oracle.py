"""The flow equation at two degrees of freedom against quadrature of its definition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.two_fields import Matrix, QuarticPair, derivative_by_scale, second_derivatives
from theory.models import regulated_components as model

ACTION = QuarticPair(mass=Fraction(1, 2), coupling=Fraction(5), skew=Fraction(1))
REGULATOR: Matrix = ((Fraction(2, 3), Fraction(1, 5)), (Fraction(1, 5), Fraction(4, 3)))
RATE: Matrix = ((Fraction(1), -Fraction(1, 3)), (-Fraction(1, 3), Fraction(1, 2)))
MEANS = ((Fraction(0), Fraction(0)), (Fraction(1, 2), -Fraction(1, 3)))


def against_quadrature(flow: Any, means: tuple[tuple[Fraction, Fraction], ...] = MEANS) -> Callable[[], Evidence]:
    """Compare dGamma/dt with differences of the effective average action of two coupled degrees of freedom."""

    def instances() -> Iterator[Instance]:
        for mean in means:
            bend = second_derivatives(ACTION, REGULATOR, mean)
            moved = derivative_by_scale(ACTION, REGULATOR, RATE, mean)
            inverse = _inverse([[bend[i][j] + REGULATOR[i][j] for j in range(2)] for i in range(2)])
            values: dict[Any, Any] = {model.size: 2}
            for i, j in product(range(2), range(2)):
                values[model.propagator[i + 1, j + 1]] = inverse[i][j]
                values[model.regulator_rate[i + 1, j + 1]] = RATE[i][j]
            margin = Fraction(1, 10**18)
            yield Instance(values=values, low=moved - margin, high=moved + margin, label=f"N = 2, phi = {mean}")

    return lambda: against_oracle("quadrature over two fields", flow, instances)


def _inverse(m: list[list[Fraction]]) -> list[list[Fraction]]:
    area = m[0][0] * m[1][1] - m[0][1] * m[1][0]
    return [[m[1][1] / area, -m[0][1] / area], [-m[1][0] / area, m[0][0] / area]]
