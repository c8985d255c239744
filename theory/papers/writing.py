"""How the equations and claims of a paper are written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from theory.records import PrintedEquation, PrintedLine


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Makes the records of the paper that has this key."""

    key: str

    def equation(self, number: Any, section: str, latex: str, *lines: PrintedLine, **rest: Any) -> PrintedEquation:
        """One printed equation of this paper."""
        return PrintedEquation(paper=self.key, number=str(number), section=section, latex=latex, lines=lines, **rest)

    def sides(
        self, number: Any, section: str, left: str, right: str, only: PrintedLine, **rest: Any
    ) -> PrintedEquation:
        """An equation with one line, printed as a left side with its sign, and a right side."""
        return self.equation(number, section, left + right, replace(only, fragment=right), **rest)

    def claim(self, place: str, text: str, *lines: PrintedLine, **rest: Any) -> PrintedEquation:
        """A sentence of the prose or of a caption; ``place`` is its section with a letter, as ``2.1a``."""
        given = {"latex": "", **rest}
        return PrintedEquation(
            paper=self.key, number=f"claim:{place}", section=place[:-1], text=text, lines=lines, **given
        )


def line(label: str, statement: Any, *derived: Any, relation: str = "equal", **rest: Any) -> PrintedLine:
    """One line of a printed equation, with the names of derived results in it."""
    return PrintedLine(label=label, relation=relation, statement=statement, derived=derived, **rest)
