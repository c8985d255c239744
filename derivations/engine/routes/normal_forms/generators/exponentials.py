"""Exponentials of elements: split over the terms of the exponent, logarithms and turns taken out."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from math import lcm

import sympy as sp
from flint import fmpq

from derivations.engine.claims import encode
from derivations.engine.routes.normal_forms.field import Letter, Ratio
from derivations.engine.routes.normal_forms.generators.letters import Letters, RetryError
from derivations.engine.routes.normal_forms.generators.units import sign_power, unit_root
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative

Bounds = tuple[fmpq | None, fmpq | None, bool, bool]


def exponential(tower: Letters, argument: Ratio) -> Ratio:
    """exp of an element, split over the monomials of its whole part and of its fractional part."""
    argument = tower.field.reduced(argument)
    whole, rest = divmod(argument.num, argument.den)
    one = tower.field.one.den
    terms = [(e, c, one) for e, c in whole.to_dict().items()] + [
        (e, c, argument.den) for e, c in rest.to_dict().items()
    ]
    result = tower.field.one
    for exponents, coefficient, below in terms:
        base = tower.field.quotient(tower.field.context.from_dict({exponents: fmpq(1)}), below)
        lead = base.num.leading_coefficient()
        base = Ratio(base.num / lead, base.den)
        result = tower.field.multiply(result, _exp_term(tower, base, coefficient * lead))
    return result


def _exp_term(tower: Letters, base: Ratio, coefficient: fmpq) -> Ratio:
    special = (
        _exp_of_log(tower, base, coefficient)
        or _exp_of_turn(tower, base, coefficient)
        or _exp_of_product_logarithm(tower, base, coefficient)
    )
    return special if special is not None else _exp_letter(tower, base, coefficient)


def _exp_of_log(tower: Letters, base: Ratio, coefficient: fmpq) -> Ratio | None:
    """exp(c log f) = f^c: the definition of the principal power."""
    if base.den != tower.field.one.den:
        return None
    used = tower.field.used(base.num)
    if len(used) != 1 or base.num != tower.field.gens[used[0]] or tower.field.letters[used[0]].kind != "log":
        return None
    return tower.rational_power(tower.field.letters[used[0]].content, coefficient)


def _exp_of_product_logarithm(tower: Letters, base: Ratio, coefficient: fmpq) -> Ratio | None:
    """exp(n W(x)) = (x / W(x))^n, since W e^W = x."""
    used = tower.field.used(base.num)
    if len(used) != 1 or base.num != tower.field.gens[used[0]] or base.den != tower.field.one.den:
        return None
    letter = tower.field.letters[used[0]]
    if letter.kind != "opaque" or not isinstance(letter.content, tuple) or letter.content[0] != "call LambertW":
        return None
    if coefficient.q != 1:
        return None
    share = tower.field.multiply(letter.content[1][0], tower.field.inverse(base))
    return tower.field.power(share, int(coefficient.p))


def _exp_of_turn(tower: Letters, base: Ratio, coefficient: fmpq) -> Ratio | None:
    """exp(i pi c M): a root of unity, or a sign (-1)^M where M is a whole number."""
    pi, unit = tower.places.get(f"atom {encode(sp.pi)}"), tower.places.get("unit")
    if pi is None or unit is None or base.den != tower.field.one.den:
        return None
    exponents = next(iter(base.num.to_dict()))
    if exponents[pi] != 1 or exponents[unit] != tower.orders.get("unit", 2) // 2:
        return None
    rest = [(i, e) for i, e in enumerate(exponents) if e and i not in (pi, unit)]
    if not rest:
        return unit_root(tower, coefficient)
    if coefficient.q != 1 or not all(tower.field.letters[i].integer for i, _ in rest):
        return None
    whole = tower.field.context.from_dict({tuple(e if i not in (pi, unit) else 0 for i, e in enumerate(exponents)): 1})
    return tower.field.power(sign_power(tower, Ratio(whole, tower.field.one.den)), int(coefficient.p))


def _exp_letter(tower: Letters, base: Ratio, coefficient: fmpq) -> Ratio:
    key = f"exp {tower.key(base)}"
    order = lcm(tower.orders.get(key, 1), int(coefficient.q))
    if order != tower.orders.get(key, 1):
        raise RetryError(key, order)
    content = tower.field.multiply(base, tower.field.constant(fmpq(1, order)))
    real = is_real(tower.field, content.num) and is_real(tower.field, content.den)
    node = sp.exp(tower.field.expression(content))

    def make() -> Letter:
        bounds = _bounds(tower, content) if real else None
        return Letter(kind="exp", node=node, content=content, real=real, positive=real, nonnegative=real, bounds=bounds)

    place = tower.place(key, make)
    return tower.field.power(tower.field.letter(place), int(coefficient.p) * (order // int(coefficient.q)))


def _bounds(tower: Letters, content: Ratio) -> Bounds | None:
    """Above 1 for a positive exponent, between 0 and 1 for a negative one."""
    for strict in (True, False):
        if ratio_nonnegative(tower.field, content, strict=strict):
            return fmpq(1), None, strict, True
        if ratio_nonnegative(tower.field, tower.field.negative(content), strict=strict):
            return fmpq(0), fmpq(1), True, strict
    return None


def exponent_of(tower: Letters, base: Ratio) -> Ratio | None:
    """The exponent, if an element is a single exp letter."""
    used = tower.field.used(base.num)
    if base.den != tower.field.one.den or len(used) != 1 or base.num != tower.field.gens[used[0]]:
        return None
    letter = tower.field.letters[used[0]]
    return letter.content if letter.kind == "exp" else None
