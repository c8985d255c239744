"""All comparisons of a run: how far each measurement lies from the prediction and from its rival."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from saddlepoint.figures.style import MEASURED, RIVAL, canvas, save

if TYPE_CHECKING:
    from numerics.crosschecks import Comparison


WITHIN = 5.0
"""Standard errors up to which the axis is linear; beyond it is logarithmic."""
DECADES = 2
"""Between ticks of the logarithmic part."""


def draw_comparisons(comparisons: Sequence[Comparison], path: Path) -> None:
    """A row for each comparison, distances in standard errors; the grey bar is the gate, bias included."""
    with canvas(width=10.0, height=1.2 + 0.22 * len(comparisons)) as (figure, axes):
        for place, c in enumerate(comparisons):
            gate = c.k + c.finite_size_bias / c.standard_error
            if c.z is not None:
                axes.barh(place, 2 * gate, left=-gate, color="0.9", zorder=0)
                axes.plot(c.z, place, "o", color=MEASURED[-1])
            axes.plot(c.rival_z, place, "x", color=RIVAL)
        axes.set_xscale("symlog", linthresh=WITHIN)
        axes.set_yticks(range(len(comparisons)), [c.title for c in comparisons], fontsize=7)
        axes.set_ylim(len(comparisons) - 0.4, -0.6)
        axes.set_xticks(*_ticks(max((abs(c.rival_z) for c in comparisons), default=0.0)))
        figure.supxlabel("standard errors from the prediction (o), from the rival (x); grey: the gate", fontsize=9)
        save(figure, path)


def _ticks(reach: float) -> tuple[list[float], list[str]]:
    """Zero, and powers of a hundred on both sides up to what is drawn."""
    powers = range(DECADES, max(DECADES, math.ceil(math.log10(max(reach, 1.0)))) + 1, DECADES)
    shown = [(10.0**n, f"$10^{n}$") for n in powers]
    ticks = [(-v, f"$-{word[1:]}") for v, word in reversed(shown)] + [(0.0, "0")] + shown
    return [v for v, _ in ticks], [word for _, word in ticks]
