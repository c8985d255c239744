"""How large a number may become while a formula is read: SymPy computes 9^9^9 at once, so it is never asked to."""

from __future__ import annotations

from typing import Any

import sympy as sp

MAX_BITS = 40_000
"""Of any whole number in a formula."""
MAX_EXPONENT = 10_000
MAX_WHOLE_ARGUMENT = 2_000
"""Of functions that are evaluated at whole numbers at once."""
MAX_DEGREE = 40
MAX_TOWER = 2
"""Nested exponentials of plain numbers: exp(exp(exp(9))) can be compared with nothing."""
_TOWERS = (sp.exp, sp.cosh, sp.sinh, sp.coth, sp.gamma, sp.factorial, sp.erfi, sp.besseli, sp.Ei)


class TooLargeError(Exception):
    """A number would become too large; says which limit, for the message."""


def bits(expression: Any) -> int:
    """The size of the largest whole number in an expression."""
    numbers = expression.atoms(sp.Rational) if hasattr(expression, "atoms") else ()
    return max((int(n.p).bit_length() + int(n.q).bit_length() for n in numbers), default=0)


def check_power(base: Any, exponent: Any) -> None:
    """Refuse a power that would be a huge number, or put one in front of a product."""
    if exponent.is_Rational:
        if abs(exponent) > MAX_EXPONENT:
            raise TooLargeError(f"an exponent of at most {MAX_EXPONENT}")
        if abs(exponent) * bits(base) > MAX_BITS:
            raise TooLargeError(f"numbers of at most {MAX_BITS} bits")
    check_tower(sp.Pow(base, exponent, evaluate=False) if _is_plain(base) and _is_plain(exponent) else exponent)


def check_arguments(arguments: Any) -> None:
    """Refuse whole numbers too large for a factorial and its like."""
    for argument in arguments:
        if argument.is_Rational and abs(argument) > MAX_WHOLE_ARGUMENT:
            raise TooLargeError(f"numbers of at most {MAX_WHOLE_ARGUMENT} in this function")


def check_degree(degree: Any) -> None:
    """Refuse polynomials of a high degree, which are written out at once."""
    if degree.is_Rational and degree > MAX_DEGREE:
        raise TooLargeError(f"a degree of at most {MAX_DEGREE}")


def check_number(value: Any) -> None:
    """Refuse a result that holds a huge number or a tower of exponentials."""
    if value.is_Rational and bits(value) > MAX_BITS:
        raise TooLargeError(f"numbers of at most {MAX_BITS} bits")
    if value.is_Function or value.is_Pow:
        check_tower(value)


def check_tower(value: Any) -> None:
    """Refuse exponentials of exponentials of exponentials of plain numbers."""
    if _is_plain(value) and _tower(value) > MAX_TOWER:
        raise TooLargeError(f"at most {MAX_TOWER} exponentials inside one another where there is no symbol")


def _is_plain(value: Any) -> bool:
    return not value.is_Rational and not value.free_symbols


def _tower(value: Any) -> int:
    if value.is_Pow:
        return max(_tower(value.base), 0 if value.exp.is_Rational else 1 + _tower(value.exp))
    inner = max((_tower(a) for a in value.args), default=0)
    return inner + 1 if isinstance(value, _TOWERS) else inner
