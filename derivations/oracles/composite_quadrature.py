"""Integrals by Gauss and Legendre's rule on pieces, halved until the halves agree with the whole.

It has nothing in common with the double exponential rules beside it: no change of variables, no point at an end.
Towards infinity the pieces double in length.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from mpmath import mp
from mpmath.calculus.quadrature import GaussLegendre

from derivations.oracles.summation import Function, UnansweredError, tolerance

DEGREES = (3, 4)
"""Of mpmath's rules: 12 nodes where few digits are asked for, 24 otherwise."""
FEW_BITS = 85
MOST_PIECES = 2000
"""Between two ends: a singularity at one takes some hundreds."""
STEEP = 12
"""From so many halvings on, digits are lost in the distance from a singularity, and twice as many are kept."""
FARTHEST = 300
"""Doublings towards infinity."""
NEAREST = 3
"""Doublings before what is negligible may end an integral."""
QUIET = 2
"""So many negligible pieces in a row end it."""


def composite_gauss(function: Function, low: Any, high: Any, kinks: Sequence[Any] = ()) -> Any:
    """The integral, split at its kinks and at zero.

    Raises
    ------
    UnansweredError
        If the halvings do not converge, or the pieces towards infinity do not become negligible.
    """
    beyond = (-1, 1) if mp.inf in (-low, high) else ()
    inner = sorted({mp.mpf(k) for k in (*kinks, 0, *beyond) if low < k < high})
    total = mp.mpf(0)
    for a, b in pairwise([low, *inner, high]):
        if mp.isinf(b):
            total += _towards_infinity(function, a)
        elif mp.isinf(a):
            total += _towards_infinity(lambda x: function(-x), -b)
        else:
            total += _between(function, a, b, tolerance())
    return total


def _towards_infinity(function: Function, start: Any) -> Any:
    total, quiet, length = mp.mpf(0), 0, mp.mpf(1)
    for doubling in range(FARTHEST):
        piece = _between(function, start, start + length, tolerance())
        total += piece
        quiet = quiet + 1 if abs(piece) <= tolerance() * (1 + abs(total)) / 100 else 0
        if quiet >= QUIET and doubling >= NEAREST:
            return total
        start, length = start + length, 2 * length
    raise UnansweredError("the integrand does not decay")


def _between(function: Function, low: Any, high: Any, error: Any) -> Any:
    """Between finite ends: pieces wait until they agree with their halves, the ones at the left first."""
    total, waiting = mp.mpf(0), [(low, high, _piece(function, low, high, 0), 0)]
    for _ in range(MOST_PIECES):
        if not waiting:
            return total
        a, b, whole, depth = waiting.pop()
        middle = _middle(a, b)
        halves = _piece(function, a, middle, depth), _piece(function, middle, b, depth)
        if abs(sum(halves) - whole) <= error * (1 + abs(total)) / 10:
            total += sum(halves)
        else:
            waiting += [(middle, b, halves[1], depth + 1), (a, middle, halves[0], depth + 1)]
    raise UnansweredError("a quadrature does not converge as its pieces are halved")


def _middle(low: Any, high: Any) -> Any:
    with mp.extradps(mp.dps):
        return (low + high) / 2


def _piece(function: Function, low: Any, high: Any, depth: int) -> Any:
    with mp.extradps(mp.dps if depth >= STEEP else 0):
        center, half = (low + high) / 2, (high - low) / 2
        value = half * mp.fsum(weight * function(center + half * node) for node, weight in _nodes(mp.prec))
    if not mp.isfinite(value):
        raise UnansweredError("the integrand is not finite")
    return value


@cache
def _nodes(precision: int) -> list[tuple[Any, Any]]:
    """Nodes and weights on [-1, 1]."""
    return list(GaussLegendre(mp).calc_nodes(DEGREES[precision > FEW_BITS], precision))
