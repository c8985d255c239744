"""``saddlepoint logz``: files of machines in, log Z out."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from saddlepoint.cli.app import program

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


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"W": np.zeros((3, 2))}, "b_visible and b_hidden"),
        ({**ZERO, "W": np.zeros((3, 30))}, "transpose"),
        ({**ZERO, "W": np.array([[{}]], dtype=object)}, "pickle"),
    ],
)
def test_files_that_hold_no_machine_end_with_two(tmp_path, arrays, says):
    result = answer(tmp_path, arrays)
    assert result.exit_code == 2
    assert says in result.output
