"""A result at a given number of layers, its sums written out."""

from __future__ import annotations

from typing import Any

from derivations.engine.rule import Inference, rule
from derivations.engine.step import Step
from theory.statements import Identity
from theory.sums import unroll


@rule("written out", "A sum over few terms is written term by term.")
def written_out(general: Step) -> Inference:
    """The result with each sum over a range of numbers as the sum of its terms, and brackets by their values.

    Raises
    ------
    ValueError
        If a sum runs over a range that is not known as a number.
    """
    result = unroll(general.result, lambda atom: atom)
    domain: Any = getattr(general.statement, "domain")  # noqa: B009
    return Inference(statement=Identity(general.result, result, domain.restricted(general.result)), result=result)
