"""A derivation as a document: prose between numbered equations, each with its reason and its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from derivations.display.shown import conditions
from derivations.engine.report import DerivationReport, StepReport
from derivations.engine.step import Step
from derivations.engine.verdict import HOLDING
from derivations.operations.table import OPERATIONS
from saddlepoint.render.blocks import Block, Document, Equation, Heading, Items, Note, Paragraph, Source
from saddlepoint.render.domains import common_domain
from saddlepoint.render.shorthand import Shorthand
from saddlepoint.render.wording import evidence_lines, listed, standing, step_note
from theory.domain import Domain
from theory.printing import domain_latex, expression_text, result_display, statement_display, statement_text
from theory.statements import Postulate, Statement, Stationarity

READING = (
    r"$\mathcal{R}_{n}$ stands for the result of equation $(n)$: its right side, unless another is given there.",
    r"$\mathbf{1}_{c}$ is 1 where the condition $c$ holds and 0 elsewhere; "
    r"$\mathbb{E}_{x \sim \mathcal{N}(0, v)}$ is a "
    "mean over independent centered Gaussian variables of variance $v$.",
)
"""What a reader needs to read the equations."""


def document(report: DerivationReport) -> Document:
    """The whole derivation with the verdict of every step."""
    derivation = report.derivation
    short = Shorthand(tuple(s.step for s in report.steps))
    common = common_domain(report)
    blocks: list[Block] = [Paragraph(text=derivation.introduction)] if derivation.introduction else []
    conventions = (*derivation.conventions, *READING, *_common_sets(short, common))
    blocks += [Heading(text="Conventions"), Items(texts=conventions), Heading(text="Derivation")]
    for step in report.steps:
        blocks += told(step, short, common)
    blocks += [Heading(text="What the results rest on"), *_standings(report, short)]
    sources = tuple(Source(key=r.key, citation=r.citation) for r in derivation.references)
    return Document(title=derivation.title, blocks=tuple(blocks), sources=sources)


def told(report: StepReport, short: Shorthand, common: Domain | None) -> list[Block]:
    """The blocks of one step."""
    step = report.step
    if isinstance(step.statement, Postulate):
        return [_postulate(step.statement, short)]
    blocks: list[Block] = [_postulate(p, short) for p in step.postulates if not short.met(p)]
    blocks += [Paragraph(title=step.name, text=_lead(step, short)), _claim(step, short), *_carried_on(step, short)]
    short.remember(step)
    blocks += _needed(step, short)
    after = _after(report, common)
    blocks += [Paragraph(text=after)] if after else []
    blocks += _corrected(report, short)
    note = step_note(report, short.labels(report.rests_on))
    shown = Note(text=note, status=report.status or "", evidence=evidence_lines(report))
    return [*blocks, *([shown] if note else [])]


def _postulate(postulate: Postulate, short: Shorthand) -> Paragraph:
    text = f"{postulate.claim} {postulate.justification} What would test it: {postulate.test}"
    return Paragraph(title=f"Postulate {short.introduce(postulate)} ({postulate.name})", text=text)


def _lead(step: Step, short: Shorthand) -> str:
    """Why the step is taken, and from what."""
    numbers, reason = short.references(step.parents), step.reason.strip()
    origin = f"From {listed(numbers)}" if numbers else ""
    if step.stated:
        told = ", ".join(part for part in (origin, reason or "as its author states") if part)
        return f"{told[:1].upper()}{told[1:]}:"
    if step.rule == "premise":
        return f"{_sentence(reason)} We assume:".strip()
    rule = "" if step.rule in ("definition", *OPERATIONS) else f"by the rule ‘{step.rule}’"
    origin = ", ".join(part for part in (origin, rule) if part)
    return f"{_sentence(reason)} {origin[:1].upper()}{origin[1:]}:".strip() if origin else reason or "We define:"


def _sentence(reason: str) -> str:
    """A reason that stands before others, with its period."""
    return reason if not reason or reason[-1] in ".:;!?" else f"{reason}."


def _claim(step: Step, short: Shorthand) -> Equation:
    is_right_side = step.result is not None and step.result == getattr(step.statement, "right", None)
    name = step.defines if step.needs_verdict and is_right_side else None
    prefix = f"{expression_text(name)} = " if name is not None else ""
    return Equation(
        latex=statement_display(step.statement, name=name, abbreviations=short.symbols),
        text=prefix + statement_text(step.statement, abbreviations=short.symbols),
        number=short.number(step),
    )


def _carried_on(step: Step, short: Shorthand) -> list[Block]:
    """The expression later steps work on, where the equation does not show it."""
    statement, result = step.statement, step.result
    shown = result in (getattr(statement, "right", None), getattr(statement, "value", None))
    if shown or isinstance(statement, Stationarity) or not step.needs_verdict or not isinstance(result, sp.Expr):
        return []
    name = short.name(step)
    return [
        Paragraph(text="The result that is carried on:"),
        Equation(
            latex=result_display(name, result, abbreviations=short.symbols),
            text=f"{expression_text(name)} = {expression_text(result)}",
        ),
    ]


def _needed(step: Step, short: Shorthand) -> list[Block]:
    if not step.obligations:
        return []
    shown = [_plain(o, short) for o in step.obligations]
    return [Paragraph(text="The step needs, and it is verified with it:"), *shown]


def _corrected(report: StepReport, short: Shorthand) -> list[Block]:
    """What would hold in place of a claim that is wrong."""
    repair = report.verdict.repair if report.verdict else None
    return [] if repair is None else [Paragraph(text="It would hold as"), _plain(repair.statement, short)]


def _plain(statement: Any, short: Shorthand) -> Equation:
    return Equation(
        latex=statement_display(statement, abbreviations=short.symbols),
        text=statement_text(statement, abbreviations=short.symbols),
    )


def _after(report: StepReport, common: Domain | None) -> str:
    """The remark, sets that differ from the usual ones, what must hold at the boundary, and the printed equations."""
    step, statement = report.step, report.step.statement
    known = isinstance(statement, Statement)
    extra = domain_latex(statement.domain, beyond=common, seen=statement.expressions()) if known else []
    sentences = [step.remark.strip()] if step.remark else []
    sentences += [f"Here {_listed_math(extra)}."] if extra else []
    sentences += [f"The {told}."] if (told := conditions(report)) else []
    sentences += [f"Compare {_printed(step.serves)}."] if step.serves else []
    return " ".join(sentences)


def _common_sets(short: Shorthand, common: Domain | None) -> list[str]:
    if common is None:
        return []
    statements: list[Any] = [s.statement for s in short.numbered if isinstance(s.statement, Statement)]
    seen = [e for statement in statements for e in statement.expressions()]
    return [f"Unless an equation says otherwise, {_listed_math(domain_latex(common, seen=seen))}."]


def _standings(report: DerivationReport, short: Shorthand) -> list[Block]:
    named = [s for s in report.steps if s.step.needs_verdict and (s.step.serves or s is report.steps[-1])]
    lines = tuple(
        f"{s.step.name} [[eq:{short.number(s.step)}]]: {standing(s, short.labels(s.rests_on))}." for s in named
    )
    open_ = tuple(
        f"{s.step.name} [[eq:{short.number(s.step)}]] is {s.status}"
        for s in report.steps
        if s.status and s.status not in HOLDING
    )
    labels = tuple(f"P{n} is {name}" for n, name in enumerate(short.postulates, 1))
    legend = f"Postulates are steps of physics that no checker establishes: {listed(labels)}."
    computed = len(short.numbered) - report.stated_steps
    count = f"Steps computed by a rule or defined: {computed}; typed in: {report.stated_steps}."
    doubt = f" Not established: {listed(open_)}." if open_ else ""
    summary = Paragraph(text=f"{count} {legend if labels else 'No step of physics is assumed.'}{doubt}")
    return [summary, Items(texts=lines)] if lines else [summary]  # LaTeX refuses a list without items


def _printed(serves: tuple[str, ...]) -> str:
    papers: dict[str, list[str]] = {}
    for label in serves:
        paper, _, number = label.partition(":")
        papers.setdefault(paper, []).append(number)
    return "; ".join(f"{listed(_by_kind(numbers))} of [[cite:{paper}]]" for paper, numbers in papers.items())


def _by_kind(numbers: Iterable[str]) -> tuple[str, ...]:
    """Numbered equations, then claims of the prose, each kind with its word."""
    equations, claims = [], []
    for number in numbers:
        kind, claimed, place = number.partition(":")
        (claims if claimed else equations).append(place if claimed else f"({kind})")
    kinds = (("equation", equations), ("claim", claims))
    return tuple(f"{word}{'s' if len(found) > 1 else ''} {listed(tuple(found))}" for word, found in kinds if found)


def _listed_math(formulas: Iterable[str]) -> str:
    return listed(tuple(f"${f}$" for f in formulas))
