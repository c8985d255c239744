"""Dense reference for one network: a scan over temperatures, refined by scalar minimization and root finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DenseNetwork:
    """J and D written out entry by entry, and what follows from their eigenvectors."""

    bonds: Array
    reaction: Array

    @classmethod
    def of(cls, weights: list[Array]) -> DenseNetwork:
        sizes = [len(weights[0]), *(w.shape[1] for w in weights)]
        layer = np.repeat(np.arange(len(sizes)), sizes)
        bonds = np.zeros((sum(sizes), sum(sizes)))
        for k, w in enumerate(weights):
            bonds[np.ix_(layer == k, layer == k + 1)] = w
        bonds += bonds.T
        return cls(bonds, (bonds**2).sum(axis=1))

    def matrix(self, beta: float) -> Array:
        return np.eye(len(self.bonds)) - beta * self.bonds + beta**2 * np.diag(self.reaction)

    def least(self, beta: float) -> float:
        return float(np.linalg.eigvalsh(self.matrix(beta))[0])

    def slope(self, beta: float) -> float:
        """2 beta v'Dv - v'Jv, the derivative of the least eigenvalue, by its dense eigenvector."""
        v = np.linalg.eigh(self.matrix(beta))[1][:, 0]
        return float(2 * beta * v @ (self.reaction * v) - v @ self.bonds @ v)

    def scan(self) -> tuple[Array, Array]:
        """Least eigenvalues on a grid wide enough for every minimum: below it beta J, above it beta^2 D decides."""
        low = 0.02 / np.linalg.norm(self.bonds, 2)
        high = 20 / np.sqrt(self.reaction[self.reaction > 0].min())
        grid = np.geomspace(low, high, max(200, int(25 * np.log(high / low))))
        return grid, np.array([self.least(beta) for beta in grid])

    def minimum(self) -> tuple[float, float]:
        grid, values = self.scan()
        dips = [
            k for k in range(1, len(grid) - 1) if values[k] <= min(values[k - 1], values[k + 1], values.min() + 0.05)
        ]
        found = [minimize_scalar(self.least, bracket=grid[k - 1 : k + 2].tolist()) for k in dips]
        best = min(found, key=lambda result: result.fun).x
        beta = brentq(self.slope, best * (1 - 1e-3), best * (1 + 1e-3), xtol=1e-15)
        return beta, self.least(beta)

    def first_crossing(self, threshold: float) -> float | None:
        grid, values = self.scan()
        at, least = self.minimum()
        points = sorted([*zip(grid, values, strict=True), (at, least)])
        for (left, above), (right, below) in pairwise(points):
            if above > threshold >= below:
                return float(brentq(lambda beta: self.least(beta) - threshold, left, right, xtol=1e-15))
        return None


@pytest.fixture(scope="session")
def dense() -> Callable[[list[Array]], DenseNetwork]:
    return DenseNetwork.of


@pytest.fixture(scope="session")
def gaussian() -> Callable[..., list[Array]]:
    """Weights of variance C / N_{k-1}, shape (N_{k-1}, N_k), from a seed."""

    def sample(sizes: tuple[int, ...], *, seed: int, variance: float = 1.0) -> list[Array]:
        rng = np.random.default_rng(seed)
        return [rng.standard_normal(shape) * np.sqrt(variance / shape[0]) for shape in pairwise(sizes)]

    return sample
