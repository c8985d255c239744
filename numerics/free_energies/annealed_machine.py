"""log Z of a Boltzmann machine by annealed importance sampling, from below and from above."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from scipy.special import logit, softmax

from numerics.free_energies.acceptance_ratio import bennett_acceptance_ratio
from numerics.free_energies.annealing_path import AnnealingPath, BinaryMachine, Bits, path_to
from numerics.free_energies.annealing_run import AnnealingRun, Progress, Tell
from numerics.free_energies.bracketed_partition import BracketedLogPartition
from numerics.free_energies.descent import error_of_families
from numerics.free_energies.exponential_average import jarzynski
from numerics.free_energies.mixing import mixing_p_value
from numerics.free_energies.works import rounding_warnings
from numerics.networks.fully_connected import BoltzmannMachine
from numerics.unit_store import Arrays, UnitStore

VERSION = 3
"""Of the numbers that a seed gives; a stored batch of another version is not taken."""
BATCH = 125
"""Chains that run together: enough for fast products, few enough for many cores and for short units of a run."""
PART = 100
"""Steps after which a batch tells of progress, and ends if the run was stopped."""
PILOT_CHAINS = 200
PILOT_STEPS = 100
LEAST_MEAN = 0.01
"""Of a unit of the base law, so that no state is too rare in it."""
SLOWEST = 0.1
"""The least speed of the schedule, over its mean."""


def annealed_log_partition(
    machine: BinaryMachine,
    *,
    rng: np.random.Generator,
    n_chains: int = 1000,
    n_temperatures: int = 1000,
    n_threads: int = 1,
    store: UnitStore | None = None,
    progress: Progress | None = None,
) -> BracketedLogPartition:
    """log Z from forward chains, which start from independent units, and from reverse ones.

    The independent units have the means that a pilot run of the machine finds; the steps are equally long in the spread
    of the work that pilot chains spend. Reverse chains start from the final states of forward ones, drawn by weight
    and moved a hundred times more. They know of no state that no forward chain has come to; further chains, from random
    states at the machine's own temperature, are to find the same works and the
    same units at 1.

    Parameters
    ----------
    machine
        Of a restricted one the smaller layer is summed over, whichever it is.
    rng
        Source of randomness: two numbers are drawn as the seed of all.
    n_chains
        In each direction.
    n_temperatures
        Steps of the schedule.
    n_threads
        Batches of chains that run at once. The result does not depend on it.
    store
        Finished batches are put there at once; a run of the same machine, seed and size takes them from there, and
        ends with the same bits.
    progress
        Called with parts of batches done, their number, and what they are.

    Raises
    ------
    ValueError
        If there are fewer than two chains, or no step.
    """
    if n_chains < 2 or n_temperatures < 1:
        raise ValueError(f"expected at least 2 chains and 1 step; found {n_chains} chains and {n_temperatures} steps")
    binary, shift = machine.with_binary_units()
    if not isinstance(binary, BoltzmannMachine) and binary.n_hidden > binary.n_visible:
        binary = binary.transposed()
    seed = tuple(int(word) for word in rng.integers(2**63, size=2))
    key = {"log_partition": VERSION, "machine": _digest(binary), "chains": n_chains, "steps": n_temperatures}
    sizes = [len(part) for part in np.array_split(np.arange(n_chains), -(-n_chains // BATCH))]
    n, tells = len(sizes), -(-n_temperatures // PART)
    run = AnnealingRun(
        {**key, "seed": [str(word) for word in seed]},
        seed,
        n_threads=n_threads,
        total=1 + (2 * n + 1) * tells,
        store=store,
        progress=progress,
    )
    (pilot,) = run.units({0: partial(_pilot, binary, n_temperatures)}, "pilot chains", tells=1)
    path, schedule = path_to(binary, pilot["bias"]), [float(lam) for lam in pilot["schedule"]]

    ahead = {1 + k: partial(_ahead, path, schedule, size) for k, size in enumerate(sizes)}
    parts = run.units(ahead, "forward chains", tells=tells)
    forward = np.concatenate([part["work"] for part in parts])
    final = np.concatenate([_unpacked(part["states"], path.n_units) for part in parts])
    chosen = np.random.default_rng((*seed, 1 + n)).choice(n_chains, n_chains, p=softmax(-forward))
    starts = np.split(final[chosen], np.cumsum(sizes)[:-1])
    back = {2 + n + k: partial(_back, path, schedule[::-1], states) for k, states in enumerate(starts)}
    back[2 + 2 * n] = partial(_back, path, schedule[::-1], None)
    *parts, probes = run.units(back, "reverse chains", tells=tells)
    reverse, ones = np.concatenate([part["work"] for part in parts]), np.sum([part["ones"] for part in parts], axis=0)

    base = path.base_log_partition - shift
    both = bennett_acceptance_ratio(forward, reverse)
    # Reverse runs that remember their start share the errors of the forward runs that they come from.
    error = error_of_families(forward, reverse, chosen, both.free_energy_difference)
    both = replace(both, standard_error=error, warnings=(*both.warnings, *_coarse(binary, forward, error)))
    return BracketedLogPartition(
        log_partition=base + both.log_ratio,
        standard_error=both.standard_error,
        lower=base - float(np.mean(forward)),
        upper=base + float(np.mean(reverse)),
        combined=both,
        forward=jarzynski(forward),
        reverse=jarzynski(reverse),
        base_log_partition=base,
        mixing_p_value=mixing_p_value(probes["work"], reverse, probes["ones"], ones),
        schedule=tuple(schedule),
    )


def _coarse(machine: BinaryMachine, works: Any, error: float) -> list[str]:
    """Whether works are too large for fields in single precision."""
    if isinstance(machine, BoltzmannMachine):
        return []
    with np.errstate(over="ignore"):
        largest = np.float32(np.max(np.abs(works)))
    return rounding_warnings(float(np.spacing(largest)), error, "fields in single precision")


def _pilot(machine: BinaryMachine, n_steps: int, rng: np.random.Generator, tell: Tell) -> Arrays:
    """Biases of independent units whose means are those that the machine's chains come to, and a schedule."""
    states = _random_states(path_to(machine), rng)
    means = np.clip(states.mean(axis=0, dtype=np.float64), LEAST_MEAN, 1 - LEAST_MEAN)
    bias = logit(means)
    schedule = _schedule(path_to(machine, bias), n_steps, rng)
    tell()
    return {"bias": bias, "schedule": schedule}


def _ahead(path: AnnealingPath, schedule: list[float], size: int, rng: np.random.Generator, tell: Tell) -> Arrays:
    work, states = _followed(path, path.base_states(size, rng), schedule, rng, tell)
    return {"work": work, "states": np.packbits(states, axis=1)}


def _back(
    path: AnnealingPath, schedule: list[float], states: Bits | None, rng: np.random.Generator, tell: Tell
) -> Arrays:
    """Works of chains from states that are moved some more, and how many have each unit at 1 then.

    Without states they start from random ones.
    """
    start = _random_states(path, rng) if states is None else path.moved(states, 1.0, PILOT_STEPS, rng)
    work, _ = _followed(path, start, schedule, rng, tell)
    return {"work": work, "ones": np.sum(start, axis=0, dtype=np.int64)}


def _followed(
    path: AnnealingPath, states: Bits, schedule: list[float], rng: np.random.Generator, tell: Tell
) -> tuple[Any, Bits]:
    total = np.zeros(len(states))
    for first in range(0, len(schedule) - 1, PART):
        works, states = path.works(states, schedule[first : first + PART + 1], rng)
        total += works.sum(axis=0)
        tell()
    return total, states


def _random_states(path: AnnealingPath, rng: np.random.Generator) -> Bits:
    """States of chains that start from fair coins and only know the machine."""
    coins = rng.integers(2, size=(PILOT_CHAINS, path.n_units), dtype=np.uint8)
    return path.moved(coins, 1.0, PILOT_STEPS, rng)


def _schedule(path: AnnealingPath, n_steps: int, rng: np.random.Generator) -> Any:
    """Steps in which the work of pilot chains is equally spread, as numbers of single precision."""
    grid = np.linspace(0, 1, PILOT_STEPS + 1)
    works, _ = path.works(path.base_states(PILOT_CHAINS, rng), grid.tolist(), rng)
    spread = works.std(axis=1)
    lengths = np.cumsum(np.maximum(spread, SLOWEST * spread.mean() + np.finfo(float).tiny))
    values = np.interp(np.linspace(0, lengths[-1], n_steps + 1), np.concatenate([[0.0], lengths]), grid)
    values[0], values[-1] = 0.0, 1.0
    return values.astype(np.float32).astype(float)


def _unpacked(packed: Any, n_units: int) -> Bits:
    return np.unpackbits(packed, axis=1, count=n_units)


def _digest(machine: BinaryMachine) -> str:
    """Of all that the energies depend on."""
    arrays = (
        (machine.couplings, machine.bias)
        if isinstance(machine, BoltzmannMachine)
        else (machine.weights, machine.visible_bias, machine.hidden_bias)
    )
    digest = hashlib.sha256(repr([array.shape for array in arrays]).encode())
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
