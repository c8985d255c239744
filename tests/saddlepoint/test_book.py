"""The book of all derivations, PDF by the TeX that is installed, and BibTeX."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from derivations import find, judge
from derivations.engine.report import examine
from saddlepoint.cli.app import program
from saddlepoint.render.bibtex import bibtex
from saddlepoint.render.blocks import Source
from saddlepoint.render.pdf import PdfError, pdf
from saddlepoint.results.book import latex_book
from saddlepoint.results.contents import Contents
from saddlepoint.results.findings import Findings
from saddlepoint.strict_json import row

NAMES = ("forward-variance", "learning-equilibrium")
ARTICLE = "\\documentclass{article}\\begin{document}%s\\end{document}"
needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


@pytest.fixture(scope="module")
def book() -> str:
    reports = tuple(examine(find(name).build()) for name in NAMES)
    known = {r.derivation.identifier: r for r in reports}
    rows = judge("vanchurin2020towards", reports=known, entries=tuple(map(find, NAMES)))
    told = {"saddlepoint": "0", "time": "now", "seed": 0}
    ledger = tuple(row(r) for r in rows)
    return latex_book(Contents(Findings(reports=reports, ledger=ledger, comparisons=(), provenance=told, seconds=1.0)))


def test_every_reference_has_its_label_and_no_label_stands_twice(book: str) -> None:
    labels = re.findall(r"\\label\{(eq:[^}]*)\}", book)
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"\\eqref\{(eq:[^}]*)\}", book)) <= set(labels)


def test_every_source_that_is_cited_is_listed(book: str) -> None:
    assert set(re.findall(r"\\cite\{([^}]*)\}", book)) <= set(re.findall(r"\\bibitem\{([^}]*)\}", book))


def test_the_book_has_a_chapter_for_each_derivation_and_the_errata(book: str) -> None:
    chapters = re.findall(r"\\chapter\{", book)
    assert len(chapters) == len(NAMES) + 2
    assert "Errata of" in book


def test_printed_numbers_lead_to_derived_equations(book: str) -> None:
    assert re.search(r"\(6\.4\) & holds & \\eqref\{eq:learning-equilibrium:\d+\}", book)


@needs_tex
def test_the_book_compiles(book: str) -> None:
    assert pdf(book).startswith(b"%PDF")


@needs_tex
def test_an_error_of_tex_is_told_with_its_line() -> None:
    with pytest.raises(PdfError, match="Undefined control sequence"):
        pdf(ARTICLE % r"\nosuchcommand")


@needs_tex
def test_a_document_cannot_run_commands(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    pdf(ARTICLE % rf"\immediate\write18{{touch {victim}}}a")
    assert not victim.exists()


def test_without_tex_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, toy: Any, only: Any) -> None:
    only(toy)
    monkeypatch.setattr("saddlepoint.render.pdf.shutil.which", lambda _: None)
    answer = CliRunner().invoke(program, ["derive", "toy", "--pdf", "-"])
    assert answer.exit_code == 2
    assert "install TeX" in answer.stderr
    assert "Traceback" not in answer.output


def test_the_papers_of_the_ledger_are_entries_in_full() -> None:
    told = bibtex([Source(key="barney2024neural", citation="x"), Source(key="barney2024neural", citation="x")])
    assert told.count("@misc{barney2024neural,") == 1
    assert "eprint" in told


def test_other_sources_keep_their_citation() -> None:
    told = bibtex([Source(key="mezard1987spin", citation="M. Mézard & others, Spin glass theory (1987)")])
    assert "year          = {1987}" in told
    assert r"\& others" in told


def test_derive_writes_bibtex(toy: Any, only: Any, tmp_path: Path) -> None:
    only(toy)
    target = tmp_path / "toy.bib"
    assert CliRunner().invoke(program, ["derive", "toy", "--bibtex", str(target)]).exit_code == 0
    assert target.exists()
