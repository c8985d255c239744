"""How functions of the temperature and of a spectrum change along any path: rates, and what they balance."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import guarded, resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import Range
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Identity
from theory.sums import Inside, Sigma


@rule("in units of the temperature", "Each eigenvalue comes with the inverse temperature only.")
def in_units(quantity: Step, *, entry: sp.Indexed, ratio: sp.Indexed, inverse_temperature: sp.Symbol, domain: Domain
             ) -> Inference:  # fmt: skip
    """A result with ``ratio`` over beta for each eigenvalue.

    Raises
    ------
    ValueError
        If the inverse temperature is left.
    """
    (index,) = cast(Any, entry).indices
    rest: Any = sp.S.Zero
    body: Any = sp.S.Zero
    ends: set[Any] = set()
    for term in sp.Add.make_args(sp.expand(quantity.result, log=False)):
        nodes = list(term.atoms(Sigma))
        if not nodes:
            rest += term
            continue
        (node,) = nodes
        body += term / node * node.at(index)
        ends.add((index, node.lower, node.upper))
    (bounds,) = ends
    scaled = sp.Add(*[_scaled(t, entry, ratio / inverse_temperature) for t in sp.Add.make_args(body)])
    if inverse_temperature in rest.free_symbols | scaled.free_symbols:
        raise ValueError(f"expected a function of the ratios alone; {inverse_temperature} is left in {scaled + rest}")
    left = cast(Any, quantity.result).replace(
        lambda e: isinstance(e, Sigma),
        lambda e: Sigma(e.at(index).xreplace({entry: ratio / inverse_temperature}), (index, e.lower, e.upper)),
    )
    value = rest + Sigma(scaled, bounds)
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)


def _scaled(term: Any, entry: Any, value: Any) -> Any:
    changed = term.xreplace({entry: value})
    return changed if changed.has(sp.log) else sp.factor(sp.cancel(changed))


@rule("rate", "Along a path each letter moves at its own rate.")
def rate(
    quantity: Step,
    *,
    entry: sp.Indexed,
    rates: sp.Indexed,
    components: Range,
    moving: tuple[tuple[sp.Symbol, sp.Symbol], ...] = (),
    domain: Domain,
) -> Inference:
    """The rate of a result by those of the entries of a family and of the letters ``moving``, each with its rate.

    ``entry`` and ``rates`` are at an index that the result does not use.
    """
    (place,) = cast(Any, entry).indices
    _, low, high = components
    whole = cast(Any, quantity.result)
    left: Any = Sigma(rates * FieldDerivative(whole, entry), (place, low, high))
    slope: Any = resolved(sp.diff(whole, entry))
    slope = slope.replace(lambda e: isinstance(e, Inside), lambda e: guarded(e, ((place, low, high),)))
    product: Any = sp.factor(slope)
    factor, term = product.as_independent(place, entry.base, as_Add=False)
    value: Any = factor * Sigma(term * rates, (place, low, high))
    for letter, speed in moving:
        left += speed * sp.Derivative(whole, letter)
        value += speed * sp.diff(whole, letter)
    return Inference(statement=Identity(left, value, domain.restricted(left, value)), result=value)


@rule(
    "first law",
    "The rate of the loss is the temperature times that of the entropy, and the work of moving the eigenvalues.",
)
def first_law(loss: Step, entropy: Step, free: Step, *, inverse_temperature: sp.Symbol, domain: Domain) -> Inference:
    """dU - T dS, which is the rate of the free energy at a fixed temperature, ``free``."""
    left = cast(Any, loss.result) - cast(Any, entropy.result) / inverse_temperature
    return Inference(statement=Identity(left, free.result, domain.restricted(left)), result=free.result)


@rule("along descent", "The variable follows minus the slope of another function.")
def along_descent(quantity: Step, slope: Step, *, by: sp.Symbol, domain: Domain) -> Inference:
    """The rate of a result where ``by`` moves at minus the result of ``slope``."""
    left = -cast(Any, slope.result) * sp.Derivative(quantity.result, by)
    value = sp.factor(sp.simplify(-cast(Any, slope.result) * sp.diff(quantity.result, by)))
    return Inference(statement=Identity(left, value, domain.restricted(left, by)), result=value)
