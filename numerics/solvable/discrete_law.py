"""The law of a work that has finitely many values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import logsumexp

Array = NDArray[np.float64]

_LEAST_TOTAL = 1e-9
"""By how much the probabilities may miss 1."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DiscreteWorkLaw:
    """Values of the work with their probabilities, in units of k_B T.

    Attributes
    ----------
    values : ndarray, shape (n_values,)
        Increasing.
    log_probabilities : ndarray, shape (n_values,)
        Of each value; minus infinity where it does not occur.
    """

    values: Array
    log_probabilities: Array

    def __post_init__(self) -> None:
        if self.values.ndim != 1 or self.values.shape != self.log_probabilities.shape or self.values.size == 0:
            raise ValueError(
                "expected as many log probabilities as values of the work, at least one; found shapes "
                f"{self.log_probabilities.shape} and {self.values.shape}"
            )
        if not (np.isfinite(self.values).all() and np.all(np.diff(self.values) > 0)):
            raise ValueError("expected finite values of the work that increase")
        total: Any = logsumexp(self.log_probabilities)
        if not abs(total) < _LEAST_TOTAL:
            raise ValueError(f"expected probabilities that sum to 1; found a sum of exp({total:.6g})")

    @property
    def probabilities(self) -> Array:
        """Of each value, shape (n_values,)."""
        return np.exp(self.log_probabilities)

    @property
    def mean(self) -> float:
        """Mean work."""
        return float(self.probabilities @ self.values)

    @property
    def variance(self) -> float:
        """Variance of the work."""
        return float(self.probabilities @ (self.values - self.mean) ** 2)

    def log_transform(self, s: ArrayLike) -> Any:
        """log <exp(-s W)>, as many as s; minus its value at 1 is the difference of free energies."""
        s = np.asarray(s, dtype=float)
        return logsumexp(self.log_probabilities - s[..., np.newaxis] * self.values, axis=-1)

    def cumulative(self, work: ArrayLike) -> Any:
        """Probability of a work up to ``work``, as many as ``work``."""
        totals = np.concatenate([[0.0], np.cumsum(self.probabilities)])
        return totals[np.searchsorted(self.values, np.asarray(work, dtype=float), side="right")]

    def counted(self, work: ArrayLike, *, tolerance: float = 1e-6) -> NDArray[np.int64]:
        """How often each value occurs in sampled works, shape (n_values,).

        Raises
        ------
        ValueError
            If a work is further than ``tolerance`` from every value.
        """
        works = np.asarray(work, dtype=float)
        after = np.clip(np.searchsorted(self.values, works), 1, self.values.size - 1) if self.values.size > 1 else 0
        before = np.maximum(np.asarray(after) - 1, 0)
        nearer = np.abs(self.values[before] - works) <= np.abs(self.values[after] - works)
        places = np.where(nearer, before, after)
        gaps = np.abs(self.values[places] - works)
        if works.size and not gaps.max() <= tolerance:
            raise ValueError(
                f"expected works among the {self.values.size} values of this law; found {works[np.argmax(gaps)]}, "
                f"{gaps.max():.3g} away from all of them"
            )
        return np.bincount(places, minlength=self.values.size)


def grid_law(offset: float, unit: float, log_probabilities: Array) -> DiscreteWorkLaw:
    """The law of a work ``offset + k unit`` for k = 0, 1, ...; the unit may be negative or zero."""
    values = np.asarray(offset + unit * np.arange(log_probabilities.size), dtype=np.float64)
    if unit == 0:
        whole: Any = logsumexp(log_probabilities)
        return DiscreteWorkLaw(values=values[:1], log_probabilities=np.array([whole]))
    order = slice(None) if unit > 0 else slice(None, None, -1)
    return DiscreteWorkLaw(values=values[order], log_probabilities=log_probabilities[order])
