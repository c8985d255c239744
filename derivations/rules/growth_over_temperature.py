"""What grows at a rate that depends on the temperature, followed from infinite temperature."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.domain import Domain
from theory.statements import Identity, Inequality, LimitStatement, Postulate
from theory.sums import Sigma

LOCAL_GROWTH = Postulate(
    name="local growth of the entropy density",
    claim="At given eigenvalues the logarithm of the entropy density grows with beta at the rate alpha Delta F.",
    justification="The production of entropy, an integral over all parameters, is read as an equation at each of them.",
    test="The entropy density of a distribution that is carried along the gradient of F, at fixed parameters.",
)


@rule(
    "growth over the temperature",
    "The rate depends on the inverse temperature, over which it is integrated for one eigenvalue after the other.",
)
def growth_exponent(
    rate: Step,
    *,
    inverse_temperature: sp.Symbol,
    strength: sp.Symbol,
    entry: sp.Indexed,
    one: sp.Symbol,
    domain: Domain,
) -> Inference:
    """The integral from 0 to beta of minus ``strength`` times a sum over eigenvalues.

    The claim is about ``one`` eigenvalue; the result is the sum over all of them.

    Raises
    ------
    ValueError
        If no closed form of the integral is found.
    """
    (sum_node,) = cast(Any, rate.result).atoms(Sigma)
    factor = cast(Any, rate.result) / sum_node
    term, index = sum_node.opened()
    base = cast(Any, entry).base
    earlier = sp.Symbol("t", positive=True)
    integrand = (factor * term.xreplace({base[index]: one})).subs(inverse_temperature, earlier)
    left = sp.Integral(integrand, (earlier, 0, inverse_temperature))
    found = left.doit()
    if found.has(sp.Integral):
        raise ValueError(f"expected an integral in closed form; found none for {left}")
    value = _by_logarithms(found)
    total = -strength * Sigma(value.xreplace({one: base[index]}), (index, sum_node.lower, sum_node.upper))
    return Inference(statement=Identity(left, value, domain.restricted(left)), result=total, postulates=(LOCAL_GROWTH,))


@rule("carried along", "The density is the initial one times the exponential of what its logarithm has grown by.")
def grown_density(
    growth: Step, rate: Step, *, initial: sp.Symbol, strength: sp.Symbol, inverse_temperature: sp.Symbol, domain: Domain
) -> Inference:
    """The density at beta; the claim is that it obeys the equation with the ``strength`` times the result of ``rate``.

    The rate is that of minus the growth.
    """
    value = initial * sp.exp(growth.result)
    left = sp.Derivative(value, inverse_temperature)
    right = -strength * cast(Any, rate.result) * value
    return Inference(statement=Identity(left, right, domain.restricted(left, right)), result=value)


@rule("bounds of the growth", "An eigenvalue slows the decay; none reverses it.")
def growth_bounds(
    growth: Step, small: Step, *, entry: sp.Indexed, one: sp.Symbol, inverse_temperature: sp.Symbol, domain: Domain
) -> Inference:
    """The contribution of an eigenvalue is above that of a small one, in units of it, and below zero."""
    (sum_node,) = cast(Any, growth.result).atoms(Sigma)
    ratio = one * inverse_temperature
    term = cast(Any, growth.result) / sum_node * sum_node.at(cast(Any, entry).indices[0]).xreplace({entry: one})
    relative = sp.expand(term / small.result)
    left: Any = sp.Add(
        *[cast(Any, sp.factor)(t.subs(one, one / inverse_temperature)) for t in sp.Add.make_args(relative)]
    )
    known = domain.restricted(left)
    return Inference(
        statement=Inequality(left, 1, known, relation="<"),
        result=left,
        obligations=(Inequality(left, 0, known, relation=">"),),
        remark=f"Here {one} stands for {ratio}.",
    )


@rule("small eigenvalues", "An eigenvalue far below the temperature contributes as if it were zero.")
def growth_of_small(growth: Step, *, entry: sp.Indexed, one: sp.Symbol, domain: Domain) -> Inference:
    """The contribution of one eigenvalue as it tends to zero; the result is its limit."""
    (sum_node,) = cast(Any, growth.result).atoms(Sigma)
    term, index = sum_node.opened()
    contribution = cast(Any, growth.result) / sum_node * term.xreplace({cast(Any, entry).base[index]: one})
    value = sp.limit(contribution, one, 0)
    statement = LimitStatement(contribution, value, domain.restricted(contribution), variable=one, point=0)
    return Inference(statement=statement, result=value)


def _by_logarithms(expression: Any) -> Any:
    """Each logarithm with its coefficient in factors, and the rest in factors."""
    joined = sp.expand(sp.simplify(expression), log=False)
    names = {e: sp.Dummy() for e in joined.atoms(sp.log)}
    polynomial = sp.Poly(joined.xreplace(names), *names.values())
    back: dict[Any, Any] = {letter: e for e, letter in names.items()}
    return sp.Add(
        *[
            sp.factor(coefficient) * sp.Mul(*[back[g] ** p for g, p in zip(polynomial.gens, powers, strict=True)])
            for powers, coefficient in polynomial.terms()
        ]
    )
