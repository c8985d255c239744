"""Branches of selections that are computed only where elements choose them.

The source computes every branch everywhere. Where one branch is long, such as a series about a point that most arrays
are far from, a block in which no element chooses it does not need its operations; and where few do, it is computed at
these alone. What stands in the other places is then not read by the selection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from numerics.lowering.elementwise.operations import Operation, Value
from numerics.lowering.elementwise.stages import Stage

FEWEST = 5
"""Operations of a branch below which asking whether it is chosen costs more than it saves."""
FEW = 4
"""One element in so many is few: taking them out and putting their values back costs as much as some operations."""
LONG = 1024
"""Elements below which a branch is computed at all of them."""
NOWHERE = np.empty(0, dtype=np.intp)
SINGLY, SCATTERED = 10, 64
"""One element in so many, or fewer, NumPy looks for singly, which takes longer where they are more than those."""


@dataclass(frozen=True)
class Guard:
    """When an operation is needed: where some element of a condition is as wanted; it leads to the value of a branch.

    Attributes
    ----------
    condition, value
        Their places.
    wanted
        What the condition is where the branch is chosen.
    """

    condition: int
    wanted: bool
    value: int


def few(condition: Any, wanted: bool, true: int) -> Any:
    """Where a condition, true so many times, is as wanted: the indices, if they are few or none; else None."""
    number = true if wanted else condition.size - true
    if number == 0:
        return NOWHERE
    if condition.ndim != 1 or condition.size < LONG or number * FEW > condition.size:
        return None
    return _indices(condition if wanted else ~condition, number)


def _indices(condition: Any, number: int) -> Any:
    if SINGLY * number < condition.size < SCATTERED * number:
        more = np.ones(condition.size // (SINGLY - 1) + 1, dtype=np.bool_)  # then it takes all elements in order
        return np.flatnonzero(np.concatenate((condition, more)))[:number]
    return np.flatnonzero(condition)


def taken(chosen: Any, n: int, values: Sequence[Any]) -> list[Any]:
    """The chosen elements of arrays of n, and numbers as they are."""
    return [v.take(chosen) if np.size(v) == n else v for v in values]


def put(out: Any, other: Any, chosen: Any, found: Any) -> None:
    """Fill an array with the values of one branch, but with those of the other where they are chosen."""
    if out is not other:
        np.copyto(out, other)
    if chosen.size:
        out[chosen] = found


def apart(stage: Stage) -> tuple[Stage, dict[int, Guard]]:
    """The stage with the operations of each long branch just before its selection, and their guards by place.

    Only operations whose warnings are ignored are taken apart: the others must be heard whatever is chosen.
    """
    guards: dict[int, Guard] = {}
    before: dict[int, list[int]] = {}
    for place, operation in reversed(list(stage.operations.items())):
        if operation.function is np.where and place not in guards:
            found = _guarded(stage, place, operation, guards)
            before[place] = sorted(found, key=lambda p: (found[p].wanted, p))  # one branch, then the other
            guards |= found
    order: list[int] = []
    for place in stage.operations:
        if place not in guards:
            order += [*before.get(place, ()), place]
    return replace(stage, operations={place: stage.operations[place] for place in order}), guards


def _guarded(stage: Stage, selection: int, operation: Operation, taken: Mapping[int, Guard]) -> dict[int, Guard]:
    condition, *branches = operation.operands
    if not isinstance(condition, Value):
        return {}
    found: dict[int, Guard] = {}
    for branch, wanted in zip(branches, (True, False), strict=True):
        if not isinstance(branch, Value):
            continue
        own = _own(stage, selection, branch.place)
        if len(own) >= FEWEST and own.isdisjoint(taken) and all(stage.operations[p].is_quiet for p in own):
            found |= dict.fromkeys(own, Guard(condition.place, wanted, branch.place))
    return found


def _own(stage: Stage, selection: int, branch: int) -> set[int]:
    """Operations that nothing but one branch of a selection needs."""
    readers: dict[int, set[int]] = {}
    for place, operation in stage.operations.items():
        for value in operation.values:
            readers.setdefault(value.place, set()).add(place)
    own: set[int] = set()
    for place in reversed(list(stage.operations)):
        of_branch = readers.get(place) == {selection} if place == branch else readers.get(place, {selection}) <= own
        if of_branch and place not in stage.outputs and place != selection:
            own.add(place)
    return own if branch in own else set()
