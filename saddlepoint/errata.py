"""What does not hold as printed in a paper, as a document that can be sent to its authors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from saddlepoint.ledger_table import WRONG, place_of
from saddlepoint.render.blocks import Block, Document, Equation, Heading, Items, Paragraph

if TYPE_CHECKING:
    from theory.records import Paper

Row = Mapping[str, Any]

VERDICTS = {
    "misprint": "a misprint",
    "false": "does not hold",
    "holds if": "holds under a condition that is not stated",
    "convention": "holds under a convention",
    "definition": "a definition that leaves some arguments out",
}
NOTHING = "Everything that could be judged holds as printed."


def errata_document(rows: Iterable[Row], paper: Paper) -> Document:
    """The errata of one paper: corrections, what may be damage of our copy of the text, remarks.

    Parameters
    ----------
    rows
        All rows of its ledger, as plain data.
    paper
        What it prints.
    """
    entries = list(rows)
    wrong = [r for r in entries if r["verdict"] in WRONG]
    clear = [r for r in wrong if r["transcription"] == "clear"]
    doubtful = [r for r in wrong if r["transcription"] != "clear"]
    remarks = [r for r in entries if _is_remarkable(r)]
    blocks: list[Block] = [Paragraph(text=_opening(entries, paper))]
    blocks += _section("Corrections", clear, paper)
    blocks += _section("To be compared with the published text", doubtful, paper)
    blocks += _section("Remarks", remarks, paper)
    return Document(title=f"Errata of “{paper.title}”", blocks=(*blocks, Paragraph(text=_closing(entries))))


def _is_remarkable(row: Row) -> bool:
    """A row that accuses nobody but tells a reader something: a convention, or cases that a definition leaves out."""
    return row["verdict"] == "convention" or (row["verdict"] == "definition" and bool(row["condition"]))


def _opening(rows: list[Row], paper: Paper) -> str:
    wrong = [_name(r) for r in rows if r["verdict"] in WRONG]
    found = f"Not right as printed: {', '.join(wrong)}." if wrong else NOTHING
    return f"{paper.citation}. {found}"


def _closing(rows: list[Row]) -> str:
    equations = sum(not _is_claim(r) for r in rows)
    claims = len(rows) - equations
    judged = sum(r["verdict"] not in ("open", "unchecked") for r in rows)
    text = (
        f"Of {equations} numbered equations and {claims} claims of the prose {judged} were judged; every verdict is "
        "computed. A counterexample is an exact point; a corrected form was verified like the printed one. What is "
        "proved holds for all values; what is enclosed or enumerated was compared at many exact points and sizes."
    )
    left = [_name(r) for r in rows if r["verdict"] in ("open", "unchecked")]
    return f"{text} Not judged: {', '.join(left)}." if left else text


def _section(title: str, rows: list[Row], paper: Paper) -> list[Block]:
    told = [block for row in rows for block in _entry(row, paper)]
    return [Heading(text=title), *told] if told else []


def _entry(row: Row, paper: Paper) -> list[Block]:
    printed = paper[row["equation"]]
    title = f"{_name(row)[:1].upper()}{_name(row)[1:]}, section {printed.section}"
    words = f"‘{row['text']}’ " if row["text"] else ""
    head = Paragraph(title=title, text=f"{words}{VERDICTS[row['verdict']].capitalize()}.")
    blocks: list[Block] = [head]
    if row["printed_latex"]:
        blocks += [Paragraph(text="Printed:"), _formula(row["printed_latex"])]
    if row["corrected_latex"]:
        blocks += [Paragraph(text="What holds:"), _formula(row["corrected_latex"])]
    return [*blocks, Items(texts=tuple(_details(row, printed.damage)))]


def _details(row: Row, damage: str) -> list[str]:
    texts = [f"Condition: {row['condition']}."] if row["condition"] else []
    if row["counterexample"]:
        texts.append(f"As printed it fails at {place_of(row['counterexample'])}.")
    if row["reason"]:
        texts.append(f"Why: {row['reason'].removesuffix('.')}.")
    corrected = sorted({str(line["corrected_status"]) for line in row["lines"] if line["corrected_status"]})
    if corrected:
        texts.append(f"The corrected form is {', '.join(corrected)}.")
    if row["derivation"]:
        texts.append(f"Derivation: {row['derivation']}.")
    if row["rests_on"]:
        texts.append(f"It rests on: {', '.join(row['rests_on'])}.")
    return [*texts, _transcription(row, damage)]


def _transcription(row: Row, damage: str) -> str:
    if row["transcription"] == "clear":
        return "Our transcription is clear."
    told = "" if damage and damage in (row["reason"] or "") else f" {damage}"
    return f"Our transcription is doubtful.{told}"


def _formula(latex: str) -> Equation:
    return Equation(latex=latex, text=latex)


def _is_claim(row: Row) -> bool:
    return row["text"] is not None


def _name(row: Row) -> str:
    """How a reader finds it."""
    return f"claim {row['equation'].partition(':')[2]}" if _is_claim(row) else f"equation ({row['equation']})"
