r"""From networks of several sizes to the limit of large layers.

Edges of random matrices fluctuate, and lie off their limit on average, by the power -2/3 of the number of spins. The
coefficient of that power is known (`numerics.edge_fluctuations`) and is taken off; the next powers, fitted, are -1,
from the fluctuations of the reaction term, and -4/3. Where the first coefficient is fitted instead it agrees, at a
larger error.

Measured with some 5000 networks of three equal layers, 72 to 1152 spins: so extrapolated, T_c is -0.02 (6) % off the
replica theory; with the first coefficient fitted too, -0.24 (10) %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.crosschecks.gate import Estimate, combination

Array = NDArray[np.float64]
EDGE_EXPONENT = 2 / 3
FITTED_EXPONENTS, NEXT_EXPONENT = (1.0, 4 / 3), 5 / 3


@dataclass(frozen=True, kw_only=True)
class SizeFit:
    """Least-squares fit of value + sum_p c_p N^(-p), as a fixed linear combination of the means at each size.

    The fit's weights follow from the sizes and the numbers of seeds alone, with a spread that falls as N^(-2/3): they
    do not depend on the data, so that Student's quantile stays right.

    Attributes
    ----------
    n_spins
        Total sizes, shape (n_sizes,).
    n_seeds
        Networks of each size.
    exponents
        Powers p of the corrections that are fitted.
    next_exponent
        Power of the first one that is left out.
    """

    n_spins: tuple[int, ...]
    n_seeds: tuple[int, ...]
    exponents: tuple[float, ...] = FITTED_EXPONENTS
    next_exponent: float = NEXT_EXPONENT

    def __post_init__(self) -> None:
        if len(self.n_spins) <= len(self.exponents) + 1:
            raise ValueError(
                f"expected more sizes than the {len(self.exponents) + 1} fitted coefficients; found {self.n_spins}"
            )

    @property
    def rows(self) -> Array:
        """Weights of the means in each coefficient, shape (1 + n_exponents, n_sizes); row 0 gives the limit."""
        sizes = np.array(self.n_spins, dtype=float)
        design = np.stack([sizes**-p for p in (0.0, *self.exponents)], axis=1)
        weights = np.array(self.n_seeds) * sizes ** (2 * EDGE_EXPONENT)
        normal = design.T @ (weights[:, None] * design)
        return np.asarray(np.linalg.solve(normal, design.T * weights), dtype=np.float64)

    def limit(self, samples: Sequence[Array]) -> Estimate:
        """The value at infinite size."""
        return combination(self.rows[0], samples)

    def coefficient(self, place: int, samples: Sequence[Array]) -> Estimate:
        """The value at infinite size for place 0, then c_p for each exponent."""
        return combination(self.rows[place], samples)

    def remaining_bias(self, samples: Sequence[Array]) -> tuple[float, float]:
        """What the first term that is left out does to the limit, and the standard error of that.

        The term is given the coefficient of the last one kept: its natural size, not a measurement.
        """
        sizes = np.array(self.n_spins, dtype=float)
        response = abs(float(self.rows[0] @ sizes**-self.next_exponent))
        last = combination(self.rows[-1], samples)
        return response * abs(last.value), response * last.standard_error

    def standard_error(self, spread: float) -> float:
        """Error of the limit for a spread over seeds of ``spread`` N^(-2/3), to plan with."""
        sizes = np.array(self.n_spins, dtype=float)
        return spread * float(np.sqrt(np.sum(self.rows[0] ** 2 * sizes ** (-2 * EDGE_EXPONENT) / self.n_seeds)))


def seeds_for_rejection(fit: SizeFit, *, distance: float, spread: float, sigma: float) -> int:
    """Seeds a size that put a rival at this distance ``sigma`` standard errors off.

    Parameters
    ----------
    fit
        With one seed at every size.
    distance
        Between the rival's prediction and ours.
    spread
        Standard deviation over seeds times N^(2/3), in the units of the distance.
    """
    return int(np.ceil((sigma * fit.standard_error(spread) / abs(distance)) ** 2))


def free_edge_coefficient(n_spins: Sequence[int], samples: Sequence[Array]) -> Estimate:
    """Coefficient of N^(-2/3) where it is fitted, with 1/N as the next power: what data alone say of it."""
    seeds = tuple(map(len, samples))
    return SizeFit(n_spins=tuple(n_spins), n_seeds=seeds, exponents=(EDGE_EXPONENT, 1.0)).coefficient(1, samples)


def size_data(fit: SizeFit, samples: Sequence[Array], shifts: Sequence[float]) -> dict[str, Any]:
    """What a figure of an extrapolation needs: means, the predicted shift of each, and the fit to the rest."""
    corrected = [s - shift for s, shift in zip(samples, shifts, strict=True)]
    free = free_edge_coefficient(fit.n_spins, samples)
    return {
        "n_spins": fit.n_spins,
        "n_seeds": fit.n_seeds,
        "means": [float(np.mean(s)) for s in samples],
        "standard_errors": [float(np.std(s, ddof=1) / np.sqrt(len(s))) for s in samples],
        "predicted_shifts": list(shifts),
        "exponents": (0.0, *fit.exponents),
        "coefficients": [fit.coefficient(place, corrected).value for place in range(len(fit.exponents) + 1)],
        "edge_coefficient_predicted": shifts[0] * fit.n_spins[0] ** EDGE_EXPONENT,
        "edge_coefficient_fitted": free.value,
        "edge_coefficient_error": free.standard_error,
    }
