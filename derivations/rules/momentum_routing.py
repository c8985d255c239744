"""Momenta in the loops of a translation-invariant action."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import resolved, sum_terms
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from derivations.rules.vertex_flow import external
from theory.domain import Domain
from theory.statements import Identity, Postulate
from theory.sums import Inside, Sigma, rename

ZERO_ORDER = Postulate(
    name="vertices at zero momentum",
    claim="In the loop the vertices with more legs than two are those at zero momentum.",
    justification="The scale derivative of the regulator selects momenta near the scale and below it, and vertices are "
    "taken to vary little there: the zeroth order of an expansion in momenta.",
    test="Compare with the momentum dependence that the flow equation itself gives to the vertex.",
)

Families = tuple[Any, Any, Any]
"""The scale derivative of the regulator, the propagator and the vertices."""


@rule(
    "momentum conservation",
    "A translation-invariant action couples momenta that add up to zero: one momentum is left to each loop, and the "
    "external ones pass through it.",
)
def momentum_conservation(
    flow: Step, *, n: int, names: Families, modes: Families, cutoff: sp.Symbol, domain: Domain
) -> Inference:
    """The flow of a vertex of n legs, whose indices are momenta from -M to M, the ``cutoff``.

    All momenta come in, and the last external one is minus the sum of the others. ``names`` are the families with an
    index for each end of a line; ``modes`` depend on one momentum, and vertices on those of all their legs.
    """

    def conserving(entry: Any) -> Any:
        family, indices = entry.base, entry.indices
        if family == names[2]:
            return modes[2][(*indices[:-1], -indices[-1])] * sp.KroneckerDelta(sp.Add(*indices[:-1]), indices[-1])
        return modes[names.index(family)][indices[0]] * sp.KroneckerDelta(*indices)

    total = cast(Any, flow.result).replace(lambda e: isinstance(e, Sigma), lambda s: _over_modes(s, cutoff))
    total = total.replace(lambda e: isinstance(e, sp.Indexed) and e.base in names, conserving)
    *free, last = external(range(1, n + 1))
    left = rename(total, last, -sp.Add(*free))
    right = resolved(left).replace(_is_power_of_bracket, lambda e: e.base)
    momenta = dict.fromkeys(free, sp.Range(-2, 3))
    return Inference(statement=Identity(left, right, domain.extended(momenta)))


def _over_modes(node: Sigma, cutoff: sp.Symbol) -> Sigma:
    return Sigma(node.summand, (node.index, -cutoff, cutoff))


def _is_power_of_bracket(node: Any) -> bool:
    return isinstance(node, sp.Pow) and isinstance(node.base, Inside)


@rule("zeroth order in the momenta", "Vertices that do not depend on momenta leave the loop.")
def constant_vertices(flow: Step, *, n: int, modes: Families, coupling: Any, loop: Any, domain: Domain) -> Inference:
    """The flow of a vertex of n legs at zero momenta.

    ``coupling`` names a vertex by its number of legs, ``loop`` the sum over the momenta of the scale derivative of the
    regulator times a power of the propagator. The result is in these names.
    """
    _, propagator, vertex = modes
    still = flow.result
    for leg in external(range(1, n)):
        still = rename(still, leg, sp.S.Zero)
    left = still.replace(lambda e: isinstance(e, Inside), lambda _: sp.S.One)
    left = left.replace(lambda e: isinstance(e, sp.Indexed) and e.base == vertex, lambda e: coupling(len(e.indices)))
    right = result = sp.S.Zero
    for term in sum_terms(left):
        factors = term.factors()
        lines = [f for f in factors if isinstance(f, sp.Indexed)]
        front: Any = sp.Mul(*[f for f in factors if not isinstance(f, sp.Indexed)])
        right += front * Sigma(sp.Mul(*lines), *term.ranges)
        result += front * loop(sum(cast(Any, f).base == propagator for f in lines))
    sets = dict.fromkeys(sorted(result.free_symbols & left.free_symbols, key=str), (-1, 1))
    claim = Identity(left, right, domain.extended(sets).restricted(left))
    return Inference(statement=claim, result=result, postulates=(ZERO_ORDER,))
