"""``saddlepoint lower``: files of C that stand by themselves, and what is said of their accuracy."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from numerics.lowering.c.toolchain import compiler
from saddlepoint.cli.app import program

ID = "multilayer-critical-temperature"


def said(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(program, ["lower", *arguments])
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.usefixtures("needs_compiler")
def test_a_file_of_c_stands_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "temperature.c"
    said(ID, "--step", "melting temperature", "-o", str(file))
    strict = [*compiler().command, "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic"]
    subprocess.run([*strict, str(file), "-lm", "-o", str(tmp_path / "a.out")], check=True)
    lines = subprocess.run([str(tmp_path / "a.out")], check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(lines) > 3
    for line in lines:
        found, exact = line.split(" = ")[1].split(", exact ")
        assert float(found) == pytest.approx(float(exact), rel=1e-14)
    (tmp_path / "use.c").write_text(
        '#include "temperature.h"\n'
        "int main(void) { double y, c = 0.5, l = 3; lowered(1, &y, &c, 1, &l, 1); return y < 0; }\n"
    )
    subprocess.run(
        [*strict, "-DNO_MAIN", str(file), str(tmp_path / "use.c"), "-lm", "-o", str(tmp_path / "b.out")], check=True
    )
    subprocess.run([str(tmp_path / "b.out")], check=True)


def test_numpy_code_goes_to_standard_output() -> None:
    assert said("large-layer-edge", "--target", "numpy", "-o", "-").startswith("import numpy as np")


def test_the_measured_error_is_part_of_the_answer() -> None:
    row = json.loads(said(ID, "--step", "melting temperature", "--target", "numpy", "--json", "-"))
    assert row["arguments"] == ["C", "L"]
    assert 0 <= row["max_ulp_per_condition"] <= 4
    assert row["worst_point"].keys() == {"C", "L"}


def test_a_step_that_is_not_there_is_named() -> None:
    assert "no step 'nothing'" in said(ID, "--step", "nothing", code=2)


def test_a_result_without_a_program_says_what_could_be_done() -> None:
    assert "found StrictLessThan" in said(ID, "--step", "stability of the replica-symmetric solution", code=2)


def test_sums_over_layers_are_lowered_at_a_size() -> None:
    assert "--size L=4" in said(ID, "--step", "reduced action", code=2)
    text = said(ID, "--step", "reduced action", "--size", "L=3", "--target", "numpy")
    assert "C[3]" in text
    assert "C[4]" not in text


@pytest.mark.parametrize(
    ("size", "message"), [("L", "NAME=INTEGER"), ("L=2.5", "NAME=INTEGER"), ("Q=3", "no symbol Q")]
)
def test_a_size_that_makes_no_sense_is_refused(size: str, message: str) -> None:
    assert message in said(ID, "--step", "reduced action", "--size", size, code=2)
