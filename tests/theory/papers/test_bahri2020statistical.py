"""What is recorded of the paper bahri2020statistical."""

from __future__ import annotations

import pytest

from derivations.collection import catalogue
from theory.papers import PAPERS, find

KEY = "bahri2020statistical"
PAPER = find(KEY)
ROWS = (*PAPER.equations, *PAPER.claims)


def test_the_equations_of_section_six_occur_exactly_once_in_order() -> None:
    assert KEY in PAPERS
    assert [e.number for e in PAPER.equations] == ["12", "13", "14", "15", "16"]


def test_claims_are_lettered_in_printed_order_without_gaps() -> None:
    for section in {c.section for c in PAPER.claims}:
        letters = [c.number[-1] for c in PAPER.claims if c.section == section]
        assert letters == [chr(ord("a") + k) for k in range(len(letters))]


@pytest.mark.parametrize("row", ROWS, ids=lambda e: e.number)
def test_braces_of_the_latex_are_balanced(row) -> None:
    for text in (row.latex, row.text):
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") == text.count(r"\right")
        assert text.count("$") % 2 == 0


def test_every_row_is_stated() -> None:
    assert all(row.lines and all(line.statement is not None for line in row.lines) for row in ROWS)


def test_each_line_with_derived_names_is_served_by_one_derivation() -> None:
    serving = [label for entry in catalogue() for label in entry.serves if label.startswith(f"{KEY}:")]
    assert len(serving) == len(set(serving))
    numbers = {label.partition(":")[2] for label in serving}
    assert numbers <= {row.number for row in ROWS}
    assert {row.number for row in ROWS if any(line.derived for line in row.lines)} <= numbers
    assert {e.number for e in PAPER.equations} <= numbers


def test_a_paper_that_is_not_on_the_arxiv_is_cited_by_its_doi() -> None:
    assert PAPER.bibtex.startswith(f"@article{{{KEY},")
    assert "10.1146/annurev-conmatphys-031119-050745" in PAPER.bibtex
    assert "arXiv" not in PAPER.citation
    assert "doi:10.1146" in PAPER.citation
