r"""What the samples of a trapezoidal sum say about its error.

By Poisson's formula the sum with step h differs from the integral of g by the Fourier transform of g at the multiples
of 2 pi / h. That frequency cannot be seen on the grid, those up to pi / h can: the error is extrapolated from the decay
of the transform up to there. A frequency beyond pi / h would pose as a low one; therefore the band-limited interpolant
of the samples is compared with g at a few places off the grid. All of it is linear in the samples: one matrix product.
"""

from __future__ import annotations

import numpy as np

from numerics.quadrature.estimates import Doubles, Estimate

# In units of pi / h; two to a band, since a transform may cross zero at one of them.
FREQUENCIES = np.array([0.5, 0.583, 0.667, 0.75, 0.833, 0.917])
N_BANDS = 3
# Places off the grid, in units of half the range; nothing is special about them.
OFF_GRID = np.array([0.0347219, -0.1913571, 0.3211847])
# Where the last band is e, and r times smaller than the one before, the transform at 2 pi / h, more than six bands on,
# is taken for 10 r^2 e: for a transform that falls exponentially that is the root of what it is.
SAFETY, BANDS_AHEAD = 10.0, 2
STRIDE = 3
EPSILON = float(np.finfo(np.float64).eps)

N_FREQUENCIES = len(FREQUENCIES)


def sample_places(n_nodes: int, half_range: float) -> tuple[Doubles, float]:
    """The nodes, symmetric about zero without zero itself, then the places off the grid; and the step."""
    step = 2 * half_range / n_nodes
    nodes = np.linspace(step / 2 - half_range, half_range - step / 2, n_nodes)
    return np.concatenate([nodes, OFF_GRID * half_range]), step


def functionals(places: Doubles, step: float, weights: Doubles) -> Doubles:
    """The matrix that makes the integral and the signs of its error out of samples.

    Parameters
    ----------
    places
        From `sample_places`, shape (n_nodes + n_off_grid,).
    step
        Between nodes.
    weights
        What a sample is multiplied by before the trapezoidal rule, such as a density, shape of places.

    Returns
    -------
    Shape (n_nodes + n_off_grid, n_functionals): the integral, cosine and sine transforms, both tails, mismatches.
    """
    n_nodes = len(places) - len(OFF_GRID)
    nodes, off_grid = places[:n_nodes], places[n_nodes:]
    phases = np.outer(nodes, FREQUENCIES * np.pi / step)
    tails = np.zeros((n_nodes, 2))
    # A tail is at most as long as the range; where the integrand falls it is far shorter.
    tails[0, 0] = tails[-1, 1] = n_nodes
    interpolant = np.sinc((off_grid - nodes[:, None]) / step)
    above = np.hstack([np.ones((n_nodes, 1)), np.cos(phases), np.sin(phases), tails, 4 * interpolant])
    below = np.zeros((len(OFF_GRID), above.shape[1]))
    below[:, -len(OFF_GRID) :] = -4 * np.eye(len(OFF_GRID))
    return step * np.vstack([above, below]) * weights[:, None]


def observed(samples: Doubles, matrix: Doubles) -> Doubles:
    """The functionals of samples, and the integral of their absolute value as the last row.

    Samples have shape (n_points, n_nodes + n_off_grid), the result (n_functionals + 1, n_points).
    """
    n_nodes = len(matrix) - len(OFF_GRID)
    rows = np.empty((matrix.shape[1] + 1, len(samples)))
    np.matmul(matrix.T, samples.T, out=rows[:-1])
    # From every third node: one digit of it is enough.
    np.matmul(np.abs(samples[:, :n_nodes:STRIDE]), STRIDE * matrix[:n_nodes:STRIDE, 0], out=rows[-1])
    return rows


def estimate(rows: Doubles, smooth: bool) -> Estimate:
    """Integrals and their errors from what was observed; unless it is smooth nothing is taken to fall any further."""
    scale = rows[-1]
    signs = rows[1:-1] / np.where(scale > 0, scale, 1.0)
    cosines, sines, others = signs[:N_FREQUENCIES], signs[N_FREQUENCIES : 2 * N_FREQUENCIES], signs[2 * N_FREQUENCIES :]
    squares = np.maximum(cosines * cosines + sines * sines, EPSILON**2)
    first, second, third = _bands(squares)
    tails, mismatches = np.abs(others[:2]), np.abs(others[2:])
    last = np.maximum(third, mismatches.max(axis=0))
    # From band to band, and within the last one, where a small steep term may just begin to show.
    fall = np.maximum(np.maximum(second / first, last / second), squares[-1] / squares[-2])
    ratio = np.minimum(1.0, fall) if smooth else np.ones_like(last)
    error = np.maximum(SAFETY * last * ratio**BANDS_AHEAD, SAFETY * EPSILON) + tails.sum(axis=0)
    return Estimate(value=rows[0], error=error * scale, scale=scale)


def _bands(squares: Doubles) -> list[Doubles]:
    """The largest transform in each band."""
    width = N_FREQUENCIES // N_BANDS
    return [np.sqrt(squares[b * width : (b + 1) * width].max(axis=0)) for b in range(N_BANDS)]
