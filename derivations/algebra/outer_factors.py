"""Sums with what does not depend on their index in front of them, and what is under them in factors."""

from __future__ import annotations

from typing import Any, cast

import sympy as sp

from theory.sums import Sigma


def factors_in_front(expression: Any) -> Any:
    """The expression, term by term, with each sum over one index as a factor times a sum; logarithms stay whole."""
    logarithms = {e: sp.Dummy(real=True) for e in expression.atoms(sp.log) if e.args[0].is_number}
    back = {letter: e for e, letter in logarithms.items()}
    pulled = expression.replace(lambda e: isinstance(e, Sigma), _pulled)
    return sp.expand(pulled.xreplace(logarithms), log=False, mul=True, deep=False).xreplace(back)


def _pulled(node: Any) -> Any:
    body, index = node.opened()
    factors = _upright(cast(Any, sp.factor(body)))
    inside = [f for f in factors if f.has(index)]
    outside = [f for f in factors if not f.has(index)]
    under = sp.Mul(*inside)
    return sp.Mul(*outside) * Sigma(under, (index, node.lower, node.upper)) if under != 0 else sp.S.Zero


def _upright(product: Any) -> list[Any]:
    """The factors of a product, those that hold a number with a positive one."""
    sign, factors = sp.S.One, []
    for factor in sp.Mul.make_args(product):
        base, power = factor.as_base_exp()
        if isinstance(base, sp.Add) and base.as_coeff_Add()[0].is_negative and power.is_integer:
            sign, factor = sign * (-1) ** power, (-base) ** power
        factors.append(factor)
    for place, factor in enumerate(factors):
        if sign == -1 and isinstance(factor, sp.Add) and factor.as_coeff_Add()[0] == 0:
            sign, factors[place] = sp.S.One, -factor
    return [sign, *factors]
