"""Free energies by Jarzynski's equality: the exponential average of the work."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.free_energies.estimate import FreeEnergyEstimate
from numerics.free_energies.sample_mean import sample_mean
from numerics.free_energies.works import checked_works, rounding_of, rounding_warnings

METHOD = "exponential average of the work (Jarzynski 1997, PRL 78, 2690)"


def jarzynski(work: Any) -> FreeEnergyEstimate:
    """log(Z_1 / Z_0) = log <exp(-W)>, from independent runs that start in equilibrium at 0.

    Bahri et al. (2020), equation 15. The mean of exp(-W) is unbiased; its logarithm is low by half of the squared
    standard error. The error bar is the spread of the weights, to first order in the logarithm.

    Parameters
    ----------
    work
        In units of k_B T, shape (n_samples,); infinity is a run that ended where the final energy is infinite.

    Returns
    -------
    FreeEnergyEstimate
        Its ``warnings`` tell where few weights dominate or the weights are heavy-tailed. No sample tells of
        states that it never came to: runs from 1 to 0 do, see `bennett_acceptance_ratio`.

    Raises
    ------
    ValueError, TypeError
        If the works are no numbers, there is none, or one is NaN or minus infinity.

    Examples
    --------
    >>> import numpy as np
    >>> gaussian = np.random.default_rng(0).normal(0.5, 1.0, size=100_000)
    >>> found = jarzynski(gaussian)
    >>> abs(found.log_ratio) < 4 * found.standard_error, found.reliable
    (True, True)
    """
    works = checked_works(work)
    lowest = float(np.min(works))
    with np.errstate(over="ignore"):  # a difference beyond all numbers is a weight of zero
        weights = np.exp(lowest - works) if np.isfinite(lowest) else np.zeros_like(works)
    mean = sample_mean(weights, "weights")
    return FreeEnergyEstimate(
        log_ratio=float(np.log(mean.mean)) - lowest if mean.mean > 0 else -np.inf,
        standard_error=mean.relative_error,
        effective_sample_size=mean.effective_size,
        tail_index=mean.tail_index,
        warnings=(*mean.warnings, *rounding_warnings(rounding_of(works), mean.relative_error, "works")),
        work=works,
        reverse_work=None,
        method=METHOD,
    )
