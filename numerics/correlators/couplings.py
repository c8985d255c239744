"""The coupling that correlations of random networks measure, exactly, from its derivation."""

from __future__ import annotations

from functools import cache
from typing import Any

from numpy.typing import ArrayLike

from numerics.correlators.exact import at_points, checked_points, ensemble_values, exact_correlator, rounded

LEAST_POINTS = 4


def measured_coupling(points: ArrayLike, *, width: int, weight_std: float, bias_std: float) -> float:
    """Minus the cumulant of f at n points over the integral of n propagators K_W from one place to all points.

    For four points it is u_4(x_1, ..., x_4) of Erbin, Lahoche and Samary (2022), equation (3.6), with exact
    correlations; for six points its analogue u_6, of the connected part alone. Both are the coupling of f^n / n! in the
    action to lowest order, where there are no biases.

    Parameters
    ----------
    points
        The inputs, shape (n, d) with an even n of at least 4; shape (n,) is taken as d = 1.
    width
        N, at least 1.
    weight_std, bias_std
        sigma_W > 0 and sigma_b >= 0.

    Returns
    -------
    float
        Correctly rounded.

    Raises
    ------
    ValueError
        If an argument has no such meaning.

    Examples
    --------
    >>> measured_coupling([0.0] * 4, width=100, weight_std=1.0, bias_std=1.0)
    -1.2829540919712412
    >>> measured_coupling([-0.01, -0.006, 0.006, 0.01], width=100, weight_std=1.0, bias_std=0.0) > 0
    True
    """
    x = checked_points(points)
    if len(x) < LEAST_POINTS or len(x) % 2:
        raise ValueError(f"expected an even number of at least {LEAST_POINTS} points; found {len(x)}")
    values = ensemble_values(width, weight_std, bias_std)
    return rounded(-exact_correlator(x, values) / at_points(derived_overlap(), x, values), x)


@cache
def derived_overlap() -> Any:
    """The integral over a place of the propagators from it to the points."""
    from derivations.engine.derivation import Derivation
    from derivations.renormalization.network_couplings import propagator_overlap

    return propagator_overlap(Derivation("propagators")).result
