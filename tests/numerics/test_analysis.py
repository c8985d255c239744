"""One record for one network, from arrays or from a file."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import numerics.analysis
from numerics import analyze, critical_temperature
from numerics.spectra.bond_edge import largest_bond_eigenvalue
from numerics.spectra.level_spacing import first_level_spacing


def network(sizes: tuple[int, ...] = (12, 9, 7, 3)) -> list[Any]:
    rng = np.random.default_rng(0)
    return [rng.standard_normal(shape) for shape in pairwise(sizes)]


def test_the_record_joins_the_single_results() -> None:
    weights = network()
    record, transition = analyze(weights), critical_temperature(weights)
    assert record.layer_sizes == (12, 9, 7, 3)
    assert record.critical_temperature == transition.temperature
    assert record.inverse_critical_temperature == pytest.approx(1 / record.critical_temperature)
    assert record.least_eigenvalue == transition.least_eigenvalue
    assert record.crosses == transition.crosses
    assert record.largest_bond_eigenvalue == largest_bond_eigenvalue(weights)
    assert record.first_level_spacing == first_level_spacing(weights, transition.inverse_temperature)
    assert record.notes == ()


@pytest.mark.parametrize("as_path", [Path, str])
def test_a_file_gives_the_record_of_its_arrays_and_notes_the_biases(tmp_path: Path, as_path: Any) -> None:
    weights = network()
    file = tmp_path / "trained.npz"
    arrays = {f"layers.{2 * k}.weight": w.T for k, w in enumerate(weights)}
    np.savez(file, **arrays, **{f"layers.{2 * k}.bias": np.zeros(w.shape[1]) for k, w in enumerate(weights)})
    record, expected = analyze(as_path(file)), analyze(weights)
    assert record.layer_sizes == expected.layer_sizes
    assert record.critical_temperature == pytest.approx(expected.critical_temperature, rel=1e-10)
    assert record.notes == ("not weight matrices, left out: layers.0.bias, layers.2.bias, layers.4.bias",)


def test_json_is_one_object_with_the_promised_fields_and_null_for_what_is_undefined() -> None:
    written = json.loads(json.dumps(analyze([np.ones((10, 12))]).to_json(), allow_nan=False))
    assert written["schema"] == 1
    assert written["layer_sizes"] == [10, 12]
    assert written["crosses"] is True
    assert written["first_level_spacing"] is None
    assert written["notes"] == ["first_level_spacing is undefined: most levels coincide"]
    assert written["critical_temperature"] * written["inverse_critical_temperature"] == pytest.approx(1)
    assert written["largest_bond_eigenvalue"] == pytest.approx(np.sqrt(120))
    assert written["least_eigenvalue"] < 0


def test_networks_too_large_for_dense_spectra_say_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numerics.analysis, "_MOST_DENSE_SPINS", 30)
    record = analyze(network())
    assert record.first_level_spacing is None
    assert record.notes == ("first_level_spacing left out: 31 spins are more than 30",)


def test_the_orientation_is_passed_on() -> None:
    square = [np.arange(1.0, 10.0).reshape(3, 3), np.diag([1.0, 2.0, 3.0])]
    with pytest.raises(ValueError, match='orientation="in-out"'):
        analyze(square)
    inward, outward = (analyze(square, orientation=way) for way in ("in-out", "out-in"))
    transposed = analyze([w.T for w in square], orientation="in-out")
    assert outward.critical_temperature == pytest.approx(transposed.critical_temperature, rel=1e-10)
    assert inward.critical_temperature != pytest.approx(outward.critical_temperature, rel=1e-5)


@pytest.mark.parametrize("bad", [[], [np.full((2, 2), np.nan)], [np.zeros((2, 2))]])
def test_what_is_no_network_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match="expected"):
        analyze(bad)
