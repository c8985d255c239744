"""The couplings that a user hands in: a dense or a sparse matrix over all spins, or the weights of layers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.orientation import Orientation, layer_blocks, layer_sizes

# Relative to the largest coupling: what rounding may leave between J and its transpose. Their mean is used.
_ASYMMETRY = 1e-13
_MOST_DENSE_SPINS, _MOST_SOLVED_DENSE = 4096, 500


class Bonds:
    """A symmetric matrix J with zero diagonal, and its elementwise powers.

    Attributes
    ----------
    matrix : ndarray or scipy.sparse.csr_array, shape (n_spins, n_spins)
    """

    def __init__(self, matrix: Any) -> None:
        self.matrix = matrix
        self._powers: dict[int, Any] = {1: matrix}

    @property
    def n_spins(self) -> int:
        """Number of spins."""
        return int(self.matrix.shape[0])

    @property
    def is_sparse(self) -> bool:
        """Whether only the couplings that are there are kept."""
        return not isinstance(self.matrix, np.ndarray)

    def power(self, exponent: int) -> Any:
        """J with every entry raised to a power."""
        if exponent not in self._powers:
            self._powers[exponent] = self.matrix.power(exponent) if self.is_sparse else self.matrix**exponent
        return self._powers[exponent]

    @cached_property
    def leading_direction(self) -> Any:
        """J's largest eigenvalue with its eigenvector, shape (n_spins,), of length sqrt(n_spins).

        Its largest entry is positive.
        """
        values, vectors = self._leading(1)
        vector = vectors[:, 0]
        return float(values[0]), vector * np.sqrt(self.n_spins) * np.sign(vector[np.argmax(np.abs(vector))])

    def leading_directions(self, number: int) -> Any:
        """Unit eigenvectors of the largest eigenvalues, shape (n_spins, number), that of the largest one last."""
        return self._leading(number)[1]

    def _leading(self, number: int) -> Any:
        n = self.n_spins
        if n < 2 * number + 2 or (not self.is_sparse and n <= _MOST_SOLVED_DENSE):
            from scipy.linalg import eigh

            dense = self.matrix.toarray() if self.is_sparse else self.matrix
            return eigh(dense, subset_by_index=(n - number, n - 1))
        from scipy.sparse.linalg import eigsh

        # Only directions to start in: a few digits do, and a fixed first vector makes every call repeatable.
        first = np.random.default_rng(0).standard_normal(n)
        loosely: Any = 1e-3  # which the stubs take for an integer
        return eigsh(self.matrix, k=number, which="LA", v0=first, tol=loosely)


def checked_bonds(bond_matrix: Any, *, orientation: Orientation | None = None) -> Bonds:
    """Make bonds of a dense or sparse matrix, or of a list of weight matrices in layer order.

    Raises
    ------
    ValueError
        Not square, not symmetric, a diagonal that is not zero, or an entry that is not finite.
    TypeError
        Entries that are not real numbers.
    """
    from scipy import sparse

    if sparse.issparse(bond_matrix):
        return Bonds(_checked(sparse.csr_array(bond_matrix)))
    if isinstance(bond_matrix, list | tuple) and len(bond_matrix) > 0 and np.ndim(bond_matrix[0]) == 2:
        return Bonds(_of_layers(bond_matrix, orientation))
    try:
        dense = np.asarray(bond_matrix)
    except ValueError as error:
        raise ValueError("expected a square bond matrix; found rows of unequal length") from error
    return Bonds(_checked(dense))


def _of_layers(weights: Sequence[ArrayLike], orientation: Orientation | None) -> Any:
    from scipy import sparse

    from numerics.spectra.dense import bond_matrix

    blocks = layer_blocks(weights, orientation=orientation)
    if sum(layer_sizes(blocks)) <= _MOST_DENSE_SPINS:
        return bond_matrix(blocks, orientation="in-out")
    n = len(blocks) + 1
    grid: list[list[Any]] = [[None] * n for _ in range(n)]
    for k, block in enumerate(blocks):
        grid[k][k + 1], grid[k + 1][k] = sparse.csr_array(block), sparse.csr_array(block.T)
    return sparse.csr_array(sparse.block_array(grid))


def _checked(matrix: Any) -> Any:
    if matrix.dtype.kind not in "fiub":
        raise TypeError(
            f"expected real couplings; found dtype {matrix.dtype}: convert them to a numerical array, such as float64"
        )
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.shape[0] == 0:
        raise ValueError(
            f"expected a square bond matrix, shape (n_spins, n_spins); found shape {matrix.shape}: for the weights of "
            "a layered network pass the list of its matrices"
        )
    matrix = matrix.astype(np.float64)
    is_dense = isinstance(matrix, np.ndarray)
    entries = matrix if is_dense else matrix.data
    if not np.isfinite(entries).all():
        raise ValueError(
            f"expected finite couplings; found {np.count_nonzero(~np.isfinite(entries))} NaN or infinite in the bond "
            "matrix: training or sampling may have diverged"
        )
    diagonal = matrix.diagonal()
    if np.any(diagonal):
        worst = int(np.argmax(np.abs(diagonal)))
        raise ValueError(
            f"expected a zero diagonal of the bond matrix; found {diagonal[worst]} at spin {worst}: a spin does not "
            "couple to itself, and J_ii s_i^2 is a constant: subtract the diagonal"
        )
    largest = np.max(np.abs(entries), initial=0.0)
    asymmetry = abs(matrix - matrix.T).max() if largest else 0.0
    if asymmetry > _ASYMMETRY * largest:
        raise ValueError(
            f"expected a symmetric bond matrix; found entries J_ij and J_ji that differ by {asymmetry:.3g}: "
            "use (J + J.T) / 2, or J + J.T where only one half is filled"
        )
    return (matrix + matrix.T) / 2 if asymmetry else matrix
