"""Random jets, and what fields and their derivatives are at them.

The values of a metric come from a frame, g = A^T s A with s a diagonal of signs: so the root of the absolute value of
the determinant is det A, a rational number. Every other derivative of every field is a number of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import Any

import flint
import numpy as np

from derivations.engine.routes.jet_values.rings import Ring
from derivations.engine.routes.jet_values.series import Series
from theory.tensors import SymmetricTensorField

Places = tuple[int, ...]
"""By which coordinates a field is differentiated, in ascending order."""
FIRST, SECOND, MOVED, VARIED = 1, 2, 4, 8
"""Letters: a step along each of two coordinates, a change of a field's derivative, and a change of a field."""


@dataclass(kw_only=True)
class JetPoint:
    """Numbers for the fields, their derivatives and parameters, drawn when they are first asked for.

    Attributes
    ----------
    draw
        Gives a number for a field and the places of its derivative, or for a parameter.
    frames
        For each metric, its values, shape (n, n), and the root of the absolute value of their determinant.
    """

    draw: Callable[[Any, Places], Any]
    numbers: dict[tuple[Any, Places], Any] = field(default_factory=dict)
    frames: Mapping[SymmetricTensorField, tuple[Any, Any]] = field(default_factory=dict)

    def number(self, name: Any, places: Places = ()) -> Any:
        """The number that stands for a derivative of a field, or for a parameter."""
        key = (name, tuple(sorted(places)))
        if key not in self.numbers:
            self.numbers[key] = self.draw(*key)
        return self.numbers[key]


def framed(
    metrics: tuple[SymmetricTensorField, ...], draw: Callable[[Any, Places], Any], rng: random.Random, span: int
) -> JetPoint:
    """A point whose metrics come from frames of integers up to ``span``, in any signature."""
    frames, numbers = {}, {}
    for metric in metrics:
        n = metric.dimension
        while True:
            frame = flint.fmpz_mat(n, n, [rng.randint(-span, span) for _ in range(n * n)])
            if frame.det() != 0:
                break
        signs = flint.fmpz_mat(n, n, [rng.choice((-1, 1)) if a == b else 0 for a in range(n) for b in range(n)])
        values = frame.transpose() * signs * frame
        frames[metric] = (values, abs(int(frame.det())))
        for a in range(n):
            for b in range(a, n):
                numbers[metric.component(a, b), ()] = int(values[a, b])
    return JetPoint(draw=draw, numbers=numbers, frames=frames)


@dataclass(frozen=True, kw_only=True)
class Runs:
    """Evaluations side by side: each along some coordinates, with a change of one derivative of the fields.

    Attributes
    ----------
    moves
        For each run, the coordinates along which it steps, all runs as many: at most two.
    weights
        By how much each field's derivative at those coordinates changes; None for no change.
    """

    moves: tuple[Places, ...]
    weights: Mapping[Any, int] | None = None

    @classmethod
    def of_order(cls, order: int, dimension: int, weights: Mapping[Any, int]) -> Runs:
        """All derivatives of an order."""
        return cls(moves=tuple(combinations_with_replacement(range(dimension), order)), weights=weights)

    def leaf(self, ring: Ring, point: JetPoint, name: Any, places: Places = ()) -> Series:
        """A derivative of a field in all runs."""
        order = len(self.moves[0])
        steps = {0: (), FIRST: (0,), SECOND: (1,), FIRST | SECOND: (0, 1)}
        parts = {}
        for key, taken in steps.items():
            if max(taken, default=-1) < order:
                row = [point.number(name, (*places, *(m[i] for i in taken))) for m in self.moves]
                parts[key] = ring.array(np.array(row, dtype=object))
        weight = (self.weights or {}).get(name, 0)
        changed = [weight if tuple(sorted(places)) == m else 0 for m in self.moves]
        if any(changed):
            parts[MOVED] = ring.array(np.array(changed, dtype=object))
        return Series(ring, parts)
