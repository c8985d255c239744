"""Ising spins on a lattice, row after row: exact partition functions and exact draws, in logarithms throughout.

Bits of a row's number are its spins, the first spin the highest bit; 0 is up. A row is moved spin by spin, so that one
step costs width times 2^width. Nothing overflows, and no weight is lost against another, at any coupling and field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

Array = NDArray[np.float64]

MOST_OPEN = 20
"""Widest row where the rows form no ring: a million states of a row."""
MOST_CLOSED = 14
"""The same for a ring of rows, which goes once round for every row that symmetry does not give."""
MOST_DRAWN = 2**24
"""Numbers kept for drawing."""
_SAFE_RANGE = 600.0
"""Logarithms of weights within it are summed as plain numbers, which is faster."""
_BATCH = 2**22


@dataclass(frozen=True, kw_only=True)
class RowTransfer:
    """Weights exp(K times neighboring spins + h times spins) of rows of one width.

    Attributes
    ----------
    width, n_rows : int
        Spins of a row, and rows.
    closed_rows : bool
        Whether a bond joins the last spin of a row to its first; in a row of two it is the second bond between them.
    closed : bool
        Whether bonds join the last row to the first.
    coupling, field : float
        K and h, in units of k_B T.
    """

    width: int
    n_rows: int
    closed_rows: bool
    closed: bool
    coupling: float
    field: float

    @property
    def spins(self) -> NDArray[np.int8]:
        """The spins of every row, shape (2^width, width)."""
        bits = np.arange(2**self.width)[:, np.newaxis] >> np.arange(self.width)[::-1]
        return (1 - 2 * (bits & 1)).astype(np.int8)

    @property
    def log_rows(self) -> Array:
        """Log weights of single rows, shape (2^width,)."""
        spins = self.spins
        bonds = (spins[:, 1:] * spins[:, :-1]).sum(axis=1)
        if self.closed_rows:
            bonds = bonds + spins[:, 0] * spins[:, -1]
        return self.coupling * bonds + self.field * spins.sum(axis=1)

    def log_partition(self) -> float:
        """log Z.

        Raises
        ------
        ValueError
            If the rows are too wide.
        """
        most = MOST_CLOSED if self.closed else MOST_OPEN
        if self.width > most:
            raise ValueError(f"expected rows of at most {most} spins; found {self.width}, with 2^{self.width} states")
        if self.closed:
            return self._trace()
        logs = self._moved(self.log_rows[np.newaxis], self.n_rows - 1, self.log_rows)
        whole: Any = logsumexp(logs)
        return float(whole)

    def _trace(self) -> float:
        """The trace of the n-th power, by the rows that differ by more than a symmetry.

        With the weights of a row split between the bonds before and behind it the matrix is symmetric, and half of the
        power tells the whole: (T^(p + q))_cc = sum_r (T^p)_rc (T^q)_rc.
        """
        rows, counts = self.rows_up_to_symmetry(flips=self.field == 0)
        half, steps, total = self.log_rows / 2, self.n_rows // 2, []
        chunk = max(1, _BATCH // 2**self.width)
        for start in range(0, rows.size, chunk):
            chosen = rows[start : start + chunk]
            logs = np.full((chosen.size, 2**self.width), -np.inf)
            logs[np.arange(chosen.size), chosen] = half[chosen]
            # Each step moves and multiplies by a row's weight; half of the last one is taken back.
            first = self._moved(logs, steps, self.log_rows) - half
            if steps == 0:
                first = np.where(logs > -np.inf, 0.0, -np.inf)
            second = first
            if self.n_rows % 2:
                second = self._moved(first + half, 1, self.log_rows) - half
            total.append(logsumexp(first + second, axis=1) + np.log(counts[start : start + chunk]))
        whole: Any = logsumexp(np.concatenate(total))
        return float(whole)

    def rows_up_to_symmetry(self, *, flips: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """One row of each class under turning round, reflecting and, if asked for, flipping; and how many it has."""
        width = self.width
        numbers = np.arange(2**width)
        mirrored = sum(((numbers >> k) & 1) << (width - 1 - k) for k in range(width))
        least = numbers.copy()
        for start in (numbers, mirrored):
            for k in range(width if self.closed_rows else 1):
                turned = ((start << k) | (start >> (width - k))) & (2**width - 1)
                np.minimum(least, turned, out=least)
                if flips:
                    np.minimum(least, 2**width - 1 - turned, out=least)
        return np.unique(least, return_counts=True)

    def _moved(self, logs: Array, n_steps: int, log_rows: Array) -> Array:
        """Log weights after bonds to so many further rows, each with its own weight; shape (batch, 2^width)."""
        span = 2 * abs(self.coupling) * self.width + float(np.ptp(log_rows))
        step = self._plain_step if span < _SAFE_RANGE else self._log_step
        for _ in range(n_steps):
            logs = step(logs, log_rows)
        return logs

    def _log_step(self, logs: Array, log_rows: Array) -> Array:
        return self.across(logs) + log_rows

    def across(self, logs: Array) -> Array:
        """Summed over the row before with the bonds to it, spin by spin."""
        shape = logs.shape
        for spin in range(self.width):
            pairs = logs.reshape(-1, 2**spin, 2, 2 ** (self.width - 1 - spin))
            up, down = pairs[:, :, 0], pairs[:, :, 1]
            ahead = np.logaddexp(up + self.coupling, down - self.coupling)
            back = np.logaddexp(up - self.coupling, down + self.coupling)
            logs = np.stack([ahead, back], axis=2).reshape(shape)
        return logs

    def _plain_step(self, logs: Array, log_rows: Array) -> Array:
        largest = logs.max(axis=1, keepdims=True)
        plain, shape = np.exp(logs - largest), logs.shape
        same, other = (np.exp(k - abs(self.coupling)) for k in (self.coupling, -self.coupling))
        for spin in range(self.width):
            pairs = plain.reshape(-1, 2**spin, 2, 2 ** (self.width - 1 - spin))
            up, down = pairs[:, :, 0], pairs[:, :, 1]
            plain = np.stack([same * up + other * down, other * up + same * down], axis=2).reshape(shape)
        with np.errstate(divide="ignore"):
            return np.log(plain) + largest + abs(self.coupling) * self.width + log_rows

    def drawn(self, n: int, rng: np.random.Generator) -> NDArray[np.int8]:
        """Independent configurations from equilibrium, shape (n, n_rows, width): each row given the one before it.

        Raises
        ------
        ValueError
            If the rows are too wide or too many to keep the sums over all that follows them.
        """
        size = 2**self.width
        kept = self.n_rows * size * (size if self.closed else 1)
        if kept > MOST_DRAWN:
            raise ValueError(
                f"expected at most {MOST_DRAWN} sums over later rows; found {kept} for {self.n_rows} rows of "
                f"{self.width} spins: take a smaller lattice for exact draws, or start without coupling"
            )
        later = self._sums_over_later_rows()
        rows = np.empty((self.n_rows, n), dtype=np.int64)
        start = self.log_rows + (np.diagonal(later[0]) if self.closed else later[0][0])
        rows[0] = _chosen(np.broadcast_to(start, (n, size)), rng)
        overlaps = self.spins.astype(float) @ self.spins.T
        for row in range(1, self.n_rows):
            ahead = later[row][rows[0]] if self.closed else later[row]
            rows[row] = _chosen(self.coupling * overlaps[rows[row - 1]] + self.log_rows + ahead, rng)
        return self.spins[rows.T]

    def _sums_over_later_rows(self) -> list[Array]:
        """Log sums over all rows after each, given that row in the last axis; given the first one in the first axis."""
        size = 2**self.width
        last = np.zeros((1, size))
        if self.closed:
            last = np.where(np.eye(size, dtype=bool), 0.0, -np.inf)
            last = self.across(last)
        found = [last]
        for _ in range(self.n_rows - 1):
            found.append(self.across(found[-1] + self.log_rows))
        return found[::-1]


def _chosen(logs: Any, rng: np.random.Generator) -> NDArray[np.int64]:
    """One place a row, with probabilities in proportion to the exponentials."""
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    totals = np.cumsum(weights, axis=1)
    return (totals < rng.random((logs.shape[0], 1)) * totals[:, -1:]).sum(axis=1)
