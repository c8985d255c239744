"""Work along an invertible map: the start is mapped before the energies are compared (targeted perturbation).

Sources: C. Jarzynski, Physical Review E 65, 046122 (2002); A. M. Hahn, H. Then, Physical Review E 79, 011113 (2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.solvable.gaussian_path import GaussianPath
from numerics.solvable.system import Direction, DrivenSystem, is_forward
from numerics.solvable.trap_path import TrapPathWork

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, init=False, eq=False)
class AffineMap:
    """x to matrix x + shift.

    Raises
    ------
    ValueError
        If the matrix is not square and invertible, or the shift not as long.
    """

    matrix: Array
    shift: Array

    def __init__(self, *, matrix: ArrayLike, shift: ArrayLike) -> None:
        found, moved = np.asarray(matrix, dtype=float), np.asarray(shift, dtype=float)
        if found.ndim != 2 or found.shape[0] != found.shape[1] or moved.shape != found.shape[:1]:
            raise ValueError(f"expected a square matrix and as long a shift; found {found.shape} and {moved.shape}")
        if not np.linalg.slogdet(found)[0]:
            raise ValueError("expected an invertible matrix; found one of determinant 0")
        object.__setattr__(self, "matrix", found)
        object.__setattr__(self, "shift", moved)

    def __call__(self, x: Any) -> Any:
        """The images of states of shape (n, d)."""
        return x @ self.matrix.T + self.shift

    def inverse(self, x: Any) -> Any:
        """The states of shape (n, d) whose images are x."""
        return np.linalg.solve(self.matrix, (x - self.shift).T).T

    @property
    def log_jacobian(self) -> float:
        """log |det matrix|, the same everywhere."""
        return float(np.linalg.slogdet(self.matrix)[1])


def perfect_map(path: GaussianPath) -> AffineMap:
    """The map that takes the law at lam = 0 to that at lam = 1: its work is the difference of free energies, always."""
    first, last = (np.linalg.cholesky(c) for c in path.covariances)
    matrix = np.linalg.solve(first.T, last.T).T
    return AffineMap(matrix=matrix, shift=path.means[1] - matrix @ path.means[0])


def sampled_mapped_work(
    system: DrivenSystem, mapping: AffineMap, n: int, rng: np.random.Generator, *, direction: Direction = "forward"
) -> Array:
    """Works E_1(M(x)) - E_0(x) - log|det J| of n states from lam = 0, or those of the way back from lam = 1.

    In the reverse direction states are from lam = 1 and mapped by the inverse. The schedule is not used.

    Raises
    ------
    ValueError
        If there is no such direction.
    """
    if is_forward(direction):
        x = system.initial(n, rng)
        return system.energy(1.0, mapping(x)) - system.energy(0.0, x) - mapping.log_jacobian
    x = system.final(n, rng)
    return system.energy(0.0, mapping.inverse(x)) - system.energy(1.0, x) + mapping.log_jacobian


def mapped_work_law(path: GaussianPath, mapping: AffineMap, *, direction: Direction = "forward") -> TrapPathWork:
    """The law of the mapped work between Gaussian laws: that of one step to the pulled-back law at lam = 1.

    The Jacobian makes a constant that is added to it.
    """
    back = np.linalg.inv(mapping.matrix)
    covariance = back @ path.covariances[1] @ back.T
    pulled = GaussianPath(
        mean_0=path.means[0],
        covariance_0=path.covariances[0],
        mean_1=mapping.inverse(path.means[1][None])[0],
        covariance_1=(covariance + covariance.T) / 2,
        schedule=1,
    )
    law = pulled.work_law(direction)
    sign = 1 if is_forward(direction) else -1
    return TrapPathWork(
        stiffnesses=law.stiffnesses, centers=law.centers, retained=0.0, offset=-sign * mapping.log_jacobian
    )
