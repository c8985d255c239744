"""What is recorded of the paper erbin2022renormalization."""

from __future__ import annotations

import pytest

from derivations.collection import catalogue
from theory.papers import PAPERS, find
from theory.statements import Definition

KEY = "erbin2022renormalization"
PAPER = find(KEY)
PRINTED = [f"{section}.{number}" for section, last in ((2, 9), (3, 6), (4, 6)) for number in range(1, last + 1)]
WAITING = ["claim:1a", "claim:2d", "claim:4e", "claim:5a"]
"""Claims that say nothing which could be computed, or that are judged elsewhere."""


def test_every_printed_number_occurs_exactly_once_in_order() -> None:
    assert KEY in PAPERS
    assert [e.number for e in PAPER.equations] == PRINTED


def test_claims_are_lettered_in_printed_order_without_gaps() -> None:
    places = [(c.section, c.number[-1]) for c in PAPER.claims]
    assert places == sorted(places)
    for section in {s for s, _ in places}:
        letters = [letter for s, letter in places if s == section]
        assert letters == [chr(ord("a") + k) for k in range(len(letters))]


@pytest.mark.parametrize("row", (*PAPER.equations, *PAPER.claims), ids=lambda e: e.number)
def test_braces_of_the_latex_are_balanced(row) -> None:
    for text in (row.latex, row.text):
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") - text.count(r"\leftarrow") == text.count(r"\right") - text.count(r"\rightarrow")
        assert r"\tag" not in text
        assert text.count("$") % 2 == 0


def test_every_equation_is_stated_and_every_claim_but_those_that_wait() -> None:
    rows = (*PAPER.equations, *PAPER.claims)
    unstated = [e.number for e in rows if not e.lines or any(s.statement is None for s in e.lines)]
    assert unstated == WAITING


def test_each_line_with_derived_names_is_served_by_one_derivation() -> None:
    serving = [label for entry in catalogue() for label in entry.serves if label.startswith(f"{KEY}:")]
    assert len(serving) == len(set(serving))
    numbers = {label.partition(":")[2] for label in serving}
    assert numbers <= {e.number for e in (*PAPER.equations, *PAPER.claims)}
    for row in (*PAPER.equations, *PAPER.claims):
        if any(line.derived for line in row.lines):
            assert row.number in numbers


def test_what_is_printed_in_a_surprising_way_is_kept() -> None:
    assert r"\sqrt{\exp\left[2\left(\sigma_b^2" in PAPER["3.1"].latex
    assert r"{\Lambda^2 + p^2 + O(p^2)}" in PAPER["4.1"].latex
    assert r"\left(\frac{d_{\text{in}}}{2\pi}\right)" in PAPER["4.1"].latex
    assert r"\log" not in PAPER["4.4"].latex
    assert r"\frac{\bar{u}_n}{(2n)!}" in PAPER["3.5"].latex


def test_the_one_doubtful_transcription_says_what_was_damaged() -> None:
    doubtful = {e.number: e.damage for e in (*PAPER.equations, *PAPER.claims) if e.transcription == "doubtful"}
    assert set(doubtful) == {"4.1"}
    assert "O(p^4)" in doubtful["4.1"]


def test_definitions_introduce_a_new_symbol_each() -> None:
    symbols = [
        line.statement.symbol for e in PAPER.equations for line in e.lines if isinstance(line.statement, Definition)
    ]
    assert len(symbols) == len(set(symbols))


def test_bibtex_has_the_key_and_all_authors() -> None:
    assert PAPER.bibtex.startswith(f"@misc{{{KEY},")
    assert "Harold Erbin and Vincent Lahoche and Dine Ousmane Samary" in PAPER.bibtex
