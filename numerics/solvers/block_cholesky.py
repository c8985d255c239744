r"""Positive definiteness of p I + q D - J / ratio, one Cholesky factor a layer.

Barney et al., Eq. (26), eliminate the layers in turn. Since D is diagonal and J joins only adjacent layers, a layer
whose neighbors both still stand is eliminated without a factorization; `factorized_layers` chooses which. In units of
the metric G = p I + q D, with K = G^-1/2 J^(k) G^-1/2 / ratio between layers k - 1 and k, eliminating layer m so leaves

    S_m-1,m-1  -= K^(m) K^(m)T,        S_m+1,m+1  -= K^(m+1)T K^(m+1),        S_m-1,m+1 = - K^(m) K^(m+1),

and eliminating a factorized one, S_kk = R R^T, takes U U^T from the next, S_jj, with U = S_jk R^-T.
"""

from itertools import pairwise

import numpy as np
from scipy.linalg import get_blas_funcs, get_lapack_funcs

from numerics.solvers.elimination_order import factorized_layers
from numerics.solvers.layered_bonds import LayeredBonds
from numerics.solvers.side_basis import Matrix

# In double precision, whatever the weights are stored in.
_gemm, _syrk, _trsm = get_blas_funcs(("gemm", "syrk", "trsm"), dtype=np.float64)
(_potrf,) = get_lapack_funcs(("potrf",), dtype=np.float64)


def is_positive_definite(bonds: LayeredBonds, weights: tuple[float, float], ratio: float) -> bool:
    """Return whether v^T J v < ratio v^T (p I + q D) v for every v, for the weights (p, q).

    In float64 the answer belongs to a matrix that differs from the one asked for by some 1e-14 of the metric. Takes
    memory for three matrices between the widest factorized layers and their neighbors.
    """
    scaled = _ScaledCouplings(bonds, weights, ratio)
    layers = factorized_layers(bonds.layer_sizes)
    schur = _unit_matrix(bonds.layer_sizes[layers[0]])
    if layers[0] == 1:
        _subtract_square(schur, scaled.block(0), onto_rows=False)
    for k, following in pairwise(layers):
        coupling, next_schur = _joined(scaled, k, following, schur)
        if not _factorize(schur):
            return False
        update = _trsm(1.0, schur, coupling, side=1, lower=1, trans_a=1, overwrite_b=1)
        schur = next_schur
        _syrk(-1.0, update, beta=1.0, c=schur, lower=1, overwrite_c=1)
    if layers[-1] == len(bonds.blocks) - 1:
        _subtract_square(schur, scaled.block(layers[-1]), onto_rows=True)
    return _factorize(schur)


def _joined(scaled: "_ScaledCouplings", k: int, following: int, schur: Matrix) -> tuple[Matrix, Matrix]:
    """Return S_following,k, up to its sign, and the next Schur complement; a layer between the two is eliminated."""
    # BLAS wants columns that lie together: those of the transposes do.
    first = scaled.block(k)
    if following == k + 1:
        return first.T, _unit_matrix(first.shape[1])
    _subtract_square(schur, first, onto_rows=True)
    second = scaled.block(k + 1)
    coupling = _gemm(1.0, second.T, first.T)
    del first
    next_schur = _unit_matrix(second.shape[1])
    _subtract_square(next_schur, second, onto_rows=False)
    return coupling, next_schur


def _unit_matrix(size: int) -> Matrix:
    return np.eye(size, order="F")


def _subtract_square(schur: Matrix, block: Matrix, *, onto_rows: bool) -> None:
    """Subtract block block^T or block^T block from the lower triangle, in place."""
    _syrk(-1.0, block.T, beta=1.0, c=schur, trans=int(onto_rows), lower=1, overwrite_c=1)


def _factorize(schur: Matrix) -> bool:
    """Put the Cholesky factor in the place of its lower triangle; False if there is none."""
    _, failed = _potrf(schur, lower=1, clean=0, overwrite_a=1)
    return failed == 0


class _ScaledCouplings:
    """The blocks K of one call, scaled when they are needed so that only a few exist at a time."""

    def __init__(self, bonds: LayeredBonds, weights: tuple[float, float], ratio: float) -> None:
        p, q = weights
        # Spins without bonds decouple: any positive number on their diagonal will do.
        self._inverse_lengths = [1 / np.sqrt(np.where(d > 0, p + q * d, 1.0)) for d in bonds.reaction_by_layer()]
        self._bonds, self._unit = bonds, bonds.scale * ratio

    def block(self, k: int) -> Matrix:
        """K between layers k and k + 1, in double precision."""
        rows, columns = self._inverse_lengths[k], self._inverse_lengths[k + 1]
        scaled = np.multiply(self._bonds.blocks[k], (rows / self._unit)[:, None], dtype=np.float64, order="C")
        scaled *= columns
        return scaled
