"""What the printer has to know of a backend's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class LoopCode:
    """The parts of a loop that adds or multiplies, as source.

    Attributes
    ----------
    total
        The name of what is accumulated.
    index, low, high
        The name of the index and its bounds; it runs through whole numbers, through none if these are reversed.
    is_sum
        Whether terms are added; else they are multiplied.
    is_concrete
        Whether both bounds are numbers.
    lines, value
        What is computed in each pass, and the term itself.
    """

    total: str
    index: str
    low: str
    high: str
    is_sum: bool
    is_concrete: bool
    lines: tuple[str, ...]
    value: str


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
    fuses
        Whether the compiler makes one operation of a product and a sum: a constant then comes first in a sum of
        products, so that each of these is added to what stands before.
    choice
        The form of "the first where the condition holds, else the second".
    assignment
        A line, of a name, an expression and a remark that may be empty.
    loop
        The lines of a loop, and the text of its result.
    root_of_product
        A function that is sqrt(x) sqrt(y), for x and y from 1 on, by one root; empty where that is no faster.
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
    fuses: bool
    whole: Callable[[int], str]
    choice: Callable[[str, str, str], str]
    assignment: Callable[[str, str, str], str]
    loop: Callable[[LoopCode], tuple[list[str], str]]
    root_of_product: str = ""
    remedies: Mapping[Any, str] = field(default_factory=dict[Any, str])
