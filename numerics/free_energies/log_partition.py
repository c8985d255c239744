"""log Z of a Boltzmann machine: exact where it is small, estimated otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from numerics.free_energies import enumerated_couplings, enumerated_machine
from numerics.networks.boltzmann import RestrictedBoltzmannMachine
from numerics.networks.free_units import without_free_units
from numerics.networks.fully_connected import BoltzmannMachine
from numerics.networks.hopfield import HopfieldNetwork
from numerics.networks.machine_files import Machine
from numerics.unit_store import UnitStore

Progress = Callable[[int, int, str], None]
Method = Literal["auto", "exact", "annealing"]
MOST_FACTORS = 3e10
"""Of all terms of a sum that is taken without being asked for: some ten seconds of a core at most."""


@dataclass(frozen=True, kw_only=True)
class LogPartition:
    """log Z, at temperature 1.

    Attributes
    ----------
    log_partition : float
        Natural logarithm.
    standard_error : float
        Zero where every state was summed.
    method : str
        How it was obtained.
    lower, upper : float or None
        Bounds in expectation from forward and reverse chains.
    warnings : tuple of str
        What speaks against the error bar.
    """

    log_partition: float
    standard_error: float
    method: str
    lower: float | None = None
    upper: float | None = None
    warnings: tuple[str, ...] = ()

    @property
    def reliable(self) -> bool:
        """Whether nothing speaks against the error bar."""
        return not self.warnings


def log_partition(
    machine: Machine,
    *,
    method: Method = "auto",
    rng: np.random.Generator | None = None,
    n_chains: int = 1000,
    n_temperatures: int = 1000,
    n_threads: int = 1,
    store: UnitStore | None = None,
    progress: Progress | None = None,
) -> LogPartition:
    """log of the sum of exp(-E) over all states of a machine.

    Parameters
    ----------
    machine
        Restricted, fully connected, or a Hopfield network; with units 0 and 1, or spins.
    method
        "exact" sums over the states of the smaller layer, of at most 25 units, or over all of at most 30 units that
        couple to each other; "annealing" estimates; "auto" sums where that takes seconds. Where either is
        too much, units that couple to no other are left out, and counted by formula.
    rng
        Source of randomness, needed for "annealing".
    n_chains, n_temperatures
        Chains in each direction, and steps between independent units and the machine.
    n_threads
        Parts of the work that run at once.
    store
        Where finished batches of chains are put, and found again by the same call after it was stopped.
    progress
        Called with parts done, parts in all, and what they are.

    Raises
    ------
    ValueError
        If there are too many states to sum over, or there is no generator where one is needed.

    Examples
    --------
    >>> import numpy as np
    >>> from numerics.networks import RestrictedBoltzmannMachine
    >>> machine = RestrictedBoltzmannMachine(np.zeros((4, 3)), np.zeros(4), np.zeros(3))
    >>> found = log_partition(machine)
    >>> round(found.log_partition / float(np.log(2)), 12), found.standard_error
    (7.0, 0.0)
    """
    if isinstance(machine, HopfieldNetwork):
        machine = machine.boltzmann_machine()
    free = 0.0
    if method != "annealing" and not is_summed(machine, "auto"):
        coupled, free = without_free_units(machine)
        if coupled is None:
            return LogPartition(log_partition=free, standard_error=0.0, method="product over units without couplings")
        machine = coupled
    if is_summed(machine, method):
        if isinstance(machine, BoltzmannMachine):
            value = enumerated_couplings.enumerated_couplings(machine, n_threads=n_threads, progress=progress)
        else:
            value = enumerated_machine.enumerated_log_partition(machine, n_threads=n_threads, progress=progress)
        value += free
        return LogPartition(log_partition=value, standard_error=0.0, method=f"sum over 2^{_summed(machine)} states")
    if rng is None:
        raise ValueError(
            f"expected a generator for 2^{_summed(machine)} states: pass rng=numpy.random.default_rng(0), or sum with "
            "method='exact' if they are not too many"
        )
    from numerics.free_energies.annealed_machine import annealed_log_partition

    found = annealed_log_partition(
        machine,
        rng=rng,
        n_chains=n_chains,
        n_temperatures=n_temperatures,
        n_threads=n_threads,
        store=store,
        progress=progress,
    )
    return LogPartition(
        log_partition=found.log_partition + free,
        standard_error=found.standard_error,
        method=f"annealed importance sampling, {n_chains} chains each way, {n_temperatures} steps, acceptance ratio",
        lower=found.lower + free,
        upper=found.upper + free,
        warnings=found.warnings,
    )


def is_summed(machine: Machine, method: Method) -> bool:
    """Whether `log_partition` sums over all states.

    Raises
    ------
    ValueError
        If there is no such method.
    """
    if method not in ("auto", "exact", "annealing"):
        raise ValueError(f"expected method as auto, exact or annealing; found {method!r}")
    if isinstance(machine, RestrictedBoltzmannMachine):
        most, factors = enumerated_machine.MOST_UNITS, 2 ** _summed(machine) * max(machine.n_visible, machine.n_hidden)
    else:
        most, factors = enumerated_couplings.MOST_UNITS, 2 ** _summed(machine)
    return method == "exact" or (method == "auto" and _summed(machine) <= most and factors <= MOST_FACTORS)


def _summed(machine: Machine) -> int:
    """Units whose states a sum goes through."""
    if isinstance(machine, RestrictedBoltzmannMachine):
        return min(machine.n_visible, machine.n_hidden)
    return machine.n_units
