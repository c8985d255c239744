"""The flow of the slope of a potential, m = du/drho, at every invariant: in doubles, and in many digits.

It is the derivative by the invariant of the derived flow of the potential (``wetterich-local-potential``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast

import numpy as np
import sympy as sp
from flint import arb, fmpq
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sympy.printing.pycode import MpmathPrinter

from numerics.flows.potential import derived_flow
from numerics.flows.thresholds import Threshold, closed_form, lowered_threshold, with_thresholds
from numerics.lowering import lower
from theory.models import scalar_field as model
from theory.regulators import Regulator, y

Vector = NDArray[np.float64]
Table = NDArray[np.float64]

jet = sp.symbols("m m' m''", real=True)
"""The slope of the potential, and its first and second derivatives by the invariant."""
ARGUMENTS = (model.dimension, model.n_components, model.invariant, *jet)
_MASSES = (("across", jet[0]), ("along", jet[0] + 2 * model.invariant * jet[1]))


@dataclass(frozen=True)
class SlopeFlow:
    """dm/dt at fixed dimensionless invariant, and its derivatives by m, m' and m''.

    Attributes
    ----------
    regulator
        Of ``theory.regulators``.
    """

    regulator: Regulator

    def table(self, dimension: float, components: float, invariants: Vector, slopes: Any) -> Table:
        """The flow and its three derivatives, shape (n, 4), at invariants of shape (n,) and (m, m', m'')."""
        known = (float(dimension), float(components), invariants, *slopes)
        if self.has_closed_form:
            return np.asarray(_lowered(self.regulator)(*known))
        masses = np.stack([slopes[0], slopes[0] + 2 * invariants * slopes[1]])
        found = [lowered_threshold(self.regulator, n)(masses, float(dimension), 0.0) for n in (1, 2)]
        taken = [values[place] for place in (0, 1) for values in found]
        return np.asarray(_lowered(self.regulator)(*known, *taken))

    def balls(self, dimension: Any, components: Any, invariants: list[Any], slopes: Any) -> list[tuple[Any, ...]]:
        """The same in balls of the present precision, of which only the centers are kept.

        Raises
        ------
        ValueError
            If the threshold functions of the regulator have no derived closed form.
        """
        if not self.has_closed_form:
            raise ValueError(f"expected threshold functions in closed form for many digits; found {self.regulator!r}")
        function = _in_balls(self.regulator)
        rows = zip(invariants, *slopes, strict=True)
        return [tuple(arb(v).mid() for v in function(dimension, components, *row)) for row in rows]

    @cached_property
    def pole(self) -> float:
        """The mass below which there is no propagator, - min y (1 + r(y)): -1 for most regulators."""
        if self.has_closed_form:
            return -1.0
        height = lower(y * (1 + self.regulator.shape), (y,))
        places = np.geomspace(1e-8, 1e4, 2401)
        values = height(places)
        best = int(np.argmin(values))
        around = places[max(best - 1, 0)], places[min(best + 1, len(places) - 1)]
        found = cast(Any, minimize_scalar)(height, bounds=around, method="bounded", options={"xatol": 1e-10})
        return -min(float(values[best]), float(found.fun))

    @property
    def has_closed_form(self) -> bool:
        """Whether threshold functions need no quadrature."""
        return closed_form(self.regulator) is not None


@cache
def _entries(regulator: Regulator) -> tuple[Any, ...]:
    rho, u = model.invariant, model.potential(model.invariant)
    flow = sp.diff(with_thresholds(derived_flow(), regulator), rho)
    letters = {sp.Derivative(u, (rho, n)) if n > 1 else sp.Derivative(u, rho): m for n, m in enumerate(jet, start=1)}
    for node in sorted(flow.atoms(sp.Derivative), key=lambda e: -len(e.variables)):
        flow = flow.xreplace({node: letters[node]})
    return (flow, *(sp.diff(flow, m) for m in jet))


@cache
def _lowered(regulator: Regulator) -> Any:
    entries = sp.Array(_entries(regulator))
    if closed_form(regulator) is not None:
        return lower(entries, ARGUMENTS)
    names = {
        Threshold(sp.Integer(n), at): sp.Symbol(f"l_{n}_{place}", real=True) for place, at in _MASSES for n in (1, 2)
    }
    return lower(entries.xreplace(names), (*ARGUMENTS, *names.values()))


@cache
def _in_balls(regulator: Regulator) -> Any:
    printer = MpmathPrinter({"fully_qualified_modules": False, "inline": True, "allow_unknown_functions": False})
    names: dict[str, Any] = {"log": lambda x: arb(x).log(), "mpf": _ball}
    return sp.lambdify(ARGUMENTS, _entries(regulator), modules=[names], printer=printer, cse=True)


def _ball(value: Any) -> Any:
    return arb(value) if isinstance(value, int) else arb(fmpq(*map(int, value)))
