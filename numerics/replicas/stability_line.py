"""The field above which the replica-symmetric solution is stable, from zero temperature to the critical one."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import mpmath

from numerics.replicas.cold_form import ReplicaFreeEnergy, warm_form
from numerics.replicas.many_digits import ManyDigits
from numerics.replicas.onset_field import onset_field
from numerics.replicas.spread import in_spread_variables, in_unit_variables
from numerics.replicas.symmetric import SymmetricSolver
from numerics.solvers.convergence import NotConvergedError

# Closer than this to the critical temperature the equations cancel three powers of the distance.
CLOSE = 0.05
# Digits left after that.
DIGITS = 15


class StabilityLine:
    """Where the replicon eigenvalue vanishes.

    Parameters
    ----------
    free_energy, replicon
        As for `SymmetricSolver`.
    critical_temperature
        Where the line ends at field zero.
    """

    def __init__(self, free_energy: ReplicaFreeEnergy, replicon: Any, critical_temperature: float) -> None:
        self._free_energy, self._replicon = free_energy, replicon
        self.critical_temperature = critical_temperature
        self._symmetric = SymmetricSolver(free_energy, replicon)

    def field(self, temperature: float) -> float:
        """The field at a temperature between zero and the critical one, both excluded.

        Raises
        ------
        NotConvergedError
            If the line is not found.
        """
        closeness = 1 - temperature / self.critical_temperature
        if closeness > CLOSE:
            return self._by_bisection(temperature)[0]
        start = self._by_bisection(self.critical_temperature * (1 - CLOSE))
        return self._with_many_digits(temperature, mpmath.mpf(closeness), start)

    def _by_bisection(self, temperature: float) -> tuple[float, float]:
        """The field and the overlap there."""

        def replicon(field: float) -> float:
            return self._symmetric.solve(temperature, field).replicon_eigenvalue

        found = onset_field(replicon, temperature=temperature, scale=self.critical_temperature)
        return found, self._symmetric.solve(temperature, found).overlap

    def _with_many_digits(self, temperature: float, closeness: Any, start: tuple[float, float]) -> float:
        """From where the line would be if it followed the third power of the distance from the start on."""
        guess = start[0] ** 2 / CLOSE**3
        with mpmath.workdps(DIGITS + round(4 * float(mpmath.log10(1 / closeness))) + 10):
            t = mpmath.mpf(temperature)
            # In these units both unknowns are of order one.
            overlap, squared = closeness, closeness**3
            equation, replicon = self._equations

            def overlap_at(field: Any) -> Any:
                return overlap * mpmath.findroot(
                    lambda q: equation(q * overlap, t, field)[0] / overlap**2, start[1] / CLOSE
                )

            def residual(h2: Any) -> Any:
                field = mpmath.sqrt(h2 * squared)
                return replicon(overlap_at(field), t, field)[0] / overlap**2

            try:
                root = mpmath.findroot(residual, (guess, guess * (1 + CLOSE)), solver="secant")
            except (ValueError, ZeroDivisionError) as error:
                raise NotConvergedError(
                    f"expected the stability line at temperature {temperature}; found none near h^2 = {guess} times "
                    "the third power of the distance from the critical temperature"
                ) from error
            return float(mpmath.sqrt(root * squared))

    @cached_property
    def _equations(self) -> tuple[ManyDigits, ManyDigits]:
        form, source = warm_form(self._free_energy), self._free_energy
        arguments = (*form.unknowns, form.temperature, form.field)
        replicon = self._replicon.xreplace({source.inverse_temperature: 1 / form.temperature})
        replicon = in_spread_variables(in_unit_variables(replicon))
        return ManyDigits(form.equations, arguments), ManyDigits([replicon], arguments)
