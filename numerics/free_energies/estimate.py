"""What is known of a difference of free energies, and what speaks against its error bar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class FreeEnergyEstimate:
    """log(Z_1 / Z_0) of two reduced energies, from sampled work.

    All energies and works are in units of k_B T.

    Attributes
    ----------
    log_ratio : float
        log(Z_1 / Z_0).
    standard_error : float
        Of the log ratio, one standard deviation; infinite where the sample does not tell.
    effective_sample_size : float
        How many independent samples of equal weight say as much: from 0 to the size of the sample.
    tail_index : float
        Shape of the generalized Pareto law that the largest weights follow: their variance is finite below 1/2. NaN
        where there are too few weights.
    warnings : tuple of str
        What speaks against the error bar; empty where nothing does.
    work : ndarray, shape (n_samples,)
        Spent from 0 to 1.
    reverse_work : ndarray, shape (n_reverse,), or None
        Spent from 1 to 0, where such runs were used.
    method : str
        The estimator, with its source.
    """

    log_ratio: float
    standard_error: float
    effective_sample_size: float
    tail_index: float
    warnings: tuple[str, ...]
    work: Array
    reverse_work: Array | None
    method: str

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0 = -log(Z_1 / Z_0), in units of k_B T."""
        return -self.log_ratio

    @property
    def reliable(self) -> bool:
        """Whether nothing speaks against the error bar: errors in units of it are then close to standard normal."""
        return not self.warnings

    @property
    def mean_dissipated_work(self) -> float:
        """Mean work less the difference of free energies: at least zero but for noise; infinite if a work is.

        NaN where no run came to an allowed state.
        """
        return float(np.sum(self.work / self.work.size)) - self.free_energy_difference
