"""Functions that vanish over what they vanish with, as in (exp(x) - exp(y)) / (x - y): the limit where both do."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import ExpMinusOne, ExpMinusOneOver, LogOnePlus, LogOnePlusOver, SinOver
from numerics.lowering.rewrites.terms import argument


def vanishing_quotient(node: Any) -> Any:
    """f(u) / v^n with u = k v, for f = exp - 1, log(1 + .) and sin, by f(u) / u, 1 where u is 0; v / f(u), too."""
    if not isinstance(node, sp.Mul):
        return None
    for below in node.args:
        if isinstance(below, sp.Pow) and below.exp == -1 and isinstance(below.base, sp.Piecewise):
            for base in (f for f in node.args if isinstance(f, sp.Add)):
                form = _selection_over(below.base, base, [])
                if form is not None:
                    return sp.Mul(1 / form, *(f for f in node.args if f is not below and f is not base))
    for below in node.args:
        base, power = below.as_base_exp()
        if isinstance(base, sp.Add) and power.is_Integer and power.is_negative:
            for above in node.args:
                rest = [f for f in node.args if f is not above and f is not below]
                form = _over(above, base, rest)
                if form is not None:
                    return form * base ** (power + 1)
    return None


def _over(above: Any, base: Any, rest: list[Any]) -> Any:
    if isinstance(above, sp.Piecewise):
        return _selection_over(above, base, rest)
    if above.func not in _LIMITED:
        return None
    u = argument(above)
    size = -u if isinstance(above, ExpMinusOne) and (-u).is_nonnegative else None
    for sign in [f for f in rest if isinstance(f, sp.sign)] if size is not None else ():
        # sign(w) (exp(-|w|) - 1) / v = -(w / v) (exp(-|w|) - 1) / (-|w|)
        for w in _with_absolute_value(size):
            k = _multiple(w, base)
            if k is not None and sp.sign(w) == sign:
                return -k * _LIMITED[above.func](u) * sp.Mul(*(f for f in rest if f is not sign))
    k = _multiple(u, base)
    return None if k is None else k * _LIMITED[above.func](u) * sp.Mul(*rest)


def _with_absolute_value(size: Any) -> list[Any]:
    """w where size is |w|, up to its sign."""
    inside = size.replace(sp.Abs, lambda w: w)
    return [w for w in (inside, -inside) if sp.Abs(w) == size]


def _multiple(u: Any, base: Any) -> Any:
    """k where u = k v, unless k may be infinite where v vanishes."""
    k = sp.cancel(u / base)
    below = [f.as_base_exp()[0] for f in sp.Mul.make_args(sp.fraction(k)[1])]
    return k if all(f.is_number or f.is_Symbol or f.is_positive for f in below) else None


def _selection_over(above: Any, base: Any, rest: list[Any]) -> Any:
    """A difference of logarithms, which is near by its first branch."""
    (first, is_near), *others = above.args
    factors = list(sp.Mul.make_args(first))
    for f in factors:
        k = _multiple(argument(f), base) if isinstance(f, LogOnePlus) else None
        if k is not None:
            near = k * LogOnePlusOver(argument(f)) * sp.Mul(*(g for g in factors if g is not f))
            far = [(value / base, condition) for value, condition in others]
            return sp.Piecewise((near, is_near), *far, evaluate=False) * sp.Mul(*rest)
    return None


_LIMITED: dict[Any, Any] = {ExpMinusOne: ExpMinusOneOver, LogOnePlus: LogOnePlusOver, sp.sin: SinOver}
