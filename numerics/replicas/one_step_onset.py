"""One step of breaking to many digits, up to where it vanishes."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import mpmath

from numerics.replicas.cold_form import ColdForm
from numerics.replicas.many_digits import ManyDigits
from numerics.replicas.one_step_forms import balanced, balanced_equations, unknowns
from numerics.replicas.one_step_root import OneStepRoot
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import Vector

# Digits where nothing cancels; then each power of ten of the gap costs three more, and each of the breakpoint.
DIGITS, POWERS = 20, 3
DIFFERENCE = 1e-5
STEPS = 30
ENDED = 1e-13
# A gap that is this much smaller leaves nothing of the gain that could be seen.
CLOSED = 1e-6
# Of the logarithms, in one step.
LONGEST = 1.0


class OneStepOnset:
    """Broyden's method on the balanced equations, with as many digits as the gap of the overlaps asks for."""

    def __init__(self, form: ColdForm) -> None:
        self._form = form
        self._arguments = (*form.unknowns, form.temperature, form.field)

    @cached_property
    def _equations(self) -> ManyDigits:
        return ManyDigits(balanced_equations(self._form), self._arguments)

    @cached_property
    def _quantities(self) -> ManyDigits:
        form = self._form
        return ManyDigits((*form.equations, form.free_energy, form.entropy, form.magnetization), self._arguments)

    @cached_property
    def _free_energy(self) -> ManyDigits:
        return ManyDigits((self._form.free_energy,), self._arguments)

    def solve(self, start: Vector, temperature: float, field: float, symmetric: float) -> OneStepRoot:
        """The solution from logarithms of q0, q1 - q0 and y nearby.

        Parameters
        ----------
        symmetric
            The symmetric overlap.

        Raises
        ------
        NotConvergedError
            If Broyden's method ends nowhere.
        """
        with mpmath.workdps(DIGITS + round(-POWERS * (start[1] + start[2]) / math.log(10))):
            t, h = mpmath.mpf(temperature), mpmath.mpf(field)
            logarithms, uncertainty, iterations = self._broyden(mpmath.matrix(list(map(float, start))), t, h)
            q0, gap, y = map(mpmath.exp, logarithms)
            *residual, free_energy, entropy, magnetization = self._quantities.settle(*unknowns(q0, gap, y, t), t, h)
            equal = self._free_energy.settle(*unknowns(mpmath.mpf(symmetric), gap * CLOSED, y, t), t, h)[0]
            return OneStepRoot(
                overlaps=(float(q0), float(q0 + gap)),
                breakpoint=float(t * y),
                free_energy=float(free_energy),
                entropy=float(entropy),
                magnetization=float(magnetization),
                gain=float(free_energy - equal),
                residual=float(max(map(abs, residual))),
                uncertainty=float(uncertainty),
                iterations=iterations,
            )

    def _broyden(self, logarithms: Any, t: Any, h: Any) -> tuple[Any, Any, int]:
        q0, gap, y = first = [mpmath.exp(u) for u in logarithms]
        self._equations.settle(*unknowns(q0, gap, y, t), t, h)
        residual = self._balanced(logarithms, t, h)
        inverse = self._jacobian(logarithms, residual, t, h) ** -1
        for iteration in range(1, STEPS):
            step = -inverse * residual
            size = mpmath.norm(step, mpmath.inf)
            if size <= ENDED:
                return logarithms + step, size, iteration
            step *= min(1, LONGEST / size)
            logarithms = logarithms + step
            if not mpmath.exp(logarithms[0]) + mpmath.exp(logarithms[1]) < 1 or not t * mpmath.exp(logarithms[2]) < 1:
                break
            new = self._balanced(logarithms, t, h)
            change = inverse * (new - residual)
            inverse += (step - change) * (step.T * inverse) / (step.T * change)[0]
            residual = new
        raise NotConvergedError(
            f"expected a saddle point of one-step breaking near {list(map(float, first))} (q0, q1 - q0 and the "
            f"breakpoint over T) at temperature {float(t)} and field {float(h)}; Broyden's method left there: move "
            "away from the onset of breaking"
        )

    def _balanced(self, logarithms: Any, t: Any, h: Any) -> Any:
        q0, gap, y = map(mpmath.exp, logarithms)
        return mpmath.matrix(balanced(self._equations(*unknowns(q0, gap, y, t), t, h), q0, gap, t))

    def _jacobian(self, logarithms: Any, residual: Any, t: Any, h: Any) -> Any:
        jacobian = mpmath.matrix(3, 3)
        for k in range(3):
            moved = logarithms.copy()
            moved[k] += DIFFERENCE
            jacobian[:, k] = (self._balanced(moved, t, h) - residual) / DIFFERENCE
        return jacobian
