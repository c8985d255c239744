"""Weights as a user has them, brought to the layer blocks J^(k) of the bond matrix."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Orientation = Literal["in-out", "out-in"]
ORIENTATIONS: tuple[Orientation, ...] = ("in-out", "out-in")


def layer_blocks(
    weights: Sequence[ArrayLike], *, orientation: Orientation | None = None, keep_single: bool = False
) -> tuple[NDArray[Any], ...]:
    """Return the blocks J^(k), shape (N_{k-1}, N_k), of a chain of layers, in float64.

    Parameters
    ----------
    weights : sequence of array_like, each shape (n_rows, n_columns)
        One matrix for each pair of adjacent layers, in layer order. Real numbers of any width; narrower
        ones are promoted exactly to float64.
    orientation : {"in-out", "out-in"}, optional
        "in-out": each matrix has shape (inputs, outputs), the J^(k) of Barney et al., Eq. (1).
        "out-in": shape (outputs, inputs), as PyTorch stores it. Found from the shapes where they decide;
        for a single matrix either will do, because J is symmetric.
    keep_single
        Leave matrices in float32 as they are: for callers that promote them piece by piece.

    Returns
    -------
    tuple of ndarray
        Views of the input where it has the precision already; they are never written to.

    Raises
    ------
    ValueError
        No matrix, a wrong number of axes, an empty layer, a number that is not finite, shapes that chain
        in neither orientation, or shapes that chain in both while `orientation` is not given.
    TypeError
        Entries that are not real numbers, or `weights` that is not a sequence.
    """
    if orientation is not None and orientation not in ORIENTATIONS:
        raise ValueError(f'expected orientation "in-out" or "out-in"; found {orientation!r}')
    matrices = [_matrix(entry, position, keep_single) for position, entry in enumerate(_entries(weights), start=1)]
    shapes = [matrix.shape for matrix in matrices]
    chosen = orientation if orientation is not None else _orientation_of(shapes)
    _check_chain(shapes, chosen)
    return tuple(matrix if chosen == "in-out" else matrix.T for matrix in matrices)


def layer_sizes(blocks: Sequence[NDArray[Any]]) -> tuple[int, ...]:
    """Return (N_0, ..., N_L) of blocks J^(k) of shape (N_{k-1}, N_k)."""
    return (blocks[0].shape[0], *(block.shape[1] for block in blocks))


def _entries(weights: Sequence[ArrayLike]) -> list[ArrayLike]:
    remedy = "pass a list of matrices, one for each pair of adjacent layers"
    if isinstance(weights, np.ndarray) and weights.ndim < 3:
        raise ValueError(
            f"expected a list of matrices; found one array of shape {weights.shape}: {remedy}, [array] for one"
        )
    if isinstance(weights, str | bytes | dict) or not hasattr(weights, "__iter__"):
        raise TypeError(f"expected a list of matrices; found {type(weights).__name__}: {remedy}")
    entries = list(weights)
    if not entries:
        raise ValueError(f"expected at least one weight matrix; found an empty list, no layer to connect: {remedy}")
    return entries


def _matrix(entry: ArrayLike, position: int, keep_single: bool) -> NDArray[Any]:
    array = _numeric(entry, position)
    if array.ndim != 2:
        raise ValueError(
            f"expected weight {position} to be a matrix (2 axes); found shape {array.shape}: "
            "leave biases out, and reshape kernels to (inputs, outputs)"
        )
    if 0 in array.shape:
        raise ValueError(
            f"expected neurons on both sides of weight {position}; found shape {array.shape}, "
            "no layer to connect: remove the empty layer"
        )
    kept = keep_single and array.dtype == np.float32
    matrix = array if kept else np.asarray(array, dtype=np.float64)
    _check_finite(matrix, position)
    # BLAS multiplies rows or columns that lie together without a copy; any other stride is copied once here.
    strided = not (matrix.flags.c_contiguous or matrix.flags.f_contiguous)
    return np.ascontiguousarray(matrix) if strided else matrix


def _numeric(entry: ArrayLike, position: int) -> NDArray[np.number]:
    try:
        array = np.asarray(entry)
    except ValueError as error:
        raise ValueError(f"expected weight {position} to be a matrix; found rows of unequal length") from error
    if array.dtype.kind not in "fiub":
        raise TypeError(
            f"expected real numbers in weight {position}; found dtype {array.dtype}: "
            "convert it to a numerical array, such as float64"
        )
    return array


def _check_finite(matrix: NDArray[Any], position: int) -> None:
    # A finite sum proves every entry finite without a mask of the matrix's size; overflow only costs the mask.
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(matrix.sum()):
            return
    wrong = np.argwhere(~np.isfinite(matrix))
    if len(wrong):
        row, column = wrong[0]
        raise ValueError(
            f"expected finite weights; found {len(wrong)} NaN or infinite in weight {position}, the first is "
            f"{matrix[row, column]} at ({row}, {column}): training may have diverged, use an earlier checkpoint"
        )


def _broken_pairs(shapes: Sequence[tuple[int, ...]], orientation: Orientation) -> list[int]:
    facing = (1, 0) if orientation == "in-out" else (0, 1)
    return [k for k, (left, right) in enumerate(pairwise(shapes)) if left[facing[0]] != right[facing[1]]]


def _orientation_of(shapes: Sequence[tuple[int, ...]]) -> Orientation:
    fitting: list[Orientation] = [orientation for orientation in ORIENTATIONS if not _broken_pairs(shapes, orientation)]
    if len(fitting) == 2 and len(shapes) > 1:
        raise ValueError(
            f"the shapes {_listed(shapes)} chain in both orientations: say which with "
            'orientation="in-out" (rows are inputs, the J^(k) of the paper) or orientation="out-in"'
        )
    if fitting:
        return fitting[0]
    # Where neither fits, the message names the pair that breaks the orientation that fits more of the chain.
    return min(ORIENTATIONS, key=lambda orientation: len(_broken_pairs(shapes, orientation)))


def _check_chain(shapes: Sequence[tuple[int, ...]], orientation: Orientation) -> None:
    broken = _broken_pairs(shapes, orientation)
    if broken:
        k = broken[0]
        raise ValueError(
            f'expected shapes that chain, (a, b) then (b, c) for "in-out" or (b, a) then (c, b) for "out-in"; '
            f"found {shapes[k]} for weight {k + 1} and {shapes[k + 1]} for weight {k + 2}, which do not chain "
            f"as {orientation!r}: check the order of the layers and the orientation"
        )


def _listed(shapes: Sequence[tuple[int, ...]]) -> str:
    return ", ".join(str(shape) for shape in shapes)
