"""Figures of works and free energies, and the command that draws them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import numerics.solvable.experiments as experiments
from numerics.solvable.experiments import bracket_experiment
from saddlepoint.cli.app import program
from saddlepoint.cli.figures import WORK_FIGURES
from saddlepoint.figures.log_partition_bracket import draw_bracket


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "TEMPERATURES", (1, 4, 16))
    monkeypatch.setattr(experiments, "MACHINE", {"n_visible": 40, "n_hidden": 8, "weight_std": 0.5, "bias_std": 0.5})


def drawn_twice(draw, found, path: Path) -> None:
    draw(found, path)
    once = path.read_text(encoding="utf-8")
    draw(found, path)
    assert "<svg" in once and once == path.read_text(encoding="utf-8")


def test_brackets_hold_log_z_and_shrink(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    brackets = bracket_experiment("default", progress=lambda *news: seen.append(news))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    widths = [b.found.upper - b.found.lower for b in brackets]
    assert widths == sorted(widths, reverse=True)
    for b in brackets:
        works = b.found.combined.work, b.found.combined.reverse_work
        ahead, back = (np.std(w, ddof=1) / np.sqrt(w.size) for w in works)
        assert b.found.lower < b.exact + 4 * ahead
        assert b.found.upper > b.exact - 4 * back
        assert abs(b.found.log_partition - b.exact) < 4 * b.found.standard_error
    drawn_twice(draw_bracket, brackets, tmp_path / "bracket.svg")


def test_the_command_writes_the_figures_of_works(tmp_path: Path) -> None:
    done = CliRunner().invoke(program, ["figures", *WORK_FIGURES, "--quick", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    written = [Path(line) for line in done.stdout.split() if line.endswith(".png")]
    assert [p.stem for p in written] == list(WORK_FIGURES)
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in written)


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the scales quick, default, full; found 'huge'"):
        bracket_experiment("huge")
