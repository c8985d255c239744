"""The couplings of a network in single precision, for products that need not be better: twice as many a second."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Rounding of a product in the metric, relative to it, with room for sums over some thousand neurons.
SINGLE_ROUNDING = 2.0**-22
# Fewer couplings than this are read from the nearest cache, and the copy would cost more than it spares.
WORTH_SINGLE = 2**17
# Of D_ii in units of scale^2: rows that are weaker by more than ten decades than the strongest lose digits.
_WEAKEST_REACTION = 1e-20
# Numbers of single precision end at 2^128; sums over a row, and vectors over the scale, stay well inside.
_SCALES = (2.0**-40, 2.0**40)


def in_single(
    blocks: Sequence[NDArray[Any]], scale: float, reaction: NDArray[np.floating[Any]]
) -> tuple[tuple[NDArray[np.float32], ...], float] | None:
    """Return blocks in single precision and their unit, or None where they are not worth it.

    Blocks that are in single precision already are returned as they are, in units of `scale`; others are copied,
    half of their memory, in units of 1.
    """
    if sum(block.size for block in blocks) < WORTH_SINGLE or reaction[reaction > 0].min() < _WEAKEST_REACTION:
        return None
    if all(block.dtype == np.float32 for block in blocks):
        return (tuple(blocks), scale) if _SCALES[0] <= scale <= _SCALES[1] else None
    # Computed in double precision and rounded on the way out, piece by piece.
    empty = (np.empty_like(block, dtype=np.float32) for block in blocks)
    return tuple(
        np.multiply(block, 1 / scale, out=out, casting="same_kind") for block, out in zip(blocks, empty, strict=True)
    ), 1.0
