"""Records of comparisons: what they accept, what they reject, and how they are written."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from numerics.crosschecks.comparison import Comparison


def comparison(**changes: Any) -> Comparison:
    fields: dict[str, Any] = {
        "identifier": "a:b",
        "title": "title",
        "quantity": "quantity",
        "prediction": 1.0,
        "measurement": 1.1,
        "standard_error": 0.05,
        "degrees_of_freedom": 19.0,
        "finite_size_bias": 0.0,
        "k": 3.0,
        "false_alarm_rate": 1e-3,
        "rival": "rival",
        "rival_prediction": 2.0,
        "n_samples": 20,
        "provenance": {"seed": 0},
    }
    return Comparison(**{**fields, **changes})


def test_a_measurement_within_the_gate_is_accepted_and_its_z_is_signed() -> None:
    assert comparison().z == pytest.approx(2.0) and comparison().accepted
    assert comparison(measurement=0.9).z == pytest.approx(-2.0)


def test_a_measurement_beyond_the_gate_is_refused() -> None:
    assert not comparison(measurement=1.16).accepted


def test_the_stated_bias_widens_the_gate_and_nothing_else_does() -> None:
    assert comparison(measurement=1.16, finite_size_bias=0.011).accepted
    assert not comparison(measurement=1.18, finite_size_bias=0.011).accepted


def test_a_rival_is_rejected_beyond_five_errors_and_the_bias() -> None:
    assert comparison().rival_z == pytest.approx(-18.0) and comparison().rival_rejected
    assert not comparison(rival_prediction=1.3).rival_rejected
    assert not comparison(finite_size_bias=0.7).rival_rejected


def test_growth_without_a_number_is_accepted_only_upwards() -> None:
    grows = comparison(prediction=None, measurement=0.4, rival_prediction=0.0)
    assert grows.accepted and grows.rival_rejected and grows.z is None
    falls = comparison(prediction=None, measurement=-0.4, rival_prediction=0.0)
    assert not falls.accepted and falls.rival_rejected
    assert not comparison(prediction=None, measurement=0.1, rival_prediction=0.0).accepted


@pytest.mark.parametrize(
    "changes", [{"standard_error": 0.0}, {"standard_error": float("nan")}, {"measurement": float("nan")},
                {"prediction": float("inf")}, {"finite_size_bias": -1.0}]
)  # fmt: skip
def test_a_comparison_that_could_not_fail_is_not_made(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="a:b"):
        comparison(**changes)


def test_the_json_is_plain_and_undefined_numbers_are_null() -> None:
    record = comparison(
        prediction=None, data={"means": np.array([1.0, np.nan]), "n": np.int64(3), "ok": np.bool_(True), "t": (1, 2)}
    ).to_json()
    again = json.loads(json.dumps(record, allow_nan=False))
    assert again["schema"] == 1 and again["z"] is None and again["prediction"] is None
    assert again["data"] == {"means": [1.0, None], "n": 3, "ok": True, "t": [1, 2]}
