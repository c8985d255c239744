"""A replica free energy in variables that stay finite as the temperature vanishes.

An overlap q that tends to 1 is written 1 - T c, and a breakpoint x that tends to 0 is written T y: then the free energy
per spin, its derivatives by the order parameters and the entropy have limits at T = 0, term by term.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from numerics.lowering.means.lifting import has_means
from numerics.lowering.means.reductions import reduced
from numerics.replicas.cold_functions import at_zero_temperature, in_cold_functions
from numerics.replicas.spread import constants_outside, in_spread_variables, in_unit_variables


@dataclass(frozen=True, kw_only=True)
class ReplicaFreeEnergy:
    """A derived free energy per spin as a function of order parameters.

    Attributes
    ----------
    expression
        With Gaussian means over single variables, in cosh, sinh, tanh and log.
    inverse_temperature, field
        Its symbols for them.
    saturating
        Overlaps of a state with itself: they tend to 1 as the temperature vanishes.
    others
        Order parameters that tend to something else.
    breakpoints
        Positions of a step of the overlap, which vanish with the temperature.
    """

    expression: Any
    inverse_temperature: sp.Symbol
    field: sp.Symbol
    saturating: tuple[Any, ...] = ()
    others: tuple[Any, ...] = ()
    breakpoints: tuple[Any, ...] = ()

    @property
    def order_parameters(self) -> tuple[Any, ...]:
        """All of them, in the order of the solvers' unknowns."""
        return (*self.others, *self.saturating, *self.breakpoints)


@dataclass(frozen=True, kw_only=True)
class ColdForm:
    """Free energy, stationarity and derivatives as expressions in unknowns, temperature and field.

    Attributes
    ----------
    unknowns
        What is solved for: q, or c in q = 1 - T c, or y in x = T y.
    temperature, field
        Symbols.
    order_parameters
        In terms of the unknowns.
    free_energy, entropy, magnetization
        Per spin; the last two are minus derivatives by temperature and field at fixed unknowns, which is all there is
        where the equations hold.
    equations
        Derivatives of the free energy by the order parameters, those by the breakpoints times T; all vanish.
    """

    unknowns: tuple[Any, ...]
    temperature: sp.Symbol
    field: sp.Symbol
    order_parameters: tuple[Any, ...]
    free_energy: Any
    entropy: Any
    magnetization: Any
    equations: tuple[Any, ...]

    def at_zero_temperature(self) -> ColdForm:
        """The limit of every expression as the temperature vanishes."""

        def limit(expression: Any) -> Any:
            return at_zero_temperature(expression, self.temperature)

        return replace(
            self,
            order_parameters=tuple(map(limit, self.order_parameters)),
            free_energy=limit(self.free_energy),
            entropy=limit(self.entropy),
            magnetization=limit(self.magnetization),
            equations=tuple(map(limit, self.equations)),
        )


def cold_form(free_energy: ReplicaFreeEnergy) -> ColdForm:
    """Differentiate a free energy, in variables that stay finite as the temperature vanishes."""
    temperature = sp.Symbol("T", positive=True)
    deficits = {q: sp.Symbol(f"c{i}", positive=True) for i, q in enumerate(free_energy.saturating)}
    slopes = {x: sp.Symbol(f"y{i}", positive=True) for i, x in enumerate(free_energy.breakpoints)}
    overlaps = {q: 1 - temperature * c for q, c in deficits.items()}
    breakpoints = {x: temperature * y for x, y in slopes.items()}
    plain = _at_temperature(free_energy, temperature).xreplace(breakpoints)
    cold = _tidy(plain.xreplace(overlaps))
    by_overlaps = [sp.diff(plain, q).xreplace(overlaps) for q in (*free_energy.others, *free_energy.saturating)]
    by_breakpoints = [sp.diff(cold, y) for y in slopes.values()]
    table, values = {**deficits, **slopes}, {**overlaps, **breakpoints}
    return ColdForm(
        unknowns=tuple(table.get(p, p) for p in free_energy.order_parameters),
        temperature=temperature,
        field=free_energy.field,
        order_parameters=tuple(values.get(p, p) for p in free_energy.order_parameters),
        free_energy=cold,
        entropy=_tidy(-sp.diff(cold, temperature)),
        magnetization=_tidy(-sp.diff(cold, free_energy.field)),
        equations=tuple(_tidy(e) for e in (*by_overlaps, *by_breakpoints)),
    )


def warm_form(free_energy: ReplicaFreeEnergy) -> ColdForm:
    """Differentiate a free energy by the overlaps themselves, in variables that keep small overlaps' digits.

    Raises
    ------
    ValueError
        If there are breakpoints.
    """
    if free_energy.breakpoints:
        raise ValueError(
            f"expected overlaps alone; found the breakpoints {free_energy.breakpoints}: take the cold form"
        )
    temperature, unknowns = sp.Symbol("T", positive=True), free_energy.order_parameters
    spread = in_spread_variables(_at_temperature(free_energy, temperature))

    def derivative(by: Any) -> Any:
        return constants_outside(_tidy(sp.diff(spread, by)))

    return ColdForm(
        unknowns=unknowns,
        temperature=temperature,
        field=free_energy.field,
        order_parameters=unknowns,
        free_energy=spread,
        entropy=-derivative(temperature),
        magnetization=-derivative(free_energy.field),
        equations=tuple(sp.expand(derivative(q)) for q in unknowns),
    )


def _at_temperature(free_energy: ReplicaFreeEnergy, temperature: sp.Symbol) -> Any:
    expression = free_energy.expression.xreplace({free_energy.inverse_temperature: 1 / temperature})
    return _tidy(in_cold_functions(in_unit_variables(expression), temperature))


def _tidy(expression: Any) -> Any:
    """Factors before means, and powers of the temperature canceled in what has none: both are needed for the limit."""
    terms: Sequence[Any] = sp.Add.make_args(sp.expand_mul(expression, deep=False))
    rational = sp.Add(*(t for t in terms if not has_means(t)))
    return sp.Add(sp.cancel(rational), *(reduced(t) for t in terms if has_means(t)))
