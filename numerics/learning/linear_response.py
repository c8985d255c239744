"""The matrix f'w of a network, and the part of it that neurons far from each other in layers leave to decompose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def linear_response(weights_matrix: Any, slopes: Any) -> Matrix:
    """f'w: how a change of the state changes the outputs of the neurons, shape (n, n).

    Raises
    ------
    ValueError, TypeError
        For weights that are no square matrix of finite real numbers, or slopes that are not one for each neuron.
    """
    weights = finite_numbers(weights_matrix, "weights")
    if weights.ndim != 2 or weights.shape[0] != weights.shape[1] or not weights.size:
        raise ValueError(
            f"expected a square matrix of weights between all pairs of neurons; found the shape {weights.shape}"
        )
    if slopes is None:
        return weights
    diagonal = finite_numbers(slopes, "slopes")
    if diagonal.shape != weights.shape[:1]:
        raise ValueError(
            f"expected one slope of the activation for each of {len(weights)} neurons, shape ({len(weights)},); found "
            f"the shape {diagonal.shape}"
        )
    with np.errstate(over="ignore"):
        return finite_numbers(diagonal[:, np.newaxis] * weights, "products of slopes and weights")


def finite_numbers(values: Any, what: str) -> NDArray[np.float64]:
    """Plain numbers in double precision.

    Raises
    ------
    ValueError, TypeError
        For rows of unequal length, masked or missing numbers, numbers that are not finite, and what is no real number.
    """
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        raise ValueError(f"expected finite {what}; found masked ones")
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"expected {what} in a plain array; found rows of unequal length") from error
    if array.dtype.kind not in "fiu":
        raise TypeError(f"expected {what} that are real numbers in a plain array; found the type {array.dtype}")
    numbers = array.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError(f"expected finite {what}; found one that is not")
    return numbers


def reduced_response(response: Matrix) -> Matrix:
    """The matrix in an orthonormal basis of the states that it, or its transpose, does not annihilate.

    On all other states it and its transpose vanish. The neurons are sorted by the block of weights into them and the
    block of weights out of them, found from where the matrix is zero: for a feedforward network these are its layers.
    A layer that is wider than its two neighbors together is turned into as many directions as they have neurons.

    Returns
    -------
    array of shape (k, k)
        k is n at most; for layers of 784, 60 and 10 neurons it is 130.
    """
    bases = list(_bases(response))
    basis = np.zeros((len(response), sum(directions.shape[1] for _, directions in bases)))
    column = 0
    for members, directions in bases:
        basis[members, column : column + directions.shape[1]] = directions
        column += directions.shape[1]
    return basis.T @ (response @ basis)


def _bases(response: Matrix) -> Iterator[tuple[NDArray[np.intp], Matrix]]:
    """Neurons that belong together, and orthonormal directions among them."""
    rows, columns = _blocks(response)
    for row, column in sorted(set(zip(rows.tolist(), columns.tolist(), strict=True))):
        members = np.flatnonzero((rows == row) & (columns == column))
        sources = np.flatnonzero((columns == row) & (row >= 0))
        targets = np.flatnonzero((rows == column) & (column >= 0))
        if len(sources) + len(targets) >= len(members):
            yield members, np.eye(len(members))
        elif len(sources) + len(targets):
            signals = np.hstack([response[np.ix_(members, sources)], response[np.ix_(targets, members)].T])
            yield members, np.linalg.qr(signals)[0]


def _blocks(response: Matrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each neuron the block of weights into it, and that of weights out of it, -1 where there is none."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(response)
    into, out_of = np.nonzero(response)
    graph = coo_array((np.ones(len(into)), (into, n + out_of)), shape=(2 * n, 2 * n))
    labels = connected_components(graph, directed=False)[1].astype(np.int64)
    rows, columns = labels[:n].copy(), labels[n:].copy()
    rows[~response.any(axis=1)] = -1
    columns[~response.any(axis=0)] = -1
    return rows, columns
