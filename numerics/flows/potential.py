"""The flow of the couplings of a potential about a point, as functions of plain numbers.

The flow of the potential is the derived one (``wetterich-local-potential``). Its Taylor coefficients, and their
derivatives by the couplings, are straight-line programs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.flows.expansion_points import MINIMUM, ExpansionPoint
from numerics.flows.field_renormalization import FieldRenormalization
from numerics.flows.thresholds import Threshold, closed_form, lowered_threshold, with_thresholds
from numerics.lowering import StraightLineProgram, lower, taylor_jacobian, taylor_program
from theory.models import scalar_field as model
from theory.regulators import Regulator

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

PARAMETERS = (model.dimension, model.n_components, model.anomalous_dimension)


@dataclass(frozen=True)
class PotentialFlow:
    """The derivatives of order 1 to ``order`` of du/dt at the point of expansion, for a regulator.

    Attributes
    ----------
    regulator
        Of ``theory.regulators``.
    order
        Of the highest coupling, at least 2; higher ones are zero.
    renormalization
        What gives the anomalous dimension; none where the field is not renormalized, as in the local potential
        approximation.
    about
        The point of expansion.

    Raises
    ------
    ValueError
        If the order is below 2.
    """

    regulator: Regulator
    order: int
    renormalization: FieldRenormalization | None = None
    about: ExpansionPoint = MINIMUM

    def __post_init__(self) -> None:
        if self.order < 2:
            raise ValueError(f"expected a truncation at order 2 or higher; found {self.order}")

    def anomalous_dimension(self, dimension: float, components: float, values: Sequence[float] | Vector) -> float:
        """eta at couplings of shape (order,)."""
        own = self.renormalization
        return 0.0 if own is None else own.value(dimension, components, values)

    def slopes(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Vector:
        """The derivatives of the flow, shape (order,), at couplings of shape (order,)."""
        return self._slopes(dimension, components, values, self.anomalous_dimension(dimension, components, values))

    def slopes_of_many(self, dimension: float, components: float, values: Matrix) -> Matrix:
        """The same of many potentials, shapes (n, order) of couplings and derivatives; without anomalous dimension."""
        d, columns = float(dimension), values.T
        masses = [np.ascontiguousarray(np.broadcast_to(w, len(values))) for w in self.about.masses(*columns[:2])]
        taken = [_thresholds_at(self.regulator, n, w.tobytes(), d) for w in masses for n in self._threshold_orders]
        program = _programs(self.regulator, self.order, self.about)[0]
        return np.asarray(program(d, float(components), 0.0, *columns, *taken))

    def jacobian(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Matrix:
        """Derivatives of these by the couplings, shape (order, order)."""
        by_series, by_place = _programs(self.regulator, self.order, self.about)[1:]
        eta = self.anomalous_dimension(dimension, components, values)
        arguments = self._arguments(dimension, components, values, eta)
        direct = np.asarray(by_series(*arguments))
        if by_place is not None:
            direct = np.column_stack([by_place(*arguments), direct])
        if self.renormalization is None:
            return direct
        # The flow is linear in the anomalous dimension.
        at_zero, at_one = (self._slopes(dimension, components, values, at) for at in (0.0, 1.0))
        return direct + np.outer(at_one - at_zero, self.renormalization.gradient(dimension, components, values))

    def _slopes(self, dimension: float, components: float, values: Any, eta: float) -> Vector:
        program = _programs(self.regulator, self.order, self.about)[0]
        return np.asarray(program(*self._arguments(dimension, components, values, eta)))

    def beta(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Vector:
        """d/dt of the couplings, with t = log k, shape (order,)."""
        return np.asarray(_moving(self.order, self.about)(*values, *self.slopes(dimension, components, values)))

    def stability_matrix(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Matrix:
        """Derivatives of the beta functions by the couplings, shape (order, order)."""
        slopes = self.slopes(dimension, components, values)
        direct, through = (np.asarray(m(*values, *slopes)) for m in _moving_slopes(self.order, self.about))
        return direct + through @ self.jacobian(dimension, components, values)

    @property
    def _threshold_orders(self) -> range:
        """Of the threshold functions that are taken by quadrature."""
        return range(1, self.order + 2) if closed_form(self.regulator) is None else range(0)

    def _arguments(self, dimension: float, components: float, values: Any, eta: float) -> tuple[Any, ...]:
        if len(values) != self.order:
            names = ", ".join(map(str, self.about.couplings(self.order)))
            raise ValueError(f"expected {self.order} couplings, {names}; found {len(values)}")
        known = (float(dimension), float(components), eta, *map(float, values))
        taken = [
            _threshold_at(self.regulator, n, w, float(dimension), eta)
            for w in self.about.masses(*map(float, values[:2]))
            for n in self._threshold_orders
        ]
        return (*known, *taken)


@lru_cache(maxsize=4096)
def _threshold_at(regulator: Regulator, order: int, at: float, dimension: float, eta: float) -> float:
    return float(lowered_threshold(regulator, order)(at, dimension, eta))


@lru_cache(maxsize=256)
def _thresholds_at(regulator: Regulator, order: int, masses: bytes, dimension: float) -> Vector:
    """At many masses, given by their bytes: the same ones are asked for again and again."""
    return np.asarray(lowered_threshold(regulator, order)(np.frombuffer(masses), dimension, 0.0))


@cache
def derived_flow(*, renormalized: bool = False) -> Any:
    """du/dt of the derivation, at vanishing anomalous dimension unless the field is ``renormalized``."""
    from derivations.renormalization import local_potential as derived

    flow = derived.flow_of_the_potential().result
    return flow if renormalized else flow.xreplace({model.anomalous_dimension: sp.S.Zero})


@cache
def _programs(regulator: Regulator, order: int, about: ExpansionPoint) -> tuple[Any, Any, Any]:
    """Slopes, and their derivatives by the derivatives of the potential, and by the place if it moves."""
    u, rho = model.potential(model.invariant), model.invariant
    flow = with_thresholds(derived_flow(renormalized=True), regulator)
    choices: dict[str, Any] = {"series": {u: about.series(order)}, "about": about.place}
    columns = taylor_jacobian(flow, rho, order, of=u, **choices)
    weights, held, width = [sp.factorial(k) for k in range(1, order + 1)], about.orders(order), order + 1
    rows = [
        weights[k - 1] * columns.outputs[k * width + n] / sp.factorial(n) for k in range(1, order + 1) for n in held
    ]
    table = replace(columns.followed_by({}, rows), shape=(order, len(held)))

    def derivatives(expression: Any) -> Any:
        program = taylor_program(expression, rho, order, **choices)
        return program.followed_by({}, [w * e for w, e in zip(weights, program.outputs[1:], strict=True)])

    programs = [derivatives(flow), table, *([derivatives(_explicit_slope(flow, u, rho))] if about.moves else [])]
    letters = _letters(regulator, order, about)
    values, by_series, *by_place = (lower(_named(p, about), letters) for p in programs)
    return values, by_series, by_place[0] if by_place else None


def _explicit_slope(flow: Any, u: Any, rho: sp.Symbol) -> Any:
    """The derivative by the invariant where it occurs beside the potential."""
    marks = {d: sp.Dummy() for d in sorted(flow.atoms(sp.Derivative), key=lambda e: -len(e.variables))}
    marked = flow.xreplace(marks).xreplace({u: sp.Dummy()})
    return sp.diff(marked, rho).xreplace({mark: d for d, mark in marks.items()})


def _letters(regulator: Regulator, order: int, about: ExpansionPoint) -> tuple[Any, ...]:
    plain = (*PARAMETERS, *about.couplings(order))
    if closed_form(regulator) is not None:
        return plain
    places = range(len(about.masses(0.0, 0.0)))
    return (*plain, *(_threshold_letter(place, n) for place in places for n in range(1, order + 2)))


def _threshold_letter(place: int, order: int) -> sp.Symbol:
    return sp.Symbol(f"l_{order}_{('across', 'along')[place]}", real=True)


def _named(program: StraightLineProgram, about: ExpansionPoint) -> StraightLineProgram:
    """Threshold functions at the masses of the point, as arguments."""
    masses = about.masses(*about.couplings(2))

    def letter(n: Any, at: Any) -> Any:
        return _threshold_letter(0 if at == masses[0] else 1, int(n))

    def named(expression: Any) -> Any:
        return expression.replace(Threshold, letter)

    lines = tuple(replace(a, value=named(a.value)) for a in program.assignments)
    return replace(program, assignments=lines, outputs=tuple(map(named, program.outputs)))


def _moving_letters(order: int, about: ExpansionPoint) -> tuple[Any, ...]:
    return (*about.couplings(order), *(model.flow_slope(n) for n in range(1, order + 1)))


@cache
def _moving(order: int, about: ExpansionPoint) -> Any:
    return lower(sp.Array(about.moving(order)), _moving_letters(order, about))


@cache
def _moving_slopes(order: int, about: ExpansionPoint) -> tuple[Any, Any]:
    """Derivatives of the beta functions by the couplings and by the slopes of the flow."""
    letters, column = _moving_letters(order, about), sp.Matrix(about.moving(order))
    by_couplings, by_slopes = (lower(column.jacobian(part), letters) for part in (letters[:order], letters[order:]))
    return by_couplings, by_slopes
