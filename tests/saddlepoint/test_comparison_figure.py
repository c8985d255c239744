"""The figure of all comparisons has ticks as far as its rivals lie, and can be drawn of any number of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from saddlepoint.figures import comparisons as figure


def compared(rival_z: float, z: float | None = 0.5) -> Any:
    return SimpleNamespace(title="a comparison", k=3.0, finite_size_bias=0.0, standard_error=0.1, z=z, rival_z=rival_z)


@pytest.mark.parametrize(
    ("reach", "ticks"),
    [(0.0, [-100, 0, 100]), (99.0, [-100, 0, 100]), (3e5, [-1e6, -1e4, -100, 0, 100, 1e4, 1e6])],
)
def test_ticks_reach_as_far_as_the_rivals(reach: float, ticks: list[float]) -> None:
    places, words = figure._ticks(reach)
    assert places == ticks
    assert words[0].startswith("$-10")
    assert words[len(words) // 2] == "0"


@pytest.mark.parametrize("drawn", [[], [compared(30.0)], [compared(-4e6), compared(9.0, z=None)]])
def test_any_number_of_comparisons_is_drawn(drawn: list[Any], tmp_path: Path) -> None:
    figure.draw_comparisons(drawn, tmp_path / "comparisons.png")
    assert (tmp_path / "comparisons.png").stat().st_size > 1000
