"""The JSON document of a self-test."""

from __future__ import annotations

from typing import Any

from derivations.grading.grade import Grade
from derivations.grading.marks import by_family, marks_of
from saddlepoint.strict_json import row


def answer_of(grades: list[Grade], *, scale: str, seed: int) -> dict[str, Any]:
    """The counts as a whole and by family, and every grade."""
    families = [{"family": name, **marks.to_json()} for name, marks in by_family(grades).items()]
    claims = [grade.to_json() for grade in grades]
    return row({"scale": scale, "seed": seed, **marks_of(grades).to_json(), "families": families, "claims": claims})
