"""Damped iteration from many starts at once, as long as they stay where the expansion converges."""

from __future__ import annotations

from typing import Any

import numpy as np

from numerics.tap.functional import TapFunctional

# Short steps: a long one leaves the neighborhood of a minimum, which is narrow in a glass.
_SHARE, _MOST_STEPS, _STEPS_A_LOOK = 0.3, 1000, 5
# A start with a lower margin is given up: beyond, F goes down to weak magnetizations.
_LEAST_MARGIN = -0.25


def settled_fields(functional: TapFunctional, local_fields: Any, *, residual: float) -> tuple[Any, int]:
    """Move the columns of local fields towards those that their magnetizations cause.

    Parameters
    ----------
    local_fields
        Starts, shape (n_spins, n_starts).
    residual
        At or below it a column has settled.

    Returns
    -------
    ndarray, int
        Those that settled, shape (n_spins, n_settled), and the evaluations of all columns together.
    """
    beta, field, terms, x = functional.beta, functional.field[:, None], functional.terms, local_fields
    settled: list[Any] = []
    used = 0
    for step in range(_MOST_STEPS):
        profile = terms.profile(x, beta)
        sums = [functional.bonds.power(p) @ right for p, right in zip(terms.powers, profile.right, strict=True)]
        target = field - np.sum(profile.left_slope * np.array(sums), axis=0)
        used += x.shape[1]
        if step % _STEPS_A_LOOK == 0:
            gap = np.max(np.abs(profile.magnetizations - terms.magnetization(target, beta)), axis=0)
            settled += list(x[:, gap <= residual].T)
            kept = (gap > residual) & (_margins(functional, profile) > _LEAST_MARGIN)
            x, target = x[:, kept], target[:, kept]
            if not x.shape[1]:
                break
        x = x + _SHARE * (target - x)
    return np.array(settled).reshape(-1, len(local_fields)).T, used


def _margins(functional: TapFunctional, profile: Any) -> Any:
    """Upper bounds of Plefka's margin of each column, from Rayleigh's quotient with the susceptibilities."""
    place = functional.terms.powers.index(1)
    trial = profile.susceptibilities
    left, right = profile.left_slope[place] ** 2 * trial**2, profile.right_slope[place] ** 2 * trial**2
    quotient = np.sum(left * (functional.bonds.power(2) @ right), axis=0) / np.sum(trial**2, axis=0)
    return 1 - quotient
