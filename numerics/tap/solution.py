"""What is known of one solution of the TAP equations, and what is raised instead of none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from numerics.solvers.convergence import NotConvergedError

TOLERANCE = 1e-12
"""The largest residual of a solution."""


class TapNotConvergedError(NotConvergedError):
    """No solution of the TAP equations was reached.

    Attributes
    ----------
    residual
        Largest |m_i - f_i(m)| where the iteration ended.
    iterations
        Evaluations of the equations until then.
    """

    def __init__(self, message: str, *, residual: float, iterations: int) -> None:
        super().__init__(message)
        self.residual, self.iterations = residual, iterations


@dataclass(frozen=True, kw_only=True, eq=False)
class TapSolution:
    """One solution of the TAP equations.

    Attributes
    ----------
    magnetizations : ndarray, shape (n_spins,)
        m_i = <s_i>, dimensionless.
    free_energy : float
        Total, with the fields' part -sum_i h_i m_i, in the units of the couplings.
    residual : float
        Largest |m_i - f_i(m)| of the equations m = f(m); at most 1e-12.
    uncertainty : float
        Largest change of a magnetization in one more step of Newton's method: the error that the residual leaves.
    iterations : int
        Evaluations of the equations.
    stable : bool
        Whether the Hessian of the free energy is positive definite: the solution is a minimum.
    least_eigenvalue : float
        Of that Hessian between the roots of the susceptibilities of spins without couplings, so that free spins have 1.
    index : int or None
        How many negative eigenvalues the Hessian has; None for a saddle of more than 3000
        spins with sparse couplings.
    plefka_margin : float
        1 minus the largest eigenvalue of beta^2 J_ij^2 (1 - m_i^2)(1 - m_j^2). With independent couplings the expansion
        behind the equations converges where it is positive; for the Sherrington-Kirkpatrick model it is
        1 - beta^2 <(1 - m^2)^2> in large systems (Plefka 1982, J. Phys. A 15, 1971). Solutions with a negative one are
        stationary points of the free energy that say nothing about the spins.
    temperature : float
        In the units of the couplings.
    """

    magnetizations: NDArray[Any]
    free_energy: float
    residual: float
    uncertainty: float
    iterations: int
    stable: bool
    least_eigenvalue: float
    index: int | None
    plefka_margin: float
    temperature: float
