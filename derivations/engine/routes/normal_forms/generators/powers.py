"""Principal powers: roots of factors that are proved nonnegative, whole powers of anything, letters for the rest."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from math import lcm
from typing import Any

import sympy as sp
from flint import fmpq

from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.generators.exponentials import exponent_of
from derivations.engine.routes.normal_forms.generators.factors import factors_of, primes, split
from derivations.engine.routes.normal_forms.generators.letters import MAX_ORDER, Letters, RetryError
from derivations.engine.routes.normal_forms.generators.units import sign_power, unit_root
from derivations.engine.routes.normal_forms.signs import is_real, nonnegative


def rational_power(tower: Letters, x: Ratio, exponent: fmpq) -> Ratio:
    """The principal power x^(p/q)."""
    if exponent.q == 1:
        return tower.field.power(x, int(exponent.p))
    content, proved, rest = split(tower, x)
    result = _root_of_rational(tower, content, exponent)
    for factor, power in proved:
        result = tower.field.multiply(result, _root(tower, Ratio(factor, tower.field.one.den), exponent * power, True))
    if tower.field.rational(rest) == -1:
        return tower.field.multiply(result, unit_root(tower, exponent))
    if tower.field.rational(rest) != 1:
        result = tower.field.multiply(result, _root(tower, rest, exponent, False))
    return result


def _root_of_rational(tower: Letters, content: fmpq, exponent: fmpq) -> Ratio:
    result = tower.field.one
    for prime, power in [*primes(int(content.p)), *((p, -e) for p, e in primes(int(content.q)))]:
        result = tower.field.multiply(result, _root(tower, tower.field.constant(prime), exponent * power, True))
    return result


def _root(tower: Letters, base: Ratio, exponent: fmpq, proved: bool) -> Ratio:
    if exponent.q == 1:
        return tower.field.power(base, int(exponent.p))
    monomial = exponent_of(tower, base)
    if monomial is not None and proved:
        return tower.exponential(tower.field.multiply(monomial, tower.field.constant(exponent)))
    known_root = _root_by_unit(tower, base) if exponent.q == 2 else None
    if known_root is not None:
        return tower.field.power(known_root, int(exponent.p))
    key = f"root {tower.key(base)}"
    order = lcm(tower.orders.get(key, 1), int(exponent.q))
    if order > MAX_ORDER:
        raise UnsupportedError(f"a root of order {order}")
    if order != tower.orders.get(key, 1):
        raise RetryError(key, order)
    node = sp.Pow(tower.field.expression(base), sp.Rational(1, order), evaluate=False)
    known = {
        "real": proved,
        "nonnegative": proved,
        "positive": proved and nonnegative(tower.field, base.num, strict=True),
    }
    make = lambda: Letter(kind="root", node=node, content=base, relation=(order, base), **known)  # noqa: E731
    letter = tower.field.letter(tower.place(key, make))
    return tower.field.power(letter, int(exponent.p) * (order // int(exponent.q)))


def _root_by_unit(tower: Letters, base: Ratio) -> Ratio | None:
    """sqrt 2 = 2 cos(pi/4) and sqrt 3 = 2 cos(pi/6), where such a root of unity is in use."""
    part = {2: 4, 3: 6}.get(tower.field.rational(base))  # type: ignore[arg-type]
    if part is None or tower.orders.get("unit", 2) % part:
        return None
    return tower.field.add(unit_root(tower, fmpq(1, part)), unit_root(tower, fmpq(-1, part)))


def general_power(tower: Letters, base: Ratio, exponent: Ratio, node: sp.Expr) -> Ratio:
    """base^exponent for an exponent that is not a number."""
    _, _, rest = split(tower, base)
    constant = tower.field.rational(rest)
    if constant == 1:
        return tower.exponential(tower.field.multiply(exponent, tower.logarithm(base)))
    if not tower.is_integer(exponent):
        return tower.opaque("power", (base, exponent), node)
    positive = tower.field.multiply(base, tower.field.inverse(rest))
    result = tower.exponential(tower.field.multiply(exponent, tower.logarithm(positive)))
    sign, factors = factors_of(tower, rest)
    if sign < 0:
        result = tower.field.multiply(result, _integer_power(tower, None, exponent))
    for factor, power in factors:
        scaled = tower.field.multiply(exponent, tower.field.constant(power))
        result = tower.field.multiply(result, _integer_power(tower, factor, scaled))
    return result


def _integer_power(tower: Letters, factor: Any, exponent: Ratio) -> Ratio:
    """f^(sum of c M) = product of (f^M)^c over integer-valued monomials M; f = -1 for None."""
    result = tower.field.one
    for exponents, coefficient in exponent.num.to_dict().items():
        whole = Ratio(tower.field.context.from_dict({exponents: fmpq(1)}), tower.field.one.den)
        if factor is None:
            part = tower.field.constant(-1) if whole.num.is_one() else sign_power(tower, whole)
        elif whole.num.is_one():
            part = Ratio(factor, tower.field.one.den)
        elif exponent_of(tower, Ratio(factor, tower.field.one.den)) is not None:
            content = exponent_of(tower, Ratio(factor, tower.field.one.den))
            part = tower.exponential(tower.field.multiply(content or tower.field.zero, whole))
        else:
            part = _power_letter(tower, Ratio(factor, tower.field.one.den), whole)
        result = tower.field.multiply(result, tower.field.power(part, int(coefficient.p)))
    return result


def _power_letter(tower: Letters, base: Ratio, whole: Ratio) -> Ratio:
    node = sp.Pow(tower.field.expression(base), tower.field.expression(whole), evaluate=False)
    real = is_real(tower.field, base.num)
    make = lambda: Letter(kind="power", node=node, content=(base, whole), real=real)  # noqa: E731
    return tower.field.letter(tower.place(f"power {tower.key(base)} {tower.key(whole)}", make))
