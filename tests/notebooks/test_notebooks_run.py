"""Every notebook runs from top to bottom; its title is a claim, and its last cell asserts it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def cells(path: Path, kind: str) -> list[str]:
    data = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in data["cells"] if c["cell_type"] == kind]


def run(sources: list[str]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for source in sources:
        exec(compile(source, "<cell>", "exec"), names)
    return names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_and_its_last_cell_asserts(path: Path):
    sources = cells(path, "code")
    assert sources[-1].startswith("assert ")
    run(sources)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_the_title_is_a_sentence(path: Path):
    title = cells(path, "markdown")[0].splitlines()[0]
    assert re.match(r"# \w.*\b(is|are|has|have|holds?|follows?|melts?|vanish(es)?|agrees?)\b", title)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_output_is_committed(path: Path):
    data = json.loads(path.read_text(encoding="utf-8"))
    assert all(not c.get("outputs") for c in data["cells"])


def test_the_last_cell_of_the_own_derivation_can_fail():
    (path,) = [p for p in NOTEBOOKS if p.stem == "your_own_derivation"]
    sources = cells(path, "code")
    wrong = [s.replace("- potential(x) * psi(x)", "- 2 * potential(x) * psi(x)") for s in sources]
    with pytest.raises(ValueError, match="refuted"):
        run(wrong)


def test_there_are_notebooks():
    assert NOTEBOOKS
