"""Positive definiteness is compared with its condition at points on both sides of it."""

from __future__ import annotations

import time

from derivations.engine.claims import claim_hash
from derivations.engine.equations import BALL_SECONDS
from derivations.engine.evidence import Evidence
from derivations.engine.routes import definite
from theory.statements import PositiveDefinite


def examine(statement: PositiveDefinite, deadline: float, seed: int) -> tuple[Evidence, ...]:
    """The evidence of leading minors."""
    limit = min(deadline, time.perf_counter() + BALL_SECONDS)
    return (definite.examine(statement, claim_hash(statement), limit, seed),)
