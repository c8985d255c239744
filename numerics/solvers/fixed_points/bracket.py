"""The first fixed point on the way from one number to another, where one unknown is sought."""

from __future__ import annotations

import numpy as np

from numerics.solvers.fixed_points.equations import Equations, Rows

# Parts into which the way is cut in search of a change of sign, and halvings toward each end besides.
STEPS = 32
CLOSEST = 48
# Of parts of a way this leaves what a double can resolve.
BISECTIONS = 53


def bracketed(equations: Equations, arguments: Rows, first: Rows, last: Rows) -> Rows:
    """Where f(q) - q first changes its sign strictly between two ends, to rounding of the way; NaN where nowhere.

    Parameters
    ----------
    arguments
        Shape (n_arguments, n_points).
    first, last
        The ends, shape (1, n_points).

    Returns
    -------
    ndarray
        Shape (1, n_points).
    """
    before, after, sign = _change_of_sign(equations, arguments, first, last)
    for _ in range(BISECTIONS):
        middle = before + (after - before) / 2
        same = np.sign(equations.residual(np.vstack([middle, arguments]))) == sign
        before, after = np.where(same, middle, before), np.where(same, after, middle)
    return before + (after - before) / 2


def _change_of_sign(equations: Equations, arguments: Rows, first: Rows, last: Rows) -> tuple[Rows, Rows, Rows]:
    """Neighboring places with opposite signs, and the sign at the nearer one; NaN where there are none."""
    before, after, sign = np.full_like(first, np.nan), np.full_like(first, np.nan), np.zeros_like(first)
    place, earlier = first, np.zeros_like(first)
    for share in _shares():
        here = first + (last - first) * share
        now = np.sign(equations.residual(np.vstack([here, arguments])))
        change = np.isnan(before) & (now * earlier < 0)
        before, after = np.where(change, place, before), np.where(change, here, after)
        sign = np.where(change, earlier, sign)
        seen = np.abs(now) == 1  # a zero or a value that is none says nothing
        place, earlier = np.where(seen, here, place), np.where(seen, now, earlier)
    return before, after, sign


def _shares() -> list[float]:
    close = [2.0**-j for j in range(6, CLOSEST + 1)]
    return sorted([*close, *(step / STEPS for step in range(1, STEPS)), *(1 - s for s in close)])
