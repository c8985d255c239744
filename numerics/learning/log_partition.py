"""The logarithm of the partition function of a network's states, in the Gaussian approximation."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.learning.layer_variances import layer_variances
from numerics.learning.layers import Slopes, are_layers, layer_responses
from numerics.learning.linear_response import Matrix
from numerics.learning.neuron_partition import log_partition_of_one_neuron, stiffness_of_one_neuron
from numerics.learning.spectrum import learning_spectrum
from numerics.orientation import Orientation


def learning_log_partition(
    weights_matrix: ArrayLike | Sequence[ArrayLike],
    slopes: Slopes | None = None,
    *,
    inverse_temperature: float,
    mass: float = 0.0,
    orientation: Orientation | None = None,
) -> float:
    r"""Log of the partition function of the states of n neurons, not per neuron.

    Parameters
    ----------
    weights_matrix
        w, shape (n, n): the weight of the connection from neuron j into neuron i stands in row i, column j. Or a list
        of matrices, one for each pair of neighboring layers of a feedforward network.
    slopes
        Derivatives of the activation functions at the mean inputs, shape (n,); all 1 if not given. Beside a list of
        matrices also one vector for each of them, of the layer that it leads to.
    inverse_temperature
        beta, not negative.
    mass
        m, the strength of the local objective: the loss of a state x is lowered by m x^2 / 2.
    orientation
        Of matrices in a list, as for `learning_spectrum`.

    Returns
    -------
    float
        :math:`\frac{n}{2} \log 2\pi - \frac12 \sum_i \log(1 - \beta m + \beta \lambda_i)`, with the eigenvalues of
        G = (1 - f'w)^T (1 - f'w).

    Raises
    ------
    ValueError
        If an eigenvalue of 1 - beta m + beta G is not positive: the integral over the states diverges. Also for weights
        and slopes out of shape, and numbers that are not finite.

    Notes
    -----
    Vanchurin (2020), eq. (5.14): the bounds of the activation are replaced by a Gaussian window of variance one, and
    the mean state is dropped. A list of layers is integrated layer by layer (`numerics.learning.layer_variances`), a
    matrix of all pairs of neurons by its spectrum.

    Examples
    --------
    >>> round(learning_log_partition([[0.0, 0.0], [1.5, 0.0]], inverse_temperature=1.0), 6)
    0.921586
    """
    beta, strength = _number(inverse_temperature, "inverse temperature"), _number(mass, "mass")
    if beta < 0:
        raise ValueError(f"expected an inverse temperature of at least 0; found {inverse_temperature!r}")
    if are_layers(weights_matrix):
        return _of_layers(layer_responses(weights_matrix, slopes, orientation), beta, strength)
    eigenvalues = learning_spectrum(weights_matrix, slopes, orientation=orientation)
    stiff = stiffness_of_one_neuron(eigenvalues, beta, strength)
    wrong = ~(np.isfinite(stiff) & (stiff > 0))
    if wrong.any():
        raise ValueError(
            "expected eigenvalues of 1 - beta m + beta G that are positive and finite, so that the integral over the "
            f"states exists; found {stiff[wrong][0]} at beta = {beta}, m = {strength}"
        )
    return fsum(log_partition_of_one_neuron(eigenvalues, beta, strength))


def _of_layers(responses: Sequence[Matrix], beta: float, mass: float) -> float:
    """The sum over layers of log det(beta + c K) = log det K + log det(c + beta / K)."""
    terms: list[float] = []
    for excess in layer_variances(responses, beta, mass):
        terms += log_partition_of_one_neuron(1 / (1 + excess), beta, mass).tolist()
        terms += (-np.log1p(excess) / 2).tolist()
    return fsum(terms)


def _number(value: Any, what: str) -> float:
    if isinstance(value, str | bytes | bool | np.bool_):
        raise TypeError(f"expected a real number for the {what}; found {value!r}")
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"expected a real number for the {what}; found {value!r}") from error
    if not isfinite(number):
        raise ValueError(f"expected a finite {what}; found {value!r}")
    return number
