"""Tables of formulas of the field, right and wrong, with the verdict that the program gives today."""

from __future__ import annotations

from pathlib import Path

import pytest

from saddlepoint.formula_file import read_file
from saddlepoint.formulas import Formula, examine

FOLDER = Path(__file__).parent / "formulas"
RIGHT, WRONG = (read_file(str(FOLDER / f"{name}.txt")) for name in ("right", "wrong"))
QUICK = 3
"""Every third formula is examined in the quick suite, all of them in the slow one."""


def spread(formulas: tuple[Formula, ...]) -> list[object]:
    """All formulas, most of them marked as slow."""
    return [
        pytest.param(f, id=f.text, marks=() if n % QUICK == 0 else (pytest.mark.slow,)) for n, f in enumerate(formulas)
    ]


@pytest.mark.parametrize("formula", spread(RIGHT))
def test_a_right_formula_holds(formula: Formula) -> None:
    report = examine(formula, timeout=20.0, seed=0)
    assert report.holds, report.deciding


@pytest.mark.parametrize("formula", spread(WRONG))
def test_a_wrong_formula_is_refuted_with_a_counterexample(formula: Formula) -> None:
    report = examine(formula, timeout=20.0, seed=0)
    assert report.status == "refuted", report.deciding
    assert report.deciding.counterexample is not None


def test_the_tables_are_large_and_differ() -> None:
    assert len(RIGHT) > 60
    assert len(WRONG) > 40
    assert {f.text for f in RIGHT}.isdisjoint({f.text for f in WRONG})
