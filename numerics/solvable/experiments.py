"""Experiments on systems whose free energies are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.free_energies.bracketed_partition import BracketedLogPartition
from numerics.free_energies.enumerated_machine import enumerated_log_partition
from numerics.networks import RestrictedBoltzmannMachine

Progress = Callable[[int, int], None]
N_CHAINS = {"quick": 100, "default": 500, "full": 2000}
"""In each direction, for log Z of a machine."""
TEMPERATURES = tuple(2**k for k in range(11))
MACHINE = {"n_visible": 400, "n_hidden": 20, "weight_std": 0.25, "bias_std": 0.5}


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """log Z of a machine from so many temperatures, and its exact value."""

    n_temperatures: int
    found: BracketedLogPartition
    exact: float


def bracket_experiment(
    scale: str = "default", *, seed: int = 0, workers: int = 1, progress: Progress | None = None
) -> tuple[Bracket, ...]:
    """log Z of a machine with random weights by annealing with 1 to 1024 temperatures, and by summation.

    Parameters
    ----------
    scale
        ``quick``, ``default`` or ``full``.
    seed
        Of all random numbers.
    workers
        Threads.
    progress
        Called with the numbers of temperatures done and in all.
    """
    n_chains, rng = _size(N_CHAINS, scale), np.random.default_rng(seed)
    shape = MACHINE["n_visible"], MACHINE["n_hidden"]
    machine = RestrictedBoltzmannMachine(
        MACHINE["weight_std"] * rng.normal(size=shape),
        MACHINE["bias_std"] * rng.normal(size=shape[0]),
        MACHINE["bias_std"] * rng.normal(size=shape[1]),
    )
    exact, found = enumerated_log_partition(machine, n_threads=workers), []
    for done, n_temperatures in enumerate(TEMPERATURES, start=1):
        estimate = annealed_log_partition(
            machine, rng=rng, n_chains=n_chains, n_temperatures=n_temperatures, n_threads=workers
        )
        found.append(Bracket(n_temperatures=n_temperatures, found=estimate, exact=exact))
        if progress is not None:
            progress(done, len(TEMPERATURES))
    return tuple(found)


def _size(sizes: dict[str, int], scale: str) -> int:
    if scale not in sizes:
        raise ValueError(f"expected one of the scales {', '.join(sizes)}; found {scale!r}")
    return sizes[scale]
