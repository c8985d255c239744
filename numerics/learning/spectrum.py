"""The spectrum of G = (1 - f'w)^T (1 - f'w), whose eigenvalues weigh the errors of a network's states."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from numerics.learning.linear_response import Vector, linear_response, reduced_response


def learning_spectrum(weights_matrix: ArrayLike, slopes: ArrayLike | None = None) -> Vector:
    """Eigenvalues of G = (1 - f'w)^T (1 - f'w), ascending.

    Parameters
    ----------
    weights_matrix
        w, shape (n, n): the weight of the connection from neuron j into neuron i stands in row i, column j.
    slopes
        Derivatives of the activation functions at the mean inputs, the diagonal of f', shape (n,); all 1 if not given.

    Returns
    -------
    array of shape (n,)
        Not negative. For a feedforward network their product is 1.

    Raises
    ------
    ValueError, TypeError
        For weights that are no square matrix of finite real numbers, or slopes that are not one for each neuron.

    Notes
    -----
    Vanchurin (2020), eqs. (5.4), (5.6) and (5.10). They are squared singular values of 1 - f'w, so that small ones keep
    their digits. Only the states that f'w or its transpose does not annihilate are decomposed; all others have the
    eigenvalue 1 exactly.

    Examples
    --------
    >>> learning_spectrum([[0.0, 0.0], [1.5, 0.0]])
    array([0.25, 4.  ])
    """
    from scipy.linalg import svdvals

    response = linear_response(weights_matrix, slopes)
    reduced = reduced_response(response)
    singular = svdvals(np.eye(len(reduced)) - reduced) if reduced.size else np.empty(0)
    with np.errstate(over="ignore", under="ignore"):
        found = np.square(singular)
    if not np.isfinite(found).all():
        raise ValueError("expected weights whose squares are finite numbers; found larger ones")
    return np.sort(np.concatenate([found, np.ones(len(response) - len(found))]))
