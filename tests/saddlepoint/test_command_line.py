"""Calls of the program: answers, exit codes, messages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from derivations import Derivation
from saddlepoint.cli.app import program

HEAVY = ("sympy", "scipy", "matplotlib", "numpy", "flint")
COMMANDS = ("run", "list", "derive", "verify", "ledger", "check", "analyze", "equation", "equations")
Only = Callable[[Derivation], None]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([c, "--help"] for c in COMMANDS)], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    look = (
        "import sys\nfrom saddlepoint.cli.app import program\n"
        f"program.main({arguments!r}, standalone_mode=False)\n"
        f"print('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_help_teaches_by_example() -> None:
    assert "saddlepoint derive multilayer-critical-temperature --latex" in call("--help").output
    for command in COMMANDS:
        assert f"  saddlepoint {command}" in call(command, "--help").output


def test_list_names_the_printed_equations(toy: Derivation, only: Only) -> None:
    only(toy)
    answer = call("list")
    assert answer.exit_code == 0
    assert "toy2020paper (2)" in answer.output


def test_json_on_standard_output_is_alone_there(toy: Derivation, only: Only) -> None:
    only(toy)
    answer = call("verify", "--json", "-")
    assert answer.exit_code == 0
    (row,) = json.loads(answer.stdout)
    assert row["schema"] == 1
    assert (row["id"], row["stated_steps"]) == ("toy", 0)
    assert row["rests_on"][0] == "order of limits"
    assert [s["status"] for s in row["steps"]] == [None, "proved", "proved"]
    assert row["steps"][1]["claim_latex"].startswith(r"\left(x + y\right)^{2} = x^{2}")
    assert row["steps"][1]["evidence"]
    assert "square" in answer.stderr


def test_a_refuted_step_ends_with_1_and_its_counterexample(wrong_toy: Derivation, only: Only) -> None:
    only(wrong_toy)
    answer = call("verify", "--json", "-")
    assert answer.exit_code == 1
    (row,) = json.loads(answer.stdout)
    assert row["status"] == "refuted"
    assert row["steps"][1]["counterexample"]["values"]
    assert "left = " in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["derive", "nonsense"], ["nonsense", "multilayer-critical-temperature"]),
        (["verify", "nonsense"], ["nonsense", "multilayer-critical-temperature"]),
        (["verify", "mine.json"], ["mine.json", "Derivation.save"]),
        (["ledger", "nonsense"], ["nonsense", "barney2024neural"]),
        (["analyze", "no-such-file.npz"], ["no-such-file.npz"]),
        (["analyze"], ["FILE"]),
        (["list", "--json", "no-such-folder/a.json"], ["no-such-folder", "folder that exists"]),
        (["check", "--workers", "0"], ["workers"]),
        (["conjure"], ["conjure"]),
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_says_what_was_found(arguments: list[str], words: list[str]) -> None:
    answer = call(*arguments)
    assert answer.exit_code == 2
    assert [w for w in words if w not in answer.stderr] == []
    assert "Traceback" not in answer.output


def test_check_refuses_an_unknown_name() -> None:
    answer = call("check", "nonsense")
    assert answer.exit_code == 2
    assert "nonsense" in answer.stderr


def test_a_run_into_a_file_is_refused_before_it_starts(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    answer = call("run", "-o", str(tmp_path / "taken"))
    assert answer.exit_code == 2
    assert "is a file, expected a folder" in answer.stderr
    assert (tmp_path / "taken").read_text() == "mine"


@pytest.mark.parametrize("kind", ["latex", "markdown", "html"])
def test_derive_writes_documents(kind: str, toy: Derivation, only: Only, tmp_path: Path) -> None:
    only(toy)
    target = tmp_path / "toy.out"
    assert call("derive", "toy", f"--{kind}", str(target)).exit_code == 0
    assert "The energy of a toy" in target.read_text(encoding="utf-8")
    assert call("derive", "toy", f"--{kind}", "-").stdout == target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arrays", "word"),
    [
        ({}, "no"),
        ({"a": np.full((3, 2), np.nan)}, "finite"),
        ({"a": np.ones((3, 2)), "b": np.ones((5, 4))}, "(5, 4)"),
        ({"a": np.ones((3, 3)), "b": np.ones((3, 3))}, "orientation"),
        ({"a": np.array([[None]], dtype=object)}, "object"),
    ],
    ids=["empty", "not finite", "no chain", "both orientations", "objects"],
)
def test_analyze_says_what_is_wrong_with_the_weights(arrays: dict[str, Any], word: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "weights.npz", **arrays)
    answer = call("analyze", str(tmp_path / "weights.npz"))
    assert answer.exit_code == 2
    assert word in answer.stderr


def test_analyze_answers_with_one_object(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    np.savez(tmp_path / "weights.npz", a=rng.normal(size=(6, 5)), b=rng.normal(size=(5, 4)))
    answer = call("analyze", str(tmp_path / "weights.npz"), "--json", "-")
    record = json.loads(answer.stdout)
    assert record["schema"] == 1
    assert record["layer_sizes"] == [6, 5, 4]
    assert record["critical_temperature"] * record["inverse_critical_temperature"] == pytest.approx(1)
    assert {"least_eigenvalue", "crosses", "first_level_spacing", "largest_bond_eigenvalue"} <= set(record)


def test_derive_shows_the_chain(toy: Derivation, only: Only) -> None:
    only(toy)
    answer = call("derive", "toy")
    assert answer.exit_code == 0
    assert "Postulate P1 (order of limits)" in answer.stdout


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = f'"{sys.executable}" -m saddlepoint --help | head -n 1'
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("Usage: saddlepoint")


def test_the_module_is_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "saddlepoint", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("saddlepoint ")
