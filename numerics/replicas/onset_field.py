"""The field at which a replicon eigenvalue that rises with the field vanishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scipy.optimize import brentq

from numerics.solvers.convergence import NotConvergedError

START = 0.25
HIGHEST = 64.0
LOWEST = 1e-9


def onset_field(replicon_eigenvalue: Callable[[float], float], *, temperature: float, scale: float) -> float:
    """Bracket the field from a quarter of the scale on, then close in.

    Parameters
    ----------
    replicon_eigenvalue
        Of the field, at one temperature.
    temperature
        For the message.
    scale
        A field of the size of the local fields.

    Raises
    ------
    NotConvergedError
        If the eigenvalue has one sign from 1e-9 to 64 times the scale.
    """
    high = START * scale
    while replicon_eigenvalue(high) < 0:
        high *= 2
        if high > HIGHEST * scale:
            raise NotConvergedError(
                f"expected a field below {HIGHEST * scale} above which replica symmetry is stable at temperature "
                f"{temperature}; found none: raise the temperature"
            )
    low = high / 2
    while replicon_eigenvalue(low) > 0:
        low /= 2
        if low < LOWEST * scale:
            raise NotConvergedError(
                f"expected a field above {LOWEST * scale} below which replica symmetry is unstable at temperature "
                f"{temperature}; found none: lower the temperature"
            )
    root: Any = brentq
    return float(root(replicon_eigenvalue, low, high, xtol=1e-15 * scale, rtol=1e-14))
