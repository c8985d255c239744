"""What the solvers take: a model, a temperature and a field."""

from __future__ import annotations

import math
from numbers import Real
from typing import Any


def checked_model(model: Any, solved: tuple[type, ...]) -> None:
    """Nothing, for a model of these kinds.

    Raises
    ------
    TypeError
        Otherwise.
    """
    if not isinstance(model, solved):
        names = " or ".join(f"theory.{kind.__name__}" for kind in solved)
        raise TypeError(f"expected an instance of {names}; found {model!r}: no other model is solved here")


def checked_temperature(temperature: Any) -> float:
    """A finite temperature that is not negative.

    Raises
    ------
    TypeError, ValueError
        Otherwise.
    """
    value = _number(temperature, "a temperature")
    if value < 0:
        raise ValueError(f"expected a temperature of at least 0; found {temperature!r}")
    return value


def checked_field(field: Any) -> float:
    """A finite field.

    Raises
    ------
    TypeError, ValueError
        Otherwise.
    """
    return _number(field, "a field")


def _number(value: Any, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"expected {what} as a real number; found {value!r}: call once for each value")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"expected {what} that is finite; found {value!r}")
    return number
