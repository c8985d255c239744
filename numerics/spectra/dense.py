"""The matrices of one network in full, for spectra and figures of networks that are not too large.

Everything here takes N^2 numbers and N^3 operations, N being the number of spins. `critical_temperature`,
`largest_bond_eigenvalue` and `least_eigenvalue_curve` need neither.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.orientation import Orientation, layer_blocks, layer_sizes

Array = NDArray[np.floating[Any]]


def bond_matrix(weights: Sequence[ArrayLike], *, orientation: Orientation | None = None) -> Array:
    """Return J, shape (N, N): the couplings as one symmetric matrix over all spins (Barney et al., Eq. 4)."""
    blocks = layer_blocks(weights, orientation=orientation)
    starts = [0, *accumulate(layer_sizes(blocks))]
    bonds = np.zeros((starts[-1], starts[-1]))
    for k, block in enumerate(blocks):
        rows, columns = slice(starts[k], starts[k + 1]), slice(starts[k + 1], starts[k + 2])
        bonds[rows, columns], bonds[columns, rows] = block, block.T
    return bonds


def stability_matrix(
    weights: Sequence[ArrayLike], inverse_temperature: float, *, orientation: Orientation | None = None
) -> Array:
    """Return I - M = I - beta J + beta^2 D, shape (N, N), D_ii = sum_j J_ij^2 (Barney et al., Eqs. 22 and 23)."""
    check_inverse_temperature(inverse_temperature)
    scaled = inverse_temperature * bond_matrix(weights, orientation=orientation)
    matrix = -scaled
    matrix[np.diag_indices_from(matrix)] = 1 + np.sum(scaled**2, axis=1)
    return matrix


def stability_spectrum(
    weights: Sequence[ArrayLike], inverse_temperature: float, *, orientation: Orientation | None = None
) -> Array:
    """Return all eigenvalues of I - M in ascending order, shape (N,)."""
    return np.linalg.eigvalsh(stability_matrix(weights, inverse_temperature, orientation=orientation))


def bond_spectrum(weights: Sequence[ArrayLike], *, orientation: Orientation | None = None) -> Array:
    """Return all eigenvalues of J in ascending order, shape (N,), in the units of the weights.

    J joins even layers to odd ones only, so they are the singular values of that half and their negatives, and zeros.
    """
    blocks = layer_blocks(weights, orientation=orientation)
    parity = np.repeat(np.arange(len(blocks) + 1) % 2, layer_sizes(blocks))
    half = bond_matrix(blocks, orientation="in-out")[np.ix_(parity == 0, parity == 1)]
    values = np.linalg.svd(half, compute_uv=False)
    return np.sort(np.concatenate([values, -values, np.zeros(len(parity) - 2 * len(values))]))


def check_inverse_temperature(inverse_temperature: float) -> None:
    """Raise ValueError unless the inverse temperature is finite and not negative."""
    if not (np.isfinite(inverse_temperature) and inverse_temperature >= 0):
        raise ValueError(
            f"expected a finite inverse temperature of at least 0; found {inverse_temperature}: "
            "pass beta = 1 / T in the units of one over the weights"
        )
