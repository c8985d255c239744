"""The page on the notation: every example in its tables is read, every refusal is refused, every name is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from saddlepoint.formula_file import read_file
from theory.notation import NotationError, read_claims, read_domain, read_expression
from theory.notation.functions import BINDERS, FUNCTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "notation.md").read_text(encoding="utf-8")
DECLARED = read_domain(
    "x, y real, a, b, c, d, v, r, beta > 0, m in (0, 1), n in 1..oo, k in 0..oo, f function, q[k] in (0, 1)"
)
LETTERS = {"f": "a", "term": "k", "factor": "k", "value": "2"}
NO_EXPRESSIONS = {"oo", "det", "trace", "inv", "transpose", "A*B", "A^2"}


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def examples(title: str) -> list[str]:
    rows = [line.split("|")[1] for line in section(title).splitlines() if line.startswith("| `")]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("text", examples("Claims"))
def test_a_claim_of_the_page_is_read(text: str) -> None:
    assert read_claims(text, DECLARED)


@pytest.mark.parametrize("text", examples("Domains"))
def test_a_condition_of_the_page_is_read(text: str) -> None:
    known = "a, beta > 0, b, q, r in (0, 1), n in 1..8" if re.search(r"[a-z] [<+-] |= |\(0, a\)|\.\.n", text) else ""
    assert read_domain(known, text)


@pytest.mark.parametrize("text", [t for t in examples("Expressions") if t not in NO_EXPRESSIONS])
def test_an_expression_of_the_page_is_read(text: str) -> None:
    for name, letter in LETTERS.items():
        text = re.sub(rf"\b{name}\b(?!\()", letter, text)
    assert read_expression(text, DECLARED.scope()) is not None


def test_what_the_page_refuses_is_refused_and_its_remedies_are_read() -> None:
    refused, remedies = re.findall(r"Refused because.*?: (.*?)\. Write (.*?)\.\n", PAGE, re.DOTALL)[0]
    codes = [re.findall(r"`([^`]+)`", part) for part in (refused, remedies)]
    for text in (c for c in codes[0] if c != "n"):
        with pytest.raises(NotationError):
            read_claims(text if "=" in text else f"{text} = 1", DECLARED)
    assert all(read_claims(t if "=" in t else f"{t} = 1", DECLARED) for t in codes[1])


def test_the_page_names_every_function() -> None:
    words = set(re.findall(r"[A-Za-z]\w*", PAGE))
    aliases = {"sgn", "Gamma", "arcsin", "arccos", "arctan", "arsinh", "arcosh", "artanh"}
    assert sorted((set(FUNCTIONS) | set(BINDERS)) - words - aliases) == []


def test_the_file_of_the_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(section("Files").split("```")[1].removeprefix("text\n"), encoding="utf-8")
    assert [f.line for f in read_file(str(tmp_path / "page.txt"))] == [3, 4]
