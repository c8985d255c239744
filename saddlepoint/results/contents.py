"""What the pages of a report show: where each printed equation is derived, by which steps, on which page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from derivations.collection import find as entry_named
from derivations.engine.report import DerivationReport
from saddlepoint.checking import status_of
from saddlepoint.ledger_table import WRONG
from saddlepoint.render.blocks import Document, Equation
from saddlepoint.render.narrative import document
from saddlepoint.render.shorthand import Shorthand
from saddlepoint.results.findings import Findings
from theory.papers import PAPERS
from theory.papers import find as paper_named
from theory.records import Paper, PrintedEquation
from theory.statements import Postulate

LEDGER = "ledger.html"
NETWORKS = "networks.html"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A step that derives a printed equation.

    Attributes
    ----------
    derivation
        Its identifier.
    step
        Name of the step.
    number
        Of its equation in the derivation.
    latex
        The derived equation.
    """

    derivation: str
    step: str
    number: int
    latex: str

    @property
    def address(self) -> str:
        """Of the equation, from the root of the site."""
        return f"{derivation_page(self.derivation)}#equation-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of the ledger with all that its page shows."""

    row: Mapping[str, Any]
    printed: PrintedEquation
    ways: tuple[Way, ...]
    comparisons: tuple[Any, ...]
    subjects: tuple[str, ...]

    @property
    def name(self) -> str:
        """How a reader calls it."""
        number = self.row["equation"]
        return f"claim {number.partition(':')[2]}" if self.printed.is_claim else f"({number})"

    @property
    def anchor(self) -> str:
        """Its place on the page of the ledger."""
        return f"{self.row['paper']}-{self.row['equation'].replace(':', '-')}"

    @property
    def searched(self) -> str:
        """What a reader may look for, in small letters."""
        parts = (self.name, self.row["text"], self.row["reason"], self.row["condition"], self.row["printed_latex"])
        return " ".join(str(p) for p in parts if p).lower()


@dataclass(frozen=True, kw_only=True)
class Told:
    """A derivation as it is told."""

    report: DerivationReport
    document: Document

    @property
    def identifier(self) -> str:
        """Of the derivation."""
        return self.report.derivation.identifier

    @cached_property
    def subject(self) -> str:
        """The branch of physics it belongs to."""
        return entry_named(self.identifier).subject

    @cached_property
    def ways(self) -> dict[str, list[Way]]:
        """The steps that serve each printed equation, by its label."""
        latex = {b.number: b.latex for b in self.document.blocks if isinstance(b, Equation)}
        short = Shorthand(tuple(s.step for s in self.report.steps))
        found: dict[str, list[Way]] = {}
        for step in (s.step for s in self.report.steps if not isinstance(s.step.statement, Postulate)):
            number = short.number(step)
            way = Way(derivation=self.identifier, step=step.name, number=number, latex=latex[number])
            for label in step.serves:
                found.setdefault(label, []).append(way)
        return found

    @cached_property
    def tally(self) -> list[tuple[str, int]]:
        """How many claims have each verdict."""
        return Counter(s.status for s in self.report.steps if s.status).most_common()


class Contents:
    """The findings of a run, arranged for readers.

    Parameters
    ----------
    findings
        What a run found.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.derivations = tuple(Told(report=r, document=document(r)) for r in findings.reports)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that the ledger has rows of, in the order of their keys."""
        present = {row["paper"] for row in self.findings.ledger}
        return tuple(paper_named(key) for key in PAPERS if key in present)

    @cached_property
    def entries(self) -> dict[str, tuple[Entry, ...]]:
        """The rows of each paper, by its key."""
        return {
            p.key: tuple(self._entry(r, p) for r in self.findings.ledger if r["paper"] == p.key) for p in self.papers
        }

    @property
    def wrong(self) -> tuple[Entry, ...]:
        """What does not hold as printed."""
        return tuple(e for entries in self.entries.values() for e in entries if e.row["verdict"] in WRONG)

    @cached_property
    def subjects(self) -> dict[str, tuple[Told, ...]]:
        """The derivations of each branch of physics."""
        names = dict.fromkeys(d.subject for d in self.derivations)
        return {name: tuple(d for d in self.derivations if d.subject == name) for name in names}

    @cached_property
    def verdicts(self) -> list[tuple[str, int]]:
        """How many rows of the ledger have each verdict."""
        return Counter(row["verdict"] for row in self.findings.ledger).most_common()

    @cached_property
    def statuses(self) -> list[tuple[str, int]]:
        """How many claims of all derivations have each status."""
        return Counter(s.status for r in self.findings.reports for s in r.steps if s.status).most_common()

    @property
    def agreeing(self) -> int:
        """How many comparisons agree and reject their rival."""
        return sum(status_of(c) == "measured" for c in self.findings.comparisons)

    def checks_of(self, labels: Iterable[str]) -> tuple[Any, ...]:
        """The comparisons that test one of these printed equations."""
        wanted = set(labels)
        return tuple(c for c in self.findings.comparisons if wanted & set(c.serves))

    def _entry(self, row: Mapping[str, Any], paper: Paper) -> Entry:
        label = f"{paper.key}:{row['equation']}"
        ways = tuple(way for d in self.derivations for way in d.ways.get(label, ()))
        serving = dict.fromkeys(way.derivation for way in ways)
        named = {row["derivation"]: None} if row["derivation"] else {}
        subjects = dict.fromkeys(entry_named(name).subject for name in {**serving, **named})
        return Entry(
            row=row,
            printed=paper[row["equation"]],
            ways=ways,
            comparisons=self.checks_of((label,)),
            subjects=tuple(subjects),
        )


def derivation_page(identifier: str) -> str:
    """The address of a derivation's page, from the root of the site."""
    return f"derivations/{identifier}.html"


def ledger_place(label: str) -> str:
    """The address of a row of the ledger, from the root of the site; the label is ``paper:number``."""
    return f"{LEDGER}#{label.replace(':', '-')}"
