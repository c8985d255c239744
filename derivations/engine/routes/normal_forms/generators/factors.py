"""An element in factors, and the part of it at which powers and logarithms may be split."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq, fmpz

from derivations.engine.routes.normal_forms.field import MAX_FACTORED, Letter, Ratio, UnsupportedError
from derivations.engine.routes.normal_forms.generators.constraints import positive_polynomial
from derivations.engine.routes.normal_forms.generators.letters import Letters
from derivations.engine.routes.normal_forms.signs import is_real, nonnegative

MAX_BITS = 120
"""Length of a whole number whose prime factors are looked for."""


def factors_of(tower: Letters, x: Ratio) -> tuple[fmpq, list[tuple[Any, int]]]:
    """Rational content, and irreducible factors of the numerator and (with negative powers) the denominator."""
    x = tower.field.reduced(x)
    if max(len(x.num), len(x.den)) > MAX_FACTORED:
        raise UnsupportedError(f"the factors of a form of {max(len(x.num), len(x.den))} terms")
    top, over = x.num.factor()
    bottom, under = x.den.factor()
    return top / bottom, [(f, int(e)) for f, e in over] + [(f, -int(e)) for f, e in under]


def split(tower: Letters, x: Ratio) -> tuple[fmpq, list[tuple[Any, int]], Ratio]:
    """x = content * (nonnegative factors) * rest, with content > 0: where powers and logarithms may be split."""
    content, factors = factors_of(tower, x)
    proved: list[tuple[Any, int]] = []
    rest = tower.field.one if content > 0 else tower.field.constant(-1)
    for factor, power in factors:
        if nonnegative(tower.field, factor):
            proved.append((factor, power))
        elif nonnegative(tower.field, -factor):
            proved.append((-factor, power))
            rest = tower.field.negative(rest) if power % 2 else rest
        elif positive_polynomial(tower, factor):
            proved.append((factor, power))
        elif positive_polynomial(tower, -factor):
            proved.append((-factor, power))
            rest = tower.field.negative(rest) if power % 2 else rest
        elif power % 2 == 0 and is_real(tower.field, factor):
            proved.append((modulus_letter(tower, factor).num, power))
        else:
            rest = tower.field.multiply(rest, tower.field.power(Ratio(factor, tower.field.one.den), power))
    return abs(content), proved, rest


def modulus_letter(tower: Letters, factor: Any) -> Ratio:
    """|f| for a real irreducible f: its square is f^2."""
    if factor.leading_coefficient() < 0:
        factor = -factor
    base = Ratio(factor, tower.field.one.den)
    square = tower.field.multiply(base, base)
    node = sp.Abs(tower.field.expression(base))
    make = lambda: Letter(kind="abs", node=node, content=base, real=True, nonnegative=True, relation=(2, square))  # noqa: E731
    return tower.field.letter(tower.place(f"abs {tower.key(base)}", make))


def modulus(tower: Letters, x: Ratio) -> Ratio:
    """|x| for a real element."""
    if not (is_real(tower.field, x.num) and is_real(tower.field, x.den)):
        raise UnsupportedError("the modulus of an element that is not proved real")
    content, proved, rest = split(tower, x)
    result = tower.field.constant(content)
    for factor, power in proved:
        result = tower.field.multiply(result, tower.field.power(Ratio(factor, tower.field.one.den), power))
    _, factors = factors_of(tower, rest)
    for factor, power in factors:
        result = tower.field.multiply(result, tower.field.power(modulus_letter(tower, factor), power))
    return result


def primes(number: int) -> list[tuple[int, int]]:
    """The prime factors of a whole number, with their powers."""
    if abs(number).bit_length() > MAX_BITS:
        raise UnsupportedError(f"the prime factors of a number of {abs(number).bit_length()} bits")
    return sorted((int(p), int(e)) for p, e in fmpz(abs(number)).factor()) if abs(number) > 1 else []
