"""Products of exponentials with powers: far out one leaves the range of doubles though the product need not.

There, and only there, the exponent is taken nearer to zero by 512 log(2), and a factor 2^512 or 2^-512 given to the
powers. The condition number is of the size of the exponent then, so that no digit is lost that the argument holds.
Selections of numbers do that: loops over them vectorize, and an ordinary argument gives the bits that it gave.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from numerics.lowering.loops import Loop
from numerics.lowering.nodes import (
    Erfc,
    ExpMinusOne,
    ExpMinusOneOver,
    Hypotenuse,
    Logistic,
    LogOnePlusOver,
    ScaledErfc,
    SinOver,
)

FAR = 600
"""An exponent with which exp leaves room for factors from 1e-47 to 1e47."""
BEYOND = 10**5
"""An exponent with which exp vanishes beside any power, also one that overflows."""
POWER = 512
"""Of two: what is taken out,"""
STEP = POWER * math.log(2)
"""and from the exponent."""
_NOTHING = sp.Float("1e-400")
"""Zero as a double; SymPy's own would swallow a factor that is not a number."""


@dataclass(frozen=True)
class Growth:
    """How fast a function grows for large arguments of either sign: exp(rate |u|), rate being 1, 0 or -1."""

    below: int
    above: int


GROWTHS: dict[Any, Growth] = {
    sp.exp: Growth(-1, 1), ExpMinusOne: Growth(0, 1), Logistic: Growth(-1, 0),
    sp.cosh: Growth(1, 1), sp.sinh: Growth(1, 1), sp.sech: Growth(-1, -1),
}  # fmt: skip


@lru_cache(maxsize=4096)  # subexpressions come back in derived formulas
def within_range(node: Any) -> Any:
    """The expression with each such product in a form that overflows only where its value does."""
    if not node.args or isinstance(node, Boolean | Loop) or getattr(node, "is_number", False):
        return node  # conditions have one form, and loops, whose terms share what is before them, too
    if not node.has(*GROWTHS):
        return node
    arguments = tuple(within_range(a) for a in node.args)
    if isinstance(node, sp.Mul):
        extreme = [f for f in node.args if _grows_or_decays(f)]
        others = [a for f, a in zip(node.args, arguments, strict=True) if f not in extreme]
        if len(extreme) == 1 and any(_varies(f) for f in node.args if f not in extreme):
            return _product(extreme[0], sp.Mul(*others))
    if arguments == node.args:
        return node
    options = {"evaluate": False} if isinstance(node, sp.Piecewise) else {}
    return node.func(*arguments, **options)


def _product(factor: Any, others: Any) -> Any:
    base, power = _as_power(factor)
    u, growth = base.args[0], GROWTHS[base.func]
    sides = [(1, growth.above)] * (not u.is_nonpositive) + [(-1, growth.below)] * (not u.is_nonnegative)
    sides = [(sign, rate * power) for sign, rate in sides if rate]
    limit, step = FAR / abs(power), sp.Float(STEP) / abs(power)
    is_ordinary = sp.Abs(u) <= limit if len(sides) == 2 else sides[0][0] * u <= limit
    direction = sp.sign(u) if len(sides) == 2 else sides[0][0]
    nearer = sp.Piecewise((u, is_ordinary), (u - direction * step, True), evaluate=False)
    scaled = [part for sign, rate in sides for part in _scaled(others, sign * u, rate)]
    far = sp.Piecewise(*scaled, evaluate=False)
    return base.func(nearer) ** power * sp.Piecewise((others, is_ordinary), (far, True), evaluate=False)


def _scaled(others: Any, size: Any, rate: Any) -> list[tuple[Any, Any]]:
    """The other factors where the argument is large and of one sign: zero where nothing can make up for the decay."""
    if rate > 0:
        return [(others * sp.Integer(2) ** POWER, size > 0)]
    finite = sp.Max(-1, sp.Min(1, others))
    return [(_NOTHING * finite, size > BEYOND), (others / sp.Integer(2) ** POWER, size > 0)]


def _as_power(factor: Any) -> tuple[Any, Any]:
    return (factor, sp.S.One) if isinstance(factor, sp.exp) else factor.as_base_exp()


def _grows_or_decays(factor: Any) -> bool:
    base, power = _as_power(factor)
    known = base.func in GROWTHS and power.is_number
    if not known or base.args[0].has(sp.Piecewise):
        return False
    growth, u = GROWTHS[base.func], base.args[0]
    return bool((growth.above and not u.is_nonpositive) or (growth.below and not u.is_nonnegative))


def _varies(factor: Any) -> bool:
    """Whether it takes values of all magnitudes."""
    base, power = factor.as_base_exp()
    if not power.is_number or factor.is_number:
        return False
    if isinstance(base, ExpMinusOne | Erfc | ScaledErfc):
        return True
    return base.is_Symbol or base.is_Add or isinstance(base, _ALGEBRAIC)


_ALGEBRAIC = (sp.Indexed, sp.Abs, Hypotenuse, ExpMinusOneOver, LogOnePlusOver, SinOver)
