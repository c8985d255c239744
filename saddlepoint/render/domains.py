"""The sets that most claims of a derivation share, told once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from derivations.engine.report import DerivationReport
from theory.domain import Domain
from theory.statements import Statement


def common_domain(report: DerivationReport) -> Domain | None:
    """The sets that at least half of the claims have; None if there is none."""
    statements = [s.step.statement for s in report.steps]
    domains = [s.domain for s in statements if isinstance(s, Statement)]
    counts: Counter[Any] = Counter(item for domain in domains for item in domain.sets.items())
    shared = {name: chosen for (name, chosen), n in counts.items() if 2 * n >= len(domains)}
    closed = {name: chosen for name, chosen in shared.items() if not chosen.free_symbols - shared.keys()}
    return Domain(closed) if closed else None
