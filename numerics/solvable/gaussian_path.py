"""A path from one Gaussian law to another, in any dimension."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import cho_factor, cho_solve, eigh, solve_triangular

from numerics.solvable import derived
from numerics.solvable.schedules import covariance_matrix, require_share, values_of
from numerics.solvable.system import Direction, SolvableSystem, is_forward
from numerics.solvable.trap_path import TrapPathWork

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, init=False, eq=False)
class GaussianPath(SolvableSystem):
    """Energies E_i = (x - mean_i)^T covariance_i^-1 (x - mean_i) / 2, and (1 - lam) E_0 + lam E_1 between them.

    The kernel draws from equilibrium at lam (heat bath), or retains a share of the deviation from the mean.

    Parameters
    ----------
    mean_0, mean_1
        Shape (d,).
    covariance_0, covariance_1
        Shape (d, d), symmetric and positive definite.
    schedule
        Values of lam from 0 to 1, or how many equal steps.
    retained
        The share of the deviation from the mean that a move retains, from 0 to below 1.

    Raises
    ------
    ValueError, TypeError
        If an argument has no such meaning, or shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> path = GaussianPath(mean_0=[0, 0], covariance_0=np.eye(2), mean_1=[1, 0], covariance_1=[[1, 0.5], [0.5, 1]])
    >>> round(path.free_energy_difference, 6), path.work_mean > path.free_energy_difference
    (0.143841, True)
    """

    means: tuple[Array, Array]
    covariances: tuple[Array, Array]
    lams: tuple[float, ...]
    retained: float

    def __init__(
        self,
        *,
        mean_0: ArrayLike,
        covariance_0: ArrayLike,
        mean_1: ArrayLike,
        covariance_1: ArrayLike,
        schedule: int | ArrayLike = 10,
        retained: float = 0.0,
    ) -> None:
        covariances = (covariance_matrix(covariance_0, "covariance_0"), covariance_matrix(covariance_1, "covariance_1"))
        means = (np.asarray(mean_0, dtype=float), np.asarray(mean_1, dtype=float))
        size = len(covariances[0])
        shapes = [m.shape for m in means], [c.shape for c in covariances]
        if shapes != ([(size,)] * 2, [(size, size)] * 2):
            raise ValueError(f"expected means of shape (d,) and covariances of shape (d, d); found {shapes}")
        if not all(np.isfinite(m).all() for m in means):
            raise ValueError(f"expected finite means; found {means}")
        object.__setattr__(self, "means", means)
        object.__setattr__(self, "covariances", covariances)
        object.__setattr__(self, "lams", values_of(schedule))
        object.__setattr__(self, "retained", require_share(retained))

    @property
    def schedule(self) -> tuple[float, ...]:
        """Values of lam, increasing from 0 to 1."""
        return self.lams

    @property
    def free_energy_difference(self) -> float:
        """F_1 - F_0 = -log(Z_1 / Z_0), a sum over the directions in which both covariances are diagonal."""
        return float(derived.free_energy_change()(1.0, self._directions[0]).sum())

    @cached_property
    def precisions(self) -> tuple[Array, Array]:
        """Inverses of the covariances, shape (d, d)."""
        first, second = (cho_solve(cho_factor(c), np.eye(len(c))) for c in self.covariances)
        return (first + first.T) / 2, (second + second.T) / 2

    def energy(self, lam: float, x: Any) -> Any:
        """Reduced energies of states x of shape (n, d), shape (n,)."""
        return (1 - lam) * self._energy(0, x) + lam * self._energy(1, x)

    def gradient(self, lam: float, x: Any) -> Any:
        """Of the energy by the coordinates, shape (n, d)."""
        first, last = ((x - self.means[end]) @ self.precisions[end] for end in (0, 1))
        return (1 - lam) * first + lam * last

    def _energy(self, end: int, x: Any) -> Any:
        away = x - self.means[end]
        return np.einsum("ni,ij,nj->n", away, self.precisions[end], away) / 2

    def kernel(self, x: Any, lam: float, rng: np.random.Generator) -> Any:
        """The next states, shape (n, d)."""
        precision = (1 - lam) * self.precisions[0] + lam * self.precisions[1]
        push = (1 - lam) * self.precisions[0] @ self.means[0] + lam * self.precisions[1] @ self.means[1]
        mean = np.linalg.solve(precision, push)
        noise = solve_triangular(np.linalg.cholesky(precision), rng.normal(size=x.shape).T, lower=True, trans=1).T
        return mean + self.retained * (x - mean) + np.sqrt(1 - self.retained**2) * noise

    def initial(self, n: int, rng: np.random.Generator) -> Any:
        """n states from the law at lam = 0, shape (n, d)."""
        return self._drawn(0, n, rng)

    def final(self, n: int, rng: np.random.Generator) -> Any:
        """n states from the law at lam = 1, shape (n, d)."""
        return self._drawn(1, n, rng)

    def _drawn(self, end: int, n: int, rng: np.random.Generator) -> Any:
        factor = np.linalg.cholesky(self.covariances[end])
        return self.means[end] + rng.normal(size=(n, len(factor))) @ factor.T

    def work_law(self, direction: Direction = "forward") -> TrapPathWork:
        """The law of the work: independent traps in the directions in which both covariances are diagonal."""
        return self._forward if is_forward(direction) else self._reverse

    @cached_property
    def _forward(self) -> TrapPathWork:
        return self._law(self.lams)

    @cached_property
    def _reverse(self) -> TrapPathWork:
        return self._law(self.lams[::-1])

    def _law(self, lams: tuple[float, ...]) -> TrapPathWork:
        """In these directions E_0 = z^2 / 2 and E_1 = k (z - c)^2 / 2, a trap at each lam; the constants beside the
        traps cancel, since there is none at either end."""
        stiffness, center = self._directions
        lam = np.array(lams)[:, None]
        stiffnesses = 1 - lam + lam * stiffness
        return TrapPathWork(
            stiffnesses=stiffnesses, centers=lam * stiffness * center / stiffnesses, retained=self.retained
        )

    @cached_property
    def _directions(self) -> tuple[Array, Array]:
        """Stiffnesses and centers of E_1, shape (d,), where E_0 is of stiffness 1 about zero."""
        stiffness, vectors = eigh(self.precisions[1], self.precisions[0])
        return stiffness, vectors.T @ self.precisions[0] @ (self.means[1] - self.means[0])
