"""Gaussian states of a chain of layers, integrated layer by layer: no matrix is larger than a layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from numerics.learning.linear_response import Matrix, Vector
from numerics.learning.neuron_partition import stiffness_of_one_neuron


def layer_variances(responses: Sequence[Matrix], beta: float, mass: float) -> Iterator[Vector]:
    r"""Variances of each layer given its past, times beta, along its principal axes, less 1: shape (n_k,) each.

    The weight of the states :math:`x_0, x_1, \dots` of layers with :math:`A_k = f'w` from layer k - 1 to layer k is

    .. math:: \exp\Bigl(-\frac\beta2 \sum_k |x_k - A_k x_{k-1}|^2 - \frac c2 \sum_k |x_k|^2\Bigr), \quad
        c = 1 - \beta m.

    With all layers before it integrated out, and before its own window counts, layer k has the covariance
    :math:`K_k / \beta`, where

    .. math:: K_0 = 1, \qquad K_k = 1 + A_k \, \beta K_{k-1} (\beta + c K_{k-1})^{-1} A_k^T,

    so that :math:`\det(c + \beta G) = \prod_k \det(\beta + c K_k)`. Nothing cancels in this while c is positive. If it
    is not, c + beta G is positive if and only if every :math:`\beta + c K_k` is: where one is not, a state of its layer
    that the layers after it follow without an error has a weight that does not fall.

    Raises
    ------
    ValueError
        If the integral over the states diverges, or a square is beyond what a double can hold.
    """
    excess, axes = np.zeros(responses[0].shape[1]), None
    yield _checked(excess, beta, mass)
    for response in responses:
        # sqrt(beta / (c + beta / kappa)) is the standard deviation, in the layer before, that its window leaves.
        spread = np.sqrt(beta / stiffness_of_one_neuron(1 / (1 + excess), beta, mass))
        turned = response if axes is None else response @ axes
        axes, strengths, _ = np.linalg.svd(turned * spread, full_matrices=turned.shape[0] > turned.shape[1])
        excess = np.zeros(len(response))
        with np.errstate(over="ignore"):
            excess[: len(strengths)] = strengths**2
        yield _checked(excess, beta, mass)


def _checked(excess: Vector, beta: float, mass: float) -> Vector:
    if not np.isfinite(excess).all():
        raise ValueError("expected weights whose squares are finite numbers; found larger ones")
    stiff = stiffness_of_one_neuron(1 / (1 + excess), beta, mass)
    wrong = ~(np.isfinite(stiff) & (stiff > 0))
    if wrong.any():
        raise ValueError(
            "expected 1 - beta m + beta G that is positive and finite in every layer with the layers before it "
            f"integrated out, so that the integral over the states exists; found {stiff[wrong][0]} at beta = {beta}, "
            f"m = {mass}"
        )
    return excess
