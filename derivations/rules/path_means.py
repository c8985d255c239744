"""An equality of weights path by path, summed over all paths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.paths import PathSum
from theory.statements import Definition, Identity

Paths = Callable[[Any], PathSum]


@rule(
    "weighted law",
    "Both sides are multiplied by the law that is drawn from: weighted paths are those of the other law.",
)
def weighted_law(weight: Step, *, sampled: Step, wanted: Step, scale: Any, domain: Domain) -> Inference:
    """The sampled law times ``scale`` times the weight is ``scale`` times the wanted law, for every path.

    The result is the weight with its scale.
    """
    scaled = weight.result * scale
    return Inference(statement=Identity(sampled.result * scaled, scale * wanted.result, domain), result=scaled)


@rule(
    "functionals of paths",
    "What is equal for every path is multiplied by any function of the path and summed over all paths.",
)
def over_all_paths(
    weighted: Step,
    *,
    sampled: Step,
    wanted: Step,
    scale: Any,
    functional: Any = sp.S.One,
    reverse: Any = None,
    paths: Paths,
    domain: Domain,
) -> Inference:
    """The functional, weighted, under the sampled law, and under the wanted one; the step's result is the weight.

    ``reverse`` is another form of the functional, for the right side.
    """
    left = paths(functional * sampled.result * weighted.result)
    right = scale * paths((functional if reverse is None else reverse) * wanted.result)
    return Inference(statement=Identity(left, right, domain), result=right)


@rule("sum put in", "The sum over the paths of the reverse chain is known.")
def sum_put_in(equality: Step, known: Step, *, domain: Domain) -> Inference:
    """The equality with a sum over paths on its right side replaced by its value.

    Raises
    ------
    ValueError
        If that sum does not stand there.
    """
    first, second = (cast(Identity, step.statement) for step in (equality, known))
    if not first.right.has(second.left):
        raise ValueError(f"expected the sum {second.left} in {first.right}")
    return Inference(statement=Identity(first.left, first.right.xreplace({second.left: second.right}), domain))


@rule(
    "free energies", "The ratio of two partition functions is the exponential of minus the change of the free energy."
)
def in_free_energies(mean: Step, difference: Step, *, ratio: Any, domain: Domain) -> Inference:
    """The equality with the name of the free energy difference for the ratio of partition functions."""
    claim, definition = cast(Identity, mean.statement), cast(Definition, difference.statement)
    tied = domain.extended(
        {definition.symbol: sp.S.Reals}, [sp.Eq(definition.symbol, definition.expression, evaluate=False)]
    )
    right = claim.right / ratio * sp.exp(-definition.symbol)
    return Inference(statement=Identity(claim.left, right, tied))


@rule(
    "detailed balance",
    "A kernel in detailed balance whose rows sum to one serves both chains: it is its own reverse.",
)
def under_detailed_balance(general: Step, *, domain: Domain) -> Inference:
    """The general result for such kernels."""
    claim = cast(Identity, general.statement)
    return Inference(statement=Identity(claim.left, claim.right, domain))


@rule(
    "stationary currents",
    "A kernel may leave its equilibrium invariant while probability runs around in it: its reverse runs the other way.",
)
def kernels_with_currents(general: Step, *, domain: Domain) -> Inference:
    """The general result for such kernels."""
    claim = cast(Identity, general.statement)
    return Inference(statement=Identity(claim.left, claim.right, domain))


@rule("moment", "The generating functions at one value of their variable, for kernels in detailed balance.")
def at_exponent(generating: Step, *, exponent: sp.Symbol, value: Any, domain: Domain) -> Inference:
    """Both sides at one value of the variable."""
    claim = cast(Identity, generating.statement)
    left, right = (side.xreplace({exponent: value}) for side in (claim.left, claim.right))
    return Inference(statement=Identity(left, right, domain))
