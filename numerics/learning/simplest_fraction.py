"""The simplest fraction that a number stands for: 1/3 for the double that is closest to it."""

from __future__ import annotations

from fractions import Fraction
from math import floor, isfinite
from numbers import Rational
from typing import Any

import numpy as np


def simplest_fraction(value: Any, what: str) -> Fraction:
    """An exact number as it is; of a floating-point number the simplest fraction that rounds to it.

    Raises
    ------
    TypeError
        If it is no real number.
    ValueError
        If it is not finite.
    """
    if isinstance(value, bool | np.bool_):
        raise TypeError(f"expected a real number for the {what}; found {value!r}")
    if isinstance(value, Rational | np.integer):
        return Fraction(int(value)) if isinstance(value, np.integer) else Fraction(value)
    if getattr(value, "is_Rational", False):
        return Fraction(int(value.p), int(value.q))
    if not isinstance(value, float | np.floating):
        raise TypeError(f"expected a real number for the {what}; found {value!r}")
    if not isfinite(value):
        raise ValueError(f"expected a finite {what}; found {value!r}")
    return -_nearby(-value) if value < 0 else _nearby(value)


def _nearby(value: float | np.floating[Any]) -> Fraction:
    """Of a number that is not negative."""
    if value == 0:
        return Fraction(0)
    exact = Fraction(float(value))
    half = (exact - Fraction(float(np.nextafter(value, type(value)(0))))) / 2  # as far as numbers below round to it
    return _between(exact - half, exact + half)


def _between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the least denominator strictly between two numbers, 0 <= low < high."""
    whole = floor(low)
    if whole + 1 < high:
        return Fraction(whole + 1)
    if low == whole:  # high is at most whole + 1: one over the least integer beyond 1 / (high - whole)
        return whole + Fraction(1, floor(1 / (high - whole)) + 1)
    return whole + 1 / _between(1 / (high - whole), 1 / (low - whole))
