"""log Z of the Ising model on a torus without a field, by Kaufman's four products."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.lowering import Lowered


def torus_log_partition(shape: tuple[int, int], couplings: ArrayLike) -> float:
    """log Z of L by M spins, exact for any sides.

    Parameters
    ----------
    shape
        (L, M); a side of two spins has double bonds, one of one spin bonds to itself.
    couplings
        K in units of k_B T, or (K_x, K_y) along both sides; a negative one needs an even number of spins along its
        side.

    Raises
    ------
    ValueError, TypeError
        For other shapes and couplings.

    Notes
    -----
    B. Kaufman, Physical Review 76, 1232 (1949); derivation ``ising-torus``.

    Examples
    --------
    >>> import math
    >>> states = 2 * math.exp(4) + 12 + 2 * math.exp(-4)
    >>> math.isclose(torus_log_partition((2, 2), 0.5), math.log(states), rel_tol=1e-14)
    True
    >>> round(torus_log_partition((1000, 1000), 0.5) / 1000**2, 6)
    1.025794
    """
    (length, width), (along, across) = _checked_shape(shape), _checked_couplings(couplings)
    along, across = (_positive(k, side) for k, side in ((along, length), (across, width)))
    if along > across:
        # Either side may be the one that is summed in closed form; its coupling must not vanish.
        length, width, along, across = width, length, across, along
    if across == 0:
        return length * width * float(np.log(2))
    rest = float(_lowered("rest")(along, across))
    places = np.arange(length)
    periodic, other = (
        width * _lowered("growth")(_lowered("square")(along, across, (2 * places[skipped:] + shift) * np.pi / length))
        for shift, skipped in ((0, 1), (1, 0))
    )
    with np.errstate(divide="ignore"):  # At the critical point itself the uniform wave does not grow.
        uniform = float(_lowered("sinh")(width * abs(rest)))
    logs = [
        float(np.sum(_lowered("cosh")(other))),
        float(np.sum(_lowered("sinh")(other))),
        float(_lowered("cosh")(width * rest) + np.sum(_lowered("cosh")(periodic))),
        uniform + float(np.sum(_lowered("sinh")(periodic))),
    ]
    largest = max(logs)
    signs = (1, 1, 1, np.sign(rest))
    total = sum(sign * np.exp(value - largest) for sign, value in zip(signs, logs, strict=True))
    return float(_lowered("front")(across, length * width)) + largest + float(np.log(total))


def _checked_shape(shape: Any) -> tuple[int, int]:
    sides = tuple(shape)
    if len(sides) != 2 or any(isinstance(n, bool) or not isinstance(n, int | np.integer) for n in sides):
        raise TypeError(f"expected two whole numbers of spins as shape; found {shape!r}")
    if min(sides) < 1:
        raise ValueError(f"expected at least one spin along either side; found {shape!r}")
    return int(sides[0]), int(sides[1])


def _checked_couplings(couplings: Any) -> tuple[float, float]:
    values = np.asarray(couplings, dtype=float)
    if values.shape not in ((), (2,)) or not np.isfinite(values).all():
        raise ValueError(f"expected one finite coupling, or two; found {couplings!r}")
    one, other = np.broadcast_to(values, (2,))
    return float(one), float(other)


def _positive(coupling: float, side: int) -> float:
    """The coupling of the same partition function with every other row flipped."""
    if coupling < 0 and side % 2:
        raise ValueError(
            f"expected an even side for a negative coupling; found {coupling:.6g} along {side} spins, where bonds are "
            "frustrated: numerics.solvable.ising_lattice sums row by row"
        )
    return abs(coupling)


@cache
def _lowered(name: str) -> Lowered:
    # Deferred: the derivations and the lowering of their results take a second of import time.
    import sympy as sp

    from derivations.nonequilibrium import ising_results as derived
    from derivations.rules.polygon_sums import GROWTH
    from numerics.lowering import lower
    from theory.models import ising_torus as model

    along, across, size = model.coupling_x, model.coupling_y, sp.Symbol("n", positive=True)
    rest, growth = derived.growth_of_a_wave()
    sinh, cosh = (root.subs(model.width, 1) for root in derived.roots_of_a_product())
    if name in ("sinh", "cosh"):
        return lower(sp.log(sinh if name == "sinh" else cosh), (GROWTH,))
    if name == "front":
        front = derived.front_of_the_torus().subs({model.length: size, model.width: 1})
        return lower(sp.expand_log(sp.log(front), force=True), (across, size))
    if name == "rest":
        return lower(rest, (along, across))
    # The argument of the inverse hyperbolic sine may overflow where its logarithm does not.
    (inverse,) = growth.atoms(sp.asinh)
    square, log_square = inverse.args[0] ** 2, sp.Symbol("l", real=True)
    if name == "square":
        return lower(sp.log(square), (along, across, model.wave_x))
    return lower(growth.subs(square, sp.exp(log_square)).rewrite(sp.log), (log_square,))
