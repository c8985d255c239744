r"""The melting temperature of one network, from its weights.

The linearized TAP equations (I - M) m = 0 with M = beta J - beta^2 D, D_ii = sum_j J_ij^2 (Barney et al., Eqs. 21 to
25), have their first solution where the least eigenvalue of I - M reaches zero. In a finite network it may stop short
of zero; the temperature is then read at its minimum, or where it first reaches its minimum before training (section
3.2).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.orientation import Orientation, layer_blocks
from numerics.solvers.layered_bonds import LayeredBonds
from numerics.solvers.stability_curve import Landmarks, StabilityCurve
from numerics.solvers.subspace_iteration import Solution


@dataclass(frozen=True, kw_only=True)
class CriticalTemperature:
    """The critical temperature of one network, in the units of its weights.

    Attributes
    ----------
    temperature, inverse_temperature : float
        Where the least eigenvalue of I - M first reaches the threshold, or else where it is least.
    crosses : bool
        Which of the two it is. A minimum within 1e-12 of the threshold counts as reaching it.
    threshold : float
        The value to be reached.
    first_crossing : float or None
        The first inverse temperature with the least eigenvalue at the threshold; None if there is none.
    at_minimum : float
        The inverse temperature at which the least eigenvalue is least, over all inverse temperatures.
    least_eigenvalue : float
        Its value there.
    least_eigenvalue_bound : float
        The survey of all other inverse temperatures found none with an eigenvalue below this.
    eigenvector : ndarray, shape (N,)
        Unit eigenvector of the least eigenvalue at `inverse_temperature`, in layer order; the sign is arbitrary,
        here such that the largest entry is positive.
    residual : float
        Norm of (I - M) v minus its eigenvalue times v, for that eigenvector.
    n_products : int
        Products with the bond matrix that were needed, in either precision, each a read of all weights for J v.
    """

    temperature: float
    inverse_temperature: float
    crosses: bool
    threshold: float
    first_crossing: float | None
    at_minimum: float
    least_eigenvalue: float
    least_eigenvalue_bound: float
    eigenvector: NDArray[np.float64]
    residual: float
    n_products: int


def critical_temperature(
    weights: Sequence[ArrayLike], *, threshold: float = 0.0, orientation: Orientation | None = None
) -> CriticalTemperature:
    """Return the melting temperature of the Ising model whose couplings are a network's weights.

    The first inverse temperature at which the least eigenvalue of I - M reaches `threshold`; where it never does,
    the one at which it is least. Both are always computed. Crossings are good to 1e-8 (relative), the least
    eigenvalue to 1e-10 of max(1, |it|), the place of the minimum to 1e-8 (relative). Only the layer blocks are read:
    time is some hundred products with them, memory some 110 vectors of N numbers beside weights in float32, and half
    of the weights more beside weights in float64. Most products are done in single precision, as directions need no
    more; the pair that is returned rests on products in double precision.

    Whether another temperature has a deeper minimum or an earlier crossing is decided by a survey to one part in a
    thousand of sqrt(1 - eigenvalue); `certify` proves it to any tolerance. Weights that spread over more than some ten
    decades are at the limit of float64.

    Parameters
    ----------
    weights : sequence of array_like
        One matrix for each pair of adjacent layers, in layer order, in either orientation. Narrower numbers
        are promoted to float64, exactly: the answer belongs to the weights as stored. That rounding weights to
        float32 in the first place moves it by some 1e-9 (measured, relative) is no error of the solver.
    threshold : float
        Less than 1, the eigenvalue at infinite temperature. The minimum of an untrained network
        corrects for finite size (section 3.2 of the paper).
    orientation : {"in-out", "out-in"}, optional
        Needed only where the shapes chain both ways; see `layer_blocks`.

    Raises
    ------
    ValueError
        Weights that are no chain of layers, are not finite or all zero; a threshold that is not below 1.
    TypeError
        Weights that are not real numbers.
    NotConvergedError
        The edge of the spectrum is too dense for 20,000 products; met in no network so far.

    Examples
    --------
    A single bond w: the least eigenvalue 1 - beta w + (beta w)^2 has its minimum 3/4 at beta = 1 / (2 w).

    >>> result = critical_temperature([[[2.0]]])
    >>> round(result.temperature, 12), round(result.least_eigenvalue, 12), result.crosses
    (4.0, 0.75, False)
    """
    level = _level(threshold)
    bonds = LayeredBonds.from_blocks(layer_blocks(weights, orientation=orientation, keep_single=True))
    # The start vector needs no more than to be generic; a fixed seed makes every call repeatable.
    curve = StabilityCurve(bonds, rng=np.random.default_rng(0))
    return _record(bonds, curve.explore(level), threshold, level)


def _level(threshold: float) -> float:
    if not (math.isfinite(threshold) and threshold < 1):
        raise ValueError(
            f"expected a finite threshold below 1; found {threshold}: the least eigenvalue of I - M starts at 1 "
            "at infinite temperature; use 0, or the minimum before training"
        )
    return math.sqrt(1 - threshold)


def _record(bonds: LayeredBonds, found: Landmarks, threshold: float, level: float) -> CriticalTemperature:
    # The curve's abscissa is beta / sqrt(1 - eigenvalue), in units of the scale of the bonds.
    height = found.peak.pair.value
    at_minimum = height * math.exp(found.peak.pair.log_beta) / bonds.scale
    first_crossing = None if found.reach is None else level * math.exp(found.reach.pair.log_beta) / bonds.scale
    reported, eigenvalue = (found.peak, 1 - height**2) if found.reach is None else (found.reach, 1 - level**2)
    inverse_temperature = at_minimum if first_crossing is None else first_crossing
    eigenvector, residual = _eigenvector(bonds, reported, inverse_temperature * bonds.scale, eigenvalue)
    return CriticalTemperature(
        temperature=1 / inverse_temperature,
        inverse_temperature=inverse_temperature,
        crosses=first_crossing is not None,
        threshold=threshold,
        first_crossing=first_crossing,
        at_minimum=at_minimum,
        least_eigenvalue=1 - height**2,
        least_eigenvalue_bound=1 - found.bound**2,
        eigenvector=eigenvector,
        residual=residual,
        n_products=bonds.count.products,
    )


def _eigenvector(
    bonds: LayeredBonds, solution: Solution, beta: float, eigenvalue: float
) -> tuple[NDArray[np.float64], float]:
    """Return the unit vector in layer order and the residual of (I - beta J + beta^2 D) v = eigenvalue v."""
    vector = bonds.join(solution.even, solution.odd)
    length = np.linalg.norm(vector) * np.sign(vector[np.argmax(np.abs(vector))])
    vector, even, odd = vector / length, solution.even / length, solution.odd / length
    bond_term = bonds.join(bonds.onto_even(odd), bonds.onto_odd(even))
    reaction = bonds.join(bonds.reaction_even, bonds.reaction_odd)
    residual = (1 - eigenvalue) * vector - beta * bond_term + beta**2 * reaction * vector
    return vector, float(np.linalg.norm(residual))
