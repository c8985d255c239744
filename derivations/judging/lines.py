"""The verdict on one printed line, from what the engine finds about its closed claim."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from derivations.engine.report import StepReport
from derivations.engine.verdict import HOLDING, STATUSES, Verdict, weakest
from derivations.judging.ansatz import invariance
from derivations.judging.bench import Bench
from derivations.judging.cases import left_out
from derivations.judging.closing import Closed, MissingResultError, head, names_alike
from derivations.judging.corrections import false, misprinted
from derivations.judging.edits import printed_part
from derivations.judging.rows import LineJudgement
from theory.printing import expression_latex, statement_latex
from theory.records import PrintedLine, Reading
from theory.statements import Definition, Expansion, Identity, Inequality, Statement

INFINITIES = (sp.oo, -sp.oo)


def judged(line: PrintedLine, bench: Bench) -> LineJudgement:
    """The verdict on a line; a line that cannot be stated or closed is open."""
    try:
        if line.statement is None:
            return LineJudgement(label=line.label, verdict="open", status="unchecked", reason=line.note)
        if isinstance(line.statement, Definition):
            return _named(line, line.statement, bench)
        return _claimed(line, line.statement, bench)
    except MissingResultError as error:
        return LineJudgement(label=line.label, verdict="open", status="unchecked", reason=str(error.args[0]))


def _named(line: PrintedLine, definition: Definition, bench: Bench) -> LineJudgement:
    """A definition or an ansatz, compared with the derivation's own where it has one."""
    own = [s for s in bench.serving_steps if names_alike(s.step.defines, definition.symbol)]
    if line.domain is None or not own:
        condition = left_out(definition) or None
        return LineJudgement(label=line.label, verdict="definition", condition=condition, reason=line.note)
    domain = line.domain.extended({head(definition.symbol): (-sp.oo, sp.oo)})
    claim = Identity(definition.symbol, definition.expression, domain)
    compared = _claimed(replace(line, relation="equal", statement=claim, derived=(definition.symbol,)), claim, bench)
    if line.relation == "ansatz":
        return _ansatz(definition, compared, bench, own[0])
    if compared.verdict == "holds":
        return replace(compared, verdict="definition", status=None, reason=line.note)
    if compared.verdict == "false":
        reason = "the derivation takes another definition, and no single correction leads to it"
        return replace(compared, verdict="open", reason=reason)
    return compared


def _ansatz(definition: Definition, compared: LineJudgement, bench: Bench, own: StepReport) -> LineJudgement:
    """An ansatz holds if it is the derivation's own and the general matrix that permutations of replicas leave."""
    children = (s.step for s in bench.results.report.steps if own.step in s.step.parents)
    assumed = tuple(dict.fromkeys(p.name for child in children for p in child.postulates))
    compared = replace(compared, rests_on=tuple(dict.fromkeys((*compared.rests_on, *assumed))))
    if compared.verdict != "holds":
        return compared
    first, second = definition.symbol.indices[-2:]
    found = Verdict(evidence=(invariance(definition, (first, second)),))
    if found.holds is None:
        return replace(compared, verdict="open", status=found.status, reason=found.reason)
    if found.holds is False:
        return replace(compared, verdict="false", status="refuted", counterexample=found.counterexample)
    sizes = ", ".join(found.evidence[0].instances)
    reason = f"the general matrix that no permutation of the replicas changes ({sizes})"
    return replace(compared, status=weakest([str(compared.status), found.status]), reason=reason)


def _claimed(line: PrintedLine, statement: Statement, bench: Bench) -> LineJudgement:
    closed = bench.closed(statement, line.derived)
    verdict = bench.verdict(closed.statement)
    rests_on = _rests_on(line, bench, closed)
    if verdict.holds:
        return _holding(line, closed, verdict, rests_on, bench)
    if verdict.holds is None:
        return LineJudgement(
            label=line.label, verdict="open", status=verdict.status, reason=verdict.reason, rests_on=rests_on
        )
    found = (
        _under_a_reading(line, verdict, rests_on, bench)
        or misprinted(line, statement, verdict, rests_on, bench)
        or false(line, closed, verdict, rests_on, bench)
    )
    return _accused_with_proof(found, verdict)


def _accused_with_proof(found: LineJudgement, literal: Verdict) -> LineJudgement:
    """An accusation stands only beside a true statement that is verified; otherwise the line is open."""
    if found.verdict not in ("misprint", "false") or found.corrected_status in (None, *HOLDING):
        return found
    reason = f"as it stands it fails {literal.counterexample}, but what would hold instead is {found.corrected_status}"
    return LineJudgement(
        label=found.label, verdict="open", status=literal.status, reason=reason, rests_on=found.rests_on
    )


def _holding(
    line: PrintedLine, closed: Closed, verdict: Verdict, rests_on: tuple[str, ...], bench: Bench
) -> LineJudgement:
    """A claim that was verified; it inherits from the steps whose results stand in it."""
    status = weakest([verdict.status, *(s.inherited for s in closed.steps)])
    word, reason = "holds", line.note
    if status not in HOLDING:
        weak = min(closed.steps, key=lambda s: STATUSES.index(s.inherited))
        word, reason = "open", f"the derived result it is compared with, {weak.step.name}, is {status}"
    elif status == "measured":
        word = "empirical"
    elif line.relation == "approximate":
        word, reason = "approximation", "; ".join(filter(None, (line.note, _orders(closed, bench))))
    return LineJudgement(label=line.label, verdict=word, status=status, reason=reason, rests_on=rests_on)


def _under_a_reading(
    line: PrintedLine, literal: Verdict, rests_on: tuple[str, ...], bench: Bench
) -> LineJudgement | None:
    """The first reading under which the line holds; open where one, or the derivation behind it, is not decided."""
    undecided = ""
    for reading in line.readings:
        closed = bench.closed(reading.statement, line.derived)
        verdict = bench.verdict(closed.statement)
        if verdict.holds:
            found = _holding(line, closed, verdict, rests_on, bench)
            return replace(found, **_told(reading, literal, found.status)) if found.status in HOLDING else found
        if verdict.holds is None:
            undecided = undecided or f"whether it holds under a {reading.kind} ({reading.text}) is {verdict.status}"
    if not undecided:
        return None
    return LineJudgement(label=line.label, verdict="open", status="inconclusive", reason=undecided, rests_on=rests_on)


def _told(reading: Reading, literal: Verdict, status: str | None) -> dict[str, Any]:
    if reading.kind == "condition":
        return {"verdict": "holds if", "condition": reading.text, "counterexample": literal.counterexample}
    if reading.kind == "correction":
        return {
            "verdict": "misprint",
            "status": literal.status,
            "corrected": statement_latex(reading.statement),
            "corrected_statement": reading.statement,
            "correction": expression_latex(printed_part(reading.statement)),
            "corrected_status": status,
            "counterexample": literal.counterexample,
            "reason": f"holds with {reading.text}",
        }
    return {"verdict": "convention", "reason": f"{reading.text} Read literally it fails {literal.counterexample}."}


def _rests_on(line: PrintedLine, bench: Bench, closed: Closed) -> tuple[str, ...]:
    names = (name for s in (*bench.serving_steps, *closed.steps) for name in s.rests_on)
    return tuple(dict.fromkeys((*names, *line.assumes)))


def _orders(closed: Closed, bench: Bench) -> str:
    """Orders and remainders of the expansions under the derived result, and bounds that serve the equation."""
    derivation = bench.results.report.derivation
    nodes = dict.fromkeys(n for s in closed.steps for n in derivation.ancestors(s.step))
    told = (
        f"{n.name}: remainder {_order(n.statement)}" + (f", {n.remark}" if n.remark else "")
        for n in nodes
        if isinstance(n.statement, Expansion)
    )
    bounds = (
        f"{s.step.name}: {s.step.remark}"
        for s in bench.serving_steps
        if isinstance(s.step.statement, Inequality) and s.step.remark and s.inherited in HOLDING
    )
    return "; ".join((*told, *bounds))


def _order(expansion: Expansion) -> str:
    """The order of the remainder; about infinity it falls with the variable."""
    sign = "-" if expansion.about in INFINITIES else ""
    return f"O({expansion.variable}^{sign}{expansion.order})"
