"""The logarithm of a Gaussian mean as a series in the variance, and its use in an action."""

from __future__ import annotations

import re
from typing import Any, cast

import sympy as sp

from derivations.algebra.sum_terms import resolved
from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.averages import GaussianMean
from theory.statements import Expansion, Identity
from theory.sums import unfold


@rule(
    "cumulant expansion",
    "By the heat equation the mean of $F$ is the series of $F^{(2n)}(0) x^n / (2^n n!)$ in the variance $x$; its "
    "logarithm is the cumulant series.",
)
def cumulant_expansion(transform: Step, *, order: int) -> Inference:
    """log E F(z), z ~ N(0, x), to the given order in x; the remark names the first neglected term."""
    statement = cast(Identity, transform.statement)
    mean = cast(GaussianMean, statement.right)
    x = cast(sp.Symbol, mean.variance)
    moments = [_moment(mean, n) for n in range(order + 1)]
    cumulants = _cumulants([cast(sp.Expr, sp.factor(value / moments[0])) for value in moments])
    series = sp.expand_log(sp.log(moments[0]), force=True)
    series += sp.Add(*[sp.factor(cumulants[n]) * x**n for n in range(1, order)])
    neglected = sp.factor(cumulants[order]) * x**order
    domain = statement.domain
    return Inference(
        statement=Expansion(sp.log(mean), series, domain, variable=x, order=order),
        result=series,
        remark=f"The first neglected term is ${_inline(neglected)}$.",
    )


def _inline(expression: Any) -> str:
    """An expression on one line, as a person writes it and TeX reads it."""
    powers = re.sub(r"\*\*(\w+)", r"^{\1}", sp.sstr(expression))
    return powers.replace("*", " ")


def _moment(mean: GaussianMean, n: int) -> sp.Expr:
    """Coefficient of x^n in the mean."""
    z = cast(sp.Symbol, mean.family)
    derivative = sp.diff(mean.body, z, 2 * n) if n else mean.body
    return cast(sp.Expr, derivative.subs(z, 0) / (2**n * sp.factorial(n)))


def _cumulants(moments: list[sp.Expr]) -> list[sp.Expr]:
    """Coefficients of log(1 + a_1 x + ...): n c_n = n a_n - sum_k k c_k a_(n-k)."""
    cumulants: list[sp.Expr] = [sp.Integer(0)]
    for n in range(1, len(moments)):
        mixed = sum((k * cumulants[k] * moments[n - k] for k in range(1, n)), sp.Integer(0))
        cumulants.append(sp.expand(moments[n] - mixed / n))
    return cumulants


@rule(
    "truncate",
    "Near the transition the order parameters are small, and the action is kept to second order in them.",
)
def truncate(symmetric: Step, expansion: Step, *, fields: tuple[sp.IndexedBase, ...], slot: sp.Symbol) -> Inference:
    """The action with the expansion put in; claimed to the order of the expansion in the common size of the fields."""
    series = cast(Expansion, expansion.statement)
    pattern = cast(GaussianMean, cast(Any, series.left).args[0])

    def expanded(logarithm: Any) -> Any:
        return series.right.subs(series.variable, logarithm.args[0].variance)

    def is_expanded(e: Any) -> bool:
        return isinstance(e, sp.log) and isinstance(e.args[0], GaussianMean) and e.args[0].body == pattern.body

    result = resolved(symmetric.result.replace(is_expanded, expanded))
    scale = sp.Symbol("epsilon", positive=True)
    left, right = (_scaled(e, fields, slot, scale) for e in (symmetric.result, result))
    domain = cast(Identity, symmetric.statement).domain.extended({scale: (0, sp.Rational(1, 2))})
    return Inference(statement=Expansion(left, right, domain, variable=scale, order=series.order), result=result)


def _scaled(expression: Any, fields: tuple[sp.IndexedBase, ...], slot: sp.Symbol, scale: sp.Symbol) -> Any:
    for field in fields:
        expression = unfold(expression, field[slot], scale * field[slot])
    return expression
