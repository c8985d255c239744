"""Space for the results of a recorded function: each entry by itself in memory, for the caller in the last axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.lowering.elementwise.operations import Value
from numerics.lowering.elementwise.recording import Recording

Array = Any


class Results:
    """The entries of a value at points of a shape.

    Attributes
    ----------
    rows
        An array of that shape for each entry.
    """

    def __init__(self, recording: Recording, points: tuple[int, ...], kind: np.dtype[Any]) -> None:
        self._recording = recording
        self._space = np.empty(recording.shape + points, dtype=kind)
        self.rows = list(self._space.reshape(len(recording.results), *points)) if recording.shape else [self._space]

    def finished(self, arguments: Sequence[Any]) -> Array:
        """All rows as one array, once operations have filled theirs; the others are numbers, arguments and copies."""
        for row, result in self._recording.without_operation:
            value = result
            if isinstance(result, Value):
                first = self._recording.rows.get(result.place)
                value = arguments[result.place] if first is None else self.rows[first]
            self.rows[row][...] = value
        n = len(self._recording.shape)
        return self._space.transpose(*range(n, self._space.ndim), *range(n)) if n else self._space
