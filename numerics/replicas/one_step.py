"""The saddle point of one-step replica symmetry breaking of a derived free energy, from zero temperature to its onset.

By fixed rules in doubles where they resolve the step; to many digits where it is so small that doubles cancel; by
controlled means at low temperatures.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from numerics.replicas.cold_form import ReplicaFreeEnergy, cold_form
from numerics.replicas.one_step_coarse import CoarseOneStep
from numerics.replicas.one_step_cold import ColdOneStep
from numerics.replicas.one_step_onset import OneStepOnset
from numerics.replicas.one_step_root import OneStepRoot
from numerics.replicas.one_step_start import OneStepStart
from numerics.replicas.records import OneStepSolution, ReplicaSymmetricSolution
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.newton import Vector

# The third power of the gap times the second of the breakpoint below which doubles cancel too much.
WEAK = 1e-7
# What has to be known of the unknowns.
RELATIVE_UNCERTAINTY = 1e-4


class OneStepSolver:
    """The saddle point of two overlaps and a breakpoint.

    Parameters
    ----------
    free_energy
        With q0 among the others, q1 saturating, and one breakpoint; temperatures are in units in which replica symmetry
        breaks at 1 at no field.
    onset
        The field above which replica symmetry is stable, at a temperature between 0 and 1.
    """

    def __init__(self, free_energy: ReplicaFreeEnergy, onset: Callable[[float], float]) -> None:
        form = cold_form(free_energy)
        self._onset, self._coarse = onset, CoarseOneStep(form)
        self._start, self._many_digits = OneStepStart(self._coarse, onset), OneStepOnset(form)
        self._cold = ColdOneStep(form, self._coarse)

    def solve(self, temperature: float, field: float, symmetric: ReplicaSymmetricSolution) -> OneStepSolution:
        """The solution where the symmetric one, at the same temperature and field, is unstable; else that one.

        Raises
        ------
        NotConvergedError
            If no solution with 0 <= q0 < q1 <= 1 and a breakpoint below 1 is found and confirmed.
        """
        if symmetric.stable:
            return _unbroken(symmetric)
        root = self._root(temperature, abs(field), symmetric.overlap)
        gain = root.free_energy - symmetric.free_energy if root.gain is None else root.gain
        _check(temperature, field, root, gain)
        return OneStepSolution(
            temperature=temperature,
            field=field,
            overlaps=root.overlaps,
            breakpoint=root.breakpoint,
            magnetization=root.magnetization if field >= 0 else -root.magnetization,
            free_energy=root.free_energy,
            energy=root.free_energy + temperature * root.entropy,
            entropy=root.entropy,
            residual=root.residual,
            uncertainty=root.uncertainty,
            iterations=root.iterations,
        )

    def _root(self, temperature: float, field: float, symmetric: float) -> OneStepRoot:
        if temperature < self._coarse.lowest:
            return self._cold.solve(temperature, field)
        start = self._start.at(temperature, field, self._onset(temperature))
        in_doubles = self._in_doubles(start, temperature, field) if 3 * start[1] + 2 * start[2] > np.log(WEAK) else None
        return in_doubles or self._many_digits.solve(start, temperature, field, symmetric)

    def _in_doubles(self, start: Vector, temperature: float, field: float) -> OneStepRoot | None:
        root = self._coarse.polished(start, temperature, field)
        if root is None:
            return None
        q0, gap, y = np.exp(root.values)
        *residual, free_energy, entropy, magnetization = self._coarse.quantities(root.values, temperature, field)
        return OneStepRoot(
            overlaps=(float(q0), float(q0 + gap)),
            breakpoint=float(temperature * y),
            free_energy=float(free_energy),
            entropy=float(entropy),
            magnetization=float(magnetization),
            residual=float(np.max(np.abs(residual))),
            uncertainty=root.uncertainty,
            iterations=root.iterations,
        )


def _check(temperature: float, field: float, root: OneStepRoot, gain: float) -> None:
    (q0, q1), x = root.overlaps, root.breakpoint * (temperature > 0)
    inside = 0 <= q0 < q1 <= 1 and 0 <= x < 1
    if not (inside and root.uncertainty <= RELATIVE_UNCERTAINTY and gain > 0):
        raise NotConvergedError(
            f"expected overlaps 0 <= q0 < q1 <= 1, a breakpoint below 1 and a free energy above the symmetric one at "
            f"temperature {temperature} and field {field}; found {q0}, {q1}, {x} with a relative uncertainty of "
            f"{root.uncertainty:.2g} and a gain of {gain:.2g}: the breaking may be too weak there"
        )


def _unbroken(symmetric: ReplicaSymmetricSolution) -> OneStepSolution:
    return OneStepSolution(
        temperature=symmetric.temperature,
        field=symmetric.field,
        overlaps=(symmetric.overlap, symmetric.overlap),
        breakpoint=float("nan"),
        magnetization=symmetric.magnetization,
        free_energy=symmetric.free_energy,
        energy=symmetric.energy,
        entropy=symmetric.entropy,
        residual=symmetric.residual,
        uncertainty=symmetric.uncertainty,
        iterations=symmetric.iterations,
    )
