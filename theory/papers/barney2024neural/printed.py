"""How the equations and claims of this paper are written down."""

from __future__ import annotations

from theory.papers.barney2024neural.letters import KEY
from theory.papers.writing import Writer
from theory.papers.writing import line as line

_PAPER = Writer(key=KEY)
equation, sides, claim = _PAPER.equation, _PAPER.sides, _PAPER.claim
