"""Answers are JSON that every reader accepts."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from saddlepoint.strict_json import dumps, plain, row, write_json, write_text


def test_undefined_numbers_are_null() -> None:
    value = {"a": math.nan, "b": [math.inf, 1.5], "c": np.float64("nan"), "d": np.array([1.0, np.nan])}
    assert json.loads(dumps(value)) == {"a": None, "b": [None, 1.5], "c": None, "d": [1.0, None]}


def test_rows_carry_their_schema() -> None:
    assert row({"x": np.int64(3), "y": (True, None)}) == {"schema": 1, "x": 3, "y": [True, None]}


def test_what_has_no_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="found a Symbol"):
        plain({"x": sp.Symbol("x")})


def test_documents_are_utf_8(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"β": "σ"})
    assert (tmp_path / "a.json").read_bytes().decode("utf-8") == '{\n  "β": "σ"\n}\n'


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_text(target, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(target, "\udc80")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
