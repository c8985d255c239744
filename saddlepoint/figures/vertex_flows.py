"""Flows of vertices as diagrams: one loop with the scale derivative of the regulator, vertices and external legs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from derivations.algebra.necklaces import Necklace, shapes
from saddlepoint.figures.style import PREDICTED, grid, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RADIUS, REACH = 1.0, 1.75
"""Of the loop, and to the ends of its legs."""
SPREAD = 0.32
"""Angle between neighboring legs of a vertex."""


def draw_vertex_flows(orders: tuple[int, ...], path: Path, *, even: bool = True) -> None:
    """Write the flows of vertices of several orders, one a row, each term with its factor.

    A cross in a circle is the scale derivative of the regulator, lines are propagators, dots vertices. The factor
    counts the terms that differ in the labels of the legs alone.
    """
    rows = [list(shapes(n, even=even)) for n in orders]
    with grid(len(rows), max(map(len, rows)) + 1, 1.35, 1.5) as (figure, axes):
        for line, n, terms in zip(axes, orders, rows, strict=True):
            for cell in line:
                cell.set(xlim=(-2.6, 1.9), ylim=(-1.9, 1.9), aspect="equal")
                cell.axis("off")
            line[0].text(1.7, 0, rf"$\partial_t \Gamma^{{({n})}} =$", ha="right", va="center", fontsize=12)
            for cell, (term, count) in zip(line[1:], terms, strict=False):
                draw_loop(cell, term)
                cell.text(-1.9, 0, _factor(term.coefficient * count), ha="right", va="center", fontsize=12)
        save(figure, path)


def draw_loop(axes: Axes, term: Necklace) -> None:
    """One loop with the regulator on top and the vertices in order, clockwise."""
    around = np.linspace(0, 2 * np.pi, 181)
    axes.plot(RADIUS * np.sin(around), RADIUS * np.cos(around), color=PREDICTED, linewidth=1.2, zorder=1)
    _regulator(axes)
    count = len(term.vertices)
    for place, legs in enumerate(term.vertices, 1):
        angle = 2 * np.pi * place / (count + 1)
        at = RADIUS * np.array([np.sin(angle), np.cos(angle)])
        for k in range(len(legs)):
            turned = angle + SPREAD * (k - (len(legs) - 1) / 2)
            end = REACH * np.array([np.sin(turned), np.cos(turned)])
            axes.plot([at[0], end[0]], [at[1], end[1]], color=PREDICTED, linewidth=1.0, zorder=1)
        axes.plot(*at, "o", color=PREDICTED, markersize=6, zorder=3)


def _regulator(axes: Axes) -> None:
    axes.plot(0, RADIUS, "o", color="white", markeredgecolor=PREDICTED, markersize=10, zorder=3)
    axes.plot(0, RADIUS, "x", color=PREDICTED, markersize=6, zorder=4)


def _factor(value: Any) -> str:
    """A number with its sign, in mathematics."""
    size = abs(value)
    number = str(size) if size.is_Integer else rf"\frac{{{size.p}}}{{{size.q}}}"
    return f"${'-' if value < 0 else '+'}{number}$"
