"""Long arrays taken a block at a time, so that what an operation leaves is in the cache when the next one reads it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from numerics.lowering.elementwise.compilation import InPlace

Array = Any
Output = np.dtype[Any] | Array
Blocks = Iterable[Sequence[Array]]


def in_blocks(stage: InPlace, inputs: Sequence[Array], outputs: Sequence[Output]) -> Sequence[Array]:
    """The outputs of a stage.

    Parameters
    ----------
    stage
        What to compute.
    inputs
        Arrays with axes, equally many, that broadcast; of any layout.
    outputs
        Contiguous arrays of the shape of all inputs together, to be filled; or types of arrays that are then made.
    """
    length = stage.workspace.length
    blocks, filled = (_slices if _are_flat(inputs) else _buffers)(inputs, outputs, length)
    with stage.workspace.rows() as rows:
        for block in blocks:
            n = len(block[-1])
            stage.call(*block, *(rows if n == length else [row[:n] for row in rows]))
    return filled


def _are_flat(arrays: Sequence[Array]) -> bool:
    """Whether they are contiguous and of one shape, but for arrays of one element."""
    return all(a.flags.c_contiguous for a in arrays) and len({a.shape for a in arrays if a.size > 1}) <= 1


def _slices(inputs: Sequence[Array], outputs: Sequence[Output], length: int) -> tuple[Blocks, Sequence[Array]]:
    """Blocks of flat arrays, and the outputs they are of."""
    shape = max((a.shape for a in inputs), key=math.prod)
    filled = [np.empty(shape, dtype=o) if isinstance(o, np.dtype) else o for o in outputs]
    flat = [(a.reshape(-1), a.size > 1) for a in (*inputs, *filled)]
    starts = range(0, math.prod(shape), length)
    return ([a[k : k + length] if is_long else a for a, is_long in flat] for k in starts), filled


def _buffers(inputs: Sequence[Array], outputs: Sequence[Output], length: int) -> tuple[Blocks, Sequence[Array]]:
    """Blocks of arrays of any layout, copied where they are not contiguous, and the outputs they are of."""
    blocks = np.nditer(
        [*inputs, *(None if isinstance(o, np.dtype) else o for o in outputs)],
        flags=("external_loop", "buffered"),
        op_flags=[*(("readonly",) for _ in inputs), *(("writeonly", "allocate") for _ in outputs)],
        op_dtypes=[*(a.dtype for a in inputs), *(o if isinstance(o, np.dtype) else o.dtype for o in outputs)],
        buffersize=length,
    )
    return _closing(blocks), blocks.operands[len(inputs) :]


def _closing(blocks: np.nditer) -> Iterator[Sequence[Array]]:
    with blocks:  # what is still in its buffers reaches the outputs when it is closed
        yield from blocks
