"""The paper's two experiments on random networks, and their figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import numerics.correlators.experiments as experiments
from numerics.correlators.experiments import WEIGHT_STDS, WIDTHS, weight_experiment, width_experiment
from saddlepoint.cli.app import program
from saddlepoint.cli.figures import NETWORK_FIGURES
from saddlepoint.figures.networks_as_fields import draw_couplings, draw_widths

TINY = experiments.Size(n_bags=3, n_networks=20, n_averaged=3, largest_width=10)


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(experiments.WIDTH_SIZES, "quick", TINY)
    monkeypatch.setitem(experiments.WEIGHT_SIZES, "quick", replace(TINY, largest_width=2))
    monkeypatch.setattr(experiments, "WEIGHT_STDS", (1.0, 20.0))


def test_the_experiments_have_the_papers_parameters() -> None:
    full = experiments.WIDTH_SIZES["full"], experiments.WEIGHT_SIZES["full"]
    assert [(s.n_bags, s.n_networks, s.largest_width) for s in full] == [(20, 30_000, 1000), (30, 30_000, 1000)]
    assert WIDTHS == (2, 3, 4, 5, 10, 20, 50, 100, 500, 1000)
    assert (*np.arange(1, 10.1, 0.5), 20) == WEIGHT_STDS


def test_figures_are_drawn_from_the_experiments(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    by_width = width_experiment("quick", progress=lambda *news: seen.append(news))
    assert [c.networks.width for c in by_width] == [2, 3, 4, 5, 10] and seen[-1] == (5, 5)
    assert {c.networks.bias_std for c in by_width} == {1.0}
    by_weight = weight_experiment("quick")
    assert {c.networks.bias_std for c in by_weight} == {0.0}
    for name, draw, cases in (("a", draw_widths, by_width), ("b", draw_couplings, by_weight)):
        draw(cases, tmp_path / f"{name}.svg")
        once = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
        draw(cases, tmp_path / f"{name}.svg")
        assert "<svg" in once and once == (tmp_path / f"{name}.svg").read_text(encoding="utf-8")


def test_the_command_writes_the_figures_it_names(tmp_path: Path) -> None:
    done = CliRunner().invoke(program, ["figures", *NETWORK_FIGURES, "--quick", "-o", str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    written = [Path(line) for line in done.stdout.split() if line.endswith(".png")]
    assert [p.name for p in written] == ["network-widths.png", "network-couplings.png"]
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in written)


def test_an_unknown_figure_or_scale_is_refused() -> None:
    assert CliRunner().invoke(program, ["figures", "network-depths"]).exit_code == 2
    with pytest.raises(ValueError, match="one of the scales quick, default, full; found 'huge'"):
        width_experiment("huge")
