"""What a run found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from derivations.engine.report import DerivationReport
from saddlepoint.checking import status_of


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything a run computed.

    Attributes
    ----------
    reports
        The derivations with their verdicts.
    ledger
        Rows of the ledger, all papers.
    comparisons
        Theory against networks.
    provenance
        Versions, host, time, seed and scale.
    seconds
        Time of the whole run.
    """

    reports: tuple[DerivationReport, ...]
    ledger: tuple[dict[str, Any], ...]
    comparisons: tuple[Any, ...]
    provenance: dict[str, Any]
    seconds: float

    @property
    def stands(self) -> bool:
        """Whether every derivation holds and every comparison agrees; the ledger's verdicts are findings."""
        return all(r.stands for r in self.reports) and all(status_of(c) == "measured" for c in self.comparisons)
