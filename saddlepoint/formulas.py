"""A user's formula: its claims, their verdicts, and what they amount to together."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from derivations import verify
from derivations.engine.verdict import HOLDING, Verdict, weakest
from saddlepoint.strict_json import row
from saddlepoint.time_limit import OutOfTimeError, time_limit
from theory.notation import NotationError, concerning, read_claims, read_domain
from theory.printing import statement_latex, statement_text
from theory.statements import LimitStatement, Statement

READING_SECONDS = 20.0
_WHERE = re.compile(r"\bwhere\b")


@dataclass(frozen=True, kw_only=True)
class Formula:
    """A formula as it was written, with the claims it makes.

    Attributes
    ----------
    text, where
        The formula and its conditions, as they were written.
    claims
        One for each sign of a chain, one for each side of a limit.
    line
        Its line in a file, or None.
    """

    text: str
    where: str
    claims: tuple[Statement, ...]
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class FormulaReport:
    """A formula with the verdict on each of its claims."""

    formula: Formula
    verdicts: tuple[Verdict, ...]
    seconds: float

    @property
    def status(self) -> str:
        """The weakest of its claims."""
        return weakest(v.status for v in self.verdicts)

    @property
    def holds(self) -> bool:
        """Whether every claim was found to hold."""
        return self.status in HOLDING

    @property
    def deciding(self) -> Verdict:
        """The verdict of the weakest claim, the first of them."""
        return next(v for v in self.verdicts if v.status == self.status)

    def to_json(self) -> dict[str, Any]:
        """The row of the answer; ``left`` and ``right`` are the values of both sides at the counterexample."""
        found, repair = self.deciding.counterexample, self.deciding.repair
        position = {} if self.formula.line is None else {"line": self.formula.line}
        return row(
            {
                **position,
                "equation": self.formula.text,
                "where": self.formula.where,
                "status": self.status,
                "counterexample": found,
                "left": found.left if found else None,
                "right": found.right if found else None,
                "repair": repair.text if repair else None,
                "repaired": statement_text(repair.statement) if repair else None,
                "reason": self.deciding.reason or None,
                "evidence": [e for v in self.verdicts for e in v.evidence],
                "claims": [
                    {"claim": statement_text(s), "claim_latex": statement_latex(s), "status": v.status}
                    for s, v in zip(self.formula.claims, self.verdicts, strict=True)
                ],
                "seconds": self.seconds,
            }
        )


def read_formula(text: str, *conditions: str, line: int | None = None) -> Formula:
    """A formula, which may carry conditions of its own: ``FORMULA where CONDITIONS``.

    Raises
    ------
    theory.notation.NotationError
        At the character where it cannot be read.
    """
    formula, own = split_where(text)
    texts = tuple(c for c in (*conditions, own) if c.strip())
    try:
        with time_limit(READING_SECONDS):
            claims = tuple(map(_alone, read_claims(formula, read_domain(*texts))))
    except OutOfTimeError:
        problem = f"this took more than {READING_SECONDS:g} s to read; write its large numbers with symbols"
        raise NotationError(problem, text, 0) from None
    where = ", ".join(c.strip() for c in texts)
    return Formula(text=formula.strip(), where=where, claims=claims, line=line)


def _alone(claim: Statement) -> Statement:
    """The claim over the symbols that it is about: those of other lines would only stand in its counterexample."""
    place = (claim.point,) if isinstance(claim, LimitStatement) else ()
    return claim.replaced(domain=concerning(claim.domain, *claim.expressions(), *place))


def split_where(text: str) -> tuple[str, str]:
    """The text before the word `where` and what follows it, both at their places in the line."""
    found = _WHERE.search(text)
    return (text[: found.start()], " " * found.end() + text[found.end() :]) if found else (text, "")


def examine(formula: Formula, *, timeout: float, seed: int, fresh: bool = False) -> FormulaReport:
    """Verify every claim of a formula; ``fresh`` asks for no remembered verdict."""
    start = time.perf_counter()
    verdicts = tuple(verify(s, timeout=timeout, seed=seed, fresh=fresh) for s in formula.claims)
    return FormulaReport(formula=formula, verdicts=verdicts, seconds=time.perf_counter() - start)
