"""Experiments on systems whose free energies are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numerics.free_energies.annealed_machine import annealed_log_partition
from numerics.free_energies.bracketed_partition import BracketedLogPartition
from numerics.free_energies.enumerated_machine import enumerated_log_partition
from numerics.networks import RestrictedBoltzmannMachine
from numerics.solvable.dragged_oscillator import DraggedOscillator
from numerics.solvable.estimator_errors import (
    EstimatorErrors,
    LeadingErrors,
    estimator_errors,
    leading_acceptance_errors,
    leading_exponential_errors,
)
from numerics.solvable.stiffened_oscillator import StiffenedOscillator
from numerics.solvable.system import SolvableSystem

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
N_RUNS = {"quick": 5000, "default": 50_000, "full": 200_000}
"""In each direction, for histograms of the work."""
N_REPETITIONS = {"quick": 30, "default": 400, "full": 4000}
"""Samples at each mean dissipated work."""
N_CHAINS = {"quick": 100, "default": 500, "full": 2000}
"""In each direction, for log Z of a machine."""
DRIVEN: dict[str, SolvableSystem] = {
    "dragged oscillator": DraggedOscillator(stiffness=1.0, distance=4.0, schedule=20, retained=0.8),
    "stiffened oscillator in three dimensions": StiffenedOscillator(
        stiffness=1.0, final_stiffness=9.0, dimension=3, schedule=20, retained=0.8
    ),
}
DISSIPATED_WORKS = tuple(float(d) for d in np.geomspace(0.1, 30, 13))
"""In k_B T."""
RUNS_PER_SAMPLE = 100
POINTS_OF_CURVES = 201
TEMPERATURES = tuple(2**k for k in range(11))
MACHINE = {"n_visible": 400, "n_hidden": 20, "weight_std": 0.25, "bias_std": 0.5}


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkSamples:
    """Works of one system, each spent in its own direction, in units of k_B T, shape (n_runs,)."""

    name: str
    system: SolvableSystem
    forward: Array
    reverse: Array


@dataclass(frozen=True, kw_only=True)
class Dissipation:
    """Errors of estimates against the mean dissipated work.

    Attributes
    ----------
    sampled
        At some mean dissipated works.
    dissipated_works
        Where errors of leading order are told, in k_B T.
    exponential, acceptance
        Those errors, for as many runs.
    """

    sampled: tuple[EstimatorErrors, ...]
    dissipated_works: tuple[float, ...]
    exponential: tuple[LeadingErrors, ...]
    acceptance: tuple[LeadingErrors, ...]


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """log Z of a machine from so many temperatures, and its exact value."""

    n_temperatures: int
    found: BracketedLogPartition
    exact: float


def histogram_experiment(
    scale: str = "default", *, seed: int = 0, progress: Progress | None = None
) -> tuple[WorkSamples, ...]:
    """Works of a dragged and of a stiffened oscillator in both directions.

    Parameters
    ----------
    scale
        ``quick``, ``default`` or ``full``.
    seed
        Of all random numbers.
    progress
        Called with the systems done and their number.
    """
    n, rng, found = _size(N_RUNS, scale), np.random.default_rng(seed), []
    for done, (name, system) in enumerate(DRIVEN.items(), start=1):
        forward, reverse = system.sampled_work(n, rng), system.sampled_work(n, rng, direction="reverse")
        found.append(WorkSamples(name=name, system=system, forward=forward, reverse=reverse))
        if progress is not None:
            progress(done, len(DRIVEN))
    return tuple(found)


def dissipation_experiment(scale: str = "default", *, seed: int = 0, progress: Progress | None = None) -> Dissipation:
    """Errors of free energies from a hundred runs of a dragged oscillator, farther and farther from equilibrium.

    Parameters
    ----------
    scale
        ``quick``, ``default`` or ``full``.
    seed
        Of all random numbers.
    progress
        Called with the mean dissipated works done and their number.
    """
    repetitions, found = _size(N_REPETITIONS, scale), []
    generators = np.random.default_rng(seed).spawn(len(DISSIPATED_WORKS))
    for done, (dissipated, rng) in enumerate(zip(DISSIPATED_WORKS, generators, strict=True), start=1):
        system = dragged(dissipated)
        found.append(estimator_errors(system, n_samples=RUNS_PER_SAMPLE, n_repetitions=repetitions, rng=rng))
        if progress is not None:
            progress(done, len(DISSIPATED_WORKS))
    works = tuple(float(d) for d in np.geomspace(DISSIPATED_WORKS[0], DISSIPATED_WORKS[-1], POINTS_OF_CURVES))
    systems = [dragged(dissipated) for dissipated in works]
    return Dissipation(
        sampled=tuple(found),
        dissipated_works=works,
        exponential=tuple(leading_exponential_errors(system, RUNS_PER_SAMPLE) for system in systems),
        acceptance=tuple(leading_acceptance_errors(system, RUNS_PER_SAMPLE // 2) for system in systems),
    )


def dragged(dissipated_work: float) -> DraggedOscillator:
    """A trap dragged in ten steps as far as costs so much mean work, in k_B T: it grows as the square of the way."""
    way = {"stiffness": 1.0, "schedule": 10, "retained": 0.5}
    unit = DraggedOscillator(distance=1.0, **way).work_mean
    return DraggedOscillator(distance=float(np.sqrt(dissipated_work / unit)), **way)


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
