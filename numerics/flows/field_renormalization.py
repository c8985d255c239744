"""The anomalous dimension of a field beside its potential, as a function of plain numbers.

It is the derived one (``wetterich-anomalous-dimension``). The scale derivative of the regulator holds it too: the
equation is linear in it, and solved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from numerics.flows.momentum_thresholds import MASSES, closed_momentum_form, momentum_threshold
from numerics.flows.thresholds import d, eta
from numerics.lowering import lower
from theory.models import scalar_field as model
from theory.regulators import Regulator

Vector = NDArray[np.float64]

COMPONENTS = {"radial": 1, "transverse": 2}
"""Whose two-point function defines the field renormalization, by the number of its component."""
COUPLINGS = (model.place_of_minimum, model.coupling(2), model.coupling(3))


class MomentumThreshold(sp.Function):
    """A derivative of m_22 by its masses: ``MomentumThreshold(i, j, w_1, w_2)`` is that of orders i and j."""

    nargs = 4
    is_real = True
    is_finite = True

    def fdiff(self, argindex: int = 4) -> Any:
        """The derivative by a mass.

        Raises
        ------
        ValueError
            If it is asked for by an order.
        """
        if argindex < 3:
            raise ValueError("a threshold function is differentiated by its masses")
        i, j, first, second = cast(Any, self.args)
        return cast(Any, MomentumThreshold)(i + (argindex == 3), j + (argindex == 4), first, second)


@dataclass(frozen=True)
class FieldRenormalization:
    """The anomalous dimension at the minimum of a potential, for a regulator.

    Attributes
    ----------
    regulator
        Of ``theory.regulators``.
    mode
        Whose two-point function defines it: "transverse" modes, across the field, or the "radial" one, along it.

    Raises
    ------
    ValueError
        If there is no such mode, or the regulator is the sharp cutoff, whose loops have no expansion in momenta.
    """

    regulator: Regulator
    mode: str

    def __post_init__(self) -> None:
        if self.mode not in COMPONENTS:
            raise ValueError(f"expected a mode among {', '.join(COMPONENTS)}; found {self.mode!r}")
        if self.regulator.is_sharp:
            raise ValueError(
                "expected a regulator with a shape: loops of the sharp cutoff have no expansion in external momenta; "
                "take high powers"
            )

    def value(self, dimension: float, components: float, values: Sequence[float] | Vector) -> float:
        """eta at couplings kappa, lambda_2, ... of shape (order,)."""
        return self._solved(dimension, components, values)[0]

    def gradient(self, dimension: float, components: float, values: Sequence[float] | Vector) -> Vector:
        """Derivatives of eta by the couplings, shape (order,)."""
        solved, slope = self._solved(dimension, components, values)
        at_zero, moved = (self._evaluated(dimension, components, values, at)[1:] for at in (0.0, 1.0))
        gradient = np.zeros(len(values))
        count = min(len(values), len(COUPLINGS))
        gradient[:count] = ((at_zero + solved * (moved - at_zero)) / slope)[:count]
        return gradient

    def _solved(self, dimension: float, components: float, values: Any) -> tuple[float, float]:
        """eta, and one minus the derivative of the loop by it."""
        at_zero, moved = (float(self._evaluated(dimension, components, values, at)[0]) for at in (0.0, 1.0))
        slope = 1 - (moved - at_zero)
        return at_zero / slope, slope

    def _evaluated(self, dimension: float, components: float, values: Any, at: float) -> Vector:
        """The loop at an anomalous dimension in the regulator, and its derivatives by the first couplings."""
        program, masses, orders = _programs(self.regulator, self.mode)
        known = (*map(float, values[: len(COUPLINGS)]), *(0.0,) * (len(COUPLINGS) - len(values)))
        places = np.asarray(masses(*known)) if orders else ()
        taken = [
            momentum_threshold(self.regulator, o, (float(w[0]), float(w[1])), float(dimension), at)
            for o, w in zip(orders, places, strict=True)
        ]
        return np.asarray(program(float(dimension), float(components), at, *known, *taken))


@cache
def derived_loop(mode: str) -> Any:
    """eta of the derivation, by m_22."""
    from derivations.renormalization import anomalous_dimension as derived

    return derived.anomalous_dimension(COMPONENTS[mode]).result


@cache
def _programs(regulator: Regulator, mode: str) -> tuple[Any, Any, tuple[Any, ...]]:
    """The loop with its derivatives by the couplings, the masses of threshold functions in it, and their orders."""
    loop = derived_loop(mode).replace(model.momentum_threshold, lambda *w: cast(Any, MomentumThreshold)(0, 0, *w))
    rows = [loop, *(sp.diff(loop, coupling) for coupling in COUPLINGS)]
    nodes = sorted(set().union(*(row.atoms(MomentumThreshold) for row in rows)), key=sp.default_sort_key)
    arguments = (d, model.n_components, eta, *COUPLINGS)
    known = closed_momentum_form(regulator)
    if known is not None:
        values = {n: _at(known, n) for n in nodes}
        return lower(sp.Array([row.xreplace(values) for row in rows]), arguments), None, ()
    letters = {n: sp.Symbol(f"m_{place}", real=True) for place, n in enumerate(nodes)}
    program = lower(sp.Array([row.xreplace(letters) for row in rows]), (*arguments, *letters.values()))
    masses = lower(sp.Array([list(n.args[2:]) for n in nodes]), COUPLINGS)
    return program, masses, tuple((int(n.args[0]), int(n.args[1])) for n in nodes)


def _at(known: Any, node: Any) -> Any:
    i, j, *places = node.args
    (first, second), moved = MASSES, known
    for mass, order in ((first, i), (second, j)):
        moved = sp.diff(moved, mass, int(order))
    return moved.xreplace(dict(zip(MASSES, places, strict=True)))
