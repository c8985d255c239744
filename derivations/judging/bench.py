"""What a printed line is judged with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from derivations.engine.claims import claim_hash
from derivations.engine.report import StepReport
from derivations.engine.verdict import Verdict
from derivations.engine.verify import verify
from derivations.judging.closing import Closed, Results
from theory.statements import Statement


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What a line is judged with: the derivation that serves its equation, and the engine's limits."""

    results: Results
    serving: str
    timeout: float = 30.0
    seed: int = 0

    def verdict(self, statement: Statement, timeout: float = float("inf")) -> Verdict:
        """The engine's verdict on a closed claim; taken over where a step of the derivation makes the same claim."""
        own = self.results.verdicts.get(claim_hash(statement))
        return own or _verified(statement, min(timeout, self.timeout), self.seed)

    def closed(self, statement: Statement, names: tuple[sp.Expr, ...]) -> Closed:
        """A printed claim with derived results in place of their names."""
        return self.results.closed(statement, names, serving=self.serving)

    @property
    def serving_steps(self) -> tuple[StepReport, ...]:
        """The steps that serve the equation."""
        return tuple(s for s in self.results.report.steps if self.serving in s.step.serves)


@lru_cache(maxsize=4096)
def _verified(statement: Statement, timeout: float, seed: int) -> Verdict:
    """A claim is examined once in a process."""
    return verify(statement, timeout=timeout, seed=seed)
