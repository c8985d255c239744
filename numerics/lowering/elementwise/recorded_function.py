"""A recorded function, compiled for numbers of one type and for arrays short and long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from numerics.lowering.elementwise.blocks import in_blocks
from numerics.lowering.elementwise.compilation import InPlace, direct, in_place
from numerics.lowering.elementwise.recording import Recording
from numerics.lowering.elementwise.results import Results
from numerics.lowering.elementwise.stages import Axes, stages, whole


class RecordedFunction:
    """A recording, for arrays of one type.

    Parameters
    ----------
    recording
        The operations.
    kind
        The type of the arguments.

    Raises
    ------
    UnrecordedError
        If an operation gives values of another type.
    """

    def __init__(self, recording: Recording, kind: np.dtype[Any]) -> None:
        self._recording = recording
        self._kind = kind
        self._types = recording.types(kind)
        self._compiled: dict[tuple[Axes, ...], list[InPlace]] = {}

    def direct(self, longest: int, otherwise: Callable[[tuple[Any, ...]], Any]) -> Callable[[tuple[Any, ...]], Any]:
        """A function of short arrays of one shape, which calls the other one with what it does not take."""
        return direct(self._recording, self._types, self._kind, longest, otherwise)

    @property
    def longest(self) -> int:
        """Elements that the cache holds with all values between."""
        return self._whole.workspace.length

    def at_once(self, values: Sequence[Any], points: tuple[int, ...]) -> Any:
        """The values at arrays of one shape, and numbers, that are no longer than `longest`."""
        results = Results(self._recording, points, self._kind)
        outputs = [results.rows[row] for row in self._recording.rows.values()]
        with self._whole.workspace.rows() as rows:
            n = outputs[0].size
            self._whole.call(*values, *outputs, *(row[:n].reshape(points) for row in rows))
        return results.finished(values)

    def in_blocks(self, arrays: Sequence[Any], points: tuple[int, ...]) -> Any:
        """The values at arrays that broadcast to a shape; a scalar's have length 1 where they do not vary."""
        found = {k: a.reshape((1,) * (len(points) - a.ndim) + a.shape) for k, a in enumerate(arrays)}
        axes = tuple(frozenset(k for k, length in enumerate(a.shape) if length > 1) for a in found.values())
        results = Results(self._recording, points, self._kind) if self._recording.shape else None
        rows = {place: results.rows[row] for place, row in self._recording.rows.items()} if results else {}
        for stage in self._stages(axes):
            places, is_full = stage.stage.outputs, stage.stage.axes == frozenset().union(*axes)
            outputs = [rows[p] if p in rows and is_full else self._types[p] for p in places]
            found.update(zip(places, in_blocks(stage, [found[p] for p in stage.stage.inputs], outputs), strict=True))
        if results is None:
            (place,) = self._recording.rows
            return found[place]
        for place, row in rows.items():
            if found[place].shape != points:
                row[...] = found[place]
        return results.finished(arrays)

    @cached_property
    def _whole(self) -> InPlace:
        return in_place(whole(self._recording), self._types, self._kind)

    def _stages(self, axes: tuple[Axes, ...]) -> list[InPlace]:
        if axes not in self._compiled:
            made = [in_place(stage, self._types, self._kind) for stage in stages(self._recording, axes)]
            self._compiled[axes] = made
        return self._compiled[axes]
