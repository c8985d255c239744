"""Whether a function of two variables is a sum of functions of one variable each."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity

Point = tuple[Any, Any]


@rule(
    "two parts and what couples them",
    "The mixed derivative, integrated over both variables from a base point, is the function less its parts along "
    "the two axes through that point.",
)
def parts_and_coupling(
    function: Step, first: Step, second: Step, *, by: tuple[sp.Symbol, sp.Symbol], base: Point, domain: Domain
) -> Inference:
    """f = f_1 + f_2 + the integral of the mixed derivative; f_1 and f_2 are the results of ``first`` and ``second``.

    The result is the integral: it vanishes where the mixed derivative does, all the way from the base point.
    """
    (x, y), (x0, y0) = by, base
    inner = tuple(sp.Symbol(name, positive=s.is_positive, real=True) for name, s in zip(("t", "u"), by, strict=True))
    whole = cast(Any, function.result)
    coupling = sp.Integral(
        sp.Derivative(whole.xreplace({x: inner[0], y: inner[1]}), *inner), (inner[0], x0, x), (inner[1], y0, y)
    )
    left = whole - cast(Any, first.result) - cast(Any, second.result)
    return Inference(statement=Identity(left, coupling, domain.restricted(left, coupling)), result=coupling)


@rule("mixed derivative", "Differentiate by both variables.")
def mixed_derivative(function: Step, *, by: tuple[sp.Symbol, sp.Symbol], domain: Domain) -> Inference:
    """The second derivative of a result by two variables."""
    left = sp.Derivative(function.result, *by)
    value = sp.factor(sp.simplify(sp.diff(function.result, *by)))
    return Inference(statement=Identity(left, value, domain.restricted(left, *by)), result=value)


@rule("derivative", "Differentiate.")
def derivative_by(function: Step, *, by: sp.Symbol, sign: int = 1, domain: Domain) -> Inference:
    """The derivative of a result, times ``sign``, in factors."""
    left = sign * sp.Derivative(function.result, by)
    value = sp.factor(sp.simplify(sign * sp.diff(function.result, by)))
    return Inference(statement=Identity(left, value, domain.restricted(left, by)), result=value)


@rule("at one value", "Put the value in.")
def at_one_value(function: Step, *, at: dict[Any, Any], domain: Domain) -> Inference:
    """A result at certain values of some of its letters."""
    left = cast(Any, function.result).subs(at, simultaneous=True)
    value = sp.factor(sp.simplify(left))
    known = domain.restricted(function.result)
    shown = sp.Subs(function.result, tuple(at), tuple(at.values())) if value == left else left
    return Inference(statement=Identity(shown, value, known), result=value)


@rule("four points", "A sum of functions of one variable each has the same differences everywhere.")
def four_points(function: Step, *, by: tuple[sp.Symbol, sp.Symbol], base: Point, domain: Domain) -> Inference:
    """f(x, y) - f(x, y_0) - f(x_0, y) + f(x_0, y_0), in one logarithm of 1 + ... where f is one."""
    (x, y), (x0, y0) = by, base
    whole = cast(Any, function.result)
    left = whole - whole.subs(y, y0) - whole.subs(x, x0) + whole.subs({x: x0, y: y0})
    value = _in_one_logarithm(left)
    return Inference(statement=Identity(left, value, domain.restricted(left)), result=value)


def _in_one_logarithm(logarithms: Any) -> Any:
    """log(1 + r) / q for a sum of logarithms with rational factors; r in factors, so that small values keep digits."""
    terms: list[tuple[Any, Any]] = [term.as_coeff_Mul() for term in sp.Add.make_args(sp.expand(logarithms))]
    if not all(isinstance(part, sp.log) and factor.is_Rational for factor, part in terms):
        return logarithms
    root = sp.ilcm(1, *(factor.q for factor, _ in terms))
    ratio: Any = sp.Mul(*(part.args[0] ** (root * factor) for factor, part in terms))
    return sp.log(1 + cast(Any, sp.factor(sp.together(ratio - 1)))) / root
