r"""Least eigenvalue of I - M of one network whose layers are large: where the spectrum of a random matrix begins.

M = beta J - beta^2 D is the linearized Thouless-Anderson-Palmer matrix, D_ii = sum_j J_ij^2. In large layers at fixed
ratios the diagonal resolvents g_k of I - M obey, at the spectral parameter z,

    z = F_k(g) = a_k - 1 / g_k - sum_l K_kl g_l,

with F_k the derived edge equation. Each F_k is concave, and the spectrum begins at

    max over g > 0 of  min over k of  F_k(g)   =   min over w of  sum_k w_k a_k - 2 sum_l sqrt(w_l (K^T w)_l),

w >= 0, sum_k w_k = 1: the right side is the dual problem. A pair (g, w) therefore encloses the edge.

This is not the least eigenvalue of the replica Hessian. The Hessian is, up to the layer sizes, the Jacobian of the F_k
at g = 1, where all F_k vanish: so the edge is never negative, and is zero just where the Hessian is singular.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.chain import Array, LayerChain, layer_chain
from numerics.lowering import Lowered

Matrix = NDArray[np.float64]

# The fixed point needs the edge to this fraction of its bracket before Newton's method takes over.
_BRACKET = 1e-4
_HALVINGS = 60
_STEPS = 60
_INVERSE_ITERATIONS = 4
# Relative width of the enclosure that is asked for: rounding of a sum over the layers, with two decades to spare.
_ENCLOSURE = 1e-12
# What halving alone reaches: it cannot tell an almost singular Jacobian from a singular one.
_LAST_ENCLOSURE = 1e-10


class EdgeNotEnclosedError(RuntimeError):
    """The bounds on the edge of a spectrum did not meet."""


@dataclass(frozen=True, kw_only=True)
class ResolventEquations:
    """The equations z = a_k - 1 / g_k - (K g)_k of one chain at one temperature.

    Attributes
    ----------
    diagonal
        a_k, the mean diagonal entry of I - M in layer k, shape (L + 1,).
    coupling
        K_kl = beta^2 times the summed variances of the bonds from one spin of layer k to layer l, shape (L + 1, L + 1).
    """

    diagonal: Array
    coupling: Matrix

    def spectral_parameters(self, resolvent: Array) -> Array:
        """F_k(g), shape (L + 1,)."""
        return self.diagonal - 1 / resolvent - self.coupling @ resolvent

    def dual(self, weights: Array) -> float:
        """The bound from above that weights w >= 0 with sum 1 give."""
        return float(weights @ self.diagonal - 2 * np.sum(np.sqrt(weights * (weights @ self.coupling))))


@dataclass(frozen=True, kw_only=True)
class LargeLayerEdge:
    """Where the spectrum of I - M begins.

    Attributes
    ----------
    least_eigenvalue
        The edge: the largest lower bound found.
    upper_bound
        The smallest upper bound found; it exceeds `least_eigenvalue` by rounding only.
    resolvent
        g_k there, shape (L + 1,).
    weights
        Share of each layer in the vectors at the edge, w_k, shape (L + 1,).
    """

    least_eigenvalue: float
    upper_bound: float
    resolvent: Array
    weights: Array


def large_layer_least_eigenvalue(
    layer_sizes: Sequence[int], weight_variances: Sequence[float], inverse_temperature: ArrayLike
) -> Any:
    """Least eigenvalue of I - M of one untrained network, in the limit of large layers.

    Parameters
    ----------
    layer_sizes
        N_0 to N_L; only their ratios enter.
    weight_variances
        C_1 to C_L; the weights into layer k have variance C_k / N_{k-1}.
    inverse_temperature
        One number, or an array of any shape; not negative.

    Returns
    -------
    float, or array of that shape

    Raises
    ------
    ValueError, TypeError
        For sizes, variances or temperatures out of range.

    Notes
    -----
    I - M is that of Barney, Winer and Galitski (2024), eqs. (23) to (25). For equal layers and infinite depth the value
    is (1 - beta sqrt(2 C))^2.

    Examples
    --------
    >>> bool(abs(large_layer_least_eigenvalue((5, 5), (1.0,), 1.0)) < 1e-10)
    True
    """
    chain = layer_chain(layer_sizes, weight_variances)
    betas = np.asarray(inverse_temperature, dtype=float)
    if not (np.isfinite(betas) & (betas >= 0)).all():
        raise ValueError(f"expected finite inverse temperatures of at least 0; found {inverse_temperature!r}")
    values = [edge(resolvent_equations(chain, b)).least_eigenvalue if b else 1.0 for b in betas.flat]
    return np.reshape(values, betas.shape)[()]


def resolvent_equations(chain: LayerChain, inverse_temperature: float) -> ResolventEquations:
    """The derived equations at the chain's sizes and variances.

    a_k and K are read off the derived F_k: K from its derivatives, a_k from its value at g = 1.
    """
    value, below, above = _lowered_equations()
    # Layers 0 and L have one neighbor: a bond of variance zero stands for the missing one.
    variances = np.concatenate([[0.0], chain.variances, [0.0]])
    sizes = np.append(chain.sizes, chain.sizes[-1])
    arguments = (inverse_temperature, variances[:-1], variances[1:], sizes[:-1], sizes[1:], 1.0, 1.0, 1.0)
    downward, upward = -below(*arguments), -above(*arguments)
    return ResolventEquations(
        diagonal=value(*arguments) + 1 + downward + upward,
        coupling=np.diag(downward[1:], -1) + np.diag(upward[:-1], 1),
    )


@cache
def _lowered_equations() -> tuple[Lowered, Lowered, Lowered]:
    """F_k of a layer with two neighbors, and its derivatives by the resolvents below and above."""
    import sympy as sp

    from derivations.spin_glass import large_layers, results
    from numerics.lowering import lower
    from theory.models import multilayer as model
    from theory.sums import Inside

    g, k = large_layers.resolvent, model.k
    interior: Any = results.edge_equation().replace(lambda node: isinstance(node, Inside), lambda _: sp.Integer(1))
    variances, sizes = model.weight_variances, model.layer_sizes
    arguments = (
        model.inverse_temperature, variances[k], variances[k + 1], sizes[k], sizes[k + 1], g[k - 1], g[k], g[k + 1],
    )  # fmt: skip
    parts = (interior, sp.diff(interior, g[k - 1]), sp.diff(interior, g[k + 1]))
    value, below, above = (lower(part, arguments) for part in parts)
    return value, below, above


def edge(equations: ResolventEquations) -> LargeLayerEdge:
    """Solve for the edge, by halving the interval of z and then by Newton's method for g, w and z together.

    Where two ends of a deep chain begin the spectrum at almost the same z, Newton's method is of no use: halving goes
    on, until the bounds that its g and w give have met.

    Raises
    ------
    EdgeNotEnclosedError
        If the bounds from both sides differ by more than rounding.
    """
    low, high = 0.0, float(np.min(equations.diagonal))
    scale, best = high, None
    if _resolvent(equations, low) is None:  # a matrix that is not of the form of the theory, such as a rival's
        low = float(np.min(equations.diagonal - equations.coupling.sum(axis=1) - 1))
    for _ in range(_HALVINGS):
        if high - low <= _BRACKET * scale:
            # From a little below, for at the edge itself the resolvent is where Newton's method for it breaks down.
            best = _tighter(best, _polished(equations, low - _BRACKET * scale), _enclosure(equations, low))
            if best is not None and _width(best) <= _ENCLOSURE * scale:
                return best
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _resolvent(equations, middle) is not None else (low, middle)
    if best is None or _width(best) > _LAST_ENCLOSURE * scale:
        raise EdgeNotEnclosedError(
            f"expected bounds on the edge that meet; found {low} and {high} for a diagonal of {equations.diagonal}"
        )
    return best


def _width(found: LargeLayerEdge) -> float:
    return found.upper_bound - found.least_eigenvalue


def _tighter(*candidates: LargeLayerEdge | None) -> LargeLayerEdge | None:
    return min((c for c in candidates if c is not None), key=_width, default=None)


def _enclosure(equations: ResolventEquations, z: float) -> LargeLayerEdge | None:
    """The bounds from the resolvent at a z below the edge and from its weights; their gap falls with edge - z."""
    g = _resolvent(equations, z)
    return None if g is None else _bounds(equations, g, _fitting_weights(equations, g))


def _fitting_weights(equations: ResolventEquations, g: Array) -> Array:
    """Near the edge the Jacobian is almost singular; a few inverse iterations give its left vector."""
    jacobian, w = np.diag(1 / g**2) - equations.coupling, np.ones_like(g)
    for _ in range(_INVERSE_ITERATIONS):
        w = np.linalg.solve(jacobian.T, w)
        w = w / w.sum()
    return w


def _bounds(equations: ResolventEquations, g: Array, w: Array) -> LargeLayerEdge:
    w = np.maximum(w, 0)
    w = w / w.sum()
    lower_bound = float(np.min(equations.spectral_parameters(g)))
    return LargeLayerEdge(least_eigenvalue=lower_bound, upper_bound=equations.dual(w), resolvent=g, weights=w)


def _resolvent(equations: ResolventEquations, z: float) -> Array | None:
    """The smallest positive solution of F(g) = z, or None if there is none: z then lies inside the spectrum.

    Newton's method from below. The equations are convex and their Jacobian, diag(1 / g^2) - K, has no positive entry
    off its diagonal, so the iterates rise to the solution; past the edge they lose a positive inverse.
    """
    g, previous = 1 / (equations.diagonal - z), np.inf
    for _ in range(_STEPS):
        excess = z - equations.spectral_parameters(g)
        jacobian = np.diag(1 / g**2) - equations.coupling
        step = np.linalg.solve(jacobian, excess) if _inverse_is_positive(jacobian) else None
        if step is None or not np.isfinite(step).all():
            return None
        g = g + step
        size = float(np.max(np.abs(step) / g))
        # Close to the edge rounding keeps the steps from shrinking further; there they have been halving until now.
        if size <= 1e-14 or (size < 1e-6 and size > 0.6 * previous):
            return g if _inverse_is_positive(np.diag(1 / g**2) - equations.coupling) else None
        previous = size
    return None


def _inverse_is_positive(jacobian: Matrix) -> bool:
    """Whether a matrix without positive entries off its diagonal is an M-matrix: J x = 1 has a positive solution."""
    try:
        return bool((np.linalg.solve(jacobian, np.ones(len(jacobian))) > 0).all())
    except np.linalg.LinAlgError:
        return False


def _polished(equations: ResolventEquations, z: float) -> LargeLayerEdge | None:
    """Newton's method for F_k(g) = z, (diag(1 / g^2) - K^T) w = 0, sum w = 1, from a z just below the edge."""
    g = _resolvent(equations, z)
    if g is None:
        return None
    w, n = _fitting_weights(equations, g), len(g)
    for _ in range(_STEPS):
        try:
            step = _bordered_step(equations, g, w, z)
        except np.linalg.LinAlgError:
            return None
        g, w, z = g + step[:n], w + step[n:-1], z + step[-1]
        if not (np.isfinite(step).all() and (g > 0).all()):
            return None
        if np.max(np.abs(step)) <= 1e-14 * max(1.0, float(np.max(g))):
            break
    return _bounds(equations, g, w) if (w >= -_ENCLOSURE).all() else None


def _bordered_step(equations: ResolventEquations, g: Array, w: Array, z: float) -> Array:
    n = len(g)
    jacobian = np.diag(1 / g**2) - equations.coupling
    matrix = np.zeros((2 * n + 1, 2 * n + 1))
    matrix[:n, :n], matrix[:n, -1] = jacobian, -1
    matrix[n:-1, :n], matrix[n:-1, n:-1] = np.diag(-2 * w / g**3), jacobian.T
    matrix[-1, n:-1] = 1
    residual = np.concatenate([equations.spectral_parameters(g) - z, jacobian.T @ w, [w.sum() - 1]])
    return np.asarray(np.linalg.solve(matrix, -residual), dtype=np.float64)
