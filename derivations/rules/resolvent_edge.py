"""The lower edge of the spectrum of one large network, from the local equation of its resolvent."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.field_derivative import FieldDerivative
from theory.statements import Definition, Identity, Postulate, Stationarity
from theory.sums import Inside, unfold

LOCAL_LAW = Postulate(
    name="local resolvent equation",
    claim="In large layers the reaction term of a spin and the self-energy of its resolvent are their disorder means.",
    justification="Both are sums over a whole layer of independent terms of order $1/N$; their fluctuations fall like "
    "$N^{-1/2}$, and couplings to the rest of the matrix are independent of the resolvent without that spin.",
    test="Compare the least eigenvalue of sampled networks of growing width with the edge that follows.",
)


EDGE_UNIVERSALITY = Postulate(
    name="edge universality",
    claim="The least eigenvalue of a finite network fluctuates about the edge as the extreme eigenvalue of a Gaussian "
    "ensemble does: on the scale $N^{-2/3}$, with the Tracy-Widom law.",
    justification="It is proved for matrices of independent entries with a variance profile; here the diagonal is tied "
    "to the couplings, which is expected to shift the edge but not to change its type.",
    test="Fit the approach of sampled networks to the edge over a factor of sixteen in width and compare coefficients.",
)


@rule("uniform resolvent", "Equal diagonal resolvents in every layer solve the equation at spectral parameter zero.")
def uniform_solution(equation: Step, *, resolvent: sp.Indexed) -> Inference:
    """The spectral parameter at which all diagonal resolvents are 1: it is zero at every temperature."""
    statement = cast(Identity, equation.statement)
    left = unfold(statement.left, resolvent, sp.Integer(1))
    value = sp.expand(unfold(equation.result, resolvent, sp.Integer(1)))
    return Inference(statement=Identity(left, value, statement.domain.restricted(left)))


@rule(
    "Jacobian at the uniform resolvent",
    "The edge lies where the map from resolvents to spectral parameters degenerates; there its Jacobian is singular.",
)
def jacobian_is_hessian(
    equation: Step,
    hessian: Step,
    *,
    resolvent: Any,
    slot: sp.Symbol,
    rows: tuple[sp.Symbol, sp.Symbol],
    size: sp.IndexedBase,
) -> Inference:
    """N_i times the derivative of layer i's equation by the resolvent of layer j, at the uniform solution.

    The claim: it is the entry of the replica Hessian, so that both degenerate at one temperature.
    """
    i, j = rows
    local = equation.result.subs(slot, i)
    derivative = size[i] * FieldDerivative(local, resolvent[j])
    domain = cast(Identity, hessian.statement).domain.extended({resolvent: sp.FiniteSet(1)})
    return Inference(statement=Identity(derivative, hessian.result, domain.restricted(derivative, hessian.result)))


@rule(
    "deep interior", "Far from both ends of a deep network of equal layers every layer has two neighbors like itself."
)
def deep_interior(
    equation: Step, *choices: Step, slot: sp.Symbol, resolvent: sp.IndexedBase, uniform: sp.Symbol, inner: Domain
) -> Inference:
    """The edge equation in the interior of equal layers with one resolvent; the result is a function of it."""
    value = equation.result
    sets: dict[Any, Any] = {uniform: (0, sp.oo)}
    for step in choices:
        definition = cast(Definition, step.statement)
        value = unfold(value, definition.symbol, definition.expression)
        sets[definition.expression] = inner.sets[definition.symbol.base]
    value = unfold(value, resolvent[slot], uniform)
    interior = sp.expand(value.replace(lambda e: isinstance(e, Inside), lambda _: sp.Integer(1)))
    domain = inner.extended(sets).extended({slot: _interior_layers(inner)})
    return Inference(statement=Identity(value, interior, domain.restricted(value)))


def _interior_layers(domain: Domain) -> sp.Set:
    """Layers 1 to L - 1; the number of bonds is at least 2 in the domain handed in."""
    (bonds,) = [s for s in domain.sets if getattr(s, "name", "") == "L"]
    return sp.Range(1, cast(Any, bonds))


@rule("edge", "The edge is the largest spectral parameter that a real positive resolvent reaches.")
def maximal(equation: Step, *, by: sp.Symbol) -> Inference:
    """Where the interior equation is stationary in the resolvent."""
    slope = sp.together(sp.diff(equation.result, by))
    roots = [x for x in sp.solve(sp.numer(slope), by) if x.is_positive]
    if len(roots) != 1:
        raise ValueError(f"expected one positive stationary point, found {roots}")
    domain = cast(Identity, equation.statement).domain.restricted(equation.result)
    return Inference(
        statement=Stationarity(equation.result, domain, variables=(by,), at={by: roots[0]}), result=roots[0]
    )


@rule("value at the edge", "The spectral parameter there, completed to a square.")
def edge_value(equation: Step, maximum: Step, *, by: sp.Symbol, square_in: sp.Symbol) -> Inference:
    """The least eigenvalue far inside deep equal layers, as the square of a function linear in ``square_in``."""
    value = equation.result.subs(by, maximum.result)
    polynomial = sp.Poly(sp.expand(value), square_in)
    constant, linear = polynomial.nth(0), polynomial.nth(1)
    square = constant * (1 + linear * square_in / (2 * constant)) ** 2
    domain = cast(Identity, equation.statement).domain.restricted(equation.result)
    return Inference(statement=Identity(value, square, domain.restricted(value)))
