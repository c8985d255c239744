"""All comparisons of a run: how far each measurement lies from the prediction and from its rival."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from saddlepoint.figures.style import MEASURED, RIVAL, canvas, save

if TYPE_CHECKING:
    from numerics.crosschecks import Comparison


def draw_comparisons(comparisons: Sequence[Comparison], path: Path) -> None:
    """A row for each comparison, distances in standard errors; the grey bar is the gate, bias included."""
    with canvas(width=8.0, height=1.2 + 0.3 * len(comparisons)) as (figure, axes):
        for place, c in enumerate(comparisons):
            gate = c.k + c.finite_size_bias / c.standard_error
            if c.z is not None:
                axes.barh(place, 2 * gate, left=-gate, color="0.9", zorder=0)
                axes.plot(c.z, place, "o", color=MEASURED[-1])
            axes.plot(c.rival_z, place, "x", color=RIVAL)
        axes.set_xscale("symlog", linthresh=5.0)
        axes.set_yticks(range(len(comparisons)), [c.title for c in comparisons], fontsize=7)
        axes.invert_yaxis()
        axes.set_xticks([-100, -10, 0, 10, 100], ["-100", "-10", "0", "10", "100"])
        figure.supxlabel("standard errors from the prediction (o), from the rival (x); grey: the gate", fontsize=9)
        save(figure, path)
