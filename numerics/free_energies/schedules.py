"""Schedules whose steps are equally hard, found by chains of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import bisect
from scipy.special import logsumexp

from numerics.free_energies.annealing import (
    EnergyPath,
    Initial,
    Kernel,
    initial_states,
    moved,
    refuse_changed_states,
    step_work,
)

MOST_STEPS = 100_000
SHORTEST_STEP = 1e-9


def adaptive_schedule(
    energy_path: EnergyPath,
    kernel: Kernel,
    *,
    n_chains: int,
    rng: np.random.Generator,
    initial: Initial,
    effective_share: float | None = None,
    relative_entropy: float | None = None,
) -> list[float]:
    """Values of lam from 0 to 1 between which neighboring laws are equally far apart.

    A sampling with these values and chains of its own stays unbiased; one that adapts on its own weights is not.

    Parameters
    ----------
    energy_path, kernel, n_chains, rng, initial
        As for `annealed_importance_sampling`.
    effective_share
        Effective over actual number of samples of the weights of each step, between 0 and 1; or
    relative_entropy
        of the law before a step to that after it, in nats: the mean dissipated work of a step.

    Returns
    -------
    list of float
        From 0 to 1, increasing.

    Raises
    ------
    ValueError, TypeError
        Unless exactly one of both aims is given in its range; if a step would have to be shorter than 1e-9.
    """
    distance = _distance(effective_share, relative_entropy)
    states, lams = initial_states(initial, n_chains, rng), [0.0]
    if n_chains < 2 or (effective_share is not None and n_chains * effective_share <= 1):
        raise ValueError(
            f"expected chains enough to tell how far laws are apart; found n_chains = {n_chains}: take at least two, "
            "and more than 1 / effective_share"
        )
    refuse_changed_states(energy_path, states)
    alive = np.ones(states.shape[0], dtype=bool)
    while lams[-1] < 1:
        here = lams[-1]

        def excess(lam: float, here: float = here, states: Any = states) -> float:
            work = step_work(energy_path, states, here, lam, alive=alive)
            return distance(work) if np.isfinite(work).any() else np.inf

        lams.append(_next_value(excess, here))
        if len(lams) > MOST_STEPS:
            raise ValueError(
                f"expected a schedule of at most {MOST_STEPS} steps; lam is {lams[-1]:.6g}: ask for longer ones"
            )
        if lams[-1] < 1:
            allowed = np.isfinite(step_work(energy_path, states, here, lams[-1], alive=alive))
            if not allowed.all():  # survivors stand for the chains that have come to an end
                states = np.where(
                    allowed.reshape(-1, *[1] * (states.ndim - 1)), states, rng.choice(states[allowed], states.shape[0])
                )
            states = moved(kernel, states, lams[-1], rng)
    return lams


def _next_value(excess: Callable[[float], float], here: float) -> float:
    """Where the distance from here is the one asked for; 1 where it is not reached."""
    if excess(1.0) <= 0:
        return 1.0
    if excess(min(here + SHORTEST_STEP, 1.0)) > 0:
        raise ValueError(
            f"expected a path that changes gradually; at lam = {here:.6g} the laws are too far apart after "
            f"{SHORTEST_STEP}: ask for longer steps, or take a smoother path; where states become forbidden the "
            "relative entropy is infinite, and effective_share is to be used"
        )
    root: Any = bisect(excess, here + SHORTEST_STEP, 1.0, xtol=SHORTEST_STEP)
    return float(root)


def _distance(share: float | None, entropy: float | None) -> Callable[[Any], float]:
    """What is above zero for steps that are too long, given their works."""
    if share is not None and entropy is None:
        if not 0 < share < 1:
            raise ValueError(f"expected effective_share between 0 and 1; found {share!r}")
        least = np.log(share)
        return lambda work: float(least - (2 * logsumexp(-work) - logsumexp(-2 * work) - np.log(work.size)))
    if entropy is None or share is not None:
        raise ValueError(f"expected either effective_share or relative_entropy; found {share!r} and {entropy!r}")
    if not (np.isfinite(entropy) and entropy > 0):
        raise ValueError(f"expected relative_entropy as a positive number, in nats; found {entropy!r}")

    def dissipated(work: Any) -> float:
        with np.errstate(over="ignore"):
            above = work - np.min(work)  # so that no sum overflows
            return float(np.mean(above) + logsumexp(-above) - np.log(work.size) - entropy)

    return dissipated
