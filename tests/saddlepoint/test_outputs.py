"""Where answers are written: never over what somebody wrote, and said before any work is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sympy as sp
from click.testing import CliRunner, Result

from derivations import Derivation
from saddlepoint.cli.app import program
from saddlepoint.strict_json import write_text

FORMULA = "x + x = 2x where x real\n"


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a formula file and a saved derivation."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text(FORMULA, encoding="utf-8")
    d = Derivation("mine", domain={sp.Symbol("h", real=True): (-1, 1)})
    d.save(tmp_path / "mine.json")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["equations", "--json", "notes.txt"],
        ["equations", "--json", "notes.txt", "notes.txt"],
        ["equations", "notes.txt", "--json", "notes.txt"],
        ["equation", "1 = 1", "--json", "notes.txt"],
        ["verify", "--json", "mine.json"],
        ["verify", "mine.json", "--json", "mine.json"],
        ["derive", "mine.json", "--svg", "mine.json"],
        ["derive", "mine.json", "--json", "./mine.json"],
    ],
    ids=" ".join,
)
def test_a_file_that_somebody_wrote_is_never_overwritten(folder: Path, arguments: list[str]) -> None:
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert "overwritten" in answer.output or "the file that is read" in answer.output
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_an_earlier_answer_is_replaced(folder: Path) -> None:
    for formula in ("1 = 1", "2 = 2"):
        assert call("equation", formula, "--json", "answer.json").exit_code == 0
    assert json.loads((folder / "answer.json").read_text(encoding="utf-8"))["equation"] == "2 = 2"
    for _ in range(2):
        assert call("equations", "notes.txt", "--json", "rows.json").exit_code == 0


@pytest.mark.parametrize(
    ("target", "words"),
    [("no-such/x.json", "there is no folder no-such"), (".", "is a folder"), ("--seed", "./--seed"), ("", "found ''")],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_written_is_said_before_any_work(
    target: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("saddlepoint.formulas.examine", lambda *_, **__: pytest.fail("worked in vain"))
    answer = call("equation", "1 = 1", "--json", target)
    assert answer.exit_code == 2
    assert words in " ".join(answer.output.split())


def test_a_device_is_written_into_and_a_link_stays_one(tmp_path: Path) -> None:
    write_text(Path("/dev/null"), "nothing")
    assert not Path("/dev/null").is_file()
    (tmp_path / "file").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "where x > 0\n"], ids=repr)
def test_a_file_without_a_formula_ends_with_2(tmp_path: Path, content: str) -> None:
    (tmp_path / "notes.txt").write_text(content, encoding="utf-8")
    answer = call("equations", str(tmp_path / "notes.txt"))
    assert answer.exit_code == 2
    assert "expected one formula a line" in answer.output
    assert "found none" in answer.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\xff\xfe binary", "found a byte that is no UTF-8 text at 1"),
        (FORMULA.encode(), "read by `saddlepoint equations`"),
        (b"", "found nothing in it"),
        (b"[1, 2]", "found JSON of another kind: [1, 2]"),
        (b'{"format": "another"}', "save the derivation again"),
        (b"[" * 100_000, "nested too deeply"),
    ],
    ids=["binary", "formulas", "empty", "a list", "another format", "deep"],
)
@pytest.mark.parametrize("command", ["verify", "derive"])
@pytest.mark.parametrize("name", ["file.txt", "file.json", "file"])
def test_a_file_that_is_no_derivation_is_refused_in_words(
    tmp_path: Path, content: bytes, words: str, command: str, name: str
) -> None:
    (tmp_path / name).write_bytes(content)
    answer = call(command, str(tmp_path / name))
    assert answer.exit_code == 2
    assert words in answer.output
    assert "Traceback" not in answer.output


def test_a_file_named_like_a_derivation_does_not_hide_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from saddlepoint.cli.entries import entry_named

    monkeypatch.chdir(tmp_path)
    (tmp_path / "large-layer-edge").mkdir()
    assert entry_named("large-layer-edge").identifier == "large-layer-edge"


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
@pytest.mark.parametrize("command", [["equation", "1 = 1"], ["equations", "-"], ["verify", "large-layer-edge"]])
def test_a_time_limit_is_a_number_of_seconds(command: list[str], seconds: str) -> None:
    answer = call(*command, "--timeout", seconds)
    assert answer.exit_code == 2
    assert "--timeout" in answer.output
