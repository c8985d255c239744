"""The main job leaves a folder that stands by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from derivations import Derivation
from numerics.crosschecks.comparison import Comparison
from numerics.crosschecks.crosscheck import CrossCheck, Run
from saddlepoint.checking import status_of
from saddlepoint.cli.app import program

Only = Callable[[Derivation], None]


def comparison(measurement: float, **changes: Any) -> Comparison:
    fields = {
        "identifier": "toy:1",
        "title": "A toy & its network",
        "quantity": "number of wheels",
        "prediction": 4.0,
        "measurement": measurement,
        "standard_error": 0.01,
        "degrees_of_freedom": 19.0,
        "finite_size_bias": 0.0,
        "k": 3.5,
        "false_alarm_rate": 0.001,
        "rival": "tricycles",
        "rival_prediction": 3.0,
        "n_samples": 20,
        "provenance": {"seed": 0},
        "serves": ("barney2024neural:25",),
    }
    return Comparison(**{**fields, **changes})


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> Callable[[Comparison], None]:
    """Let the only cross-check give one comparison."""
    monkeypatch.setattr("saddlepoint.figures.least_eigenvalue.WIDTHS", (2, 3, 4))
    monkeypatch.setattr("saddlepoint.figures.least_eigenvalue.N_TEMPERATURES", 3)

    def put(found: Comparison) -> None:
        def answer(run: Run) -> tuple[Comparison, ...]:
            run.report(1, 1, "a toy")
            return (found,)

        check = CrossCheck(identifier="toy", title="Toys", question="Do toys have wheels?", answer=answer)
        monkeypatch.setattr("numerics.crosschecks.CROSSCHECKS", (check,))

    return put


def run_into(folder: Path) -> Result:
    return CliRunner().invoke(program, ["run", "-o", str(folder), "--seed", "3", "--workers", "1"])


def test_a_run_leaves_everything_in_its_folder(toy: Derivation, only: Only, measuring: Any, tmp_path: Path) -> None:
    only(toy)
    measuring(comparison(4.001))
    answer = run_into(tmp_path / "results")
    assert answer.exit_code == 0, answer.output
    names = {str(p.relative_to(tmp_path / "results")) for p in (tmp_path / "results").rglob("*") if p.is_file()}
    assert names == {
        "index.html",
        "verify.json",
        "checks.json",
        "ledger.json",
        "provenance.json",
        "ledger.html",
        "networks.html",
        *(f"assets/{name}" for name in ("site.css", "site.js", "katex.css", "katex.js", "katex-LICENSE.txt")),
        *(f"derivations/toy.{kind}" for kind in ("html", "md", "tex")),
        *(f"figures/{name}.{kind}" for name in ("comparisons", "least-eigenvalue") for kind in ("png", "svg")),
    }
    assert json.loads((tmp_path / "results/provenance.json").read_text())["seed"] == 3
    (row,) = json.loads((tmp_path / "results/checks.json").read_text())
    assert (row["schema"], row["status"], row["prediction"]) == (1, "measured", 4.0)


def test_the_ledger_of_a_run_knows_what_was_measured(
    toy: Derivation, only: Only, measuring: Any, tmp_path: Path
) -> None:
    only(toy)
    measuring(comparison(4.001))
    assert run_into(tmp_path).exit_code == 0
    rows = {r["equation"]: r for r in json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))}
    assert rows["25"]["verdict"] == "empirical"
    assert rows["25"]["reason"].startswith("the cross-check toy:1 agrees")


def test_a_run_says_in_a_dozen_lines_what_was_found(
    toy: Derivation, only: Only, measuring: Any, tmp_path: Path
) -> None:
    only(toy)
    measuring(comparison(4.001))
    lines = run_into(tmp_path).stdout.splitlines()
    end = lines[next(n for n, line in enumerate(lines) if line.startswith("Done in")) :]
    assert len(end) <= 14
    assert "All derivations stand and all cross-checks agree." in end[-2]
    assert any("1 of 1 comparisons" in line for line in end)


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (comparison(4.001), "measured"),
        (comparison(4.2), "refuted"),
        (comparison(4.001, rival_prediction=4.01), "inconclusive"),
    ],
    ids=["agrees", "disagrees", "cannot tell"],
)
def test_only_a_comparison_that_rejects_its_rival_counts(
    found: Comparison, status: str, toy: Derivation, only: Only, measuring: Any, tmp_path: Path
) -> None:
    only(toy)
    measuring(found)
    assert status_of(found) == status
    assert run_into(tmp_path).exit_code == (0 if status == "measured" else 1)


def test_a_refuted_derivation_fails_the_run(wrong_toy: Derivation, only: Only, measuring: Any, tmp_path: Path) -> None:
    only(wrong_toy)
    measuring(comparison(4.001))
    answer = run_into(tmp_path)
    assert answer.exit_code == 1
    assert "Something does not stand" in answer.stdout


def test_what_grows_through_training_is_drawn(toy: Derivation, only: Only, measuring: Any, tmp_path: Path) -> None:
    only(toy)
    series = {"epochs": (0, 1, 2), "wheels": [4.0, None, 5.0], "wheels_standard_error": [0.1, None, 0.1]}
    measuring(comparison(1.0, prediction=None, rival_prediction=0.0, data=series))
    answer = run_into(tmp_path)
    assert answer.exit_code == 0, answer.output
    assert (tmp_path / "figures/training.svg").exists()
    assert "A toy & its network: 1 ± 0.01 (number of wheels)." in answer.stdout


def test_check_writes_a_row_for_each_comparison(measuring: Any) -> None:
    measuring(comparison(4.001))
    answer = CliRunner().invoke(program, ["check", "toy", "--quick", "--json", "-"])
    assert answer.exit_code == 0
    (row,) = json.loads(answer.stdout)
    assert row["rival"] == "tricycles"
    assert row["false_alarm_rate"] == 0.001
