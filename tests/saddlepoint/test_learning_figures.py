"""Figures of the thermodynamics of learning, what they are drawn from, and the command that draws them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import numerics.learning.experiments as experiments
from numerics.learning.experiments import extrema_branches, extrema_curves, spectrum_experiment
from numerics.learning.two_fractions import two_fraction_extrema
from saddlepoint.cli.app import program
from saddlepoint.cli.figures import LEARNING_FIGURES
from saddlepoint.figures.thermodynamics_of_learning import draw_branches, draw_extrema, draw_spectra


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "ARCHITECTURES", {"one": (784, 6, 10), "two": (784, 6, 5, 10)})
    monkeypatch.setitem(experiments.EPOCHS, "quick", 1)


def drawn_twice(draw: Any, found: Any, path: Path) -> str:
    draw(found, path)
    once = path.read_text(encoding="utf-8")
    draw(found, path)
    assert "<svg" in once and once == path.read_text(encoding="utf-8")
    return once


def test_spectra_are_those_of_dense_matrices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    right = experiments.dynamical
    monkeypatch.setattr(experiments, "dynamical", lambda n, x: kept.append((n, right(n, x))) or kept[-1][1])
    found = spectrum_experiment("quick", seed=3)
    assert [one.trained.shape for one in found] == [(2, 784 + 16 - 778), (2, 784 + 21 - 778)]
    assert all(one.errors[1] < one.errors[0] for one in found)
    for network, values in (kept[0], kept[-1]):
        slopes = experiments.mean_slopes(network, experiments.load_digits().x_train.astype(float))
        one_less, first = np.eye(sum(network.layer_sizes)), 0
        for weight, slope in zip(network.weights, slopes, strict=True):
            last = first + len(weight)
            one_less[last : last + len(slope), first:last] = -slope[:, np.newaxis] * weight.T
            first = last
        spectrum = np.log(np.linalg.eigvalsh(one_less.T @ one_less))
        np.testing.assert_allclose(spectrum[:3], values[:3], rtol=1e-9)
        np.testing.assert_allclose(spectrum[-3:], values[-3:], rtol=1e-9)
        assert np.sum(values**2) == pytest.approx(np.sum(spectrum**2), rel=1e-9)
    drawn_twice(draw_spectra, found, tmp_path / "spectra.svg")


def test_the_curves_are_those_of_figure_one(tmp_path: Path) -> None:
    found = extrema_curves()
    (third,) = [curves for curves in found if curves[0].fraction == Fraction(1, 3)]
    assert [c.inverse_temperature for c in third] == [0.25, 0.5, 0.73, 1.0]
    for one in third:
        x, beta = one.log_eigenvalues, one.inverse_temperature
        other = 2 / (1 + beta * np.exp(-x / 2)) ** 2
        expected = 854 * beta / 6 * (1 / (1 + beta * np.exp(x)) ** 2 + other)
        np.testing.assert_allclose(one.values, expected, rtol=1e-12)
        assert one.printed == pytest.approx(3 * np.log(np.sqrt(0.25 + 1 / beta) - 0.5), abs=1e-12)
        for extremum, height in zip(one.extrema, one.at_extrema, strict=True):
            near = one.values[np.abs(x - extremum.log_eigenvalue) < 0.3]
            if extremum.kind == "minimum":
                assert height <= near.min() * (1 + 1e-12)
            if extremum.kind == "maximum":
                assert height >= near.max() * (1 - 1e-12)
    assert "inflection" in drawn_twice(draw_extrema, found, tmp_path / "extrema.svg")


def test_branches_pass_through_the_extrema_of_the_solver(tmp_path: Path) -> None:
    found = extrema_branches()
    for one in found:
        for k in range(100, 701, 60):
            if one.log_eigenvalues[k] == 0:
                continue
            extrema = two_fraction_extrema(one.fraction, float(one.inverse_temperatures[k]))
            nearest = min(extrema, key=lambda e: abs(e.log_eigenvalue - one.log_eigenvalues[k]))
            assert nearest.log_eigenvalue == pytest.approx(one.log_eigenvalues[k], rel=1e-6, abs=1e-9)
            assert nearest.kind == ("minimum" if one.minima[k] else "maximum")
    drawn_twice(draw_branches, found, tmp_path / "branches.svg")


def test_the_command_writes_the_figures(tmp_path: Path) -> None:
    done = CliRunner().invoke(program, ["figures", *LEARNING_FIGURES, "--quick", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    written = [Path(line) for line in done.stdout.split() if line.endswith(".png")]
    assert [p.stem for p in written] == list(LEARNING_FIGURES)
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in written)


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the scales quick, default, full; found 'huge'"):
        spectrum_experiment("huge")
