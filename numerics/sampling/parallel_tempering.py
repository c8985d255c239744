"""Parallel tempering of Ising spins with arbitrary couplings and fields."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from numerics.ising.arguments import checked_field, checked_temperature
from numerics.ising.bonds import checked_bonds
from numerics.lowering.c.toolchain import CompilerMissingError, compiler
from numerics.orientation import Orientation
from numerics.sampling.chain import Chain, Sums, System, new_chain, new_sums
from numerics.sampling.compiled_sweeps import sweep as compiled_sweep
from numerics.sampling.plain_sweeps import sweep as plain_sweep
from numerics.sampling.record import TemperedSamples

Backend = Literal["c", "numpy"]
Progress = Callable[[int, int, str], None]
SWEEPS = {"c": compiled_sweep, "numpy": plain_sweep}


def parallel_tempering(
    bond_matrix: Any,
    *,
    temperatures: Sequence[float],
    rng: Generator,
    field: ArrayLike = 0.0,
    n_sweeps: int = 2000,
    n_burn_in: int | None = None,
    n_chains: int = 4,
    n_batches: int = 16,
    pairs: ArrayLike | None = None,
    backend: Backend = "c",
    orientation: Orientation | None = None,
    progress: Progress | None = None,
) -> TemperedSamples:
    """Sample spins with energy -sum_{i<j} J_ij s_i s_j - sum_i h_i s_i at several temperatures at once.

    Every sweep sets each spin from its local field (heat bath), in order, at every temperature; then neighboring
    temperatures exchange configurations, and all is measured.

    Parameters
    ----------
    bond_matrix, field, orientation
        As in `numerics.tap_solution`.
    temperatures
        Positive, in the units of the couplings, rising or falling; one is enough where spins move freely.
    rng
        Its numbers fix the run: the same with either backend.
    n_sweeps
        Measured sweeps of each chain, a multiple of the batches.
    n_burn_in
        Sweeps before them; left out, half as many.
    n_chains
        Independent ones; every other one starts along the fields instead of at random.
    n_batches
        Of each chain, at least two. Error bars are those of independent batches.
    pairs
        Pairs of spins whose products are measured, shape (n_pairs, 2).
    backend
        "c", or "numpy", some hundred times slower. Without a compiler there is a warning, and NumPy is used.
    progress
        Called with (done, total, message) after each batch.

    Raises
    ------
    ValueError, TypeError
        Arguments that are none; the message says what was expected.

    Examples
    --------
    >>> import numpy as np
    >>> bonds = [[0.0, 1.0], [1.0, 0.0]]
    >>> found = parallel_tempering(bonds, temperatures=[2.0], rng=np.random.default_rng(0), n_sweeps=16000)
    >>> bool(abs(found.energies[0] + np.tanh(0.5)) < 5 * found.energy_errors[0])
    True
    """
    bonds = checked_bonds(bond_matrix, orientation=orientation)
    system = System(
        bonds=bonds,
        field=checked_field(field, bonds.n_spins),
        betas=1 / _checked_temperatures(temperatures),
        pairs=_checked_pairs(pairs, bonds.n_spins),
    )
    n_chains, n_batches = _whole(n_chains, "n_chains", 1), _whole(n_batches, "n_batches", 2)
    length, rest = divmod(_whole(n_sweeps, "n_sweeps", 1), n_batches)
    if rest:
        raise ValueError(f"expected a number of sweeps that {n_batches} batches share; found {n_sweeps}")
    burn_in = n_sweeps // 2 if n_burn_in is None else _whole(n_burn_in, "n_burn_in", 0)
    chosen = _usable(backend)
    batches: list[list[Sums]] = []
    round_trips = 0
    for number, stream in enumerate(rng.spawn(n_chains)):
        chain, journal = new_chain(system, stream, aligned=number % 2 == 1), _Journal(len(system.betas))
        SWEEPS[chosen](system, chain, burn_in, new_sums(system))
        batches.append([])
        for batch in range(n_batches):
            batches[-1].append(new_sums(system))
            SWEEPS[chosen](system, chain, length, batches[-1][-1])
            journal.note(chain)
            if progress is not None:
                progress(number * n_batches + batch + 1, n_chains * n_batches, f"chain {number + 1} of {n_chains}")
        round_trips += journal.round_trips
    return _record(system, batches, length, round_trips, chosen)


def _record(system: System, batches: list[list[Sums]], length: int, round_trips: int, backend: str) -> TemperedSamples:
    def means(name: str) -> Any:
        return np.array([[getattr(sums, name) for sums in chain] for chain in batches]) / length

    return TemperedSamples(
        temperatures=1 / system.betas,
        magnetization_batches=means("spins"),
        pair_batches=means("pairs"),
        energy_batches=means("energies"),
        squared_energy_batches=means("squared_energies"),
        pairs=system.pairs,
        batch_length=length,
        # Each pair of neighbors has its turn in every other sweep.
        exchange_rates=2 * means("exchanges").mean(axis=(0, 1)),
        round_trips=round_trips,
        backend=backend,
    )


class _Journal:
    """Which configurations have been at the last temperature since they were at the first."""

    def __init__(self, n_temperatures: int) -> None:
        self._was_last = np.zeros(n_temperatures, dtype=bool)
        self.round_trips = 0

    def note(self, chain: Chain) -> None:
        if len(chain.labels) < 2:
            return
        first, last = chain.labels[0], chain.labels[-1]
        self.round_trips += int(self._was_last[first])
        self._was_last[first], self._was_last[last] = False, True


def _usable(backend: str) -> Backend:
    if backend not in SWEEPS:
        raise ValueError(f"expected the backend 'c' or 'numpy'; found {backend!r}")
    if backend == "numpy":
        return "numpy"
    try:
        compiler()
    except CompilerMissingError as error:
        warnings.warn(f"sampling in NumPy, some hundred times slower: {error}", RuntimeWarning, stacklevel=3)
        return "numpy"
    return "c"


def _checked_temperatures(temperatures: Any) -> Any:
    if np.ndim(temperatures) != 1 or np.size(temperatures) == 0:
        raise ValueError(f"expected a list of temperatures; found {temperatures!r}: use [T] for one")
    values = np.array([checked_temperature(float(t)) for t in temperatures])
    steps = np.diff(values)
    if not (np.all(steps > 0) or np.all(steps < 0)):
        raise ValueError(
            f"expected temperatures that rise or fall, for neighbors exchange spins; found {temperatures!r}"
        )
    return values


def _checked_pairs(pairs: Any, n_spins: int) -> Any:
    if pairs is None:
        return np.zeros((0, 2), dtype=np.int32)
    found = np.asarray(pairs)
    if found.ndim != 2 or found.shape[1] != 2 or found.dtype.kind not in "iu":
        raise ValueError(f"expected pairs of spins, integers of shape (n_pairs, 2); found shape {found.shape}")
    if np.any((found < 0) | (found >= n_spins)):
        raise ValueError(f"expected spins from 0 to {n_spins - 1} in the pairs; found {found.min()} to {found.max()}")
    return np.ascontiguousarray(found, dtype=np.int32)


def _whole(value: Any, name: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"expected {name} to be an integer of at least {least}; found {value!r}")
    return int(value)
