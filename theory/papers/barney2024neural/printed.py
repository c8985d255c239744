"""How the equations and claims of this paper are written down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from theory.papers.barney2024neural.letters import KEY
from theory.records import PrintedEquation, PrintedLine


def equation(number: int, section: str, latex: str, *lines: PrintedLine, **rest: Any) -> PrintedEquation:
    """One printed equation of this paper."""
    return PrintedEquation(paper=KEY, number=str(number), section=section, latex=latex, lines=lines, **rest)


def sides(number: int, section: str, left: str, right: str, only: PrintedLine, **rest: Any) -> PrintedEquation:
    """An equation with one line, printed as a left side with its sign, and a right side."""
    return equation(number, section, left + right, replace(only, fragment=right), **rest)


def line(label: str, statement: Any, *derived: Any, relation: str = "equal", **rest: Any) -> PrintedLine:
    """One line of a printed equation, with the names of derived results in it."""
    return PrintedLine(label=label, relation=relation, statement=statement, derived=derived, **rest)


def claim(place: str, text: str, *lines: PrintedLine, **rest: Any) -> PrintedEquation:
    """A sentence of the prose or of a caption; ``place`` is its section with a letter, as ``2.1a``."""
    given = {"latex": "", **rest}
    return PrintedEquation(paper=KEY, number=f"claim:{place}", section=place[:-1], text=text, lines=lines, **given)
