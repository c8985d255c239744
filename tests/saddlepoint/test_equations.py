"""``saddlepoint equation`` and ``saddlepoint equations``: verdicts, exit codes, messages, JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from saddlepoint.cli.app import program


def call(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(program, arguments, input=text)


def test_a_true_formula_ends_with_0_and_its_evidence() -> None:
    answer = call("equation", "cosh(x)^2 - sinh(x)^2 = 1", "--where", "x real")
    assert answer.exit_code == 0
    assert "✓ proved" in answer.output
    assert "normal form" in answer.output
    assert "for x" in answer.output


def test_a_wrong_formula_ends_with_1_its_counterexample_and_its_repair() -> None:
    answer = call("equation", "mean(z, exp(a z)) = exp(a^2)", "--where", "a > 0", "--json", "-", "--fresh")
    assert answer.exit_code == 1
    found = json.loads(answer.stdout)
    assert (found["schema"], found["status"]) == (1, "refuted")
    assert found["counterexample"]["values"] == {"a": "1"}
    assert found["left"].startswith("1.64872127")
    assert found["right"].startswith("2.71828182")
    assert found["repaired"].endswith("exp(a^2/2)")
    assert found["equation"] == "mean(z, exp(a z)) = exp(a^2)"
    assert found["where"] == "a > 0"
    assert found["evidence"][0]["outcome"] == "refutes"
    assert "would hold with" in answer.stderr


def test_an_undecided_formula_ends_with_1_and_its_reason() -> None:
    answer = call("equation", "f(x) = g(x)", "--where", "x real", "--where", "f, g function", "--json", "-")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["status"] in ("inconclusive", "refuted")


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ("1/3", ["the sides agree to", "not rigorous", "agrees (not counted)"]),
        ("1/2", ["the sides differ by 0.167: probably wrong, not proved", "doubts (not counted)"]),
    ],
)
def test_what_two_quadratures_say_is_shown_and_decides_nothing(right: str, words: list[str]) -> None:
    answer = call("equation", f"integral(x, 0, oo, airyai(x)) = {right}", "--json", "-")
    assert answer.exit_code == 1
    found = json.loads(answer.stdout)
    told = " ".join(answer.stderr.split())
    assert found["status"] == "inconclusive"
    assert [e["counted"] for e in found["evidence"] if e["route"] == "two quadratures"] == [False]
    assert all(part in told for part in words)
    assert words[0] in found["reason"]


def test_an_expansion_that_fails_from_below_is_refuted() -> None:
    answer = call("equation", "sqrt(x^2) = x + O(x^2)", "--where", "x in (-1, 1)", "--json", "-")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["status"] == "refuted"
    assert "from below: x stands for -x" in answer.stderr


def test_a_counterexample_names_the_symbols_of_its_formula_and_a_tie_is_never_lost() -> None:
    domain = ["--where", "a, b, c > 0", "--where", "a + b < 1", "--json", "-"]
    assert call("equation", "a < 1", *domain).exit_code == 0
    found = json.loads(call("equation", "c = 1", *domain).stdout)
    assert found["counterexample"]["values"].keys() == {"c"}


def test_a_chain_is_as_strong_as_its_weakest_part() -> None:
    answer = call("equation", "x^2 = x*x = x", "--where", "x in (2, 3)", "--json", "-")
    assert answer.exit_code == 1
    assert [c["status"] for c in json.loads(answer.stdout)["claims"]] == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x = y", "--where", "x > 0"], ["`y` has no domain", "    x = y\n        ^"]),
        (["x = ", "--where", "x > 0"], ["found the end"]),
        (["x = 1", "--where", "x >"], ["    x >\n       ^"]),
        (['__import__("os") = 1'], ["a name begins with a letter"]),
        (["1 = 1", "--timeout", "0"], ["--timeout"]),
        (["1 = 1", "--json", "no-such-folder/x.json"], ["no-such-folder"]),
    ],
)
def test_a_formula_that_cannot_be_read_ends_with_2_at_its_character(arguments: list[str], words: list[str]) -> None:
    answer = call("equation", *arguments)
    assert answer.exit_code == 2
    assert all(word in answer.output for word in words)


def test_reading_ends_at_its_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saddlepoint.formulas.READING_SECONDS", 0.05)
    monkeypatch.setattr("saddlepoint.formulas.read_claims", lambda *_: time.sleep(5))
    answer = call("equation", "1 = 1")
    assert answer.exit_code == 2
    assert "more than 0.05 s to read" in answer.output


FILE = """\
# notes
where x real            # for all that follows
sin(x)^2 + cos(x)^2 = 1

x^2 = x where x > 1
where n in 1..oo
sum(k, 1, n, k) = n*(n + 1)/2
"""


def test_a_file_gives_a_row_for_each_formula_and_the_worst_exit_code(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(FILE, encoding="utf-8")
    answer = call("equations", str(tmp_path / "notes.txt"), "--json", str(tmp_path / "rows.json"))
    assert answer.exit_code == 1
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert [(r["line"], r["status"]) for r in rows] == [(3, "proved"), (5, "refuted"), (7, "proved")]
    assert rows[1]["where"] == "x real, x > 1"
    assert "3 formulas: 2 proved, 1 refuted" in answer.output


def test_conditions_of_the_call_hold_for_every_line() -> None:
    answer = call("equations", "-", "--where", "x > 0", text="sqrt(x^2) = x\nwhere y > 0\n|x y| = x y\n")
    assert answer.exit_code == 0


def test_conditions_of_a_line_replace_those_of_an_earlier_line() -> None:
    answer = call("equations", "-", text="where x > 0\nwhere y > 0\nx = x\n")
    assert answer.exit_code == 2
    assert "line 3, column 1: `x` has no domain" in answer.output


def test_all_lines_are_read_before_any_is_examined() -> None:
    answer = call("equations", "-", text="1 = 1\n2 + = 1\n3 = 3\nfoo(1) = 1 where x > 0\nx = 1 where x in\n")
    assert answer.exit_code == 2
    assert "proved" not in answer.output
    assert [f"line {n}, column {c}" in answer.output for n, c in ((2, 5), (4, 1), (5, 17))] == [True] * 3


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"1 = 1 \xff\n", "expected UTF-8"), (b"# " + b"x" * 1_000_001, "expected at most 1000000 bytes")],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "notes.txt").write_bytes(content)
    answer = call("equations", str(tmp_path / "notes.txt"))
    assert answer.exit_code == 2
    assert words in answer.output


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for name in (str(tmp_path / "none.txt"), str(tmp_path)):
        answer = call("equations", name)
        assert answer.exit_code == 2
        assert "give a text file of formulas" in answer.output


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("1 + 1 = 2\n", encoding="utf-8-sig")
    assert call("equations", str(tmp_path / "notes.txt")).exit_code == 0


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="interrupts a process group")
def test_an_interrupt_from_the_keyboard_ends_with_130_and_one_word() -> None:
    hanging = "integral(u, 0, 50, integral(v, 0, 50, integral(w, 0, 50, exp(sin(u*v*w)*cos(x*u*v))))) = x"
    asked = [sys.executable, "-m", "saddlepoint", "equation", hanging, "--where", "x in (0, 5)", "--timeout", "300"]
    program = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(5)
    os.killpg(program.pid, signal.SIGINT)
    assert (*program.communicate(timeout=20), program.returncode) == ("", "interrupted\n", 130)
