"""Sums and products of means, term by term."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from numerics.lowering.loop_functions import LONGEST_LOOP
from numerics.lowering.loops import LoopSum
from numerics.lowering.means.composite import Columns, Composite
from numerics.lowering.means.integrated import Integrated, as_numbers
from numerics.quadrature.estimates import Doubles, Estimate

BLOCK = 16384
"""Terms at a time."""


class LoopPart(Integrated):
    """A sum or a product whose terms have means that depend on its index."""

    @cached_property
    def index(self) -> Any:
        old = self.node.args[1]
        return self.names(str(old).lstrip("_"), **_signs(old))

    @cached_property
    def term(self) -> Composite:
        body = self.node.args[0].xreplace({self.node.args[1]: self.index})
        return self.composite(body, (*self.arguments, self.index), self.settings.inside())

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """See `Part.estimate`."""
        low, high = self.numbers(self.node.args[2:], columns, self.arguments, n_points).T
        with np.errstate(invalid="ignore"):
            usable = (np.floor(low) == low) & (np.floor(high) == high) & (high - low < LONGEST_LOOP)
            counts = np.where(usable & (low <= high), high - low + 1, 0).astype(np.intp)
        owner = np.repeat(np.arange(n_points), counts)
        begins = np.concatenate([[0], np.cumsum(counts)])
        index = low[owner] + (np.arange(len(owner)) - begins[owner])
        terms = self._terms([c[owner] for c in columns], index)
        parts = [slice(a, b) for a, b in pairwise(begins)]
        join = _sum if isinstance(self.node, LoopSum) else _product
        joined = np.array([join(*(row[part] for row in terms)) for part in parts]).reshape(n_points, 3).T
        found = Estimate(value=joined[0], error=joined[1], scale=joined[2])
        return as_numbers(found, [*columns, np.where(usable, 0.0, np.nan)])

    def _terms(self, columns: Columns, index: Doubles) -> tuple[Doubles, Doubles, Doubles]:
        """Values of the terms, their errors, and what these are relative to."""
        found = np.empty((3, len(index)))
        for start in range(0, len(index), BLOCK):
            part = slice(start, start + BLOCK)
            rows = [*(c[part] for c in columns), index[part]]
            means = self.term.estimates(rows)
            found[0, part] = value = self.term.value(rows, means)
            found[1, part] = self.term.error(rows, means)
            found[2, part] = np.maximum(np.abs(value), self.term.scale(rows, means))
        return found[0], found[1], found[2]

    @property
    def rule(self) -> tuple[str, ...]:
        """See `Part.rule`."""
        return (f"Term by term, over {self.index}; the errors of the terms are added up.",)

    @property
    def source(self) -> str:
        """See `Part.source`."""
        return self.term.source


def _signs(index: Any) -> dict[str, bool]:
    return {name: True for name in ("integer", "positive", "nonnegative") if getattr(index, f"is_{name}")}


def _sum(values: Doubles, errors: Doubles, scales: Doubles) -> tuple[float, float, float]:
    """The sum, its error, and the sum of the scales."""
    total = math.fsum(values) if np.isfinite(values).all() else float(values.sum())
    return total, float(errors.sum()), float(scales.sum())


def _product(values: Doubles, errors: Doubles, scales: Doubles) -> tuple[float, float, float]:
    """The product, what the errors amount to at most, and the product of the scales."""
    sizes = np.abs(values)
    with np.errstate(all="ignore"):
        return float(values.prod()), float((sizes + errors).prod() - sizes.prod()), float(scales.prod())
