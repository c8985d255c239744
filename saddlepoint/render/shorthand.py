"""Short names within one document: equation numbers, symbols for earlier results, labels of postulates."""

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.step import Step
from theory.printing import expression_text
from theory.statements import Expansion, Postulate

REPEATED = 40
"""Results with fewer characters of text are repeated, longer ones abbreviated."""


class Shorthand:
    """Numbers the equations of a derivation and remembers what later ones abbreviate.

    Parameters
    ----------
    steps
        The steps in order.
    """

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.numbered = tuple(s for s in steps if not isinstance(s.statement, Postulate))
        self._numbers = {id(step): n for n, step in enumerate(self.numbered, 1)}
        self.symbols: dict[Any, Any] = {}
        self.postulates: list[str] = []

    def number(self, step: Step) -> int:
        """The number of a step's equation."""
        return self._numbers[id(step)]

    def references(self, steps: tuple[Step, ...]) -> tuple[str, ...]:
        """The equations of some steps, for running text; postulates have none."""
        return tuple(f"[[eq:{self.number(s)}]]" for s in dict.fromkeys(steps) if id(s) in self._numbers)

    def name(self, step: Step) -> Any:
        """The symbol of a step's result."""
        return step.defines if step.defines is not None else sp.Symbol(rf"\mathcal{{R}}_{{{self.number(step)}}}")

    def remember(self, step: Step) -> None:
        """Let later equations show a symbol for this result."""
        result = step.result
        if not isinstance(result, sp.Expr) or result.is_Atom or len(expression_text(result)) < REPEATED:
            return
        if isinstance(step.defines, sp.Symbol) or (step.defines is None and step.needs_verdict):
            self.symbols[result] = self.name(step)

    def introduce(self, postulate: Postulate) -> str:
        """The label of a postulate that the reader meets for the first time."""
        self.postulates.append(postulate.name)
        return f"P{len(self.postulates)}"

    def met(self, postulate: Postulate) -> bool:
        """Whether the reader knows the postulate."""
        return postulate.name in self.postulates

    def labels(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """What a result rests on: labels of postulates, numbers of expansions."""
        expansions = {
            f"expansion: {s.name}": f"[[eq:{self.number(s)}]]"
            for s in self.numbered
            if isinstance(s.statement, Expansion)
        }
        known = {name: f"P{n}" for n, name in enumerate(self.postulates, 1)}
        return tuple({**known, **expansions}.get(name, name) for name in names)
