"""Couplings of random networks as they are measured: connected correlations over integrals of propagators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import sympy as sp

from derivations.algebra.concrete_sums import under_one_sum, written_out
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Definition, Expansion, Identity
from theory.sums import Sigma, unfold


@rule(
    "moments at the points",
    "The moments of one neuron are those of the points that meet in each factor.",
)
def at_points(
    letters: Step, moments: Step, *, moment: sp.IndexedBase, points: sp.IndexedBase, count: sp.Symbol, domain: Domain
) -> Inference:
    """A result with letters ``moment[...]`` for the moments of one neuron, with their values at named points.

    ``moments`` is the step with the moment of any number ``count`` of points.
    """
    named = sorted((e for e in letters.result.atoms(sp.Indexed) if e.base == moment), key=str)
    places = {e: tuple(int(cast(Any, i)) for i in e.indices) for e in named}
    left = letters.result.xreplace({e: _at(moments.result, points, count, at) for e, at in places.items()})
    right = sp.factor_terms(letters.result).xreplace(
        {e: simple_at(moments.result, points, count, at) for e, at in places.items()}
    )
    return Inference(statement=Identity(left, right, domain.restricted(left)))


def _at(general: Any, points: sp.IndexedBase, count: sp.Symbol, places: Sequence[int]) -> Any:
    """What is stated of the points 1 to ``count``, of these points in their stead; sums over points are written out."""
    several = written_out(unfold(general, count, sp.Integer(len(places))))
    entries = [e for e in several.atoms(sp.Indexed) if e.base == points]
    table = {e: points[(sp.Integer(places[int(cast(Any, e.indices[0])) - 1]), *e.indices[1:])] for e in entries}
    return several.xreplace(table)


def simple_at(general: Any, points: sp.IndexedBase, count: sp.Symbol, places: Sequence[int]) -> Any:
    """The same with the exponents of exponentials under one sum over the components."""
    several = _at(general, points, count, places)
    return several.replace(lambda e: isinstance(e, sp.exp), lambda e: sp.exp(under_one_sum(e.args[0])))


@rule("integral at the points", "The exponent of the integral of as many propagators as there are points, written out.")
def integral_at_points(
    overlap: Step, *, points: sp.IndexedBase, count: sp.Symbol, places: Sequence[int], domain: Domain
) -> Inference:
    """The integral of propagators at named points; ``overlap`` is the step for any number ``count`` of them."""
    plain, simple = (f(overlap.result, points, count, places) for f in (_at, simple_at))
    exponent = _exponent(plain)
    claim = Identity(exponent, _exponent(simple), domain.restricted(exponent))
    front = sp.Mul(*[f for f in plain.args if not isinstance(f, sp.exp)])
    return Inference(statement=claim, result=front * sp.exp(claim.right))


def _exponent(product: Any) -> Any:
    """Of the one exponential that is a factor."""
    (exponential,) = (f for f in product.args if isinstance(f, sp.exp))
    return exponential.args[0]


@rule(
    "measured coupling",
    "The coupling that, times the propagators from one place to all points and summed over the place, gives minus the "
    "connected correlation.",
)
def measured_coupling(connected: Step, integral: Step, *, symbol: Any) -> Inference:
    """Minus a connected correlation over the integral of the propagators to its points, by a ``symbol``."""
    value = -connected.result / integral.result
    return Inference(statement=Definition(symbol, value), result=value)


@rule("points at the origin", "Every point at the origin.")
def at_origin(quantity: Step, *, points: sp.IndexedBase, domain: Domain) -> Inference:
    """The result with all components of all points zero."""
    result = quantity.result
    left = result.xreplace({e: sp.S.Zero for e in result.atoms(sp.Indexed) if e.base == points})
    bare = left.replace(lambda e: isinstance(e, Sigma) and e.args[0] == 0, lambda _: sp.S.Zero)
    return Inference(statement=Identity(left, sp.factor_terms(sp.expand(bare)), domain.restricted(left)))


@rule("exponent", "A power of one parameter has its exponent as logarithmic derivative.")
def exponent_of(quantity: Step, *, parameter: sp.Symbol, factor: Any = sp.S.One, domain: Domain) -> Inference:
    """With which exponent the result, times a ``factor``, depends on the parameter: exponents of factors add up.

    Raises
    ------
    ValueError
        If it is no power of it.
    """
    whole = quantity.result * factor
    parts = (quantity.result,) if factor == 1 else (quantity.result, factor)
    left = sp.Add(*[parameter * sp.Derivative(part, parameter) / part for part in parts])
    right = sp.simplify(cast(Any, left).doit())
    if right.has(parameter):
        raise ValueError(f"expected a power of {parameter}; found {whole}, whose exponent is {right}")
    return Inference(statement=Identity(left, sp.expand(right), domain.restricted(left)))


@rule("small points", "Scale all points by one factor, and expand in it.")
def small_points(
    quantity: Step, *, points: sp.IndexedBase, scale: sp.Symbol, order: int, at: dict[Any, Any], domain: Domain
) -> Inference:
    """The terms below an ``order`` in a common scale of the points, once the parameters in ``at`` are put in."""
    whole = quantity.result.xreplace(at)
    entries = sorted((e for e in whole.atoms(sp.Indexed) if e.base == points), key=str)
    left = whole.xreplace({e: scale * e for e in entries})
    sums = {s: scale**2 * _square(s, scale) for s in left.atoms(Sigma)}
    left = left.xreplace(sums)
    letters = {s: sp.Dummy("s") for s in left.atoms(Sigma)}
    series = sp.expand(sp.series(left.xreplace(letters), scale, 0, order).removeO())
    right = _common(under_one_sum(series.xreplace({v: k for k, v in letters.items()})))
    domain = domain.extended({scale: (0, 1)})
    claim = Expansion(left, right, domain.restricted(left, scale), variable=scale, order=order)
    return Inference(statement=claim, result=right)


def _square(total: Any, scale: sp.Symbol) -> Any:
    """A sum of what is quadratic in the scale, without the squared scale."""
    index = sp.Dummy("mu", integer=True)
    return Sigma(sp.expand(total.at(index) / scale**2), (index, total.lower, total.upper))


def _common(total: Any) -> Any:
    """A sum with the factor of its summand that depends on no entry of a family before it."""
    index = sp.Dummy("mu", integer=True)
    body: Any = sp.factor(total.at(index))
    front, inner = body.as_independent(*body.atoms(sp.Indexed), as_Add=False)
    return front * Sigma(sp.expand(inner), (index, total.lower, total.upper))
