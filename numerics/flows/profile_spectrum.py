"""What a fixed point on a whole interval tells: extrema, couplings, eigenvalues, each beside a second solution.

The perturbations of a fixed point obey an equation of Sturm and Liouville: the eigenvalue of number j, from 0 on,
belongs to the one with j zeros. That labels eigenvalues, and shows if one was missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

import mpmath
import numpy as np
from mpmath.libmp import from_man_exp

from numerics.flows.chebyshev import Grid
from numerics.flows.collocation import Profile, solved
from numerics.flows.profile_digits import DigitProfile, precision, refined
from numerics.solvers.convergence import NotConvergedError

N_IRRELEVANT = 4
N_COUPLINGS = 6
MORE_DIGITS = (0, 5, 10)
"""Of work, where the first ones do not give those asked for."""
FINE, FINER, WIDER = 72, 96, 1.08
ROUNDING = 1e-12
REAL = 1e-6


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Numbers of mpmath, and how far a second solution is from them."""

    extrema: tuple[Any, ...]
    couplings: tuple[Any, ...]
    slope_at_origin: Any
    eigenvalues: tuple[Any, ...]
    uncertainties: tuple[float, ...]
    coupling_uncertainties: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class _One:
    extrema: list[Any]
    couplings: list[Any]
    slope_at_origin: Any
    eigenvalues: dict[int, Any]


def in_digits(profile: Profile, order: int, digits: int, dimension: Fraction, components: Fraction) -> Findings:
    """To many digits, for threshold functions in closed form; with more of them inside where the first do not do."""
    for more in MORE_DIGITS:
        inside = digits + more
        with precision(inside), mpmath.workdps(inside + 15):
            both = [
                _ball_findings(profile, refined(profile, inside, dimension, components, w), order) for w in (WIDER, 1)
            ]
            found = _compared(*both, floor=10.0 ** -(digits + 2), tolerance=10.0**-digits)
        if len(found.eigenvalues) >= order:
            return found
    raise _unsettled(digits)


def in_doubles(profile: Profile, order: int, digits: int) -> Findings:
    """In doubles, for threshold functions by quadrature."""
    both = [_double_findings(_on(profile, size, w), order) for size, w in ((FINER, WIDER), (FINE, 1.0))]
    found = _compared(*both, floor=ROUNDING, tolerance=10.0**-digits)
    if len(found.eigenvalues) < order:
        raise _unsettled(digits)
    return found


def _unsettled(digits: int) -> NotConvergedError:
    return NotConvergedError(
        f"expected eigenvalues of two solutions to agree to {digits} digits; found further differences: ask for fewer"
    )


def _compared(best: _One, other: _One, floor: float, tolerance: float) -> Findings:
    shared = [j for j in best.eigenvalues if j in other.eigenvalues]
    count = next((k for k, j in enumerate(sorted(shared)) if k != j), len(shared))
    values = [best.eigenvalues[j] for j in range(count)]
    apart = [_apart(values[j], other.eigenvalues[j], floor) for j in range(count)]
    settled = next((j for j in range(count) if apart[j] > tolerance * max(1.0, abs(float(values[j])))), count)
    errors = [_apart(a, b, floor) for a, b in zip(best.couplings, other.couplings, strict=True)]
    return Findings(
        extrema=tuple(best.extrema),
        couplings=tuple(best.couplings),
        slope_at_origin=best.slope_at_origin,
        eigenvalues=tuple(values[:settled]),
        uncertainties=tuple(apart[:settled]),
        coupling_uncertainties=tuple(errors),
    )


def _apart(a: Any, b: Any, floor: float) -> float:
    return abs(float(a - b)) + floor * max(1.0, abs(float(a)))


def _ball_findings(rough: Profile, found: DigitProfile, order: int) -> _One:
    extrema = [found.zero(z) for z in rough.zeros()]
    couplings = [extrema[-1], *found.derivatives(extrema[-1], N_COUPLINGS - 1)] if extrema else []
    near = {j: v for j, (v, _) in enumerate(_double_spectrum(rough)) if j < order - 1 + N_IRRELEVANT}
    labelled = _labelled(near, found.eigenvalue, lambda v: [float(x) for x in v])
    return _One(
        extrema=[_number(z) for z in extrema],
        couplings=[_number(c) for c in couplings],
        slope_at_origin=_number(found.slopes[0, 0]),
        eigenvalues={j: _number(v) for j, v in labelled.items()},
    )


def _double_findings(found: Profile, order: int) -> _One:
    grid, extrema = found.grid, found.zeros()
    column, couplings = found.slopes, list(extrema[-1:])
    for _ in range(N_COUPLINGS - 1 if len(extrema) else 0):
        column = grid.derivative @ column
        couplings.append(float(grid.at(extrema[-1], column)))
    spectrum = _double_spectrum(found)[: order - 1 + N_IRRELEVANT]
    near = dict(enumerate(spectrum))
    labelled = _labelled(near, lambda pair: pair, list)
    return _One(
        extrema=[mpmath.mpf(float(z)) for z in extrema],
        couplings=[mpmath.mpf(float(c)) for c in couplings],
        slope_at_origin=mpmath.mpf(float(found.slopes[0])),
        eigenvalues={j: mpmath.mpf(float(v)) for j, v in labelled.items()},
    )


def _labelled(
    near: dict[int, Any], found: Callable[[Any], Any], numbers: Callable[[Any], list[float]]
) -> dict[int, Any]:
    """Eigenvalues by the number of zeros of their vectors."""
    made: dict[int, Any] = {}
    for start in near.values():
        try:
            value, vector = found(start)
        except NotConvergedError:  # one of the high ones, which doubles do not tell
            continue
        signs = [x > 0 for x in numbers(vector)]
        made.setdefault(sum(a != b for a, b in pairwise(signs)), value)
    return made


def _double_spectrum(profile: Profile) -> list[tuple[float, Any]]:
    """Real eigenvalues in growing order, with their vectors."""
    values, vectors = cast(Any, np.linalg.eig(profile.stability_matrix()))
    real = [k for k in np.argsort(values.real) if abs(values[k].imag) < REAL * max(1.0, abs(values[k].real))]
    return [(float(values[k].real), vectors[:, k].real) for k in real]


def _on(profile: Profile, size: int, wider: float) -> Profile:
    moved = profile.on(Grid(size=size, end=wider * profile.grid.end))
    found = solved(profile.flow, profile.dimension, profile.components, moved.grid, moved.slopes)
    if found is None:
        raise NotConvergedError("found no fixed point on a finer grid: take a dimension further from 2")
    return found


def _number(ball: Any) -> Any:
    mantissa, exponent = ball.mid().man_exp()
    return mpmath.mp.make_mpf(from_man_exp(int(mantissa), int(exponent)))
