r"""How far a finite network lies from the large-layer theory: the leading corrections, of the power -2/3 of its size.

Near its edge z_0 the spectral density of N levels of I - M begins as (1/pi) gamma^(-3/2) sqrt(z - z_0). Edges of
random matrices with independent entries are universal: the least level is z_0 - gamma N^(-2/3) X, with X of the
Tracy-Widom law of real symmetric matrices. Corrections of order 1/N, among them those of the fluctuating reaction term,
follow.

With g and w of the edge and v the right vector of the singular Jacobian, sum_k w_k F_k(g + s v) = z_0 - kappa s^2,

    kappa = sum_k w_k v_k^2 / g_k^3,        gamma^(-3/2) = sum_k (N_k / N) v_k / sqrt(kappa).

The minimum of a level over the temperature follows from the identity for its eigenvector,

    d lambda / d log beta = beta^2 sum_i D_ii v_i^2 - 1 + lambda,

in which layer k has the share p_k(lambda) of the vector. A level that lies delta above the edge has its minimum at

    log beta_min - log beta_c = - delta (1 + beta^2 sum_k d_k p_k') / z'',

with z'' the curvature of the edge in log beta: the critical temperature of a finite network lies high, by N^(-2/3).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from numerics.chain import Array, LayerChain, layer_chain
from numerics.ensemble import ensemble_critical_temperature
from numerics.large_layer import LargeLayerEdge, ResolventEquations, edge, resolvent_equations

# Mean of the Tracy-Widom law for real symmetric matrices: F. Bornemann, On the numerical evaluation of distributions in
# random matrix theory (2010), beta = 1.
TRACY_WIDOM_MEAN = -1.2065335746
# Steps of finite differences: their errors, of this relative size, are far below any measured one.
_STEP = 1e-3
_NEWTON_STEPS = 50


def edge_fluctuation_scale(
    layer_sizes: Sequence[int], weight_variances: Sequence[float], inverse_temperature: float
) -> float:
    """gamma: the least eigenvalue of I - M fluctuates on the scale gamma N^(-2/3), N being the number of spins.

    Parameters
    ----------
    layer_sizes, weight_variances, inverse_temperature
        As in `numerics.large_layer.large_layer_least_eigenvalue`, one temperature; only ratios of the sizes enter.
    """
    chain = layer_chain(layer_sizes, weight_variances)
    equations = resolvent_equations(chain, inverse_temperature)
    found = edge(equations)
    right, curvature = _expansion(equations, found)
    share = chain.sizes / chain.sizes.sum()
    return float((share @ right / np.sqrt(curvature)) ** (-2 / 3))


def mean_edge_shift(layer_sizes: Sequence[int], weight_variances: Sequence[float], inverse_temperature: float) -> float:
    """Leading finite-size correction to the mean least eigenvalue of I - M, at these very sizes; it is positive."""
    scale = edge_fluctuation_scale(layer_sizes, weight_variances, inverse_temperature)
    return -TRACY_WIDOM_MEAN * scale * sum(layer_sizes) ** (-2 / 3)


def mean_temperature_shift(layer_sizes: Sequence[int], weight_variances: Sequence[float]) -> float:
    """Leading finite-size correction to the mean critical temperature (at the minimum), relative to its limit."""
    chain = layer_chain(layer_sizes, weight_variances)
    beta = 1 / ensemble_critical_temperature(chain.layer_sizes, chain.weight_variances)
    delta = mean_edge_shift(chain.layer_sizes, chain.weight_variances, beta)
    return delta * _vector_response(chain, beta) / _curvature(chain, beta)


def _expansion(equations: ResolventEquations, found: LargeLayerEdge) -> tuple[Array, float]:
    """Right vector of the singular Jacobian, and kappa."""
    jacobian = np.diag(found.resolvent**-2) - equations.coupling
    right = np.abs(np.linalg.svd(jacobian)[2][-1])
    return right, float(np.sum(found.weights * right**2 / found.resolvent**3))


def _curvature(chain: LayerChain, beta: float) -> float:
    """Second derivative of the edge by log beta at the critical beta, where it and its first derivative vanish."""
    around = [edge(resolvent_equations(chain, beta * np.exp(h))).least_eigenvalue for h in (-_STEP, _STEP)]
    return sum(around) / _STEP**2


def _vector_response(chain: LayerChain, beta: float) -> float:
    """1 + beta^2 sum_k d_k p_k', with beta^2 d_k = a_k - 1."""
    equations = resolvent_equations(chain, beta)
    near, far = (_layer_shares(equations, chain.sizes, height) for height in (_STEP, 2 * _STEP))
    return float(1 + (equations.diagonal - 1) @ (far - near) / _STEP)


def _layer_shares(equations: ResolventEquations, sizes: Array, height: float) -> Array:
    """p_k of the levels at this height above the edge: the imaginary parts of the resolvent there."""
    found = edge(equations)
    right, curvature = _expansion(equations, found)
    z = found.least_eigenvalue + height
    g = found.resolvent + 1j * right * np.sqrt(height / curvature)
    for _ in range(_NEWTON_STEPS):
        excess = equations.diagonal - 1 / g - equations.coupling @ g - z
        step = np.linalg.solve(np.diag(g**-2) - equations.coupling, excess)
        g = g - step
        if np.max(np.abs(step)) < 1e-14 * np.max(np.abs(g)):
            break
    return np.asarray(sizes * g.imag / np.sum(sizes * g.imag), dtype=np.float64)
