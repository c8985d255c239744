"""Ising spins on a rectangular lattice whose coupling and field are driven."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.solvable.bond_census import census
from numerics.solvable.discrete_law import DiscreteWorkLaw, grid_law
from numerics.solvable.row_transfer import RowTransfer
from numerics.solvable.schedules import both_ends, values_of
from numerics.solvable.spin_sweeps import bond_sum, checkerboard_sweep, sequential_sweep
from numerics.solvable.step_units import step_units
from numerics.solvable.system import Direction, SolvableSystem, is_forward

Array = NDArray[np.float64]
Moves = Literal["checkerboard", "sequential", "equilibrium"]
MOVES: tuple[Moves, ...] = ("checkerboard", "sequential", "equilibrium")

_MOST_UNITS = 2000


@dataclass(frozen=True, kw_only=True, init=False)
class IsingSystem(SolvableSystem):
    """Reduced energy -K(lam) times neighboring spins - h(lam) times spins; K and h are linear in lam.

    Parameters
    ----------
    couplings, fields
        K and h at lam = 0 and at lam = 1, in units of k_B T.
    schedule
        Values of lam from 0 to 1, or how many equal steps lie between.
    moves
        After each step: a heat-bath sweep over both colors, "checkerboard", or over all sites, "sequential", the same
        forward and backward; or a new configuration from equilibrium, "equilibrium", which makes the law of the work
        known for any number of steps.

    Raises
    ------
    ValueError, TypeError
        If a number has no such meaning; for checkerboards on closed sides of odd length.
    """

    couplings: tuple[float, float]
    fields: tuple[float, float]
    lams: tuple[float, ...]
    moves: Moves

    def __init__(
        self, *, couplings: tuple[float, float], fields: tuple[float, float], schedule: int | ArrayLike, moves: Moves
    ) -> None:
        if moves not in MOVES:
            raise ValueError(f"expected moves among {', '.join(MOVES)}; found {moves!r}")
        object.__setattr__(self, "couplings", both_ends(couplings, "couplings"))
        object.__setattr__(self, "fields", both_ends(fields, "fields"))
        object.__setattr__(self, "lams", values_of(schedule))
        object.__setattr__(self, "moves", moves)
        _check_sides(self.sides, self.closed, colored=moves == "checkerboard")

    @property
    def schedule(self) -> tuple[float, ...]:
        """Values of lam, increasing from 0 to 1."""
        return self.lams

    @property
    @abstractmethod
    def sides(self) -> tuple[int, ...]:
        """Lengths of the sides of the lattice."""

    @property
    @abstractmethod
    def closed(self) -> tuple[bool, ...]:
        """Whether bonds join the ends of each side."""

    @abstractmethod
    def log_partition(self, lam: float) -> float:
        """log Z at lam, exact; lam may leave the range from 0 to 1."""

    @property
    def n_spins(self) -> int:
        """Number of spins."""
        return int(np.prod(self.sides))

    def coupling(self, lam: float) -> float:
        """K at lam."""
        return (1 - lam) * self.couplings[0] + lam * self.couplings[1]

    def field(self, lam: float) -> float:
        """The field h at lam."""
        return (1 - lam) * self.fields[0] + lam * self.fields[1]

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0 in units of k_B T."""
        return self.log_partition(0.0) - self.log_partition(1.0)

    def energy(self, lam: float, x: Any) -> Array:
        """Reduced energies of configurations x, shape (n_chains,); x has one axis more than the lattice."""
        spins = self._checked(x)
        total = spins.reshape(spins.shape[0], -1).sum(axis=1, dtype=np.int64)
        return -self.coupling(lam) * bond_sum(spins, self.closed) - self.field(lam) * total

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """The next configurations."""
        if self.moves == "equilibrium":
            return self.drawn(len(x), lam, rng)
        sweep = checkerboard_sweep if self.moves == "checkerboard" else sequential_sweep
        return sweep(self._checked(x), self.coupling(lam), self.field(lam), self.closed, rng)

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """Independent configurations from equilibrium at lam = 0, shape (n, *sides)."""
        return self.drawn(n, 0.0, rng)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        """The same at lam = 1."""
        return self.drawn(n, 1.0, rng)

    def drawn(self, n: int, lam: float, rng: np.random.Generator) -> NDArray[np.int8]:
        """Independent configurations from equilibrium at lam, shape (n, *sides).

        Spins without coupling are independent; others are drawn row by row, each given the one before it.

        Raises
        ------
        ValueError
            If the lattice is too wide for it.
        """
        if self.coupling(lam) == 0:
            with np.errstate(over="ignore"):
                up = 1 / (1 + np.exp(-2 * self.field(lam)))
            return np.where(rng.random((n, *self.sides)) < up, np.int8(1), np.int8(-1))
        found = self._rows(self.coupling(lam), self.field(lam)).drawn(n, rng)
        return (found if self._along == 0 else np.swapaxes(found, 1, 2)).reshape(n, *self.sides)

    def work_law(self, direction: Direction = "forward") -> DiscreteWorkLaw:
        """The law of the work of one step, or of any number of steps between configurations from equilibrium.

        Raises
        ------
        ValueError
            If sweeps leave the configurations out of equilibrium between the steps; if both coupling and field are
            driven; if the lattice is too large, or the steps have no common unit.
        """
        lams, sign = (self.schedule, 1) if is_forward(direction) else (self.schedule[::-1], -1)
        self._require_equilibrium(len(lams))
        of_bonds = self.couplings[0] != self.couplings[1]
        if of_bonds and self.fields[0] != self.fields[1]:
            raise ValueError(
                "expected either the coupling or the field driven, so that the work has few values; found couplings "
                f"{self.couplings} and fields {self.fields}: log_work_transform takes both"
            )
        kept = (0.0, self.fields[0]) if of_bonds else (self.couplings[0], 0.0)
        logs = census(self._rows(*kept), counted="broken bonds" if of_bonds else "spins down")
        most = logs.size - 1
        driven, (start, end) = (self.coupling, self.couplings) if of_bonds else (self.field, self.fields)
        units = np.abs(step_units(lams, most=_MOST_UNITS))
        total = np.zeros(1)
        for unit, lam in zip(units, lams, strict=False):
            weights = logs + driven(lam) * (most - 2 * np.arange(most + 1))
            total = _convolved(total, weights - np.logaddexp.reduce(weights), int(unit))
        change = sign * (end - start)
        return grid_law(-change * most, 2 * change / int(units.sum()), total)

    def log_work_transform(self, s: ArrayLike, direction: Direction = "forward") -> Any:
        """log <exp(-s W)> of the same works, as many as s, by partition functions: both parameters may be driven."""
        lams = self.schedule if is_forward(direction) else self.schedule[::-1]
        self._require_equilibrium(len(lams))
        tilts = np.asarray(s, dtype=float)
        total = np.zeros(tilts.shape)
        for before, after in pairwise(lams):
            ahead = [self.log_partition(before + tilt * (after - before)) for tilt in tilts.flat]
            total += np.reshape(ahead, tilts.shape) - self.log_partition(before)
        return total[()]

    def _require_equilibrium(self, n_values: int) -> None:
        if self.moves != "equilibrium" and n_values > 2:
            raise ValueError(
                f"expected one step, or moves='equilibrium', for a known law of the work; found {n_values - 1} steps "
                f"with {self.moves} sweeps: their works obey <exp(-W)> = Z_1 / Z_0 and Crooks' relation"
            )

    @property
    def _along(self) -> int:
        """The side along which rows follow one another, so that they are cheap.

        A ring of rows costs the square of the number of states of a row.
        """
        sides, closed = (*self.sides, 1)[:2], (*self.closed, False)[:2]
        return 0 if sides[1] * (1 + closed[0]) <= sides[0] * (1 + closed[1]) else 1

    def _rows(self, coupling: float, field: float) -> RowTransfer:
        """The lattice as rows."""
        sides, closed, along = (*self.sides, 1)[:2], (*self.closed, False)[:2], self._along
        return RowTransfer(
            width=sides[1 - along],
            n_rows=sides[along],
            closed_rows=closed[1 - along],
            closed=closed[along],
            coupling=coupling,
            field=field,
        )

    def _checked(self, x: Any) -> NDArray[np.int8]:
        spins = np.asarray(x)
        if spins.shape[1:] != self.sides:
            raise ValueError(
                f"expected configurations of shape (n_chains, {', '.join(map(str, self.sides))}); found {spins.shape}"
            )
        return spins.astype(np.int8, copy=False)


def _check_sides(sides: tuple[int, ...], closed: tuple[bool, ...], *, colored: bool) -> None:
    for length, ring in zip(sides, closed, strict=True):
        if isinstance(length, bool) or not isinstance(length, int | np.integer):
            raise TypeError(f"expected whole numbers of spins; found {length!r}")
        least = 2 if ring else 1
        if length < least:
            raise ValueError(
                f"expected at least {least} spins on {'a closed' if ring else 'an open'} side; found {length}"
            )
        if ring and colored and length % 2:
            raise ValueError(
                f"expected closed sides of even length for checkerboard sweeps; found {length}: on an odd ring "
                "neighbors share a color, take moves='sequential'"
            )


def _convolved(total: Array, logs: Array, unit: int) -> Array:
    """Log probabilities of a sum on a grid, with ``unit`` times the number whose log probabilities are added."""
    found = np.full(total.size + unit * (logs.size - 1), -np.inf)
    for count, log_probability in enumerate(logs):
        part = found[unit * count : unit * count + total.size]
        np.logaddexp(part, total + log_probability, out=part)
    return found
