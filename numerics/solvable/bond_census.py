"""How much weight the configurations of a lattice have at each number of broken bonds, or of spins that are down."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from numerics.solvable.row_transfer import RowTransfer

Array = NDArray[np.float64]
Counted = Literal["broken bonds", "spins down"]

MOST_WORK = 4e8
"""Numbers that are added, in all; a second each hundred million."""


def census(rows: RowTransfer, *, counted: Counted) -> Array:
    """Log of the weights summed over all configurations with 0, 1, ... of what is counted.

    Parameters
    ----------
    rows
        The lattice with the weights that stay: its coupling is 0 where bonds are counted, its field where spins are.
    counted
        "broken bonds", between spins that differ, or "spins down".

    Raises
    ------
    ValueError
        If the lattice is too large.
    """
    of_bonds = counted == "broken bonds"
    within = _broken_within(rows) if of_bonds else (rows.spins < 0).sum(axis=1)
    most = n_bonds(rows) if of_bonds else rows.n_rows * rows.width
    firsts, multiplicities = np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
    if rows.closed:
        firsts, multiplicities = rows.rows_up_to_symmetry(flips=of_bonds and rows.field == 0)
    _require_feasible(rows, firsts.size * 2**rows.width * (most + 1) * rows.n_rows * rows.width)
    logs = np.full((firsts.size, 2**rows.width, most + 1), -np.inf)
    for place, first in enumerate(firsts):
        for row in [first] if rows.closed else range(2**rows.width):
            logs[place, row, within[row]] = rows.log_rows[row]
    moves = _Moves(rows, of_bonds=of_bonds)
    for _ in range(rows.n_rows - 1):
        logs = _shifted(moves.across(logs), within) + rows.log_rows[:, np.newaxis]
    if rows.closed:
        logs = moves.across(logs)[np.arange(firsts.size), firsts] + np.log(multiplicities)[:, np.newaxis]
    total: Any = logsumexp(logs.reshape(-1, most + 1), axis=0)
    return total


def n_bonds(rows: RowTransfer) -> int:
    """Bonds of a lattice."""
    inside = rows.width if rows.closed_rows else rows.width - 1
    return rows.n_rows * inside + (rows.n_rows if rows.closed else rows.n_rows - 1) * rows.width


def _require_feasible(rows: RowTransfer, work: int) -> None:
    if work > MOST_WORK:
        raise ValueError(
            f"expected a lattice of at most {MOST_WORK:.0e} operations for the law of its work; found {work:.1e} for "
            f"{rows.n_rows} rows of {rows.width} spins: take a smaller one"
        )


def _broken_within(rows: RowTransfer) -> Any:
    spins = rows.spins
    broken = (spins[:, 1:] != spins[:, :-1]).sum(axis=1)
    return broken + (spins[:, 0] != spins[:, -1]) if rows.closed_rows else broken


class _Moves:
    """Bonds to the next row, counted or weighted."""

    def __init__(self, rows: RowTransfer, *, of_bonds: bool) -> None:
        self.width, self.of_bonds, self.coupling = rows.width, of_bonds, rows.coupling

    def across(self, logs: Array) -> Array:
        """Summed over the row before, spin by spin; shape (first rows, rows, counts)."""
        shape, size = logs.shape, logs.shape[-1]
        for spin in range(self.width):
            pairs = logs.reshape(-1, 2**spin, 2, 2 ** (self.width - 1 - spin), size)
            up, down = pairs[:, :, 0], pairs[:, :, 1]
            logs = np.stack([self._sum(up, down), self._sum(down, up)], axis=2).reshape(shape)
        return logs

    def _sum(self, same: Array, other: Array) -> Array:
        if not self.of_bonds:
            return np.logaddexp(same + self.coupling, other - self.coupling)
        moved = np.full_like(other, -np.inf)
        moved[..., 1:] = other[..., :-1]
        return np.logaddexp(same, moved)


def _shifted(logs: Array, by: Any) -> Array:
    """The counts of each row raised by its own number."""
    found = np.full_like(logs, -np.inf)
    for row, more in enumerate(by):
        found[:, row, more:] = logs[:, row, : logs.shape[-1] - more]
    return found
