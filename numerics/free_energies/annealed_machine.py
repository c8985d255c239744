"""log Z of a restricted Boltzmann machine by annealed importance sampling, from below and from above."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import logit, softmax
from scipy.stats import ks_2samp

from numerics.free_energies.acceptance_ratio import bennett_acceptance_ratio
from numerics.free_energies.estimate import FreeEnergyEstimate
from numerics.free_energies.exponential_average import jarzynski
from numerics.free_energies.machine_path import MachinePath, Singles
from numerics.networks.boltzmann import RestrictedBoltzmannMachine

Progress = Callable[[int, int, str], None]
BATCH = 125
"""Chains that run together: their fields stay in the cache of a core."""
PILOT_CHAINS = 200
PILOT_STEPS = 100
LEAST_MEAN = 0.01
"""Of a unit of the base law, so that no state is too rare in it."""
LEAST_EFFECTIVE = 30
MIXING_ALARM = 1e-4
"""False alarms of the test of mixing."""
SLOWEST = 0.1
"""The least speed of the schedule, over its mean."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BracketedLogPartition:
    """log Z of a machine from chains in both directions.

    Attributes
    ----------
    log_partition, standard_error : float
        By Bennett's acceptance ratio from both.
    lower, upper : float
        What the mean works of forward and of reverse chains say: below and above log Z in expectation, the latter as
        far as reverse chains start in equilibrium.
    combined, forward, reverse : FreeEnergyEstimate
        Of the machine over its base, from both directions; from forward works; from those spent from 1 to 0.
    base_log_partition : float
        Of the independent units at the start of the path.
    mixing_p_value : float
        Of the test of Kolmogorov and Smirnov that reverse works have the same law for chains that start from random
        states and only know the machine: it is small where the machine does not mix.
    schedule : tuple of float
        Values of the parameter from 0 to 1.
    """

    log_partition: float
    standard_error: float
    lower: float
    upper: float
    combined: FreeEnergyEstimate
    forward: FreeEnergyEstimate
    reverse: FreeEnergyEstimate
    base_log_partition: float
    mixing_p_value: float
    schedule: tuple[float, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What speaks against the error bar: reverse chains, above all, that come from few forward ones."""
        few = [
            f"{name} chains are worth {found.effective_sample_size:.1f} independent ones, below {LEAST_EFFECTIVE}: "
            "reverse chains need not have started in equilibrium; take more chains or more temperatures"
            for name, found in (("forward", self.forward), ("reverse", self.reverse))
            if found.effective_sample_size < LEAST_EFFECTIVE
        ]
        unmixed = (
            "chains from random states and chains along the path come to different states of the machine (p = "
            f"{self.mixing_p_value:.1g} that their works have one law): it does not mix, and states may be missing; "
            "take more temperatures, or trust neither"
        )
        return (*few, *([unmixed] if self.mixing_p_value < MIXING_ALARM else []), *self.combined.warnings)

    @property
    def reliable(self) -> bool:
        """Whether nothing does."""
        return not self.warnings


def annealed_log_partition(
    machine: RestrictedBoltzmannMachine,
    *,
    rng: np.random.Generator,
    n_chains: int = 1000,
    n_temperatures: int = 1000,
    n_threads: int = 1,
    progress: Progress | None = None,
) -> BracketedLogPartition:
    """log Z from forward chains, which start from independent units, and from reverse ones.

    The independent units have the means that a pilot run of the machine finds; the steps are equally long in the spread
    of the work that pilot chains spend. Reverse chains start from the final states of forward ones, drawn by weight
    and moved a hundred times more. They know of no state that no forward chain has come to; further chains, from random
    states at the machine's own temperature, are to find the same works.

    Parameters
    ----------
    machine
        Its smaller layer is summed over, whichever it is.
    rng
        Source of randomness.
    n_chains
        In each direction.
    n_temperatures
        Steps of the schedule.
    n_threads
        Batches of chains that run at once.
    progress
        Called with batches done, batches in all, and what they are.

    Raises
    ------
    ValueError
        If there are fewer than two chains, or no step.
    """
    if n_chains < 2 or n_temperatures < 1:
        raise ValueError(f"expected at least 2 chains and 1 step; found {n_chains} chains and {n_temperatures} steps")
    binary, shift = machine.with_binary_units()
    path = _path(binary, rng)
    schedule = _schedule(path, n_temperatures, rng)
    sizes = [len(part) for part in np.array_split(np.arange(n_chains), -(-n_chains // BATCH))]
    generators = rng.spawn(2 * len(sizes) + 1)
    report = _Report(2 * len(sizes) + 1, progress)

    def ahead(size: int, own: np.random.Generator) -> Any:
        works, states = path.works(path.base_states(size, own), schedule, own)
        report("forward chains")
        return works.sum(axis=0), states

    def back(states: Singles, own: np.random.Generator) -> Any:
        states = path.equilibrated(states, 1.0, PILOT_STEPS, own)
        works, _ = path.works(states, schedule[::-1], own)
        report("reverse chains")
        return works.sum(axis=0)

    with ThreadPoolExecutor(n_threads) as pool:
        parts = list(pool.map(ahead, sizes, generators[: len(sizes)]))
        forward, final = (np.concatenate(kind) for kind in zip(*parts, strict=True))
        starts = final[rng.choice(n_chains, n_chains, p=softmax(-forward))]
        reverse = np.concatenate(
            list(pool.map(back, np.split(starts, np.cumsum(sizes)[:-1]), generators[len(sizes) : -1]))
        )
    probes = back(_random_states(path, generators[-1]), generators[-1])
    mixing: Any = ks_2samp(probes, reverse)
    base = path.base_log_partition - shift
    both = bennett_acceptance_ratio(forward, reverse)
    return BracketedLogPartition(
        log_partition=base + both.log_ratio,
        standard_error=both.standard_error,
        lower=base - float(np.mean(forward)),
        upper=base + float(np.mean(reverse)),
        combined=both,
        forward=jarzynski(forward),
        reverse=jarzynski(reverse),
        base_log_partition=base,
        mixing_p_value=float(mixing.pvalue),
        schedule=tuple(schedule),
    )


class _Report:
    """Counts finished batches."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def __call__(self, title: str) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total, title)


def _path(binary: RestrictedBoltzmannMachine, rng: np.random.Generator) -> MachinePath:
    """From independent units whose means are those that a pilot run comes to."""
    states = _random_states(MachinePath(binary, np.zeros(binary.n_visible)), rng)
    means = np.clip(states.mean(axis=0, dtype=np.float64), LEAST_MEAN, 1 - LEAST_MEAN)
    return MachinePath(binary, logit(means))


def _random_states(path: MachinePath, rng: np.random.Generator) -> Singles:
    """States of chains that start from fair coins and only know the machine."""
    coins = rng.integers(2, size=(PILOT_CHAINS, path.n_visible)).astype(np.float32)
    return path.equilibrated(coins, 1.0, PILOT_STEPS, rng)


def _schedule(path: MachinePath, n_steps: int, rng: np.random.Generator) -> list[float]:
    """Steps in which the work of pilot chains is equally spread."""
    grid = np.linspace(0, 1, PILOT_STEPS + 1)
    works, _ = path.works(path.base_states(PILOT_CHAINS, rng), grid.tolist(), rng)
    spread = works.std(axis=1)
    lengths = np.cumsum(np.maximum(spread, SLOWEST * spread.mean() + np.finfo(float).tiny))
    values = np.interp(np.linspace(0, lengths[-1], n_steps + 1), np.concatenate([[0.0], lengths]), grid)
    return [0.0, *(float(v) for v in values[1:-1]), 1.0]
