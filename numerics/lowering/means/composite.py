"""An expression with means as a vectorized function that also knows its error."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from numerics.lowering.comments import harmless
from numerics.lowering.means.lifting import Names, lifted
from numerics.quadrature.estimates import Doubles, Estimate

Columns = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How the parts of an expression are computed.

    Attributes
    ----------
    backend
        As for `lower`.
    tolerance
        The relative error wanted of each mean.
    lower
        From an expression without means, its arguments and a backend to its function.
    solve
        From an equation for an unknown, its arguments, the way to look along and settings to a function that solves it.
    make_part
        From a mean, its arguments and settings to what computes it.
    """

    backend: str
    tolerance: float
    lower: Callable[..., Any]
    solve: Callable[..., Any]
    make_part: Callable[[Any, tuple[Any, ...], Settings], Part]

    def inside(self) -> Settings:
        """Those of means within means: their errors are a small part of the outer one's."""
        return replace(self, tolerance=self.tolerance / 8)

    def for_numbers(self) -> Settings:
        """Those of what is computed once a point, which is not worth a compiler."""
        return replace(self, backend="numpy")


class Part:
    """One mean of a composite, as a function of some of its arguments."""

    node: Any
    arguments: tuple[Any, ...]

    def estimate(self, columns: Columns, n_points: int) -> Estimate:
        """The mean at points; columns of shape (n_points,), one for each argument."""
        raise NotImplementedError

    def explain(self, columns: Columns) -> None:
        """Raise a plainer error than that of the quadrature, if there is one, for the one point of the columns."""

    def remedy(self, estimate: float) -> str:
        """What can be done where the accuracy was not reached."""
        if math.isinf(estimate):
            return "it may not exist there: look at the integrand's growth and singular places, or leave the point out"
        return "ask for less, with tolerance=, or split the integral where its integrand changes its form"

    @property
    def rule(self) -> tuple[str, ...]:
        """How it is integrated, in words, line by line."""
        raise NotImplementedError

    @property
    def source(self) -> str:
        """The program of its integrand."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, eq=False)
class Composite:
    """A function of real columns.

    Attributes
    ----------
    expression
        With means, in fewest variables.
    arguments
        Real symbols in the order of the columns.
    settings
        How its parts are computed.
    """

    expression: Any
    arguments: tuple[Any, ...]
    settings: Settings

    @cached_property
    def lifted(self) -> Any:
        return lifted(self.expression, Names(self.expression, *self.arguments))

    @cached_property
    def parts(self) -> dict[sp.Symbol, Part]:
        """The means, by the symbols that stand for them."""
        found = {}
        for symbol, node in self.lifted.nodes.items():
            used = tuple(a for a in self.arguments if a in node.free_symbols)
            found[symbol] = self.settings.make_part(node, used, self.settings)
        return found

    @cached_property
    def outer(self) -> Any:
        """The expression as a function of the arguments and of its means."""
        return self._lower(self.lifted.outer, self.settings)

    @cached_property
    def _slopes(self) -> tuple[Any, ...]:
        """How the expression depends on each mean."""
        slopes = (sp.diff(self.lifted.outer, symbol) for symbol in self.lifted.nodes)
        return tuple(self._lower(slope, self.settings.for_numbers()) for slope in slopes)

    @cached_property
    def _used(self) -> tuple[int, ...]:
        """The places of the arguments that enter beside the means."""
        return tuple(i for i, a in enumerate(self.arguments) if a in self.lifted.outer.free_symbols)

    def _lower(self, expression: Any, settings: Settings) -> Any:
        arguments = (*(self.arguments[i] for i in self._used), *self.lifted.nodes)
        return settings.lower(expression, arguments, settings.backend)

    def estimates(self, columns: Columns) -> tuple[Estimate, ...]:
        """The means, each in the shape that its own arguments broadcast to."""
        return tuple(self._estimate(part, columns) for part in self.parts.values())

    def _estimate(self, part: Part, columns: Columns) -> Estimate:
        own = [c for a, c in zip(self.arguments, columns, strict=True) if a in part.arguments]
        shape = np.broadcast_shapes(*(np.shape(c) for c in own))
        flat = [np.broadcast_to(np.asarray(c, dtype=np.float64), shape).reshape(-1) for c in own]
        found = part.estimate(flat, int(np.prod(shape, dtype=int)))
        return Estimate(
            value=found.value.reshape(shape), error=found.error.reshape(shape), scale=found.scale.reshape(shape)
        )

    def value(self, columns: Columns, means: Sequence[Estimate]) -> Any:
        """The expression, given its means."""
        return self.outer(*(columns[i] for i in self._used), *(m.value for m in means))

    def error(self, columns: Columns, means: Sequence[Estimate]) -> Any:
        """What the errors of the means amount to in the expression; None if it has none."""
        return self._share(columns, means, [m.error for m in means])

    def scale(self, columns: Columns, means: Sequence[Estimate]) -> Any:
        """What the means' absolute values amount to; None if it has none."""
        return self._share(columns, means, [m.scale for m in means])

    def _share(self, columns: Columns, means: Sequence[Estimate], sizes: Sequence[Doubles]) -> Any:
        values = [*(columns[i] for i in self._used), *(m.value for m in means)]
        entries = (1,) * len(self.outer.shape)
        shares = [
            np.abs(slope(*values)) * size.reshape(size.shape + entries)
            for slope, size in zip(self._slopes, sizes, strict=True)
        ]
        return sum(shares[1:], shares[0]) if shares else None

    def __call__(self, columns: Columns) -> tuple[Any, Doubles | None]:
        """Values, and errors if there are means."""
        means = self.estimates(columns)
        return self.value(columns, means), self.error(columns, means)

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the value at one point."""
        return self.outer.shape

    @property
    def source(self) -> str:
        """The programs, those of the means first."""
        sign = "#" if self.settings.backend == "numpy" else "//"
        parts = []
        for symbol, part in self.parts.items():
            remark = "\n".join(f"{sign} {line}" for line in (f"{symbol} = {harmless(str(part.node))}", *part.rule))
            parts.append(f"{remark}\n{part.source.replace('lowered(', f'{symbol}_integrand(')}")
        return "\n\n".join([*parts, self.outer.source])
