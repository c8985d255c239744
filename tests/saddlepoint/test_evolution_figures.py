"""Figures of evolutions, what is drawn in them, and the command that draws them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from numerics.evolution.convergence import Convergences, convergence_experiment
from numerics.evolution.phase_scales import PhaseScales, phase_experiment
from saddlepoint.cli.app import program
from saddlepoint.cli.figures import EVOLUTION_FIGURES
from saddlepoint.figures.evolution_convergence import draw_convergence
from saddlepoint.figures.two_evolutions import draw_two_evolutions


@pytest.fixture(scope="module")
def convergences() -> Convergences:
    return convergence_experiment("quick")


@pytest.fixture(scope="module")
def phases() -> PhaseScales:
    return phase_experiment("quick")


def drawn_twice(draw, found, path: Path) -> None:
    draw(found, path)
    once = path.read_text(encoding="utf-8")
    draw(found, path)
    assert "<svg" in once and once == path.read_text(encoding="utf-8")


def test_every_scheme_has_its_order(convergences: Convergences, tmp_path: Path) -> None:
    assert len(convergences.errors) == 9
    for one in convergences.errors:
        if one.order is None:
            assert one.errors[1:].max() < 1e-14, one.name
        else:
            assert one.measured_order == pytest.approx(one.order, abs=0.12), one.name
    drawn_twice(draw_convergence, convergences, tmp_path / "convergence.svg")


def test_what_should_be_conserved_is(convergences: Convergences) -> None:
    lost = {one.name: one.deviations.max() for one in convergences.conservation}
    assert len(lost) == 6
    for name, deviation in lost.items():
        assert deviation < (1e-3 if name == "energy, split-step" else 1e-11), name


def test_the_terms_foretell_the_distance_at_all_scales_and_the_dropped_one_does_not(phases: PhaseScales) -> None:
    misses = np.abs(phases.rates / phases.predicted_rates(phases.scales) - 1)
    assert misses.max() < 5e-3
    alone = phases.rates_of_dropped_term(phases.scales) / phases.rates
    assert alone[0] < 0.05, "the smaller the phase, the less of the distance is the dropped term"
    assert alone[-1] == pytest.approx(1, abs=0.05)
    assert phases.pattern_correlation > 0.99


def test_at_equilibrium_under_constraints_the_dropped_term_is_all(phases: PhaseScales) -> None:
    """Within 2 percent where the constrained density moves by a thousandth of a cell."""
    misses = np.abs(phases.held_rates / phases.predicted_held_rates(phases.scales) - 1)
    assert misses.max() < 0.02
    assert misses[4:].max() < 1e-3
    assert phases.held_terms.production < 1e-20


def test_distances_stay_below_their_bounds_and_the_nearest_scale_is_nearest(
    phases: PhaseScales, tmp_path: Path
) -> None:
    for both in phases.histories.values():
        assert (both.wasserstein_distances <= both.wasserstein_bounds + 1e-5).all()
    still, nearest, strong = (both.wasserstein_distances[1] for both in phases.histories.values())
    assert nearest < still < strong
    assert phases.predicted_rates(np.array([phases.nearest_scale])) < phases.predicted_rates(phases.scales).min()
    drawn_twice(draw_two_evolutions, phases, tmp_path / "evolutions.svg")


def test_a_wave_made_of_constraints_keeps_none_of_them(phases: PhaseScales) -> None:
    both = phases.constrained
    assert np.abs(both.diffused.constraint_residuals).max() < 1e-11
    assert (np.abs(both.wave_residuals[-1]) > 0.1).all()


def test_the_command_writes_the_figures_of_evolutions(tmp_path: Path) -> None:
    done = CliRunner().invoke(program, ["figures", *EVOLUTION_FIGURES, "--quick", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    written = [Path(line) for line in done.stdout.split() if line.endswith(".png")]
    assert [p.stem for p in written] == list(EVOLUTION_FIGURES)
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in written)


@pytest.mark.parametrize("experiment", [convergence_experiment, phase_experiment])
def test_an_unknown_scale_is_refused(experiment) -> None:
    with pytest.raises(ValueError, match="one of the scales quick, default, full; found 'huge'"):
        experiment("huge")


def test_progress_counts_up_to_the_total() -> None:
    seen: list[tuple[int, int]] = []
    convergence_experiment("quick", progress=lambda *news: seen.append(news))
    assert seen == [(k, 12) for k in range(1, 13)]
