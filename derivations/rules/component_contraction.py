"""Flows of the couplings of an O(N) field about its origin: indices of components summed over a loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import sympy as sp

from derivations.algebra.partitions import partitions
from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.vertex_flow import external
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Inside


@rule(
    "components in a loop",
    "At the origin a propagator is a multiple of the unit matrix, and a vertex of the sum over all pairings of its "
    "legs: each closed loop of components gives their number.",
)
def component_contraction(
    flow: Step,
    *,
    n: int,
    names: tuple[Any, Any, Any],
    lines: tuple[sp.Symbol, sp.Symbol],
    coupling: Callable[[int], sp.Symbol],
    loop: Callable[[int], sp.Symbol],
    size: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The flow of the coupling of n legs, an even number, whose vertex at equal components it is.

    ``names`` are the families of the scale derivative of the regulator, the propagator and the vertices, ``lines`` what
    the first two are multiples of. In the result ``loop(k)`` is the first times the k-th power of the second.
    """

    def isotropic(entry: Any) -> Any:
        if entry.base == names[2]:
            count = len(entry.indices)
            return coupling(count) * pairing_tensor(entry.indices) / sp.factorial2(count - 1)
        return lines[names.index(entry.base)] * sp.KroneckerDelta(*entry.indices)

    legs = external(range(1, n + 1))
    left = cast(Any, flow.result).replace(lambda e: isinstance(e, sp.Indexed) and e.base in names, isotropic)
    apart: Any = dict(zip(legs, (1 + k // 2 for k in range(n)), strict=True))
    inside: Any = resolved(left).replace(lambda e: isinstance(e, Inside), lambda _: sp.S.One)
    weight: Any = sp.factor(inside.subs(apart))
    claim = Identity(left, weight * pairing_tensor(legs), domain.extended(dict.fromkeys(legs, sp.Range(1, size + 1))))
    powers = sp.Poly(sp.expand(weight * sp.factorial2(n - 1)), *lines).terms()
    result = sp.Add(*[sp.factor(c) * loop(k) for (_, k), c in powers])
    return Inference(statement=claim, result=result)


def pairing_tensor(indices: Sequence[Any]) -> Any:
    """The sum over all pairings of the indices of the products of their Kronecker deltas."""
    places = range(len(indices))
    pairings = (p for p in partitions(places) if all(len(block) == 2 for block in p))
    return sp.Add(*[sp.Mul(*[sp.KroneckerDelta(indices[i], indices[j]) for i, j in p]) for p in pairings])
