"""Annealed importance sampling: free energies from chains that follow a path of energies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.free_energies.estimate import FreeEnergyEstimate
from numerics.free_energies.exponential_average import jarzynski
from numerics.free_energies.works import rounding_warnings

EnergyPath = Callable[[float, Any], Any]
Kernel = Callable[[Any, float, np.random.Generator], Any]
Initial = ArrayLike | Callable[[int, np.random.Generator], Any]
Progress = Callable[[int, int, str], None]
METHOD = "annealed importance sampling (Neal 2001, Stat. Comput. 11, 125)"


def annealed_importance_sampling(
    energy_path: EnergyPath,
    kernel: Kernel,
    *,
    n_chains: int,
    schedule: int | ArrayLike,
    rng: np.random.Generator,
    initial: Initial,
    progress: Progress | None = None,
) -> FreeEnergyEstimate:
    """log(Z_1 / Z_0) from independent chains, whatever the mixing of the kernel.

    Bahri et al. (2020), equation 16: in each step the energy changes at fixed state, which is work, then the state
    moves at the new energy, which is heat. Only the start has to be in equilibrium.

    Parameters
    ----------
    energy_path
        ``energy_path(lam, x)``: the energies of states x in units of k_B T, shape (n_chains,), at 0 <= lam <= 1.
    kernel
        ``kernel(x, lam, rng)``: the next states; it leaves exp(-energy_path(lam, x)) invariant, and may change x
        in place.
    n_chains
        Number of chains.
    schedule
        Values of lam from 0 to 1, increasing; or how many equal steps. See `adaptive_schedule`.
    rng
        Source of randomness.
    initial
        Independent states from equilibrium at lam = 0, the first axis of length n_chains; or what draws them,
        ``initial(n_chains, rng)``.
    progress
        Called with steps done, steps in all, and a word.

    Returns
    -------
    FreeEnergyEstimate
        exp(``log_ratio``) is unbiased for any kernel and schedule; ``warnings`` say where its error bar fails.

    Raises
    ------
    ValueError, TypeError
        If an argument has no such meaning, an energy is NaN, or a state has infinite energy where its chain runs.

    Examples
    --------
    >>> import math
    >>> import numpy as np
    >>> def energy(lam, x):
    ...     return (1 + 3 * lam) * x**2 / 2
    >>> def heat_bath(x, lam, rng):
    ...     return rng.normal(size=x.shape) / np.sqrt(1 + 3 * lam)
    >>> rng = np.random.default_rng(0)
    >>> start = rng.normal(size=2000)
    >>> found = annealed_importance_sampling(energy, heat_bath, n_chains=2000, schedule=20, rng=rng, initial=start)
    >>> abs(found.log_ratio + math.log(2)) < 4 * found.standard_error, found.reliable
    (True, True)
    """
    lams, states = checked_schedule(schedule), initial_states(initial, n_chains, rng)
    refuse_changed_states(energy_path, states)
    work, rounding = np.zeros(n_chains), Rounding()
    for done, (before, after) in enumerate(pairwise(lams), start=1):
        work += step_work(energy_path, states, before, after, alive=np.isfinite(work), rounding=rounding)
        if after < lams[-1]:
            states = moved(kernel, states, after, rng)
        if progress is not None:
            progress(done, len(lams) - 1, "annealing")
    found = jarzynski(work)
    coarse = rounding_warnings(rounding.of_sums(len(lams) - 1), found.standard_error, "energies")
    return replace(found, warnings=(*found.warnings, *coarse), method=METHOD)


@dataclass
class Rounding:
    """The coarsest rounding of the energies seen, in units of k_B T, as their own precision has it."""

    largest: float = 0.0

    def see(self, energies: Any) -> None:
        """Take note of energies in the precision they came in."""
        finite = np.abs(energies[np.isfinite(energies)])
        if finite.size and energies.dtype.kind == "f":
            self.largest = max(self.largest, float(np.spacing(finite.max())))

    def of_sums(self, n_steps: int) -> float:
        """Of the work of so many steps, whose roundings are independent."""
        return self.largest * float(np.sqrt(n_steps))


def step_work(
    energy_path: EnergyPath, states: Any, before: float, after: float, *, alive: Any, rounding: Rounding | None = None
) -> NDArray[np.float64]:
    """The change of energy at fixed states, shape (n_chains,); infinite for chains that have come to an end."""
    old, new = (_energies(energy_path, lam, states, rounding) for lam in (before, after))
    lost, endless = alive & ~np.isfinite(old), alive & (new == -np.inf)
    if lost.any() or endless.any():
        lam, count = (before, np.count_nonzero(lost)) if lost.any() else (after, np.count_nonzero(endless))
        raise ValueError(
            f"expected states of finite energy where chains run; found {count} of {states.shape[0]} without at "
            f"lam = {lam:.6g}: the start and the kernel keep to states that exp(-energy_path(lam, x)) allows"
        )
    with np.errstate(over="ignore"):
        return np.where(alive, new, np.inf) - np.where(alive, old, 0.0)


def refuse_changed_states(energy_path: EnergyPath, states: Any) -> None:
    """Energies are asked for twice at the same states: they have to be the same afterwards.

    Raises
    ------
    ValueError
        If they are not.
    """
    kept = states.copy()
    _energies(energy_path, 0.0, states)
    if not np.array_equal(kept, states):
        raise ValueError(
            "expected energy_path to leave the states as they are; found them changed in place: let it compute with "
            "a copy"
        )


def moved(kernel: Kernel, states: Any, lam: float, rng: np.random.Generator) -> Any:
    """The states after one application of the kernel."""
    following = _plain(kernel(states, lam, rng), "kernel to return states")
    if following.shape != states.shape:
        raise ValueError(
            f"expected the kernel to return states of shape {states.shape}; found {following.shape} at lam = {lam:.6g}"
        )
    return following


def checked_schedule(schedule: Any) -> list[float]:
    """Increasing values from 0 to 1, from themselves or from how many equal steps lie between.

    Raises
    ------
    ValueError, TypeError
        If it is neither.
    """
    if isinstance(schedule, bool):
        raise TypeError(f"expected a number of steps, or values from 0 to 1, as schedule; found {schedule!r}")
    if isinstance(schedule, int | np.integer):
        if schedule < 1:
            raise ValueError(f"expected at least one step as schedule; found {schedule}")
        return [step / int(schedule) for step in range(int(schedule) + 1)]
    values = np.asarray(schedule)
    if values.size and values.dtype.kind not in "fiu":
        raise TypeError(f"expected a number of steps, or values from 0 to 1, as schedule; found dtype {values.dtype}")
    values = values.astype(float)
    if values.ndim != 1 or values.size < 2 or not (values[0] == 0 and values[-1] == 1 and np.all(np.diff(values) > 0)):
        raise ValueError(
            "expected as schedule a number of steps, or values that increase from 0 to 1; found "
            f"{np.array2string(values, threshold=6)}"
        )
    return [float(v) for v in values]


def initial_states(initial: Initial, n_chains: int, rng: np.random.Generator) -> Any:
    """The states to start from, a copy; the first axis of length ``n_chains``.

    Raises
    ------
    ValueError, TypeError
        If they are not so many, or there is no generator.
    """
    if isinstance(n_chains, bool) or not isinstance(n_chains, int | np.integer):
        raise TypeError(f"expected n_chains as an integer; found {n_chains!r}")
    if n_chains < 1:
        raise ValueError(f"expected at least one chain; found n_chains = {n_chains}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"expected rng as a numpy.random.Generator; found {type(rng).__name__}")
    states = _plain(initial(int(n_chains), rng) if callable(initial) else initial, "initial states").copy()
    if states.ndim == 0 or states.shape[0] != n_chains:
        raise ValueError(
            f"expected initial states for {n_chains} chains along the first axis; found shape {states.shape}"
        )
    return states


def _plain(values: Any, name: str) -> Any:
    """An array of real numbers."""
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        raise ValueError(f"expected {name} without masked entries; found {np.ma.count_masked(values)}")
    array = np.asarray(values)
    if array.dtype.kind not in "fiub" and array.ndim:
        raise TypeError(f"expected {name} as real numbers; found dtype {array.dtype}")
    return array


def _energies(
    energy_path: EnergyPath, lam: float, states: Any, rounding: Rounding | None = None
) -> NDArray[np.float64]:
    energies = _plain(energy_path(lam, states), "energy_path to return energies")
    if energies.shape != states.shape[:1]:
        raise ValueError(
            f"expected energy_path to return shape {states.shape[:1]}, one energy a chain; found {energies.shape} at "
            f"lam = {lam:.6g}"
        )
    if np.isnan(energies).any():
        raise ValueError(
            f"expected energies as numbers; found {np.count_nonzero(np.isnan(energies))} NaN at lam = {lam:.6g}"
        )
    if rounding is not None:
        rounding.see(energies)
    return energies.astype(np.float64)
