"""The errata of a paper, from rows of a toy ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp
from click.testing import CliRunner

from derivations import judge
from derivations.collection import CatalogueEntry
from derivations.engine.derivation import Derivation
from saddlepoint.cli.app import program
from saddlepoint.errata import errata_document
from saddlepoint.render.blocks import Equation, Heading, Items, Paragraph
from saddlepoint.render.latex import latex_document
from saddlepoint.render.markdown import markdown_document
from theory import Definition, Domain, Identity
from theory.records import Paper, PrintedEquation, PrintedLine

KEY = "toy2024energy"
x = sp.Symbol("x", positive=True)
energy = sp.Symbol("E", real=True)
POSITIVE = Domain({x: (0, sp.oo), energy: (-sp.oo, sp.oo)})
TITLES = ("Corrections", "To be compared with the published text", "Remarks")


def toy() -> Derivation:
    derivation = Derivation("toy", title="A toy")
    derivation.define(Definition(energy, 3 * x**2), name="energy", serves=(f"{KEY}:1",))
    return derivation


ENTRY = CatalogueEntry(identifier="toy", title="A toy", serves=(f"{KEY}:1", f"{KEY}:2", f"{KEY}:claim:1a"), build=toy)


def printed(number: str, right: Any, **rest: Any) -> PrintedEquation:
    claim = Identity(energy, right, POSITIVE)
    line = PrintedLine(label="energy", relation="equal", statement=claim, derived=(energy,))
    fields = {"latex": "E = R", "section": "1", "lines": (line,), **rest}
    return PrintedEquation(paper=KEY, number=number, **fields)


STEP = PrintedLine(
    label="step",
    relation="definition",
    statement=Definition(sp.Function("phi")(x), sp.Piecewise((0, x < 1), (1, x > 1))),
)
GOOD, WRONG = printed("1", 3 * x**2), printed("2", 3 * x)
GAP = PrintedEquation(paper=KEY, number="3", latex=r"\phi(x)", section="1", lines=(STEP,))
CLAIM = printed("claim:1a", -3 * x**2, text="the energy $E$ is negative", latex="")


def told(*equations: PrintedEquation, claims: tuple[PrintedEquation, ...] = ()) -> Any:
    data = {"key": KEY, "title": "T", "authors": ("A B",), "year": 2024, "eprint": "0", "primary_class": "c"}
    paper = Paper(**data, equations=equations, claims=claims)
    return errata_document([dict(r) for r in judge(paper, entries=(ENTRY,))], paper)


def headings(document: Any) -> tuple[str, ...]:
    return tuple(b.text for b in document.blocks if isinstance(b, Heading))


def words(document: Any) -> str:
    texts = [b.text for b in document.blocks if isinstance(b, Heading | Paragraph | Equation)]
    return "\n".join([*texts, *(t for b in document.blocks if isinstance(b, Items) for t in b.texts)])


def test_what_holds_is_not_among_the_errata():
    document = told(GOOD)
    assert headings(document) == ()
    assert "Everything that could be judged holds as printed." in words(document)


def test_a_misprint_has_its_correction_a_counterexample_and_its_transcription():
    text = words(told(GOOD, WRONG))
    assert "E = R" in text
    assert "E = 3 x^{2}" in text
    assert "As printed it fails at x = " in text
    assert "The corrected form is proved." in text
    assert "Our transcription is clear." in text
    assert "equation (1)" not in text


def test_a_doubtful_transcription_stands_apart():
    doubtful = replace(WRONG, transcription="doubtful", damage="A power may be lost.")
    document = told(GOOD, doubtful)
    assert headings(document) == ("To be compared with the published text",)
    assert "Our transcription is doubtful." in words(document)
    assert "A power may be lost." in words(document)


def test_a_claim_is_quoted_and_a_definition_with_gaps_is_a_remark():
    document = told(WRONG, GAP, claims=(CLAIM,))
    assert headings(document) == ("Corrections", "Remarks")
    assert "‘the energy $E$ is negative’" in words(document)
    assert "Condition: x ≠ 1." in words(document)
    assert "Of 2 numbered equations and 1 claims of the prose 3 were judged" in words(document)


def test_the_documents_keep_no_letter_that_latex_does_not_know():
    document = told(WRONG, GAP, claims=(CLAIM,))
    source = latex_document(document)
    assert source.isascii()
    assert "?" not in source
    assert "$$\nE = 3 x^{2}\n$$" in markdown_document(document)


@pytest.mark.parametrize("options", [["--latex", "-"], ["barney2024neural", "--markdown", "-"]])
def test_documents_are_written_of_the_errata_of_one_paper_only(options):
    result = CliRunner().invoke(program, ["ledger", *options])
    assert result.exit_code == 2
    assert "--errata" in result.output
