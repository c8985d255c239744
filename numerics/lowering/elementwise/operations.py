"""One elementwise operation of a NumPy function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Value:
    """What an argument or an earlier operation gave, by its place in the sequence of them all."""

    place: int


Operand = Value | float | bool | np.floating[Any]


@dataclass(frozen=True)
class Operation:
    """A ufunc, or `np.where`, and what it is applied to.

    Attributes
    ----------
    function
        With one result.
    operands
        Values and numbers.
    is_quiet
        Whether its floating-point warnings are to be ignored.
    """

    function: Any
    operands: tuple[Operand, ...]
    is_quiet: bool = False

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The operands that are no numbers."""
        return tuple([o for o in self.operands if isinstance(o, Value)])

    @property
    def key(self) -> Any:
        """Equal for operations with equal results; it tells 0.0 from -0.0."""
        return (
            self.function,
            tuple([o.place if isinstance(o, Value) else repr(o) for o in self.operands]),
            self.is_quiet,
        )

    def dtype(self, given: Mapping[int, np.dtype[Any]]) -> np.dtype[Any]:
        """The type of its result, for the types of the values by their places."""
        if self.function is np.where:
            return np.result_type(*(given[o.place] if isinstance(o, Value) else o for o in self.operands[1:]))
        return _result(
            self.function, tuple([given[o.place] if isinstance(o, Value) else _weak_type(o) for o in self.operands])
        )


@lru_cache(maxsize=1024)
def _result(function: Any, given: tuple[Any, ...]) -> np.dtype[Any]:
    return function.resolve_dtypes((*given, None))[-1]


def _weak_type(number: Any) -> Any:
    """For NumPy's rules of promotion: Python's float takes the type of the arrays beside it."""
    return float if type(number) is float else np.asarray(number).dtype
