"""Weights and slopes of a chain of layers, brought to one matrix for each pair of neighboring layers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import ArrayLike

from numerics.learning.linear_response import Matrix, Vector, finite_numbers
from numerics.orientation import Orientation, layer_blocks, layer_sizes

Slopes = ArrayLike | Sequence[ArrayLike]


def are_layers(weights: Any) -> TypeGuard[Sequence[ArrayLike]]:
    """Whether these are matrices in a list, and not the rows of one."""
    return isinstance(weights, list | tuple) and any(_axes(entry) == 2 for entry in weights)


def _axes(entry: Any) -> int:
    """How many axes an entry has; none if its rows are of unequal length."""
    try:
        return np.ndim(entry)
    except ValueError:
        return 0


def layer_responses(
    weights: Sequence[ArrayLike], slopes: Slopes | None, orientation: Orientation | None
) -> tuple[Matrix, ...]:
    """The blocks of f'w, shape (outputs, inputs) each: they lead from a layer to the next, and all others are zero.

    Parameters
    ----------
    weights
        One matrix for each pair of neighboring layers, as `numerics.critical_temperature` takes them.
    slopes
        Shape (n,), all neurons in the order of the layers, or one vector for each matrix, of the layer that it leads
        to; 1 if None. Those of the input layer, into which no weights lead, do not matter.
    orientation
        Needed where the shapes chain both ways, and for a single matrix with slopes.

    Raises
    ------
    ValueError, TypeError
        For weights that are no chain of layers of finite real numbers, or slopes that are not one for each neuron.
    """
    if slopes is not None and len(weights) == 1 and orientation is None:
        raise ValueError(
            'expected orientation="in-out" (rows are inputs) or orientation="out-in" beside the slopes of a single '
            "matrix; found none"
        )
    blocks = [block.T for block in layer_blocks(weights, orientation=orientation)]
    if slopes is None:
        return tuple(blocks)
    columns = _by_layer(slopes, tuple(len(block) for block in blocks), blocks[0].shape[1])
    with np.errstate(over="ignore"):
        return tuple(
            finite_numbers(slope[:, np.newaxis] * block, "products of slopes and weights")
            for slope, block in zip(columns, blocks, strict=True)
        )


def _by_layer(slopes: Slopes, sizes: tuple[int, ...], n_inputs: int) -> list[Vector]:
    """One vector for each layer but the first."""
    if isinstance(slopes, list | tuple) and any(_axes(entry) == 1 for entry in slopes):
        found = [finite_numbers(entry, "slopes") for entry in slopes]
        if [slope.shape for slope in found] != [(size,) for size in sizes]:
            raise ValueError(
                f"expected one vector of slopes for each matrix of weights, of {', '.join(map(str, sizes))} neurons; "
                f"found the shapes {', '.join(str(slope.shape) for slope in found)}"
            )
        return found
    together = finite_numbers(slopes, "slopes")
    ends = tuple(accumulate((n_inputs, *sizes)))
    if together.shape != (ends[-1],):
        raise ValueError(
            f"expected one slope of the activation for each of {ends[-1]} neurons in the order of the layers, shape "
            f"({ends[-1]},), or one vector for each matrix; found the shape {together.shape}"
        )
    return [together[first:last] for first, last in pairwise(ends)]


def reduced_layers(responses: Sequence[Matrix]) -> Matrix:
    """The chain as one matrix in an orthonormal basis of the states that it, or its transpose, does not annihilate.

    Returns
    -------
    array of shape (k, k)
        A layer that is wider than its two neighbors together counts with as many directions as they have neurons: for
        layers of 784, 20, 20 and 10 neurons k is 70.
    """
    small = _within(responses, [_basis(responses, place) for place in range(len(responses) + 1)])
    ends = tuple(accumulate((small[0].shape[1], *(len(block) for block in small)), initial=0))
    whole = np.zeros((ends[-1], ends[-1]))
    for place, block in enumerate(small, start=1):
        whole[ends[place] : ends[place + 1], ends[place - 1] : ends[place]] = block
    return whole


def _basis(responses: Sequence[Matrix], place: int) -> Matrix | None:
    """Orthonormal directions of one layer in its columns; None if they are as many as it has neurons."""
    into = [responses[place - 1]] if place > 0 else []
    out_of = [responses[place].T] if place < len(responses) else []
    signals = np.hstack([*into, *out_of])
    return None if signals.shape[1] >= len(signals) else np.linalg.qr(signals)[0]


def _within(responses: Sequence[Matrix], bases: Sequence[Matrix | None]) -> list[Matrix]:
    """Each block between the bases of its two layers."""
    found = []
    for block, (before, after) in zip(responses, pairwise(bases), strict=True):
        narrow = block if before is None else block @ before
        found.append(narrow if after is None else after.T @ narrow)
    return found


def n_neurons(responses: Sequence[Matrix]) -> int:
    """Of all layers."""
    return sum(layer_sizes([block.T for block in responses]))
