"""The spectrum of G = (1 - f'w)^T (1 - f'w), whose eigenvalues weigh the errors of a network's states."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from numerics.learning.layers import Slopes, are_layers, layer_responses, n_neurons, reduced_layers
from numerics.learning.linear_response import Matrix, Vector, linear_response, reduced_response
from numerics.orientation import Orientation


def learning_spectrum(
    weights_matrix: ArrayLike | Sequence[ArrayLike],
    slopes: Slopes | None = None,
    *,
    orientation: Orientation | None = None,
) -> Vector:
    """Eigenvalues of G = (1 - f'w)^T (1 - f'w), ascending.

    Parameters
    ----------
    weights_matrix
        w, shape (n, n): the weight of the connection from neuron j into neuron i stands in row i, column j. Or a list
        of matrices, one for each pair of neighboring layers of a feedforward network.
    slopes
        Derivatives of the activation functions at the mean inputs, the diagonal of f', shape (n,); all 1 if not given.
        Beside a list of matrices also one vector for each of them, of the layer that it leads to.
    orientation
        "in-out" if the rows of matrices in a list are inputs, "out-in" if they are outputs; needed where the shapes
        chain both ways, and for the slopes of a single matrix. One matrix of all pairs has none.

    Returns
    -------
    array of shape (n,)
        Not negative. For a feedforward network their product is 1.

    Raises
    ------
    ValueError, TypeError
        For weights that are neither a square matrix nor a chain of layers of finite real numbers, or slopes that are
        not one for each neuron.

    Notes
    -----
    Vanchurin (2020), eqs. (5.4), (5.6) and (5.10). They are squared singular values of 1 - f'w, so that small ones keep
    their digits. Only the states that f'w or its transpose does not annihilate are decomposed; all others have the
    eigenvalue 1 exactly. For layers of 784, 20, 20 and 10 neurons a matrix of 70 rows is decomposed.

    Examples
    --------
    >>> learning_spectrum([[0.0, 0.0], [1.5, 0.0]])
    array([0.25, 4.  ])
    >>> learning_spectrum([[[1.5]]])
    array([0.25, 4.  ])
    """
    if are_layers(weights_matrix):
        responses = layer_responses(weights_matrix, slopes, orientation)
        return _spectrum(reduced_layers(responses), n_neurons(responses))
    response = response_of_all_pairs(weights_matrix, slopes, orientation)
    return _spectrum(reduced_response(response), len(response))


def response_of_all_pairs(weights_matrix: object, slopes: object, orientation: Orientation | None) -> Matrix:
    """f'w of one matrix, which has no orientation."""
    if orientation is not None:
        raise ValueError(
            "expected no orientation beside one matrix of the weights between all pairs of neurons, whose row is the "
            f"neuron they lead into; found {orientation!r}: give the matrices of neighboring layers in a list"
        )
    return linear_response(weights_matrix, slopes)


def _spectrum(reduced: Matrix, n: int) -> Vector:
    """Squared singular values of one less a matrix, and ones for all directions that it does not have."""
    from scipy.linalg import svdvals

    singular = svdvals(np.eye(len(reduced)) - reduced) if reduced.size else np.empty(0)
    with np.errstate(over="ignore", under="ignore"):
        found = np.square(singular)
    if not np.isfinite(found).all():
        raise ValueError("expected weights whose squares are finite numbers; found larger ones")
    return np.sort(np.concatenate([found, np.ones(n - len(found))]))
