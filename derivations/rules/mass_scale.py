"""The mass scale and the field strength that a Gaussian propagator defines in momentum space."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import Range
from theory.domain import Domain
from theory.statements import Expansion, Identity
from theory.sums import Sigma, unfold


@rule(
    "mass scale",
    "The propagator falls off as $e^{-p^2/\\Lambda^2}$.",
)
def mass_scale(transform: Step, *, momentum: Any, components: Range, domain: Domain) -> Inference:
    """The claim is about the propagator in units of its value at no momentum; the result is Lambda^2.

    Raises
    ------
    ValueError
        If the exponent is not proportional to the squared momentum.
    """
    index, exponent = components[0], _exponential(transform.result).args[0]
    slope = sp.cancel(cast(Any, exponent).at(index) / momentum[index] ** 2) if isinstance(exponent, Sigma) else sp.nan
    if not slope.is_negative or slope.has(index) or slope.has(momentum):
        raise ValueError(f"expected an exponent that falls as the squared momentum; found {exponent}")
    scale = -1 / slope
    left = transform.result / at_no_momentum(transform.result, momentum)
    right = sp.exp(-Sigma(momentum[index] ** 2, components) / scale)
    return Inference(statement=Identity(left, right, domain.restricted(left)), result=scale)


@rule(
    "field strength",
    "In the inverse propagator the squared momentum has the field strength $Z_0$ as coefficient.",
)
def field_strength(transform: Step, scale: Step, *, momentum: Any, domain: Domain) -> Inference:
    """The claim is that the inverse propagator at no momentum is Z_0 Lambda^2; the result is Z_0."""
    value = 1 / at_no_momentum(transform.result, momentum)
    result = sp.powsimp(sp.expand(sp.powdenest(value / scale.result, force=True)), force=True)
    return Inference(statement=Identity(value, result * scale.result, domain.restricted(value)), result=result)


@rule("low momenta", "Expand the inverse propagator: the next term has four powers of the momentum.")
def low_momenta(
    transform: Step,
    scale: Step,
    strength: Step,
    *,
    momentum: Any,
    components: Range,
    small: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The inverse propagator at momenta scaled by a ``small`` factor, which is the result, to its fourth power."""
    index = components[0]
    left = unfold(1 / transform.result, momentum[index], small * momentum[index])
    squared = small**2 * Sigma(momentum[index] ** 2, components)
    right = strength.result * (scale.result + squared)
    names = domain.extended({small: (0, 1)})
    claim = Expansion(left, right, names.restricted(left, small), variable=small, order=4)
    return Inference(statement=claim, result=left)


def at_no_momentum(transform: Any, momentum: Any) -> Any:
    """The propagator where every component of the momentum is zero."""
    (slot,) = {e.indices[0] for e in transform.atoms(sp.Indexed) if e.base == momentum}
    at_zero = unfold(transform, momentum[slot], sp.S.Zero)
    return at_zero.replace(lambda e: isinstance(e, Sigma) and e.args[0] == 0, lambda _: sp.S.Zero)


def _exponential(product: Any) -> Any:
    """The one exponential that is a factor."""
    (exponential,) = (f for f in product.args if isinstance(f, sp.exp))
    return exponential
