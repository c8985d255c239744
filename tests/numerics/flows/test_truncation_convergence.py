"""Extrapolation in the order of truncations: its errors cover the untruncated exponents, on the command line too."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from numerics import global_fixed_point
from numerics.flows.convergence import extrapolated_limit, truncation_convergence
from saddlepoint.cli.app import program
from theory import LitimRegulator

LITIM = LitimRegulator()


CASES = [(3, 0), (3, 1), (3, 4), (3.5, 1)]


@pytest.mark.parametrize(
    ("dimension", "components", "order"),
    [(3, 1, 9), *(pytest.param(d, n, 13, marks=pytest.mark.slow) for d, n in CASES)],
)
def test_the_error_of_the_limit_covers_the_exponents_at_every_field(
    dimension: float, components: int, order: int
) -> None:
    cut = truncation_convergence(dimension=dimension, components=components, regulator=LITIM, order=order)
    whole = global_fixed_point(dimension=dimension, components=components, regulator=LITIM, digits=8)
    for values, limit, exact in (
        (
            cut.correlation_length_exponents,
            cut.extrapolated_correlation_length_exponent,
            whole.correlation_length_exponent,
        ),
        (cut.correction_exponents, cut.extrapolated_correction_exponent, whole.correction_exponent),
    ):
        assert abs(limit.value - float(exact)) < limit.error < 5e-3
        for count in range(5, len(values)):
            shorter = extrapolated_limit(values[:count])
            assert abs(shorter.value - float(exact)) < shorter.error


def test_two_damped_oscillations_are_extrapolated_exactly() -> None:
    sequence = [2 + (-0.6) ** n + 3 * 0.4**n * np.cos(n) for n in range(9)]
    found = extrapolated_limit(sequence)
    assert abs(found.value - 2) < 1e-9
    assert found.error > abs(found.value - 2)


def test_a_sequence_that_grows_has_a_large_error() -> None:
    found = extrapolated_limit([n + math.sin(n * n) for n in range(9)])
    assert found.error > 1


def test_few_orders_have_no_limit() -> None:
    found = extrapolated_limit([1.0, 2.0, 1.5])
    assert math.isnan(found.value)
    assert math.isnan(found.error)


def test_the_command_shows_the_limit_the_untruncated_fixed_point_and_a_figure(tmp_path: Path) -> None:
    picture = tmp_path / "convergence.png"
    arguments = [
        "flow",
        "-o",
        "6",
        "--convergence",
        "--global",
        "--digits",
        "6",
        "--figure",
        str(picture),
        "--json",
        "-",
    ]
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    nu = float(answer["untruncated"]["correlation_length_exponent"])
    assert nu == pytest.approx(0.649562)
    assert abs(answer["extrapolated"]["nu"]["value"] - nu) < answer["extrapolated"]["nu"]["error"]
    assert "limit" in result.stderr
    assert picture.stat().st_size > 10_000


def test_the_command_answers_for_multicritical_fixed_points_alone() -> None:
    result = CliRunner().invoke(program, ["flow", "-d", "2.8", "--multicritical", "3", "--digits", "5", "--json", "-"])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert set(answer) == {"schema", "untruncated"}
    assert len(answer["untruncated"]["extrema"]) == 2


def test_the_command_shows_the_anomalous_dimension() -> None:
    result = CliRunner().invoke(program, ["flow", "-o", "4", "--anomalous-dimension", "--json", "-"])
    assert result.exit_code == 0, result.output
    assert 0.02 < json.loads(result.stdout)["anomalous_dimension"] < 0.2
    assert "eta" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["--multicritical", "3"], ["--figure", "a.txt"], ["--anomalous-dimension", "--global"]]
)
def test_a_wrong_call_says_so(arguments: list[str]) -> None:
    assert CliRunner().invoke(program, ["flow", *arguments]).exit_code == 2
