"""Operations in place of others that cost more, where all results have the same bits (of a NaN, all but its sign)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from numerics.lowering.elementwise.operations import Operand, Operation, Value

# Within it a power of two and its reciprocal are numbers of single precision, too.
LARGEST_EXPONENT = 100

Operations = Mapping[int, Operation]


def simplest(operation: Operation, before: Operations) -> Operation:
    """The cheapest operation that is equal to this one.

    Parameters
    ----------
    operation
        A new one.
    before
        Those whose values it may use, by place.
    """
    if operation.function is np.divide:
        operation = _halved(operation, before) or operation
    if operation.function is np.negative:
        operation = _negated_product(operation, before) or operation
    for operand in operation.operands:
        if type(operand) is Value and operand.place in before and before[operand.place].function is np.negative:
            operation = _product_of_a_negated(operation, before) or operation
            return _sum_with_a_negated(operation, before) or operation
    return operation


def _halved(operation: Operation, _: Operations) -> Operation | None:
    """x / 2^k = x 2^-k: a product takes half the time of a division, or less."""
    numerator, power = (*operation.operands, None)[:2]
    if operation.function is not np.divide or not isinstance(power, float):
        return None
    mantissa, exponent = math.frexp(power)
    if abs(mantissa) != 0.5 or abs(exponent) > LARGEST_EXPONENT:
        return None
    return replace(operation, function=np.multiply, operands=(numerator, 1 / power))


def _negated_product(operation: Operation, before: Operations) -> Operation | None:
    """-(c x) = (-c) x, and the same for quotients."""
    inside = _negated(operation)
    product = before.get(inside.place) if inside else None
    return _with_the_other_sign(product) if product else None


def _product_of_a_negated(operation: Operation, before: Operations) -> Operation | None:
    """c (-x) = (-c) x, and the same for quotients."""
    inside = [_negative_of(o, before) for o in operation.operands]
    if not any(inside):
        return None
    plain = tuple(x or o for x, o in zip(inside, operation.operands, strict=True))
    return _with_the_other_sign(replace(operation, operands=plain))


def _with_the_other_sign(product: Operation) -> Operation | None:
    """A product or quotient of a value and a number, the number negated; else None."""
    number = [o for o in product.operands if type(o) is float]
    if product.function not in (np.multiply, np.divide) or len(number) != 1:
        return None
    return replace(product, operands=tuple(-o if type(o) is float else o for o in product.operands))


def _sum_with_a_negated(operation: Operation, before: Operations) -> Operation | None:
    """y + (-x) = (-x) + y = y - x, and y - (-x) = y + x."""
    if operation.function not in (np.add, np.subtract):
        return None
    first, second = operation.operands
    if x := _negative_of(second, before):
        return replace(operation, function=OPPOSITE[operation.function], operands=(first, x))
    if operation.function is np.add and (x := _negative_of(first, before)):
        return replace(operation, function=np.subtract, operands=(second, x))
    return None


OPPOSITE: dict[Any, Any] = {np.add: np.subtract, np.subtract: np.add}


def _negative_of(operand: Operand, before: Operations) -> Value | None:
    """What the operand is the negative of."""
    operation = before.get(operand.place) if isinstance(operand, Value) else None
    return _negated(operation) if operation else None


def _negated(operation: Operation) -> Value | None:
    inside = operation.operands[0]
    return inside if operation.function is np.negative and isinstance(inside, Value) else None
