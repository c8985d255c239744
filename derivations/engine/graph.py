"""A directed acyclic graph of steps from premises to named results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from derivations.display.html import chain_html
from derivations.display.plain import chain_text
from derivations.engine.step import Step


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Where a derivation's subject was published."""

    key: str
    citation: str


class StepGraph:
    """Named steps in the order in which they were taken.

    Parameters
    ----------
    identifier
        Name in the catalogue and on the command line.
    title, introduction
        For the reader.
    references
        Sources, the papers first.
    conventions
        Sentences that fix signs, normalizations and units.
    """

    def __init__(
        self,
        identifier: str,
        *,
        title: str = "",
        introduction: str = "",
        references: tuple[Reference, ...] = (),
        conventions: tuple[str, ...] = (),
    ) -> None:
        self.identifier, self.title, self.introduction = identifier, title or identifier, introduction
        self.references, self.conventions = references, conventions
        self.steps: list[Step] = []

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __getitem__(self, name: str) -> Step:
        for step in self.steps:
            if step.name == name:
                return step
        known = ", ".join(s.name for s in self.steps) or "none yet"
        raise KeyError(f"{self.identifier} has no step {name!r}; it has {known}")

    def append(self, name: str, **parts: Any) -> Step:
        """Append a step; one without a name is numbered.

        Raises
        ------
        ValueError
            If the name is taken.
        TypeError
            If a parent is no step.
        """
        name = name or f"step-{len(self.steps) + 1}"
        if any(s.name == name for s in self.steps):
            raise ValueError(f"{self.identifier} already has a step {name!r}; give this one another name")
        strangers = [p for p in parts.get("parents", ()) if not isinstance(p, Step)]
        if strangers:
            raise TypeError(f"parents must be steps of a derivation, as d.so(...) returns them; found {strangers}")
        step = Step(name=name, **parts)
        self.steps.append(step)
        return step

    @property
    def stated_steps(self) -> int:
        """Number of steps typed in rather than computed."""
        return sum(step.stated for step in self.steps)

    def ancestors(self, step: Step) -> tuple[Step, ...]:
        """Every step a result rests on, itself included, premises first."""
        return step.ancestors()

    def rests_on(self, step: Step) -> tuple[str, ...]:
        """The postulates, premises and expansions under a result, by name."""
        return step.rests_on

    def __repr__(self) -> str:
        return chain_text(self.title, self.steps)

    def _repr_html_(self) -> str:
        return chain_html(self.title, self.steps)
