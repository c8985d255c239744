"""Roots of unity and signs: exp(i pi r) for a rational r, and (-1)^M for an integer M."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from math import lcm

import sympy as sp
from flint import fmpq, fmpz_poly

from derivations.engine.routes.normal_forms.field import Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.generators.letters import MAX_ORDER, Letters, RetryError


def unit_root(tower: Letters, turns: fmpq) -> Ratio:
    """exp(i pi turns)."""
    order = lcm(tower.orders.get("unit", 2), int(turns.q), 2)
    if order != tower.orders.get("unit", 2):
        if order > MAX_ORDER:
            raise UnsupportedError(f"a root of unity of order {2 * order}")
        raise RetryError("unit", order)
    place = tower.place("unit", lambda: _unit_letter(tower, order))
    return tower.field.power(tower.field.letter(place), int(turns.p) * (order // int(turns.q)) % (2 * order))


def _unit_letter(tower: Letters, order: int) -> Letter:
    coefficients = [int(c) for c in fmpz_poly.cyclotomic(2 * order).coeffs()]
    place, field = len(tower.field.letters), tower.field
    value = field.context.constant(0)
    for power, coefficient in enumerate(coefficients[:-1]):
        value -= coefficient * field.gens[place] ** power
    relation = (len(coefficients) - 1, Ratio(value, field.one.den))
    return Letter(kind="unit", node=sp.exp(sp.I * sp.pi / order), relation=relation)


def sign_power(tower: Letters, whole: Ratio) -> Ratio:
    """(-1)^M for an integer-valued monomial M: a letter whose square is 1."""
    key = f"sign {tower.key(whole)}"
    node = sp.Pow(sp.S.NegativeOne, tower.field.expression(whole), evaluate=False)
    relation = (2, tower.field.one)
    make = lambda: Letter(kind="sign", node=node, content=whole, real=True, integer=True, relation=relation)  # noqa: E731
    return tower.field.letter(tower.place(key, make))
