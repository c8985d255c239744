"""``saddlepoint verify FILE.json`` and ``derive FILE.json``: exit codes, rows and messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sympy as sp
from click.testing import CliRunner, Result

from derivations import Derivation
from saddlepoint.cli.app import program
from theory import Identity

h = sp.Symbol("h", real=True)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, list(arguments))


def mine() -> Derivation:
    d = Derivation("mine", title="My own", domain={h: (-1, 1)})
    d.so(sp.cosh(2 * h), 1 + 2 * sp.sinh(h) ** 2, name="double", by="addition theorem")
    d.multiply(h, name="scaled")
    return d


def test_a_saved_derivation_is_verified_with_a_row(tmp_path: Path):
    mine().save(tmp_path / "mine.json")
    answer = call("verify", str(tmp_path / "mine.json"), "--json", str(tmp_path / "rows.json"))
    assert (answer.exit_code, "double" in answer.output) == (0, True)
    (row,) = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert (row["id"], row["status"], row["stated_steps"], row["schema"]) == ("mine", "proved", 1, 1)
    assert [s["status"] for s in row["steps"]] == ["proved", "proved"]


def test_a_refuted_step_in_a_file_ends_with_one(tmp_path: Path):
    d = mine()
    d.append("slip", statement=Identity(sp.cosh(h), 1 - h**2, d.domain), rule="stated", reason="")
    d.save(tmp_path / "slip.json")
    answer = call("verify", str(tmp_path / "slip.json"))
    assert (answer.exit_code, "refuted" in answer.output) == (1, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "No such file"), ("{}", "as Derivation.save writes it"), ("changed", "changed after it was saved")],
)
def test_a_file_that_is_none_or_was_changed_ends_with_two(tmp_path: Path, content: str | None, words: str):
    path = tmp_path / "file.json"
    if content == "changed":
        path.write_text(mine().to_json().replace("addition", "subtraction"), encoding="utf-8")
    elif content is not None:
        path.write_text(content, encoding="utf-8")
    answer = call("verify", str(path))
    assert (answer.exit_code, words in answer.output) == (2, True)


def test_a_saved_derivation_is_told_as_a_document(tmp_path: Path):
    mine().save(tmp_path / "mine.json")
    answer = call("derive", str(tmp_path / "mine.json"), "--markdown", "-")
    assert (answer.exit_code, "# My own" in answer.output) == (0, True)


def test_a_derivation_without_a_claim_is_no_crash_and_nothing_proved(tmp_path: Path):
    empty, named = Derivation("empty"), Derivation("named", domain={h: (-1, 1)})
    named.define(sp.Symbol("F"), h**2)
    for d in (empty, named):
        d.save(tmp_path / "mine.json")
        answer = call("verify", str(tmp_path / "mine.json"))
        assert answer.exit_code == 0
        assert "nothing is claimed" in answer.output
        assert "proved" not in answer.output
