"""How exponents converge in the order of a truncation, and what they converge to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import mpmath

from numerics.flows.fixed_points import local_potential_fixed_point
from numerics.flows.truncated_fixed_point import FixedPoint
from numerics.solvers.convergence import NotConvergedError
from theory.regulators import Regulator

LOWEST_ORDER = 2
FEWEST = 5
"""Orders from which an exponent is extrapolated."""
CAUTION = 2.0
"""Estimates stray by the spread of the last ones; this many of it covers what was measured against global solutions."""


@dataclass(frozen=True, kw_only=True)
class Extrapolation:
    """A limit and its error estimate; both NaN where there are too few orders."""

    value: float
    error: float


@dataclass(frozen=True, kw_only=True)
class TruncationConvergence:
    """Fixed points by growing order of the truncation.

    Attributes
    ----------
    fixed_points
        One for each order at which one was found.
    """

    fixed_points: tuple[FixedPoint, ...]

    @property
    def orders(self) -> tuple[int, ...]:
        """Those at which a fixed point was found."""
        return tuple(f.order for f in self.fixed_points)

    @property
    def correlation_length_exponents(self) -> tuple[float, ...]:
        """nu at each order."""
        return tuple(f.correlation_length_exponent for f in self.fixed_points)

    @property
    def correction_exponents(self) -> tuple[float, ...]:
        """omega at each order."""
        return tuple(f.correction_exponent for f in self.fixed_points)

    @property
    def extrapolated_correlation_length_exponent(self) -> Extrapolation:
        """nu in the limit of infinite order."""
        return extrapolated_limit(self.correlation_length_exponents)

    @property
    def extrapolated_correction_exponent(self) -> Extrapolation:
        """omega in the limit of infinite order."""
        return extrapolated_limit(self.correction_exponents)


def truncation_convergence(
    *,
    dimension: float,
    components: float,
    regulator: Regulator,
    order: int,
    anomalous_dimension: bool | str = False,
    about: str = "minimum",
) -> TruncationConvergence:
    """The fixed points of all truncations from order 2 to the one given.

    Parameters
    ----------
    dimension, components, regulator, anomalous_dimension, about
        As for `local_potential_fixed_point`.
    order
        The highest.

    Returns
    -------
    TruncationConvergence
        With exponents by order, and their extrapolation. Orders below the highest without a fixed point are left out.

    Raises
    ------
    ValueError, NotConvergedError, numerics.quadrature.QuadratureError
        As `local_potential_fixed_point` does, at the highest order.

    Examples
    --------
    >>> from theory import LitimRegulator
    >>> ising = truncation_convergence(dimension=3, components=1, regulator=LitimRegulator(), order=8)
    >>> round(ising.extrapolated_correlation_length_exponent.value, 3)
    0.65
    """
    found: list[FixedPoint] = []
    for here in (*range(LOWEST_ORDER, order), order):
        try:
            found.append(
                local_potential_fixed_point(
                    dimension=dimension,
                    components=components,
                    regulator=regulator,
                    order=here,
                    anomalous_dimension=anomalous_dimension,
                    about=about,
                )
            )
        except NotConvergedError:
            if here == order:
                raise
    return TruncationConvergence(fixed_points=tuple(found))


def extrapolated_limit(sequence: Sequence[float]) -> Extrapolation:
    """The limit of a sequence by Shanks' transformation in Wynn's form, exact for sums of geometric sequences.

    The error is twice the largest distance from the last member, and from the limits of the sequence without its last
    one and two members.

    Examples
    --------
    >>> found = extrapolated_limit([1 + (-0.5) ** n for n in range(5)])
    >>> found.value, found.error > 0
    (1.0, True)
    """
    if len(sequence) < FEWEST:
        return Extrapolation(value=math.nan, error=math.nan)
    value = _shanks(sequence)
    others = (sequence[-1], _shanks(sequence[:-1]), _shanks(sequence[:-2]))
    return Extrapolation(value=value, error=CAUTION * max(abs(value - other) for other in others))


def _shanks(sequence: Sequence[float]) -> float:
    """From the last members, of which it takes an odd number."""
    odd = len(sequence) - (1 - len(sequence) % 2)
    members = [mpmath.mpf(s) for s in sequence[-odd:]]
    if len(set(members)) < odd:  # it has settled, and differences vanish
        return float(members[-1])
    return float(mpmath.shanks(members)[-1][-1])
