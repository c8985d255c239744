"""Balance of two kernels: what one step of a path weighs against the same step taken backwards."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity
from theory.sums import Sigma, rename


@rule(
    "balance",
    "In equilibrium the reverse kernel carries as much probability from b to a as the forward kernel from a to b. Any "
    "kernel that leaves the law invariant has such a partner; it is the kernel itself in detailed balance.",
)
def balance(*, weight: Any, forward: Any, backward: Any, domain: Domain) -> Inference:
    """weight(a) K(a, b) = weight(b) B(b, a), where the domain says so.

    ``forward`` is K[t, a, b], ``backward`` is B[t, b, a], and ``weight`` is that of the state a at time t, in the
    letters of ``forward``.
    """
    _, a, b = forward.indices
    fresh = sp.Dummy("a", integer=True)
    other = rename(rename(weight, a, fresh), fresh, b)
    claim = Identity(weight * forward, other * backward, domain)
    return Inference(statement=claim, result=weight / other)


@rule(
    "invariance",
    "Summed over the state from which the step comes, balance says that the kernel leaves the equilibrium law "
    "invariant: the rows of the reverse kernel sum to one.",
)
def invariance(balanced: Step, *, n_states: Any, domain: Domain) -> Inference:
    """The sum of weight(a) K(a, b) over a is weight(b), for kernels in balance; a is the second index of K."""
    claim = cast(Identity, balanced.statement)
    forward, backward = (next(iter(_kernels(side))) for side in (claim.left, claim.right))
    time, source, target = forward.indices
    places = {time: sp.S.Integers, target: sp.Range(1, n_states + 1)}
    every = domain.extended(places)
    row = Identity(Sigma(backward, (source, 1, n_states)), sp.S.One, every)
    kept = Identity(Sigma(claim.left, (source, 1, n_states)), claim.right / backward, every)
    return Inference(statement=kept, obligations=(row,))


@rule(
    "energy differences",
    "By balance the ratio of both kernels of a step is the exponential of the change of the energy in that step, at "
    "the value of the control parameter at which the step is made.",
)
def heat_of_steps(weight: Step, balanced: Step, *, domain: Domain) -> Inference:
    """The weight with its product over the steps as the exponential of a sum of energy differences.

    Raises
    ------
    ValueError
        If the steps of the weight are not ratios of the two kernels in balance.
    """
    claim = cast(Identity, balanced.statement)
    kernels = [next(iter(side.atoms(sp.Indexed) & _kernels(side))) for side in (claim.left, claim.right)]
    (product,) = [f for f in sp.Mul.make_args(weight.result) if isinstance(f, sp.Product)]
    factor = product.function
    forward = next((f for f in factor.atoms(sp.Indexed) if f.base == kernels[0].base and factor.has(1 / f)), None)
    if forward is None:
        raise ValueError(f"expected a ratio of the kernels {kernels[1].base} and {kernels[0].base}; found {factor}")
    at = dict(zip(kernels[0].indices, forward.indices, strict=True))
    backward = kernels[1].subs(at, simultaneous=True)
    if factor != backward / forward:
        raise ValueError(f"expected the reverse of the step {forward}; found {factor}")
    heat = sp.expand_log(sp.log(balanced.result), force=True).subs(at, simultaneous=True)
    (limit,) = product.limits
    result = weight.result / product * sp.exp(Sigma(heat, cast(Any, tuple(limit))))
    return Inference(statement=Identity(weight.result, result, domain), result=result)


def _kernels(side: Any) -> set[Any]:
    """Entries with two states, as K[t, a, b]."""
    return {atom for atom in side.atoms(sp.Indexed) if len(atom.indices) == 3}
