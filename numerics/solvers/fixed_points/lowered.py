"""Fixed points of maps as functions that are called like any lowered one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from numerics.lowering.values import real_arrays, wrong_number
from numerics.solvers.convergence import CriticalPointError
from numerics.solvers.fixed_points.equations import Equations, Rows, lowered_equations
from numerics.solvers.fixed_points.iteration import Request
from numerics.solvers.fixed_points.result import FixedPoints
from numerics.solvers.fixed_points.solver import Solver
from numerics.solvers.fixed_points.tangents import Tangents
from theory.domain import Domain


@dataclass(frozen=True, kw_only=True, eq=False)
class LoweredFixedPoint:
    """Quantities at a fixed point, as a function of real arrays. Made by `lower_fixed_point`.

    Calling it follows the rules of a NumPy ufunc: arguments broadcast, scalars give scalars, several quantities give a
    tuple, and other floating types are kept, though doubles are computed with. Where an argument is NaN, so is the
    result.

    Attributes
    ----------
    equations
        q = f(q; arguments), lowered.
    start
        For each unknown where to begin: an expression in the arguments, or the two ends of the way to look along.
    request
        How good the fixed point has to be.
    quantities
        Expressions in unknowns and arguments; the unknowns themselves to begin with.
    along
        Positions of the arguments the quantities are differentiated by.
    """

    equations: Equations
    start: dict[Any, Any]
    request: Request
    quantities: tuple[Any, ...]
    along: tuple[int, ...] = ()

    @property
    def unknowns(self) -> tuple[Any, ...]:
        """What is solved for."""
        return self.equations.unknowns

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What it depends on, in the order of the call."""
        return self.equations.arguments

    def __call__(self, *values: Any) -> Any:
        """The quantities at arrays or numbers, one for each argument: an array, or a tuple of several.

        Raises
        ------
        NotConvergedError
            If a point has no fixed point as good as asked for; the message names it.
        CriticalPointError
            If a derivative is asked for where 1 - df/dq is singular.
        """
        found = self.solve(*values).checked()
        rows = self._rows(found)
        self._check_response(found, rows)
        _, kind = real_arrays(values, self.arguments)
        results = [r.reshape(np.shape(found.converged)).astype(kind, copy=False)[()] for r in self._tangents(rows)]
        return results[0] if len(results) == 1 else tuple(results)

    def solve(self, *values: Any) -> FixedPoints:
        """The fixed points themselves with all that is known of them; NaN where there is none as good as asked for."""
        if len(values) != len(self.arguments):
            raise wrong_number(values, self.arguments)
        arrays, _ = real_arrays(values, self.arguments)
        return self._solver.solve(arrays)

    def derivative(self, argument: Any) -> LoweredFixedPoint:
        """The quantities' derivative by an argument, by the implicit function theorem; may be repeated.

        Raises
        ------
        ValueError
            If it is not among the arguments.
        """
        if argument not in self.arguments:
            raise ValueError(
                f"expected one of the arguments {', '.join(map(str, self.arguments))}; found {argument}: "
                "make it an argument of lower_fixed_point"
            )
        return replace(self, along=(*self.along, self.arguments.index(argument)))

    def quantity(self, expression: Any) -> LoweredFixedPoint:
        """An expression in unknowns and arguments at the fixed point, such as the free energy at its saddle."""
        return replace(self, quantities=(expression,), along=())

    @cached_property
    def _solver(self) -> Solver:
        return Solver(equations=self.equations, start=self.start, request=self.request)

    @cached_property
    def _tangents(self) -> Tangents:
        return Tangents(equations=self.equations, quantities=self.quantities, along=self.along)

    def _rows(self, found: FixedPoints) -> Rows:
        return np.array([np.ravel(v) for v in (*found.values.values(), *found.arguments.values())])

    def _check_response(self, found: FixedPoints, rows: Rows) -> None:
        if not self.along:
            return
        lost = self._tangents.lost(rows, self.request.tolerance) & np.ravel(found.converged)
        if lost.any():
            there = rows[len(self.unknowns) :, int(np.flatnonzero(lost)[0])]
            place = ", ".join(f"{a} = {float(x)!r}" for a, x in zip(self.arguments, there, strict=True))
            raise CriticalPointError(
                f"expected 1 - df/dq to be regular where a derivative is taken; found it singular, to a relative error "
                f"of {self.request.tolerance:g}, at {place} ({lost.sum()} of {lost.size} points): a critical point, "
                "where the response diverges or has no value, so leave it out or approach it"
            )


def lower_fixed_point(
    equations: Mapping[Any, Any],
    arguments: Iterable[Any],
    *,
    start: Mapping[Any, Any],
    domain: Domain | None = None,
    backend: str = "numpy",
    tolerance: float = 1e-6,
    floor: float = 1e-14,
    max_iterations: int = 2000,
) -> LoweredFixedPoint:
    """Turn the equations of a fixed point into a function of their arguments that solves them.

    From its start each point takes steps of the map, damped where they oscillate, then those of Newton's method, which
    end at rounding; all derivatives are lowered expressions. Where the map has several fixed points, the start says
    which one is meant: that of zero, if zero is one and the start is zero.

    Parameters
    ----------
    equations
        For each unknown, a symbol or an entry of a family, the expression it is equal to.
    arguments
        The other symbols of the equations, in the order of the call.
    start
        For each unknown a number or an expression in the arguments. For a single unknown also a pair of them: the fixed
        point is then the first that is met on the way from one to the other, ends excluded, at which f(q) - q changes
        its sign.
    domain
        The sets of unknowns and arguments. Steps do not leave the intervals of the unknowns; left out, the symbols'
        assumptions say which sign they keep.
    backend
        As for `numerics.lowering.lower`.
    tolerance
        Error accepted in each unknown, relative to it. Near a critical point rounding alone costs many digits.
    floor
        Absolute error accepted besides: unknowns below it are not told from zero.
    max_iterations
        Steps at each point before it is given up.

    Returns
    -------
    LoweredFixedPoint
        Called with arrays it gives the unknowns, in their order, and refuses where one was not found; ``.solve`` tells
        residual, uncertainty, convergence and stability of each point; ``.derivative`` gives the response.

    Raises
    ------
    TypeError
        If an equation cannot be lowered.
    ValueError
        If a symbol is missing among the arguments, or the starts do not fit the unknowns.

    Examples
    --------
    The magnetization of the Curie-Weiss model without a field, at half the critical temperature.

    >>> import sympy as sp
    >>> m, beta, h = sp.symbols("m beta h", real=True)
    >>> magnetization = lower_fixed_point({m: sp.tanh(beta*m + h)}, (beta, h), start={m: 1})
    >>> round(float(magnetization(2.0, 0.0)), 12)
    0.957504024077
    >>> round(float(magnetization.derivative(h)(2.0, 0.0)), 12)
    0.09978797813
    """
    unknowns = tuple(equations)
    if set(start) != set(unknowns):
        named = ", ".join(map(str, unknowns))
        raise ValueError(f"expected a start for each of {named}; found {', '.join(map(str, start)) or 'none'}")
    if len(unknowns) > 1 and any(isinstance(s, tuple) for s in start.values()):
        raise ValueError("expected a single start for each of several unknowns; found a pair: a way has one dimension")
    problem = lowered_equations(equations, arguments, domain, backend)
    request = Request(tolerance=tolerance, floor=floor, max_iterations=max_iterations)
    return LoweredFixedPoint(
        equations=problem, start={q: start[q] for q in unknowns}, request=request, quantities=unknowns
    )
