"""The equations of one step of breaking in combinations that keep their size as the step vanishes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from numerics.lowering.means.lifting import has_means
from numerics.replicas.cold_form import ColdForm


def balanced_equations(form: ColdForm) -> tuple[Any, ...]:
    """The three equations, and what the first two have outside of means, differentiated by their own unknown.

    Parameters
    ----------
    form
        With the unknowns q0, c of q1 = 1 - T c, and y of x = T y.
    """
    own = [
        sp.diff(sp.Add(*(t for t in sp.Add.make_args(equation) if not has_means(t))), unknown)
        for equation, unknown in zip(form.equations[:2], form.unknowns[:2], strict=True)
    ]
    return (*form.equations, *own)


def balanced(values: Sequence[Any], overlap: Any, gap: Any, temperature: Any) -> tuple[Any, Any, Any]:
    """Three combinations of `balanced_equations` that vanish with them: a level, a slope and a curvature.

    The derivative by the breakpoint is an integral from q0 to q1 of the function whose values at both ends the other
    equations are. What the trapezoidal rule makes of these values taken off, it is the third power of the gap times a
    curvature; undivided, all three would vanish with the gap, at any breakpoint.

    Parameters
    ----------
    values
        Numbers or arrays.
    overlap, gap
        q0 and q1 - q0.
    temperature
        In units of the coupling.
    """
    first, second, third, own_first, own_second = values
    at_outer, at_inner = first / own_first, -temperature * second / own_second
    curvature = (third - gap * (at_outer + at_inner) / 4) / gap**3
    return at_outer / overlap, (at_inner - at_outer) / gap, curvature


def unknowns(overlap: Any, gap: Any, slope: Any, temperature: Any) -> tuple[Any, Any, Any]:
    """q0, c and y from q0, q1 - q0 and y."""
    return overlap, (1 - overlap - gap) / temperature, slope
