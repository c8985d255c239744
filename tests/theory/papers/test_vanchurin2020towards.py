"""What is recorded of the paper vanchurin2020towards."""

from __future__ import annotations

import pytest

from derivations.collection import catalogue
from theory.papers import PAPERS, find
from theory.statements import Definition

KEY = "vanchurin2020towards"
PAPER = find(KEY)
LAST = {2: 11, 3: 4, 4: 10, 5: 14, 6: 8, 7: 11, 8: 12, 9: 11, 10: 5, 11: 9, 12: 14}
PRINTED = [f"{section}.{number}" for section, last in LAST.items() for number in range(1, last + 1)]


def test_every_printed_number_occurs_exactly_once_in_order() -> None:
    assert KEY in PAPERS
    assert [e.number for e in PAPER.equations] == PRINTED
    assert all(e.section == e.number.partition(".")[0] for e in PAPER.equations)


@pytest.mark.parametrize("row", PAPER.equations, ids=lambda e: e.number)
def test_braces_of_the_latex_are_balanced(row) -> None:
    assert row.latex.count("{") == row.latex.count("}")
    assert row.latex.count(r"\left") == row.latex.count(r"\right")
    assert r"\tag" not in row.latex
    assert "$" not in row.latex


def test_each_line_with_derived_names_is_served_by_one_derivation() -> None:
    serving = [label for entry in catalogue() for label in entry.serves if label.startswith(f"{KEY}:")]
    assert len(serving) == len(set(serving))
    numbers = {label.partition(":")[2] for label in serving}
    assert numbers <= {e.number for e in (*PAPER.equations, *PAPER.claims)}
    for row in (*PAPER.equations, *PAPER.claims):
        if any(line.derived for line in row.lines):
            assert row.number in numbers


def test_what_is_printed_in_a_surprising_way_is_kept() -> None:
    assert r"\hat{G}\mathbf{v}_i = \hat{G}\lambda_i" in PAPER["5.10"].latex
    assert r"\frac{1}{2}" in PAPER["2.11"].latex
    assert r"\frac{1}{2}" not in PAPER["2.10"].latex
    assert r"\bar{x}_j + p_j" in PAPER["3.4"].latex
    assert r"\log" not in PAPER["7.1"].latex.partition(r"\rangle =")[2]
    assert r"= -\frac{\partial}{\partial \beta} \left( \beta F" in PAPER["7.5"].latex
    assert r"\beta^2" not in PAPER["8.11"].latex
    assert PAPER["12.7"].latex.endswith(r"L^{\nu\mu\beta\alpha\delta\gamma}.")
    assert PAPER["12.9"].latex.count("- g^") == 2


def test_definitions_introduce_a_new_symbol_each() -> None:
    symbols = [
        line.statement.symbol for e in PAPER.equations for line in e.lines if isinstance(line.statement, Definition)
    ]
    assert len(symbols) == len(set(symbols)) >= 8


def test_bibtex_has_the_key_and_the_author() -> None:
    assert PAPER.bibtex.startswith(f"@misc{{{KEY},")
    assert "Vitaly Vanchurin" in PAPER.bibtex
    assert "2004.09280" in PAPER.bibtex
