"""What a NumPy function does, operation by operation: found by running it once on stand-ins for its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from numerics.lowering.elementwise.equal_operations import simplest
from numerics.lowering.elementwise.operations import Operand, Operation, Value

# Beyond it a function has loops written out, and compiling them would take longer than it saves.
MOST_OPERATIONS = 5000


class UnrecordedError(TypeError):
    """The function does something with its arguments that is not elementwise, or depends on their values."""


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A function as a sequence of operations.

    Attributes
    ----------
    n_arguments
        Their values have the places 0 to n_arguments - 1.
    operations
        In order, each under the place of its value.
    results
        What the function returns: its entries in order, where it is a vector or a matrix.
    shape
        Of the results; ``()`` if there is one that is no entry of anything.
    """

    n_arguments: int
    operations: Mapping[int, Operation]
    results: tuple[Operand, ...]
    shape: tuple[int, ...]

    def types(self, kind: np.dtype[Any]) -> dict[int, np.dtype[Any]]:
        """The type of each value where the arguments have this one.

        Raises
        ------
        UnrecordedError
            If a result is neither of that type nor a truth value.
        """
        found = dict.fromkeys(range(self.n_arguments), kind)
        for place, operation in self.operations.items():
            found[place] = operation.dtype(found)
            if found[place] not in (kind, np.bool_):
                raise UnrecordedError(f"expected {operation.function.__name__} to keep {kind}; found {found[place]}")
        return found

    @cached_property
    def rows(self) -> dict[int, int]:
        """Where among the results the value of an operation stands first, by its place."""
        found: dict[int, int] = {}
        for row, result in enumerate(self.results):
            if isinstance(result, Value) and result.place in self.operations:
                found.setdefault(result.place, row)
        return found

    @cached_property
    def without_operation(self) -> tuple[tuple[int, Operand], ...]:
        """The other results, which are numbers, arguments or values that stand there before; with their positions."""
        first = set(self.rows.values())
        return tuple((row, result) for row, result in enumerate(self.results) if row not in first)

    @property
    def arguments_used(self) -> set[int]:
        """Which arguments the operations read."""
        read = {value.place for operation in self.operations.values() for value in operation.values}
        return read & set(range(self.n_arguments))


def recorded(function: Callable[..., Any], n_arguments: int, shape: tuple[int, ...] = ()) -> Recording:
    """The operations of a function of so many arrays, which returns a list of entries unless the shape is ``()``.

    Raises
    ------
    UnrecordedError
        If it is not a fixed sequence of ufuncs and `np.where`.
    """
    recorder = _Recorder(n_arguments)
    try:
        with np.errstate(all="warn"):
            returned = function(*(_StandIn(recorder, Value(k)) for k in range(n_arguments)))
    except (TypeError, AttributeError) as error:
        raise UnrecordedError(f"expected ufuncs and np.where; found otherwise: {error}") from error
    recording = recorder.recording(tuple(map(_operand, returned if shape else [returned])), shape)
    if not recording.operations:
        raise UnrecordedError(f"expected operations; found none in {returned!r}")
    return recording


@dataclass
class _Recorder:
    n_arguments: int
    _operations: dict[int, Operation] = field(default_factory=dict)
    _places: dict[Any, int] = field(default_factory=dict)

    def perform(self, function: Any, operands: tuple[Any, ...]) -> _StandIn:
        is_quiet = np.geterr()["invalid"] == "ignore"
        operation = Operation(function, tuple(map(_operand, operands)), is_quiet)
        operation = simplest(operation, self._operations)
        place = self._places.setdefault(operation.key, self.n_arguments + len(self._operations))
        self._operations.setdefault(place, operation)
        if len(self._operations) > MOST_OPERATIONS:
            raise UnrecordedError(f"expected at most {MOST_OPERATIONS} operations; found more")
        return _StandIn(self, Value(place))

    def recording(self, results: tuple[Operand, ...], shape: tuple[int, ...]) -> Recording:
        """Of the operations that the results need."""
        needed = {result.place for result in results if isinstance(result, Value)}
        kept: dict[int, Operation] = {}
        for place, operation in reversed(self._operations.items()):
            if place in needed:
                kept[place] = operation
                needed.update(value.place for value in operation.values)
        operations = dict(reversed(kept.items()))
        return Recording(n_arguments=self.n_arguments, operations=operations, results=results, shape=shape)


def _operand(operand: Any) -> Operand:
    if isinstance(operand, _StandIn):
        return operand.value
    if isinstance(operand, bool | np.floating):
        return operand
    if isinstance(operand, int | float):
        return float(operand)
    raise UnrecordedError(f"expected arguments and numbers; found {operand!r}")


class _StandIn(NDArrayOperatorsMixin):
    """In the place of an array whose values are not known."""

    def __init__(self, recorder: _Recorder, value: Value) -> None:
        self.value = value
        self._recorder = recorder

    def __array_ufunc__(self, function: Any, method: str, *operands: Any, **options: Any) -> Any:
        if method != "__call__" or options or function.nout != 1:
            return NotImplemented
        return self._recorder.perform(function, operands)

    def __array_function__(self, function: Any, _: Any, operands: Any, options: Any) -> Any:
        if function is not np.where or options or len(operands) != 3:
            return NotImplemented
        return self._recorder.perform(function, operands)

    def __getitem__(self, index: Any) -> _StandIn:
        """Itself: the index ``()`` makes scalars of arrays without axes."""
        if index != ():
            raise UnrecordedError(f"expected elementwise operations; found the index {index!r}")
        return self

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise UnrecordedError("expected elementwise operations; found a conversion to an array")

    def __bool__(self) -> bool:
        raise UnrecordedError("expected the same operations for all values; found a branch")
