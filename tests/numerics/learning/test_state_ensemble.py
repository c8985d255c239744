"""The ensemble of a network's states in one record, from arrays, from a file and on the command line."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from numerics.learning.state_ensemble import state_ensemble
from saddlepoint.cli.app import program


@pytest.fixture
def weights() -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairwise((12, 4, 3))]


def dense(weights: list[np.ndarray], slopes: np.ndarray) -> np.ndarray:
    one_less = np.eye(19)
    one_less[12:16, :12] = -slopes[12:16, np.newaxis] * weights[0].T
    one_less[16:, 12:16] = -slopes[16:, np.newaxis] * weights[1].T
    return one_less.T @ one_less


def test_the_record_is_that_of_the_dense_matrix(weights: list[np.ndarray]) -> None:
    slopes = np.random.default_rng(1).uniform(0.3, 1, size=19)
    found = state_ensemble(weights, slopes, inverse_temperature=1.5, mass=0.2)
    g = dense(weights, slopes)
    eigenvalues = np.linalg.eigvalsh(g)
    assert found.least_eigenvalue == pytest.approx(eigenvalues[0], rel=1e-11)
    assert found.largest_eigenvalue == pytest.approx(eigenvalues[-1], rel=1e-11)
    assert found.n_unit_eigenvalues == 12 - 4
    assert found.squared_trace == pytest.approx(np.sum(np.log(eigenvalues) ** 2), rel=1e-11)
    assert found.cubed_trace == pytest.approx(np.sum(np.log(eigenvalues) ** 3), rel=1e-10)
    stiff = 0.7 * np.eye(19) + 1.5 * g
    assert found.log_partition == pytest.approx(19 / 2 * np.log(2 * np.pi) - np.linalg.slogdet(stiff)[1] / 2)
    flat = state_ensemble(weights, inverse_temperature=1.5, mass=0.2)
    assert abs(flat.log_partition - found.log_partition) > 1e-3


def test_the_command_answers_for_a_file(weights: list[np.ndarray], tmp_path: Path) -> None:
    file = tmp_path / "weights.npz"
    np.savez(file, a=weights[0], a_bias=np.zeros(4), b=weights[1])
    plain = CliRunner().invoke(program, ["analyze", str(file), "--json", "-"])
    assert "state_ensemble" not in json.loads(plain.stdout)
    answer = CliRunner().invoke(program, ["analyze", str(file), "--inverse-temperature", "1.5", "--json", "-"])
    expected = state_ensemble(weights, inverse_temperature=1.5)
    record = json.loads(answer.stdout)
    assert record["state_ensemble"] == expected.to_json()
    assert record["least_eigenvalue"] != expected.least_eigenvalue
    table = CliRunner().invoke(program, ["analyze", str(file), "--inverse-temperature", "1.5"])
    assert "log Z of the states" in table.stdout and "least eigenvalue of G" in table.stdout


@pytest.mark.parametrize("wrong", [["-1"], ["nan"], ["1.0", "--mass", "100"]])
def test_a_temperature_without_an_ensemble_is_a_wrong_call(
    weights: list[np.ndarray], tmp_path: Path, wrong: list[str]
) -> None:
    file = tmp_path / "weights.npz"
    np.savez(file, a=weights[0], b=weights[1])
    answer = CliRunner().invoke(program, ["analyze", str(file), "--inverse-temperature", *wrong])
    assert answer.exit_code == 2 and "expected" in answer.output


def test_what_overflows_is_null() -> None:
    record = state_ensemble([np.array([[1e153]])], inverse_temperature=1.0).to_json()
    assert record["squared_trace"] is None
    json.dumps(record, allow_nan=False)
