"""Stability of the replica-symmetric paramagnet of the layered ensemble, at its own sizes and variances.

The formulas are the derived ones of `derivations.spin_glass.results`, lowered; none is typed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.chain import Array, LayerChain, layer_chain
from numerics.lowering import Lowered


def ensemble_critical_temperature(layer_sizes: Sequence[int], weight_variances: Sequence[float]) -> float:
    """Melting temperature of the spin glass, averaged over the weights, in units of the weights.

    Parameters
    ----------
    layer_sizes
        N_0 to N_L.
    weight_variances
        C_1 to C_L, one fewer: the weights into layer k have variance C_k / N_{k-1}.

    Returns
    -------
    float
        The temperature at which the Hessian of the replica action stops being positive definite. It depends on the
        sizes through their ratios only.

    Raises
    ------
    ValueError, TypeError
        For sizes and variances that do not fit each other or are not positive; the message says what was expected.

    Notes
    -----
    Barney, Winer and Galitski (2024), eq. (15) for any sizes and variances; for equal layers it is their eq. (17).
    With the Hessian scaled to a unit diagonal, T_c^2 is the largest eigenvalue of the chain of its bonds.

    Examples
    --------
    >>> round(ensemble_critical_temperature((784, 512, 512, 512, 10), (2.0,) * 4), 4)
    1.7575
    """
    chain = layer_chain(layer_sizes, weight_variances)
    return sqrt(_extreme_eigenvalue(np.zeros(chain.n_bonds + 1), _bonds(chain, 1.0), largest=True))


def ensemble_least_eigenvalue(
    layer_sizes: Sequence[int], weight_variances: Sequence[float], inverse_temperature: ArrayLike
) -> Any:
    """Least eigenvalue of the Hessian of the replica action, with the layer sizes N_k on its diagonal.

    Parameters
    ----------
    layer_sizes, weight_variances
        As in `ensemble_critical_temperature`.
    inverse_temperature
        One number, or an array of any shape; not negative.

    Returns
    -------
    float, or array of that shape
        For n equal layers n times what is left of 1; it vanishes at the critical temperature.

    Notes
    -----
    Barney, Winer and Galitski (2024), eq. (15); the upper curve of their figure 3.
    """
    chain = layer_chain(layer_sizes, weight_variances)
    betas = np.asarray(inverse_temperature, dtype=float)
    if not (np.isfinite(betas) & (betas >= 0)).all():
        raise ValueError(f"expected finite inverse temperatures of at least 0; found {inverse_temperature!r}")
    # The scaled Hessian has a unit diagonal: this undoes the scaling of rows and columns by the roots of the sizes.
    scale = np.sqrt(chain.sizes[:-1] * chain.sizes[1:])
    values = [_extreme_eigenvalue(chain.sizes, scale * _bonds(chain, b), largest=False) for b in betas.flat]
    return np.reshape(values, betas.shape)[()]


def _bonds(chain: LayerChain, inverse_temperature: float) -> Array:
    """Off-diagonal of the Hessian scaled to a unit diagonal, shape (L,)."""
    return _lowered_bond()(inverse_temperature, chain.sizes[:-1], chain.sizes[1:], chain.variances)


@cache
def _lowered_bond() -> Lowered:
    """The derived bond between layers j - 1 and j; made when first needed, for deriving takes a second."""
    from derivations.spin_glass import results
    from numerics.lowering import lower
    from theory.models import multilayer as model

    j = model.j
    entries = (model.layer_sizes[j - 1], model.layer_sizes[j], model.weight_variances[j])
    return lower(results.symmetrized_bond(), (model.inverse_temperature, *entries))


def _extreme_eigenvalue(diagonal: Array, off_diagonal: Array, *, largest: bool) -> float:
    from scipy.linalg import eigvalsh_tridiagonal

    place = len(diagonal) - 1 if largest else 0
    return float(eigvalsh_tridiagonal(diagonal, off_diagonal, select="i", select_range=(place, place))[0])
