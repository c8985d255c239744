"""A refuted printed line: a misprint if one small correction of it is verified, false otherwise."""

from __future__ import annotations

import random
import time
from itertools import islice

from derivations.engine.report import StepReport
from derivations.engine.routes import enclosed
from derivations.engine.routes.enclosures.balls import UnknownError
from derivations.engine.routes.enclosures.points import TooLargeError
from derivations.engine.routes.sampling import points
from derivations.engine.verdict import Verdict, weakest
from derivations.judging.bench import Bench
from derivations.judging.closing import Closed
from derivations.judging.edits import edited_statements, printed_part
from derivations.judging.rows import LineJudgement, below_each_other
from theory.domain import Assignment
from theory.printing import expression_latex, statement_latex
from theory.records import PrintedLine
from theory.statements import Identity, Statement

CORRECTION_SECONDS = 10.0
"""How long corrections of one wrong line are looked for."""
CANDIDATE_SECONDS = 10.0
"""How long one correction is examined."""
CORRECTING = ("proved", "enclosed", "enumerated")
"""What a corrected statement must be."""
SCREENS = 4
"""At how many points a correction is looked at before it is verified."""


def misprinted(
    line: PrintedLine, statement: Statement, literal: Verdict, rests_on: tuple[str, ...], bench: Bench
) -> LineJudgement | None:
    """One local correction of the printed statement, or of a reading of it, that is then verified."""
    deadline = time.perf_counter() + CORRECTION_SECONDS
    for printed in (*(reading.statement for reading in line.readings), statement):
        for text, edited in edited_statements(printed):
            if time.perf_counter() > deadline:
                return None
            closed = bench.closed(edited, line.derived)
            if not _survives(closed.statement, bench.seed):
                continue
            found = bench.verdict(closed.statement, CANDIDATE_SECONDS)
            if found.status in CORRECTING:
                return LineJudgement(
                    label=line.label,
                    verdict="misprint",
                    status=literal.status,
                    corrected=statement_latex(edited),
                    corrected_statement=edited,
                    correction=expression_latex(printed_part(edited)),
                    corrected_status=weakest([found.status, *(s.inherited for s in closed.steps)]),
                    counterexample=literal.counterexample,
                    reason=f"holds with {text}",
                    rests_on=rests_on,
                )
    return None


def _survives(statement: Statement, seed: int) -> bool:
    """Whether a corrected identity agrees at a few points: a quick look before it is verified."""
    if not isinstance(statement, Identity):
        return True
    screen = islice(points(statement.domain, random.Random(seed)), SCREENS)
    outcomes = [_outcome(statement, point) for point in screen]
    return "agrees" in outcomes and set(outcomes) <= {"agrees", "skipped"}


def _outcome(statement: Identity, point: Assignment) -> str:
    try:
        return enclosed.read(statement.left, statement.right, point).outcome
    except TooLargeError:
        return "skipped"
    except (UnknownError, ValueError, ZeroDivisionError):
        return "unknown"


def false(
    line: PrintedLine, closed: Closed, verdict: Verdict, rests_on: tuple[str, ...], bench: Bench
) -> LineJudgement:
    """No correction was found: the true statement is the derivation's own."""
    sources = closed.steps or bench.serving_steps
    true = [_true_statement(s) for s in sources]
    return LineJudgement(
        label=line.label,
        verdict="false",
        status=verdict.status,
        corrected=below_each_other(true) if true else None,
        counterexample=verdict.counterexample,
        corrected_status=weakest(s.inherited for s in sources) if sources else None,
        reason=f"fails {verdict.counterexample}",
        rests_on=rests_on,
    )


def _true_statement(found: StepReport) -> str:
    if found.step.defines is None:
        return statement_latex(found.step.statement)
    return f"{expression_latex(found.step.defines)} = {expression_latex(found.step.result)}"
