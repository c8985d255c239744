"""The operations of a function in stages, so that what depends on some axes alone is not computed along the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from numerics.lowering.elementwise.operations import Operation
from numerics.lowering.elementwise.recording import Recording

Axes = frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Operations whose values vary along the same axes.

    Attributes
    ----------
    operations
        In order, each under the place of its value.
    inputs
        Places of the values that come from outside.
    outputs
        Places of the values that are wanted outside.
    axes
        Along which the values vary.
    """

    operations: Mapping[int, Operation]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    axes: Axes = frozenset()


def stages(recording: Recording, axes: Sequence[Axes]) -> tuple[Stage, ...]:
    """Stages in an order in which they can be computed.

    Parameters
    ----------
    recording
        The function.
    axes
        Of each argument: along which its values vary.
    """
    groups: dict[Axes, dict[int, Operation]] = {}
    of = dict(enumerate(axes))
    for place, operation in recording.operations.items():
        of[place] = frozenset[int]().union(*(of[value.place] for value in operation.values))
        groups.setdefault(of[place], {})[place] = operation
    wanted = set(recording.rows).union(*(_inputs(group) for group in groups.values()))
    return tuple(
        Stage(
            operations=groups[axes],
            inputs=_inputs(groups[axes]),
            outputs=tuple(place for place in groups[axes] if place in wanted),
            axes=axes,
        )
        # A value varies along all axes of those it is made of, so these come from stages with fewer axes.
        for axes in sorted(groups, key=len)
    )


def whole(recording: Recording) -> Stage:
    """All operations at once, for arguments of one shape; all arguments are inputs."""
    return Stage(
        operations=recording.operations, inputs=tuple(range(recording.n_arguments)), outputs=tuple(recording.rows)
    )


def _inputs(group: dict[int, Operation]) -> tuple[int, ...]:
    read = {value.place for operation in group.values() for value in operation.values}
    return tuple(sorted(read - group.keys()))
