"""Routes that are shown beside the others and counted in no verdict."""

from __future__ import annotations

from collections.abc import Callable

from derivations.engine.evidence import Evidence
from derivations.engine.routes import two_quadratures
from derivations.engine.routes.question import Question
from derivations.engine.routes.second_systems import asked

ROUTES: tuple[Callable[[Question], tuple[Evidence, ...]], ...] = (two_quadratures.examine, asked.examine)
"""Each answers with evidence of a route in ``derivations.engine.evidence.SHOWN``, or with none."""


def with_shown(question: Question) -> tuple[Evidence, ...]:
    """The evidence that counts, and after it what these routes add."""
    return (*question.found, *(e for route in ROUTES for e in route(question)))
