"""Kernels on pairs of replicas that depend only on how many replicas two pairs share.

Permutations of the replicas leave them as they are. Over m replicas they are spanned by three patterns: two pairs that
are the same, two that share one replica, and two that share none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from theory.sums import Inside, Sigma

Slots = tuple[sp.Symbol, sp.Symbol, sp.Symbol, sp.Symbol]
_REPRESENTATIVES = {"same": (1, 2, 1, 2), "one": (1, 2, 1, 3), "none": (1, 2, 3, 4)}
"""Replicas a, b, c, d of two pairs that share two, one and no replica."""


@dataclass(frozen=True, kw_only=True)
class PairKernel:
    """Values of a kernel at two pairs a < b and c < d, by the number of replicas that the pairs share.

    Attributes
    ----------
    same, one, none
        The value where the pairs share two, one and no replica.
    """

    same: Any
    one: Any
    none: Any

    @property
    def values(self) -> tuple[Any, Any, Any]:
        """The three values, most shared replicas first."""
        return self.same, self.one, self.none

    def at(self, a: Any, b: Any, c: Any, d: Any) -> Any:
        """The kernel as an expression in Kronecker deltas, for a different from b, and c from d."""
        same, shared = both_shared(a, b, c, d), number_shared(a, b, c, d)
        return self.same * same + self.one * (shared - 2 * same) + self.none * (1 - shared + same)

    @classmethod
    def of(cls, expression: Any, slots: Slots) -> PairKernel:
        """Read the three values off an expression in Kronecker deltas of the slots."""
        return cls(**{name: _value(expression, slots, place) for name, place in _REPRESENTATIVES.items()})


SAME = PairKernel(same=sp.Integer(1), one=sp.Integer(0), none=sp.Integer(0))
ONE_SHARED = PairKernel(same=sp.Integer(0), one=sp.Integer(1), none=sp.Integer(0))
CONSTANT = PairKernel(same=sp.Integer(1), one=sp.Integer(1), none=sp.Integer(1))


def number_shared(a: Any, b: Any, c: Any, d: Any) -> Any:
    """How many replicas the pairs (a, b) and (c, d) share."""
    delta = sp.KroneckerDelta
    return delta(a, c) + delta(a, d) + delta(b, c) + delta(b, d)


def both_shared(a: Any, b: Any, c: Any, d: Any) -> Any:
    """1 where the pairs are the same, else 0."""
    delta = sp.KroneckerDelta
    return delta(a, c) * delta(b, d) + delta(a, d) * delta(b, c)


def product_over_pairs(first: Any, second: Any, middle: tuple[sp.Symbol, sp.Symbol], n_replicas: Any) -> Sigma:
    """The sum over all pairs e, f of the product, each pair counted once."""
    e, f = middle
    summand = first * second * (1 - sp.KroneckerDelta(e, f)) / 2
    return cast(Sigma, Sigma(summand, (e, 1, n_replicas), (f, 1, n_replicas)))


def summed_over_pairs(product: Sigma, slots: Slots, n_replicas: sp.Symbol) -> PairKernel:
    """The kernel that a sum over pairs amounts to, its deltas summed out; for at least four replicas."""
    ranges = tuple((slot, cast(sp.Expr, sp.Integer(1)), cast(sp.Expr, n_replicas)) for slot in slots)
    summed = resolved(product).replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, ranges))
    return PairKernel.of(summed, slots)


def _value(expression: Any, slots: Slots, place: tuple[int, ...]) -> Any:
    stand_ins = [sp.Dummy(integer=True) for _ in slots]
    moved = expression.xreplace(dict(zip(slots, stand_ins, strict=True)))
    value = moved.subs(dict(zip(stand_ins, map(sp.Integer, place), strict=True)))
    return sp.factor(sp.expand(value))
