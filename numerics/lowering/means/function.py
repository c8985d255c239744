"""A lowered expression with means as a function of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.lowering.arguments import Argument
from numerics.lowering.means.composite import Composite, Settings
from numerics.lowering.means.reductions import reduced
from numerics.lowering.means.solution_part import SolutionPart
from numerics.quadrature.estimates import Doubles, Estimate
from numerics.quadrature.refusal import QuadratureError


class MeanFunction:
    """The function, with an estimate of its error.

    Parameters
    ----------
    expression
        In the arguments' atoms, with variables of its own: see `reductions.with_own_variables`.
    arguments
        In the order of the call.
    settings
        How it is computed.
    """

    def __init__(self, expression: Any, arguments: Sequence[Argument], settings: Settings) -> None:
        self._arguments = arguments
        self._tolerance = settings.tolerance
        symbols = {a.atom: a.symbol for a in arguments}
        expression = reduced(expression.xreplace(symbols))
        self.composite = Composite(expression=expression, arguments=tuple(symbols.values()), settings=settings)

    @property
    def libm(self) -> str:
        """Whose elementary functions it calls."""
        return self.composite.outer.libm

    @property
    def source(self) -> str:
        """The programs of the integrands and of what is made of their integrals."""
        return self.composite.source

    def directly(self, _: tuple[Any, ...], /) -> Any:
        """Nothing is gained by a second way."""
        return None

    def __call__(self, arrays: Sequence[Any], shape: tuple[int, ...], kind: np.dtype[Any]) -> Any:
        """The values at arrays that broadcast to a shape, in doubles; a new array.

        Raises
        ------
        QuadratureError
            If a mean is not as accurate as was asked for.
        """
        columns = [np.asarray(a, dtype=np.float64) for a in arrays]
        means = self.composite.estimates(columns)
        for part, found in zip(self.composite.parts.values(), means, strict=True):
            self._accept(part, found, columns)
        value = self.composite.value(columns, means)
        return np.array(np.broadcast_to(value, shape + self.composite.shape), dtype=kind)

    def where_accepted(self, *arrays: Any) -> Doubles:
        """The values, NaN where they would be refused."""
        columns = [np.asarray(a, dtype=np.float64) for a in arrays]
        means = self.composite.estimates(columns)
        value: Any = np.array(self.composite.value(columns, means))
        entries = (1,) * len(self.composite.shape)
        for found in means:
            accepted = found.relative_error <= self._tolerance
            value = np.where(accepted.reshape(accepted.shape + entries), value, np.nan)
        return value

    def relative_error(self, arrays: Sequence[Any], shape: tuple[int, ...]) -> Doubles:
        """Estimated relative errors of the values, infinite where no digit is sure."""
        columns = [np.asarray(a, dtype=np.float64) for a in arrays]
        means = self.composite.estimates(columns)
        error = self.composite.error(columns, means)
        if error is None:  # the means had closed forms
            return np.zeros(shape + self.composite.shape)
        with np.errstate(all="ignore"):
            relative = np.where(error == 0, 0.0, error / np.abs(self.composite.value(columns, means)))
        relative = np.where(relative < 1, relative, np.inf)
        return np.array(np.broadcast_to(relative, shape + self.composite.shape))

    def solutions(self, arrays: Sequence[Any]) -> dict[Any, Any]:
        """What is known of the outermost solutions of equations, by node, at arrays."""
        columns = {a.symbol: np.asarray(c, dtype=np.float64) for a, c in zip(self._arguments, arrays, strict=True)}
        atoms = {a.symbol: a.atom for a in self._arguments}
        return {
            part.node.xreplace(atoms): part.solve([columns[a] for a in part.arguments])
            for part in self.composite.parts.values()
            if isinstance(part, SolutionPart)
        }

    def _accept(self, part: Any, found: Estimate, columns: Sequence[Any]) -> None:
        refused = ~(found.relative_error <= self._tolerance)
        if not refused.any():
            return
        place = np.unravel_index(int(np.argmax(refused)), refused.shape)
        point = {}
        for argument, column in zip(self._arguments, columns, strict=True):
            if argument.symbol in part.arguments:
                point[argument.atom] = float(np.broadcast_to(column, refused.shape)[place])
        part.explain([np.array([x]) for x in point.values()])
        estimate = float(found.relative_error[place])
        raise QuadratureError(str(part.node), point, estimate, self._tolerance, part.remedy(estimate))
