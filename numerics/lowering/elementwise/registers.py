"""Names for the values of a stage, so few that a name is taken again once its value is no longer needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from numerics.lowering.elementwise.stages import Stage

REAL, FLAG = "r", "f"


def named(stage: Stage, types: Mapping[int, np.dtype[Any]], *, into_operands: bool) -> dict[int, str]:
    """A name for each value of a stage, by its place.

    Parameters
    ----------
    stage
        The operations.
    types
        Of all values: truth values have registers of their own.
    into_operands
        Whether an operation may have the register of an operand that it is the last to read.

    Returns
    -------
    Inputs and outputs are ``v`` and their place; registers are ``r0``, ``r1`` and so on, those of truth values ``f0``.
    """
    names = {place: f"v{place}" for place in (*stage.inputs, *stage.outputs)}
    last = {value.place: place for place, operation in stage.operations.items() for value in operation.values}
    registers = {REAL: _Registers(letter=REAL), FLAG: _Registers(letter=FLAG)}
    for place, operation in stage.operations.items():
        read = {names[v.place]: None for v in operation.values if last[v.place] == place}
        no_longer_needed = [name for name in read if not name.startswith("v")]
        if place not in names and not into_operands:
            names[place] = registers[FLAG if types[place] == np.bool_ else REAL].take()
        for name in no_longer_needed:
            registers[name[0]].free.append(name)
        if place not in names:
            names[place] = registers[FLAG if types[place] == np.bool_ else REAL].take()
    return names


@dataclass(kw_only=True)
class _Registers:
    letter: str
    n_made: int = 0
    free: list[str] = field(default_factory=list)

    def take(self) -> str:
        if self.free:
            return self.free.pop()
        self.n_made += 1
        return f"{self.letter}{self.n_made - 1}"
