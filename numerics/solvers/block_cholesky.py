r"""Positive definiteness of p I + q D - J / ratio, one Cholesky factor a layer.

Barney et al., Eq. (26), eliminate the layers in turn. Since D is diagonal and J joins only adjacent layers, all even or
all odd layers can be eliminated at once without a factorization, whichever are the more expensive; what remains is
block tridiagonal in every second layer. In units of the metric G = p I + q D, with K = G^-1/2 J^(k) G^-1/2 / ratio,

    S_kk = 1 - K^(k)T K^(k) - K^(k+1) K^(k+1)T,        S_k,k+2 = - K^(k+1) K^(k+2).
"""

import numpy as np
from scipy.linalg import solve_triangular

from numerics.solvers.layered_bonds import LayeredBonds
from numerics.solvers.side_basis import Matrix


def is_positive_definite(bonds: LayeredBonds, weights: tuple[float, float], ratio: float) -> bool:
    """Return whether v^T J v < ratio v^T (p I + q D) v for every v, for the weights (p, q).

    In float64 the answer belongs to a matrix that differs from the one asked for by some 1e-14 of the metric.
    """
    scaled = _ScaledCouplings(bonds, weights, ratio)
    update: Matrix | None = None
    for k in range(_kept_parity(bonds.layer_sizes), len(bonds.layer_sizes), 2):
        schur = scaled.schur_complement(k)
        if update is not None:
            schur -= update.T @ update
        try:
            factor = np.linalg.cholesky(schur)
        except np.linalg.LinAlgError:
            return False
        if k + 2 < len(bonds.layer_sizes):
            update = solve_triangular(factor, scaled.block(k) @ scaled.block(k + 1), lower=True, check_finite=False)
    return True


class _ScaledCouplings:
    """The blocks K of one call, scaled when they are needed so that only a few exist at a time."""

    def __init__(self, bonds: LayeredBonds, weights: tuple[float, float], ratio: float) -> None:
        p, q = weights
        # Spins without bonds decouple: any positive number on their diagonal will do.
        self._lengths = [np.sqrt(np.where(d > 0, p + q * d, 1.0)) for d in bonds.reaction_by_layer()]
        self._bonds, self._unit = bonds, bonds.scale * ratio

    def block(self, k: int) -> Matrix:
        """K between layers k and k + 1."""
        return self._bonds.blocks[k] / self._unit / self._lengths[k][:, None] / self._lengths[k + 1]

    def schur_complement(self, k: int) -> Matrix:
        """S_kk, shape (N_k, N_k)."""
        schur = np.eye(self._bonds.layer_sizes[k])
        if k > 0:
            before = self.block(k - 1)
            schur -= before.T @ before
        if k < len(self._bonds.blocks):
            after = self.block(k)
            schur -= after @ after.T
        return schur


def _kept_parity(layer_sizes: tuple[int, ...]) -> int:
    """Keep the layers, even or odd, that are cheaper to factorize."""
    costs = [sum(size**3 for size in layer_sizes[parity::2]) for parity in (0, 1)]
    return costs.index(min(costs))
