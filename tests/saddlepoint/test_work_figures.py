"""Figures of works and free energies, and the command that draws them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import kstest

import numerics.solvable.experiments as experiments
from numerics import bennett_acceptance_ratio
from numerics.solvable.experiments import (
    WorkSamples,
    bracket_experiment,
    dissipation_experiment,
    dragged,
    histogram_experiment,
)
from numerics.solvable.two_state import TwoStateSystem
from saddlepoint.cli.app import program
from saddlepoint.cli.figures import WORK_FIGURES
from saddlepoint.figures.estimator_errors import draw_estimator_errors
from saddlepoint.figures.log_partition_bracket import draw_bracket
from saddlepoint.figures.work_histograms import draw_work_histograms


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "TEMPERATURES", (1, 4, 16))
    monkeypatch.setattr(experiments, "DISSIPATED_WORKS", (0.3, 1.0, 20.0))
    monkeypatch.setattr(experiments, "MACHINE", {"n_visible": 40, "n_hidden": 8, "weight_std": 0.5, "bias_std": 0.5})


def drawn_twice(draw, found, path: Path) -> None:
    draw(found, path)
    once = path.read_text(encoding="utf-8")
    draw(found, path)
    assert "<svg" in once and once == path.read_text(encoding="utf-8")


def test_histograms_are_of_works_with_the_exact_laws_and_cross(tmp_path: Path) -> None:
    samples = histogram_experiment("quick")
    for one in samples:
        law, back = one.system.work_law("forward"), one.system.work_law("reverse")
        assert kstest(one.forward, law.cumulative).pvalue > 1e-3
        assert kstest(one.reverse, back.cumulative).pvalue > 1e-3
        assert kstest(-one.reverse, law.cumulative).pvalue < 1e-9
        both = bennett_acceptance_ratio(one.forward, one.reverse)
        assert abs(both.free_energy_difference - one.system.free_energy_difference) < 4 * both.standard_error
        crossing = one.system.free_energy_difference
        assert law.density(crossing) == pytest.approx(back.density(-crossing), rel=1e-6)
    drawn_twice(draw_work_histograms, samples, tmp_path / "histograms.svg")


def test_works_without_a_density_are_not_drawn(tmp_path: Path) -> None:
    system, none = TwoStateSystem(gaps=(0.0, 2.0)), np.zeros(1)
    one = WorkSamples(name="two-state system", system=system, forward=none, reverse=none)
    with pytest.raises(TypeError, match="works that have a density; found DiscreteWorkLaw of the two-state system"):
        draw_work_histograms([one], tmp_path / "none.svg")


def test_errors_grow_with_dissipation_beyond_what_estimates_report(tmp_path: Path) -> None:
    found = dissipation_experiment("quick")
    near, _, far = found.sampled
    assert near.mean_dissipated_work == pytest.approx(0.3)
    assert near.exponential.deviation == pytest.approx(near.leading_exponential.deviation, rel=0.5)
    assert near.exponential.reliable > 0.4
    assert far.exponential.bias > 10 * far.exponential.bias_error
    assert far.exponential.reported < 0.5 * far.exponential.deviation < far.leading_exponential.deviation
    assert far.exponential.reliable == far.acceptance.reliable == 0.0
    drawn_twice(draw_estimator_errors, found, tmp_path / "errors.svg")


def test_a_trap_is_dragged_as_far_as_costs_the_work_asked_for() -> None:
    system = dragged(2.5)
    assert system.work_mean - system.free_energy_difference == pytest.approx(2.5)


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
