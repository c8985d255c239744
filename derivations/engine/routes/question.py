"""What a route that is only shown is asked: equations or an inequality on a domain, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.engine.evidence import Evidence
from derivations.engine.routes.enclosed import Pairs, Source
from theory.domain import Assignment, Domain


@dataclass(frozen=True, kw_only=True)
class Question:
    """Pairs of sides, the relation between them, and the evidence that counts.

    Attributes
    ----------
    pairs
        Both sides as expressions; none where they are known at points only.
    source
        What gives the sides at a point.
    relation
        ``=``, or that of an inequality.
    found
        What the routes that are counted have found.
    deadline
        Of ``time.perf_counter``.
    """

    pairs: Pairs
    source: Source
    domain: Domain
    claim: str
    found: tuple[Evidence, ...]
    deadline: float
    seed: int
    relation: str = "="

    def at(self, point: Assignment) -> Pairs:
        """Both sides of everything, at a point."""
        return self.source(point) if callable(self.source) else self.source
