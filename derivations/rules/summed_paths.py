"""A law of paths summed over its states, from the end where nothing else depends on the state that is summed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.paths import PathSum
from theory.statements import Identity
from theory.sums import Sigma

Paths = Callable[[Any], PathSum]


@rule(
    "states summed over",
    "The rows of the kernel sum to one, so the states are summed over one after the other; the one at which the chain "
    "starts is left.",
)
def states_summed_over(
    law: Step, *, row: tuple[Any, sp.Symbol, Any], start: Any, paths: Paths, functional: Any = 1, domain: Domain
) -> Inference:
    """The sum over all paths of the law times a functional of the state at which the chain starts.

    Parameters
    ----------
    law
        A law of paths: a factor of ``start``, the state such as ``x[T]`` at which the chain starts, times a product.
    row
        An entry of the kernel, the letter of the state to which it leads, and the number of states.
    paths
        Makes the sum over all paths of an expression.
    """
    entry, target, n_states = row
    first = sp.Mul(*(f for f in sp.Mul.make_args(law.result) if not isinstance(f, sp.Product)))
    body = sp.sympify(functional, strict=True) * law.result
    state = sp.Dummy(str(target), integer=True)
    total = Sigma((functional * first).xreplace({start: state}), (state, 1, n_states))
    right = sp.S.One if functional == 1 else total
    needs = (Identity(Sigma(entry, (target, 1, n_states)), sp.S.One, _with_places(domain, entry, target, n_states)),)
    if functional == 1:
        needs = (*needs, Identity(total, sp.S.One, domain))
    return Inference(statement=Identity(paths(body), right, domain), result=right, obligations=needs)


def _with_places(domain: Domain, entry: Any, target: sp.Symbol, n_states: Any) -> Domain:
    """The domain with the places of an entry: any time, any state."""
    time, *states = entry.indices
    return domain.extended({time: sp.S.Integers, **{s: sp.Range(1, n_states + 1) for s in states if s != target}})
