"""A sequence of operations as one Python function of nothing but calls of ufuncs.

A call of a short array costs as much as its operations do, and these as much as finding and converting their operands:
so constants are arrays, and results go into arrays that are at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import Any

import numpy as np

from numerics.lowering.elementwise.branches import Guard, apart, few, put, taken
from numerics.lowering.elementwise.operations import Operand, Operation, Value
from numerics.lowering.elementwise.recording import Recording
from numerics.lowering.elementwise.registers import FLAG, REAL, named
from numerics.lowering.elementwise.results import Results
from numerics.lowering.elementwise.stages import Stage, whole
from numerics.lowering.elementwise.workspace import Workspace
from numerics.lowering.program import executed

INDENT = " "
NO_GUARDS: Mapping[int, Guard] = MappingProxyType({})
# NumPy deprecates handing the output to these by position, which elsewhere is faster.
BY_KEYWORD = (np.maximum, np.minimum)

Types = Mapping[int, np.dtype[Any]]


@dataclass(frozen=True, kw_only=True)
class InPlace:
    """A stage over arrays of one shape, written into arrays of that shape.

    Attributes
    ----------
    stage
        Its operations.
    call
        Called with the inputs, the outputs, and rows of the workspace.
    workspace
        For the values between.
    """

    stage: Stage
    call: Callable[..., None]
    workspace: Workspace


def in_place(stage: Stage, types: Types, kind: np.dtype[Any]) -> InPlace:
    """A stage, for values of these types and constants of one."""
    stage, guards = apart(stage)
    names = named(stage, types, into_operands=True)
    code = _Code(names=names | _in_outputs(stage, guards, names), kind=kind)
    reals, flags = code.registers(REAL), code.registers(FLAG)
    outside = [code.names[place] for place in (*stage.inputs, *stage.outputs)]
    code.known.update(count_nonzero=np.count_nonzero, few=few, taken=taken, put=put)
    body = code.lines(stage.operations, at_hand={*outside, *reals, *flags}, guards=guards, sparsely=True)
    call = code.function([*outside, *reals, *flags], [*body, "pass"])
    workspace = Workspace(n_reals=len(reals), n_flags=len(flags), n_others=len(outside), kind=kind)
    return InPlace(stage=stage, call=call, workspace=workspace)


def _in_outputs(stage: Stage, guards: Mapping[int, Guard], names: Mapping[int, str]) -> dict[int, str]:
    """Names of the values of last branches that are computed where their selections are wanted."""
    last = {place: operation.operands[-1] for place, operation in stage.operations.items() if place in stage.outputs}
    return {
        value.place: names[place]
        for place, value in last.items()
        if isinstance(value, Value) and value.place in guards and guards[value.place].value == value.place
        and stage.operations[place].function is np.where
    }  # fmt: skip


def direct(
    recording: Recording, types: Types, kind: np.dtype[Any], longest: int, otherwise: Callable[..., Any]
) -> Callable[..., Any]:
    """A recording as a function of a tuple of arrays: of one shape, with axes, of this type, and no longer than that.

    What it does with any others is to call the last argument.
    """
    stage, guards = apart(whole(recording))
    # NumPy takes twice the time where an array of one element is both operand and output.
    code = _Code(names=named(stage, types, into_operands=False), kind=kind)
    arguments = [code.names[place] for place in stage.inputs]
    code.known.update(ndarray=np.ndarray, kind=kind, otherwise=otherwise, Results=Results, recording=recording)
    lines = code.lines(
        stage.operations,
        at_hand={code.names[place] for place in stage.outputs} if recording.shape else set(),
        guards=guards,
    )
    return code.function(
        ["values"],
        [
            f"{', '.join(arguments)}, = values",
            f"if {_alike(arguments)} and {arguments[0]}.size <= {longest}:",
            *(INDENT + line for line in (_around(lines, recording, code.names))),
            "return otherwise(values)",
        ],
    )


def _around(lines: list[str], recording: Recording, names: Mapping[int, str]) -> list[str]:
    """The lines of a function, and what comes before and after them."""
    if not recording.shape:
        (place,) = recording.rows
        return [*lines, f"return {names[place]}"]
    written = {row: names[place] for place, row in recording.rows.items()}
    rows = ", ".join(written.get(row, "_") for row in range(len(recording.results)))
    before = ["results = Results(recording, v0.shape, kind)", f"{rows}, = results.rows"]
    return [*before, *lines, "return results.finished(values)"]


def _alike(arguments: Sequence[str]) -> str:
    classes = " is ".join([*(f"type({a})" for a in arguments), "ndarray"])
    kinds = " is ".join([*(f"{a}.dtype" for a in arguments), "kind"])
    shapes = " == ".join(f"{a}.shape" for a in arguments)
    return f"{classes} and {kinds} and {shapes} != ()"


@dataclass(kw_only=True)
class _Code:
    """Text in which there is no name but of ufuncs, places, registers and constants; and what these names stand for."""

    names: Mapping[int, str]
    kind: np.dtype[Any]
    counted: frozenset[int] = frozenset()
    known: dict[str, Any] = field(default_factory=lambda: {"errstate": np.errstate, "copyto": np.copyto, "type": type})

    def registers(self, letter: str) -> list[str]:
        return sorted({name for name in self.names.values() if name.startswith(letter)})

    def lines(
        self,
        operations: Mapping[int, Operation],
        *,
        at_hand: set[str],
        guards: Mapping[int, Guard] = NO_GUARDS,
        sparsely: bool = False,
    ) -> list[str]:
        """One line an operation; what is at hand is filled, anything else is made.

        A branch that few elements choose is computed at these alone, if that is wanted.
        """
        lines = []
        for is_quiet, group in groupby(operations.items(), lambda item: item[1].is_quiet):
            lines += ['with errstate(all="ignore"):'] if is_quiet else []
            for guard, items in groupby(group, lambda item: guards.get(item[0])):
                branch = dict(items)
                depth = is_quiet + (guard is not None)
                if guard is not None:
                    lines += [INDENT * is_quiet + text for text in self._test(guard, sparsely)]
                new: dict[str, None] = {}
                for place, operation in branch.items():
                    name = self.names[place]
                    written = self._written(operation, name, name in at_hand, guards if sparsely else NO_GUARDS)
                    lines += [INDENT * depth + text for text in written]
                    new |= {} if name in at_hand else {name: None}
                    at_hand.add(name)
                if guard is not None and sparsely:
                    lines.append(INDENT * is_quiet + self._at_few(guard, branch))
                elif guard is not None and new:  # names must stand for something, which is then not chosen
                    lines.append(INDENT * is_quiet + f"else: {' = '.join(new)} = {self.names[guard.condition]}")
                    at_hand -= new.keys()
        return lines

    def _test(self, guard: Guard, sparsely: bool) -> list[str]:
        name = self.names[guard.condition]
        if sparsely:
            counted, self.counted = guard.condition in self.counted, self.counted | {guard.condition}
            true = f"true{guard.condition}"
            return [
                *([] if counted else [f"{true} = count_nonzero({name})"]),
                f"chosen{guard.value} = few({name}, {guard.wanted}, {true})",
                f"if chosen{guard.value} is None:",
            ]
        self.known.update(any_of=np.logical_or.reduce, all_of=np.logical_and.reduce)  # np.any takes thrice the time
        return [f"if any_of({name}, None):" if guard.wanted else f"if not all_of({name}, None):"]

    def _at_few(self, guard: Guard, branch: Mapping[int, Operation]) -> str:
        """A line that computes a branch where it is chosen, by a function of its own."""
        inputs = {self.names[v.place]: None for o in branch.values() for v in o.values if v.place not in branch}
        body = [self._line(operation, self.names[place], False) for place, operation in branch.items()]
        place, n = guard.value, f"{self.names[guard.condition]}.size"
        self.known[f"branch{place}"] = self.function(list(inputs), [*body, f"return {self.names[place]}"])
        taken = f"taken(chosen{place}, {n}, ({', '.join(inputs)},))"
        return f"elif chosen{place}.size: found{place} = branch{place}(*{taken})"

    def _written(self, operation: Operation, name: str, is_at_hand: bool, guards: Mapping[int, Guard]) -> list[str]:
        """An operation; where it selects, elements of a branch that few choose are put among those of the other."""
        line = self._line(operation, name, is_at_hand)
        if operation.function is not np.where:
            return [line]
        branches = operation.operands[1:]
        tests = [
            f"if chosen{own.place} is not None: put({name}, {self._text(other)}, chosen{own.place}, "
            f"found{own.place} if chosen{own.place}.size else None)"
            for own, other in zip(branches, reversed(branches), strict=True)
            if isinstance(own, Value) and own.place in guards and guards[own.place].value == own.place
        ]
        return ["el" * (k > 0) + test for k, test in enumerate(tests)] + ["else: " * bool(tests) + line]

    def function(self, arguments: Sequence[str], body: Sequence[str]) -> Callable[..., Any]:
        text = "\n".join([f"def lowered({', '.join(arguments)}):", *(INDENT + line for line in body)])
        return executed(text, self.known)

    def _line(self, operation: Operation, name: str, is_at_hand: bool) -> str:
        function = operation.function.__name__
        self.known[function] = operation.function
        operands = ", ".join(map(self._text, operation.operands))
        if operation.function is np.where:  # it always makes an array; that may take the place of a register
            is_output = is_at_hand and name.startswith("v")
            return f"copyto({name}, where({operands}))" if is_output else f"{name} = where({operands})"
        if not is_at_hand:
            return f"{name} = {function}({operands})"
        return f"{function}({operands}, {'out=' if operation.function in BY_KEYWORD else ''}{name})"

    def _text(self, operand: Operand) -> str:
        if isinstance(operand, Value):
            return self.names[operand.place]
        name = f"c{len(self.known)}"
        self.known[name] = np.array(operand, dtype=None if isinstance(operand, bool) else self.kind)
        return name
