"""The flow of the couplings of a potential about its running minimum, as functions of plain numbers.

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

from numerics.flows.field_renormalization import FieldRenormalization
from numerics.flows.thresholds import Threshold, closed_form, lowered_threshold, mass
from numerics.lowering import StraightLineProgram, lower, taylor_jacobian, taylor_program
from theory.models import scalar_field as model
from theory.regulators import Regulator

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

minimum = model.place_of_minimum
PARAMETERS = (model.dimension, model.n_components, model.anomalous_dimension)


def couplings(order: int) -> tuple[Any, ...]:
    """kappa, lambda_2, ..., lambda_order."""
    return (minimum, *(model.coupling(n) for n in range(2, order + 1)))


@dataclass(frozen=True)
class PotentialFlow:
    """The derivatives of order 1 to ``order`` of du/dt at the minimum, for a regulator.

    Attributes
    ----------
    regulator
        Of ``theory.regulators``.
    order
        Of the highest coupling, at least 2; higher ones are zero.
    renormalization
        What gives the anomalous dimension; none where the field is not renormalized, as in the local potential
        approximation.

    Raises
    ------
    ValueError
        If the order is below 2.
    """

    regulator: Regulator
    order: int
    renormalization: FieldRenormalization | None = None

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

    def jacobian(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Matrix:
        """Derivatives of these by the couplings, shape (order, order)."""
        by_series, by_place = _programs(self.regulator, self.order)[1:]
        eta = self.anomalous_dimension(dimension, components, values)
        arguments = self._arguments(dimension, components, values, eta)
        direct = np.column_stack([by_place(*arguments), by_series(*arguments)])
        if self.renormalization is None:
            return direct
        # The flow is linear in the anomalous dimension.
        at_zero, at_one = (self._slopes(dimension, components, values, at) for at in (0.0, 1.0))
        return direct + np.outer(at_one - at_zero, self.renormalization.gradient(dimension, components, values))

    def _slopes(self, dimension: float, components: float, values: Any, eta: float) -> Vector:
        program = _programs(self.regulator, self.order)[0]
        return np.asarray(program(*self._arguments(dimension, components, values, eta)))

    def beta(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Vector:
        """d/dt of the couplings, with t = log k, shape (order,)."""
        return np.asarray(_moving(self.order)(*values, *self.slopes(dimension, components, values)))

    def stability_matrix(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Matrix:
        """Derivatives of the beta functions by the couplings, shape (order, order)."""
        slopes = self.slopes(dimension, components, values)
        direct, through = (np.asarray(m(*values, *slopes)) for m in _moving_slopes(self.order))
        return direct + through @ self.jacobian(dimension, components, values)

    def _arguments(self, dimension: float, components: float, values: Any, eta: float) -> tuple[Any, ...]:
        if len(values) != self.order:
            raise ValueError(
                f"expected {self.order} couplings, kappa and lambda_2 to lambda_{self.order}; found {len(values)}"
            )
        known = (float(dimension), float(components), eta, *map(float, values))
        if closed_form(self.regulator) is not None:
            return known
        gap = 2 * float(values[0]) * float(values[1])
        taken = [
            _threshold_at(self.regulator, n, w, float(dimension), eta)
            for w in (0.0, gap)
            for n in range(1, self.order + 2)
        ]
        return (*known, *taken)


@lru_cache(maxsize=4096)
def _threshold_at(regulator: Regulator, order: int, at: float, dimension: float, eta: float) -> float:
    return float(lowered_threshold(regulator, order)(at, dimension, eta))


@cache
def derived_flow(*, renormalized: bool = False) -> Any:
    """du/dt of the derivation, at vanishing anomalous dimension unless the field is ``renormalized``."""
    from derivations.renormalization import local_potential as derived

    flow = derived.flow_of_the_potential().result
    return flow if renormalized else flow.xreplace({model.anomalous_dimension: sp.S.Zero})


@cache
def _programs(regulator: Regulator, order: int) -> tuple[Any, Any, Any]:
    """Slopes, and their derivatives by lambda_2 to lambda_order and by kappa."""
    u, rho = model.potential(model.invariant), model.invariant
    series = {u: (0, 0, *(g / sp.factorial(n) for n, g in enumerate(couplings(order)[1:], start=2)))}
    flow = _with_thresholds(derived_flow(renormalized=True), regulator)
    choices: dict[str, Any] = {"series": series, "about": minimum}
    values = taylor_program(flow, rho, order, **choices)
    explicit = taylor_program(_explicit_slope(flow, u, rho), rho, order, **choices)
    columns = taylor_jacobian(flow, rho, order, of=u, **choices)
    width = order + 1
    weights = [sp.factorial(k) for k in range(1, order + 1)]
    rows = [
        weights[k - 1] * columns.outputs[k * width + n] / sp.factorial(n)
        for k in range(1, order + 1)
        for n in range(2, order + 1)
    ]
    by_series = columns.followed_by({}, rows)
    arguments, shape = _letters(regulator, order), (order, order - 1)
    made = [
        lower(_named(p.followed_by({}, [w * e for w, e in zip(weights, p.outputs[1:], strict=True)])), arguments)
        for p in (values, explicit)
    ]
    table = lower(_named(_shaped(by_series, shape)), arguments)
    return made[0], table, made[1]


def _shaped(program: StraightLineProgram, shape: tuple[int, int]) -> StraightLineProgram:
    return replace(program, shape=shape)


def _with_thresholds(flow: Any, regulator: Regulator) -> Any:
    known = closed_form(regulator)
    if known is None:
        return flow.replace(model.threshold, lambda at: Threshold(sp.S.Zero, at))
    eta = model.anomalous_dimension
    here = known if flow.has(eta) else known.xreplace({eta: sp.S.Zero})
    return flow.replace(model.threshold, lambda at: here.xreplace({mass: at}))


def _explicit_slope(flow: Any, u: Any, rho: sp.Symbol) -> Any:
    """The derivative by the invariant where it occurs beside the potential."""
    marks = {d: sp.Dummy() for d in sorted(flow.atoms(sp.Derivative), key=lambda e: -len(e.variables))}
    marked = flow.xreplace(marks).xreplace({u: sp.Dummy()})
    return sp.diff(marked, rho).xreplace({mark: d for d, mark in marks.items()})


def _letters(regulator: Regulator, order: int) -> tuple[Any, ...]:
    plain = (*PARAMETERS, *couplings(order))
    if closed_form(regulator) is not None:
        return plain
    return (*plain, *(_threshold_letter(at, n) for at in ("across", "along") for n in range(1, order + 2)))


def _threshold_letter(at: str, order: int) -> sp.Symbol:
    return sp.Symbol(f"l_{order}_{at}", real=True)


def _named(program: StraightLineProgram) -> StraightLineProgram:
    """Threshold functions at the two masses of the minimum, 0 and 2 kappa lambda_2, as arguments."""

    def letter(n: Any, at: Any) -> Any:
        return _threshold_letter("across" if at == 0 else "along", int(n))

    def named(expression: Any) -> Any:
        return expression.replace(Threshold, letter)

    lines = tuple(replace(a, value=named(a.value)) for a in program.assignments)
    return replace(program, assignments=lines, outputs=tuple(map(named, program.outputs)))


@cache
def _moving_expressions(order: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Beta functions in the couplings and the slopes of the flow, and these letters."""
    from derivations.engine.derivation import Derivation
    from derivations.renormalization import local_potential as derived

    moving = derived.running_couplings(Derivation("couplings at the minimum"), derived.flow_of_the_potential(), order)
    known = {model.coupling(order + 1): sp.S.Zero}
    expressions = tuple(e.xreplace(known) for e in moving)
    letters = (*couplings(order), *(model.flow_slope(n) for n in range(1, order + 1)))
    return expressions, letters


@cache
def _moving(order: int) -> Any:
    expressions, letters = _moving_expressions(order)
    return lower(sp.Array(expressions), letters)


@cache
def _moving_slopes(order: int) -> tuple[Any, Any]:
    """Derivatives of the beta functions by the couplings and by the slopes of the flow."""
    expressions, letters = _moving_expressions(order)
    column = sp.Matrix(expressions)
    return tuple(lower(column.jacobian(part), letters) for part in (letters[:order], letters[order:]))  # type: ignore[return-value]
