"""log Z of a restricted Boltzmann machine: exact where a layer is small, estimated otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from numerics.networks.boltzmann import RestrictedBoltzmannMachine

Progress = Callable[[int, int, str], None]
Method = Literal["auto", "exact", "annealing"]
MOST_STATES_AT_ONCE = 20
"""Units of the smaller layer up to which the sum is taken without being asked for: a second or so."""


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
    machine: RestrictedBoltzmannMachine,
    *,
    method: Method = "auto",
    rng: np.random.Generator | None = None,
    n_chains: int = 1000,
    n_temperatures: int = 1000,
    n_threads: int = 1,
    progress: Progress | None = None,
) -> LogPartition:
    """log of the sum of exp(-E) over all states of a machine.

    Parameters
    ----------
    machine
        With units 0 and 1, or spins.
    method
        "exact" sums over the states of the smaller layer, of at most 25 units; "annealing" estimates; "auto" sums
        up to 20 units.
    rng
        Source of randomness, needed for "annealing".
    n_chains, n_temperatures
        Chains in each direction, and steps between independent units and the machine.
    n_threads
        Parts of the work that run at once.
    progress
        Called with parts done, parts in all, and what they are.

    Raises
    ------
    ValueError
        If the smaller layer is too large to sum over, or there is no generator where one is needed.

    Examples
    --------
    >>> import numpy as np
    >>> from numerics.networks import RestrictedBoltzmannMachine
    >>> machine = RestrictedBoltzmannMachine(np.zeros((4, 3)), np.zeros(4), np.zeros(3))
    >>> found = log_partition(machine)
    >>> round(found.log_partition / float(np.log(2)), 12), found.standard_error
    (7.0, 0.0)
    """
    smaller = min(machine.n_visible, machine.n_hidden)
    if method == "exact" or (method == "auto" and smaller <= MOST_STATES_AT_ONCE):
        from numerics.free_energies.enumerated_machine import enumerated_log_partition

        value = enumerated_log_partition(machine, n_threads=n_threads, progress=progress)
        return LogPartition(log_partition=value, standard_error=0.0, method=f"sum over 2^{smaller} states")
    if method not in ("auto", "annealing"):
        raise ValueError(f"expected method as auto, exact or annealing; found {method!r}")
    if rng is None:
        raise ValueError(
            f"expected a generator for {smaller} units in the smaller layer: pass rng=numpy.random.default_rng(0)"
        )
    from numerics.free_energies.annealed_machine import annealed_log_partition

    found = annealed_log_partition(
        machine, rng=rng, n_chains=n_chains, n_temperatures=n_temperatures, n_threads=n_threads, progress=progress
    )
    return LogPartition(
        log_partition=found.log_partition,
        standard_error=found.standard_error,
        method=f"annealed importance sampling, {n_chains} chains each way, {n_temperatures} steps, acceptance ratio",
        lower=found.lower,
        upper=found.upper,
        warnings=found.warnings,
    )
