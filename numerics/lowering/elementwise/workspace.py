"""Arrays for the values between operations, kept from call to call: new ones would be new pages of memory each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

# Bytes of all that a block touches. Measured: half of it to twice as much alike, with 2 MiB of second-level cache.
CACHE = 2**20
SHORTEST, LONGEST = 4096, 16384
# Rows whose starts are a multiple of 4096 bytes apart would compete for the same lines of the cache.
STAGGER = 72

Rows = list[Any]


class Workspace:
    """Sets of rows of one length; as many sets as there are calls at the same time.

    Parameters
    ----------
    n_reals, n_flags
        How many rows of numbers, and of truth values, there are in a set.
    n_others
        How many arrays are read and written beside them.
    kind
        The type of numbers.
    """

    def __init__(self, *, n_reals: int, n_flags: int, n_others: int, kind: np.dtype[Any]) -> None:
        self.length = min(LONGEST, max(SHORTEST, CACHE // ((n_reals + n_others) * kind.itemsize)))
        self._rows = ((n_reals, kind), (n_flags, np.dtype(np.bool_)))
        self._unused: list[Rows] = []

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        """A set that no other call has."""
        try:
            rows = self._unused.pop()
        except IndexError:
            rows = [r[: self.length] for n, kind in self._rows for r in np.empty((n, self.length + STAGGER), kind)]
        yield rows
        self._unused.append(rows)
