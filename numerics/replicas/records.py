"""What the solvers of replica theories return."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ReplicaSymmetricSolution:
    """The replica-symmetric saddle point of one model at one temperature and field.

    Attributes
    ----------
    temperature, field
        As given; Boltzmann's constant is 1.
    overlap
        Mean product of a spin in two replicas; an array with one entry a layer for layered models.
    magnetization
        Mean spin, alike; NaN where the Hamiltonian has no field by which it would follow.
    free_energy, energy, entropy
        Per spin; the free energy is energy - temperature * entropy.
    replicon_eigenvalue
        The eigenvalue of the replica Hessian that decides stability: negative where replica symmetry is broken. Minus
        infinity where it diverges, as at zero temperature. For layered models the least eigenvalue in the replicon
        sector, with the Hessian scaled to a unit diagonal. NaN for models whose replicon is not derived.
    residual
        Largest derivative of the free energy by an order parameter that is left, and where equations of the order
        parameters are solved beside it, what is left of them.
    uncertainty
        Estimated error of the overlap: what the last Newton step still changed, or what rounding leaves open.
    iterations
        Newton steps with controlled means.
    """

    temperature: float
    field: float
    overlap: Any
    magnetization: Any
    free_energy: float
    energy: float
    entropy: float
    replicon_eigenvalue: float
    residual: float
    uncertainty: float
    iterations: int

    @property
    def stable(self) -> bool | None:
        """Whether no breaking of replica symmetry lowers the action: the replicon eigenvalue is not negative.

        None where that eigenvalue is NaN: nothing is then known of stability against breaking.
        """
        return None if math.isnan(self.replicon_eigenvalue) else self.replicon_eigenvalue >= 0


@dataclass(frozen=True, kw_only=True)
class OneStepSolution:
    """The saddle point of one-step replica symmetry breaking at one temperature and field.

    Attributes
    ----------
    temperature, field
        As given; Boltzmann's constant is 1.
    overlaps
        (q0, q1): of replicas in different states and in the same state. Equal where replica symmetry is unbroken.
    breakpoint
        The probability x of different states, or at zero temperature the limit of x over temperature; NaN where replica
        symmetry is unbroken, since nothing then depends on it.
    magnetization
        Mean spin.
    free_energy, energy, entropy
        Per spin; the free energy is energy - temperature * entropy.
    residual
        Largest derivative of the free energy by an unknown that is left.
    uncertainty
        Estimated relative error of the unknowns: what the last step still changed.
    iterations
        Steps with controlled means.
    """

    temperature: float
    field: float
    overlaps: tuple[float, float]
    breakpoint: float
    magnetization: float
    free_energy: float
    energy: float
    entropy: float
    residual: float
    uncertainty: float
    iterations: int

    @property
    def broken(self) -> bool:
        """Whether the two overlaps differ."""
        return self.overlaps[1] > self.overlaps[0]
