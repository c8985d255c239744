"""Means over many standard normal variables by randomized quasi-Monte Carlo, with an error bar from scrambles."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.ladder import BLOCK

N_SCRAMBLES = 16
# In standard errors; with 15 degrees of freedom an error exceeds it once in forty thousand points.
SAFETY = 6.0
FIRST, LAST = 8, 15
"""Binary logarithms of how many nodes a scramble has."""

Body = Callable[[Any, list[Doubles]], Doubles]
"""Values at the points of given numbers, shape (n, n_nodes), from a row of places for each variable."""


@lru_cache(maxsize=16)
def nodes(n_variables: int, log_count: int, scramble: int) -> Doubles:
    """Scrambled Sobol points as standard normal variables, shape (n_variables, 2 ** log_count); always the same."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    rng = np.random.default_rng((n_variables, scramble))
    uniform = qmc.Sobol(n_variables, scramble=True, rng=rng).random_base2(log_count)
    return np.ascontiguousarray(ndtri(np.clip(uniform, 2.0**-53, 1 - 2.0**-53)).T)


def sobol_mean(body: Body, n_points: int, n_variables: int, tolerance: float) -> Estimate:
    """The means at many points, with twice the nodes until the error is small enough, or the last step."""
    found = Estimate.empty(n_points)
    for log_count in range(FIRST, LAST + 1):
        left = np.flatnonzero(~(found.relative_error <= tolerance))
        if len(left):
            found.update(left, _with(body, left, n_variables, log_count))
    return found


def _with(body: Body, places: Any, n_variables: int, log_count: int) -> Estimate:
    means, scales = np.empty((2, N_SCRAMBLES, len(places)))
    rows = max(1, BLOCK >> log_count)
    with np.errstate(all="ignore"):  # what is not finite is refused later
        for scramble in range(N_SCRAMBLES):
            x = [row[None, :] for row in nodes(n_variables, log_count, scramble)]
            for start in range(0, len(places), rows):
                part = slice(start, start + rows)
                values = body(places[part], x)
                means[scramble, part] = values.mean(axis=1)
                scales[scramble, part] = np.abs(values).mean(axis=1)
        error = SAFETY * means.std(axis=0, ddof=1) / np.sqrt(N_SCRAMBLES)
    return Estimate(value=means.mean(axis=0), error=error, scale=scales.mean(axis=0))
