"""The field on all layers above which the replica-symmetric solution of a layered model is stable."""

from __future__ import annotations

from numerics.replicas.layered import layered_solver
from numerics.replicas.onset_field import onset_field
from numerics.solvers.convergence import NotConvergedError
from theory.models.multilayer_instances import MultilayerSpinGlass

# Closer than this part of the critical temperature, cancellation costs the field more than half of its digits.
CLOSE = 1e-5


class LayeredLine:
    """Where the chain of minus the bonds of the scaled replicon stencil has 1 as its largest eigenvalue."""

    def __init__(self, model: MultilayerSpinGlass) -> None:
        self._solver = layered_solver(model)

    @property
    def critical_temperature(self) -> float:
        """Where the line ends at field zero."""
        return self._solver.critical_temperature

    def field(self, temperature: float) -> float:
        """The field at a temperature between zero and the critical one, both excluded.

        Raises
        ------
        NotConvergedError
            Within 1e-5 of the critical temperature, in parts of it, and where no such field is found.
        """
        highest = self.critical_temperature
        if 1 - temperature / highest < CLOSE:
            raise NotConvergedError(
                f"expected a temperature of at most {1 - CLOSE} times the critical one, {highest}; found "
                f"{temperature}: closer to it the equations of layers cancel too many digits"
            )
        return onset_field(
            lambda field: self._solver.replicon_eigenvalue(temperature, field), temperature=temperature, scale=highest
        )
