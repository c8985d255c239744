r"""The least eigenvalue of I - M against inverse temperature, from products with the layer blocks alone.

In the bases E (even layers) and O (odd layers) of a `BipartiteSubspace` the projected problem is

    ( E^T (I + beta^2 D) E      - beta E^T B O      ) c = lambda ( E^T E    0   ) c ,
    ( - beta O^T B^T E       O^T (I + beta^2 D) O   )            (   0    O^T O )

and the subspace found at one temperature is the start at the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.orientation import Orientation, layer_blocks
from numerics.solvers.bipartite_subspace import BipartiteSubspace
from numerics.solvers.convergence import NotConvergedError
from numerics.solvers.layered_bonds import LayeredBonds, Vector
from numerics.solvers.side_basis import Matrix
from numerics.solvers.subspace_iteration import CAPACITY, KEPT
from numerics.spectra.dense import check_inverse_temperature

_ERROR = 1e-11
# Sums over some thousand neurons do not leave smaller residuals, in units of the largest diagonal element.
_ROUNDING = 1e-14
_RESOLVED = 1e-3
_MAX_PRODUCTS = 20_000


def least_eigenvalue_curve(
    weights: Sequence[ArrayLike], inverse_temperatures: ArrayLike, *, orientation: Orientation | None = None
) -> NDArray[np.float64]:
    """Return the least eigenvalue of I - M at each inverse temperature (Barney et al., Figs. 3 and 5).

    Parameters
    ----------
    weights : sequence of array_like
        One matrix for each pair of adjacent layers; see `layer_blocks`.
    inverse_temperatures : array_like, shape (n,)
        In units of one over the weights; ascending ones are fastest.
    orientation : {"in-out", "out-in"}, optional
        As in `layer_blocks`.

    Returns
    -------
    ndarray, shape (n,)
        To about 1e-11 of max(1, |eigenvalue|).

    Raises
    ------
    ValueError
        Inverse temperatures that are negative, not finite, or not in one axis; weights as in `critical_temperature`.
    """
    betas = np.asarray(inverse_temperatures, dtype=np.float64)
    if betas.ndim != 1:
        raise ValueError(f"expected inverse temperatures in one axis; found shape {betas.shape}: pass a list")
    for beta in betas:
        check_inverse_temperature(float(beta))
    bonds = LayeredBonds.from_blocks(layer_blocks(weights, orientation=orientation))
    subspace = BipartiteSubspace(bonds, capacity=CAPACITY, rng=np.random.default_rng(0))
    # The eigenvalue of spins without bonds is 1 at every temperature.
    ceiling = 1.0 if not (subspace.even.alive.all() and subspace.odd.alive.all()) else np.inf
    return np.array([min(_least_eigenvalue(subspace, float(beta * bonds.scale)), ceiling) for beta in betas])


@dataclass(frozen=True, kw_only=True)
class _Levels:
    """Eigenvalues of the projected problem, ascending, and coefficients of its vectors in the two bases."""

    values: Vector
    even: Matrix
    odd: Matrix


def _least_eigenvalue(subspace: BipartiteSubspace, beta: float) -> float:
    last = subspace.bonds.count.products + _MAX_PRODUCTS
    _keep_lowest(subspace, _levels(subspace, beta), beta)
    subspace.expand(subspace.even.random_direction(np.random.default_rng(0)), np.zeros_like(subspace.odd.reaction))
    while True:
        levels = _levels(subspace, beta)
        residuals = _residuals(subspace, levels, beta)
        if _is_converged(subspace, levels, residuals, beta):
            return float(levels.values[0])
        if subspace.bonds.count.products > last:
            raise NotConvergedError(
                f"expected the least eigenvalue within {_MAX_PRODUCTS} products with the bond matrix; found a "
                f"residual of {_norm(residuals):.1e} at scaled beta = {beta:g}"
            )
        if not subspace.has_room(2):
            _keep_lowest(subspace, levels, beta)
        if not subspace.expand(*residuals):
            return float(levels.values[0])


def _levels(subspace: BipartiteSubspace, beta: float) -> _Levels:
    even, odd, coupling = subspace.even, subspace.odd, subspace.coupling
    matrix = np.block([[even.gram(1, beta**2), -beta * coupling], [-beta * coupling.T, odd.gram(1, beta**2)]])
    unit = np.zeros_like(matrix)
    unit[: even.size, : even.size], unit[even.size :, even.size :] = even.gram(1, 0), odd.gram(1, 0)
    root = np.linalg.inv(np.linalg.cholesky(unit))
    values, vectors = np.linalg.eigh(root @ matrix @ root.T)
    vectors = root.T @ vectors
    return _Levels(values=values, even=vectors[: even.size], odd=vectors[even.size :])


def _residuals(subspace: BipartiteSubspace, levels: _Levels, beta: float) -> tuple[Vector, Vector]:
    """(I - M) v - lambda v on the even and on the odd layers."""
    even, odd, shift = levels.even[:, 0], levels.odd[:, 0], 1 - levels.values[0]
    sides = subspace.even, subspace.odd
    diagonal_even, diagonal_odd = (shift + beta**2 * side.reaction for side in sides)
    return (
        diagonal_even * (sides[0].vectors @ even) - beta * (sides[1].images @ odd),
        diagonal_odd * (sides[1].vectors @ odd) - beta * (sides[0].images @ even),
    )


def _is_converged(subspace: BipartiteSubspace, levels: _Levels, residuals: tuple[Vector, Vector], beta: float) -> bool:
    residual = _norm(residuals)
    scale = max(1.0, abs(levels.values[0]))
    largest = 1 + beta**2 * max(side.reaction.max() for side in (subspace.even, subspace.odd))
    if residual <= _ROUNDING * largest:
        return True
    gap = levels.values[1] - levels.values[0] if len(levels.values) > 1 else scale
    return residual <= _RESOLVED * scale and residual**2 <= _ERROR * scale * gap


def _norm(residuals: tuple[Vector, Vector]) -> float:
    return float(np.hypot(np.linalg.norm(residuals[0]), np.linalg.norm(residuals[1])))


def _keep_lowest(subspace: BipartiteSubspace, levels: _Levels, beta: float) -> None:
    subspace.keep(levels.even[:, :KEPT], levels.odd[:, :KEPT], (1.0, beta**2))
