"""What the printer has to know of a backend's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """A language in which one line is one assignment of an expression.

    Attributes
    ----------
    language
        Its name, in messages.
    functions
        The name of each function of one or more real arguments, by its SymPy class.
    sqrt, cbrt, exp2, power, maximum, minimum
        Names of functions that the printer itself asks for.
    infinity, nan, true, false
        How these are written.
    both, either, negation
        Signs between conditions, and in front of one.
    whole
        An integer that a double holds exactly.
    folds_quotients
        Whether a rational factor is written as one constant, rounded when the program is made: a product is several
        times faster than a division, and one rounding less accurate.
    choice
        The form of "the first where the condition holds, else the second".
    assignment
        A line, of a name, an expression and a remark that may be empty.
    remedies
        What to do about a function that has no form, by its SymPy class.
    """

    language: str
    functions: Mapping[Any, str]
    sqrt: str
    cbrt: str
    exp2: str
    power: str
    maximum: str
    minimum: str
    infinity: str
    nan: str
    true: str
    false: str
    both: str
    either: str
    negation: str
    folds_quotients: bool
    whole: Callable[[int], str]
    choice: Callable[[str, str, str], str]
    assignment: Callable[[str, str, str], str]
    remedies: Mapping[Any, str] = field(default_factory=dict[Any, str])
