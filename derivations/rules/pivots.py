"""The pivots of a block tridiagonal matrix that is eliminated layer by layer."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity
from theory.sums import rename


@rule(
    "pivots",
    "On the diagonal the congruence gives $I - M$ exactly if every pivot is what the layer before leaves of its block.",
)
def pivot_recursion(
    congruence: Step,
    blocks: Step,
    *,
    pivot: Any,
    reaction: Any,
    layers: tuple[sp.Symbol, sp.Symbol],
    rows: tuple[sp.Symbol, sp.Symbol],
) -> Inference:
    """chi_k = (I - M)_kk - W_k^T chi_{k-1} W_k, with chi_{k-1} W_k the block of M above the diagonal.

    The claim, for any pivots: the diagonal block of I - M less that of the congruence is this result less chi_k.

    Parameters
    ----------
    pivot, reaction
        The families chi[k, i, j] and R[k, i, j] in the two results.
    layers, rows
        Letters of the layers and of the sites of a block.
    """
    (k, l), (i, j) = layers, rows
    claim = cast(Identity, congruence.statement)
    name = pivot[k, i, j]
    own = sp.expand(rename(congruence.result, l, k))
    target = sp.KroneckerDelta(i, j) - sp.expand(rename(blocks.result, l, k))
    if own.coeff(name) != 1 or (own - name).has(name):
        raise ValueError(f"expected a diagonal block that holds {name} once and with factor 1; found {own}")
    result = sp.expand(target - (own - name))
    left = target - rename(claim.left, l, k)
    site = sp.Range(1, cast(Any, claim.domain.sets[i]).args[1])
    sets = {**cast(Any, blocks.statement).domain.sets, **claim.domain.sets, reaction: (-sp.oo, sp.oo), j: site}
    domain = claim.domain.extended(sets)
    return Inference(statement=Identity(left, result - name, domain.restricted(left, result)), result=result)
