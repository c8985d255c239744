"""The largest eigenvalue of the bond matrix, from products with the layer blocks alone."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from numerics.orientation import Orientation, layer_blocks
from numerics.solvers.layered_bonds import LayeredBonds
from numerics.solvers.stability_curve import StabilityCurve

_RELATIVE_ERROR = 1e-12


def largest_bond_eigenvalue(weights: Sequence[ArrayLike], *, orientation: Orientation | None = None) -> float:
    """Return the largest eigenvalue of J, in the units of the weights, to about 1e-12 of itself.

    Barney et al., Fig. 6. J is bipartite, so the least eigenvalue is minus this one.

    Raises
    ------
    ValueError
        Weights that are no chain of layers, are not finite or all zero.
    """
    bonds = LayeredBonds.from_blocks(layer_blocks(weights, orientation=orientation))
    curve = StabilityCurve(bonds, rng=np.random.default_rng(0))  # any generic start vector will do
    return curve.largest_ratio(-math.inf, relative_error=_RELATIVE_ERROR).pair.value * bonds.scale
