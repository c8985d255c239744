"""``saddlepoint logz``: files of machines in, log Z out."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from numerics.free_energies import coupled_sweeps
from saddlepoint.cli.app import program

CHAIN = np.eye(40, k=1) + np.eye(40, k=-1)
ZERO = {"W": np.zeros((30, 3)), "b_visible": np.zeros(30), "b_hidden": np.zeros(3)}


def answer(tmp_path, arrays, *options):
    path = tmp_path / "machine.npz"
    np.savez(path, **arrays)
    return CliRunner().invoke(program, ["logz", str(path), *options])


def test_independent_units_have_a_power_of_two(tmp_path):
    result = answer(tmp_path, ZERO, "--json", "-")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["schema"] == 1
    assert found["log_partition"] == pytest.approx(33 * np.log(2), rel=1e-14)
    assert found["standard_error"] == 0
    assert found["method"] == "sum over 2^3 states"


def test_estimates_and_sums_agree(tmp_path):
    rng = np.random.default_rng(1)
    arrays = {"W": 0.4 * rng.normal(size=(20, 8)), "b_visible": rng.normal(size=20), "b_hidden": rng.normal(size=8)}
    options = ("--method", "annealing", "--chains", "200", "--temperatures", "50", "--spins", "--json", "-")
    estimate, exact = (
        json.loads(answer(tmp_path, arrays, *options).stdout),
        json.loads(answer(tmp_path, arrays, "--spins", "--json", "-").stdout),
    )
    assert abs(estimate["log_partition"] - exact["log_partition"]) < 5 * estimate["standard_error"]
    assert estimate["lower"] < estimate["upper"]
    assert estimate["seed"] == 0


def test_an_unreliable_estimate_ends_with_one(tmp_path):
    rng = np.random.default_rng(2)
    arrays = {"W": rng.normal(size=(60, 40)), "b_visible": np.zeros(60), "b_hidden": np.zeros(40)}
    result = answer(tmp_path, arrays, "--chains", "50", "--temperatures", "1")
    assert result.exit_code == 1
    assert "unreliable" in result.output


def test_fully_connected_machines_and_stored_patterns_are_summed_over(tmp_path):
    bias = np.linspace(-1, 1, 12)
    couplings = np.zeros((12, 12))
    couplings[0, 1] = couplings[1, 0] = 2.0
    found = json.loads(answer(tmp_path, {"J": couplings, "b": bias}, "--json", "-").stdout)
    pair = np.log(1 + np.exp(bias[0]) + np.exp(bias[1]) + np.exp(bias[0] + bias[1] + 2))
    assert found["log_partition"] == pytest.approx(pair + np.logaddexp(0, bias[2:]).sum(), abs=1e-12)
    found = json.loads(answer(tmp_path, {"patterns": np.ones((1, 2)), "beta": 3.0}, "--json", "-").stdout)
    assert found["log_partition"] == pytest.approx(np.log(4 * np.cosh(1.5)), abs=1e-12)


def test_a_repeated_call_takes_what_was_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    rng = np.random.default_rng(3)
    arrays = {"J": CHAIN, "b": rng.normal(size=40)}
    options = ("--chains", "300", "--temperatures", "20", "--json", "-")
    assert "kept" not in answer(tmp_path, arrays, *options).stderr
    first = answer(tmp_path, arrays, *options, "--resume")
    assert "Finished batches are kept" in first.stderr
    monkeypatch.setattr(coupled_sweeps, "compiled", lambda *_: pytest.fail("a chain moved"))
    second = answer(tmp_path, arrays, *options, "--resume")
    assert second.stdout == first.stdout
    assert json.loads(first.stdout)["method"].startswith("annealed")


def test_a_store_that_cannot_be_opened_is_needed_only_where_asked_for(tmp_path, monkeypatch):
    (tmp_path / "data").write_text("no folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("saddlepoint.cli.logz.LONG", 1)
    arrays = {"J": CHAIN, "b": np.zeros(40)}
    options = ("--chains", "50", "--temperatures", "5")
    found = answer(tmp_path, arrays, *options)
    assert found.exit_code == 0
    assert "not kept" in found.stderr
    assert answer(tmp_path, arrays, *options, "--resume").exit_code == 2


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"W": np.zeros((3, 2))}, "b_visible and b_hidden"),
        ({"J": np.array([[0.0, 1.0], [2.0, 0.0]]), "b": np.zeros(2)}, "symmetric"),
        ({"patterns": np.zeros((1, 3))}, "-1 and 1"),
        ({"W": np.zeros((3, 0)), "b_visible": np.zeros(3), "b_hidden": np.zeros(0)}, "n_hidden"),
        ({**ZERO, "b_visible": np.full(30, np.inf)}, "finite"),
        ({**ZERO, "W": np.zeros((3, 30))}, "transpose"),
        ({**ZERO, "W": np.array([[{}]], dtype=object)}, "pickle"),
    ],
)
def test_files_that_hold_no_machine_end_with_two(tmp_path, arrays, says):
    result = answer(tmp_path, arrays)
    assert result.exit_code == 2
    assert says in result.output
