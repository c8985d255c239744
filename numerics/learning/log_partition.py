"""The logarithm of the partition function of a network's states, in the Gaussian approximation."""

from __future__ import annotations

from functools import cache
from math import fsum, isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.learning.spectrum import learning_spectrum
from numerics.lowering import Lowered


def learning_log_partition(
    weights_matrix: ArrayLike, slopes: ArrayLike | None = None, *, inverse_temperature: float, mass: float = 0.0
) -> float:
    r"""Log of the partition function of the states of n neurons, not per neuron.

    Parameters
    ----------
    weights_matrix
        w, shape (n, n): the weight of the connection from neuron j into neuron i stands in row i, column j.
    slopes
        Derivatives of the activation functions at the mean inputs, shape (n,); all 1 if not given.
    inverse_temperature
        beta, not negative.
    mass
        m, the strength of the local objective: the loss of a state x is lowered by m x^2 / 2.

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
    the mean state is dropped.

    Examples
    --------
    >>> round(learning_log_partition([[0.0, 0.0], [1.5, 0.0]], inverse_temperature=1.0), 6)
    0.921586
    """
    beta, strength = _number(inverse_temperature, "inverse temperature"), _number(mass, "mass")
    if beta < 0:
        raise ValueError(f"expected an inverse temperature of at least 0; found {inverse_temperature!r}")
    eigenvalues = learning_spectrum(weights_matrix, slopes)
    of_one, stiffness = _lowered()
    stiff = np.atleast_1d(stiffness(eigenvalues, beta, strength))
    if not (np.isfinite(stiff) & (stiff > 0)).all():
        raise ValueError(
            "expected eigenvalues of 1 - beta m + beta G that are positive and finite, so that the integral over the "
            f"states exists; found {stiff[~(np.isfinite(stiff) & (stiff > 0))][0]} at beta = {beta}, m = {strength}"
        )
    return fsum(np.atleast_1d(of_one(eigenvalues, beta, strength)))


def _number(value: Any, what: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"expected a real number for the {what}; found {value!r}") from error
    if not isfinite(number):
        raise ValueError(f"expected a finite {what}; found {value!r}")
    return number


@cache
def _lowered() -> tuple[Lowered, Lowered]:
    """The derived contribution of one eigenvalue, and the argument of its logarithm."""
    import sympy as sp

    from derivations.learning_thermodynamics.results import log_partition_of_one_neuron
    from numerics.lowering import lower
    from theory.models import learning as model

    derived = log_partition_of_one_neuron()
    arguments = (model.eigenvalues[1], model.inverse_temperature, model.mass)
    (logarithm,) = (e for e in derived.atoms(sp.log) if e.has(model.inverse_temperature))
    return lower(derived, arguments), lower(logarithm.args[0], arguments)
