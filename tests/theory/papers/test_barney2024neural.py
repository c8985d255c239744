"""What is recorded of the paper barney2024neural."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from theory.papers import PAPERS, find
from theory.records import Paper, PrintedEquation, PrintedLine, PublishedValue, Reading
from theory.statements import Definition

PAPER = find("barney2024neural")


def test_every_printed_number_occurs_exactly_once_in_order():
    assert [e.number for e in PAPER.equations] == [str(n) for n in range(1, 32)]


@pytest.mark.parametrize("equation", PAPER.equations, ids=lambda e: e.number)
def test_braces_and_environments_of_the_latex_are_balanced(equation):
    assert equation.latex.count("{") == equation.latex.count("}")
    assert equation.latex.count(r"\left") == equation.latex.count(r"\right")
    assert equation.latex.count(r"\begin") == equation.latex.count(r"\end")


def test_no_number_tag_or_closing_punctuation_is_left_of_the_conversion():
    for equation in PAPER.equations:
        assert r"\tag" not in equation.latex
        assert not equation.latex.rstrip().endswith((",", ".", r"\n"))


def test_the_misprint_of_the_hessian_is_kept_as_printed():
    assert PAPER["15"].latex.count(r"-\beta N_L C_L") == 2


WAITING = (
    "3.1c", "3.1d", "3.2c", "3.2d", "3.2f", "3.2g", "3.2h", "3.3c", "3.3d", "3.3e", "3.3g", "3.3h", "3.3i", "3.3j",
    "3.4d", "3.4e", "3.4f", "3.4g", "3.4h", "3.4i", "4a",
)  # fmt: skip
"""Claims of which at least a part waits for training runs, or says nothing that could be computed."""


def test_every_equation_is_stated_and_every_claim_but_those_that_wait():
    rows = (*PAPER.equations, *PAPER.claims)
    unstated = [e.number for e in rows if not e.lines or any(s.statement is None for s in e.lines)]
    assert unstated == [f"claim:{place}" for place in WAITING]


def test_doubtful_transcriptions_say_what_was_damaged():
    doubtful = {e.number: e.damage for e in PAPER.equations if e.transcription == "doubtful"}
    assert set(doubtful) == {"25", "28", "29"}
    assert all(doubtful.values())


def test_fragments_are_right_sides_of_the_printed_equation():
    for equation in PAPER.equations:
        for line in equation.lines:
            if line.fragment and len(equation.lines) == 1:
                before = equation.latex.partition(line.fragment)[0].rstrip()
                assert before == "" or before.endswith(("=", r"\approx")), equation.number


def test_bibtex_has_the_key_the_title_and_all_authors():
    entry = PAPER.bibtex
    assert entry.startswith("@misc{barney2024neural,")
    assert "{{" + PAPER.title + "}}" in entry
    assert "{Richard Barney and Michael Winer and Victor Galitski}" in entry
    assert "{2408.06421}" in entry


def test_error_rates_keep_their_printed_digits():
    rates = {v.printed: v for v in PAPER.values}
    assert set(rates) == {"0.0266", "0.0742", "0.0189", "0.0267"}
    assert rates["0.0189"].value == Fraction(189, 10000)
    assert rates["0.0189"].half_width == Fraction(1, 20000)


def test_an_unknown_paper_is_refused_with_the_keys_there_are():
    with pytest.raises(ValueError, match="barney2024neural"):
        find("nobody1900nothing")
    assert "barney2024neural" in PAPERS


def test_an_unknown_number_is_refused():
    with pytest.raises(KeyError, match="no equation \\(99\\)"):
        PAPER["99"]


def test_a_paper_does_not_print_one_number_twice():
    with pytest.raises(ValueError, match="more than once"):
        replace(PAPER, equations=(*PAPER.equations, PAPER["3"]))


def test_a_paper_holds_only_its_own_equations():
    stranger = PrintedEquation(paper="other", number="40", latex="x", section="1")
    with pytest.raises(ValueError, match="records of other"):
        Paper(**{**PAPER.__dict__, "equations": (stranger,)})


def test_a_line_without_a_statement_says_why():
    with pytest.raises(ValueError, match="no note"):
        PrintedLine(label="x", relation="equal", statement=None)


def test_a_definition_is_not_passed_off_as_a_claim():
    definition = PAPER["1"].lines[0].statement
    assert isinstance(definition, Definition)
    with pytest.raises(ValueError, match="holds a Definition"):
        PrintedLine(label="x", relation="equal", statement=definition)


def test_a_fragment_must_be_printed():
    with pytest.raises(ValueError, match="fragments"):
        replace(PAPER["15"], latex="H = 0")


def test_a_claim_has_its_sentence_and_the_name_of_its_section():
    with pytest.raises(ValueError, match="has its text"):
        replace(PAPER["17"], number="claim:2.1a")
    with pytest.raises(ValueError, match=r"is called claim:2\.1 with a letter"):
        replace(PAPER["17"], number="claim:2.2a", text="so")
    claim = replace(PAPER["17"], number="claim:2.1z", text="so")
    with pytest.raises(ValueError, match="claims among equations"):
        replace(PAPER, equations=(*PAPER.equations, claim))
    assert replace(PAPER, claims=(*PAPER.claims, claim))["claim:2.1z"] is claim


def test_readings_and_transcriptions_have_known_kinds():
    claim = PAPER["17"].lines[0].statement
    with pytest.raises(ValueError, match="kind of a reading"):
        Reading(kind="mood", text="kindly", statement=claim)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="says in words"):
        Reading(kind="correction", text=" ", statement=claim)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="doubtful"):
        replace(PAPER["17"], transcription="doubtful")


def test_a_published_value_is_a_number():
    with pytest.raises(ValueError, match="printed as a number"):
        PublishedValue(paper="p", quantity="q", printed="about 3", conventions=(), source="table 1")
