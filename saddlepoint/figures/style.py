"""One look for all figures, and files that do not change when nothing did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PREDICTED, MEASURED, RIVAL = "#1b1b1b", ("#9ecae1", "#4292c6", "#08519c"), "#b2182b"
_LOOK: Any = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "mathtext.fontset": "cm",
    "svg.hashsalt": "saddlepoint",
}


@contextmanager
def grid(rows: int, columns: int, width: float, height: float) -> Iterator[tuple[Figure, list[list[Axes]]]]:
    """Empty axes in rows, the size of each in inches."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_LOOK):
        figure = Figure(figsize=(width * columns, height * rows), layout="constrained")
        yield figure, [list(line) for line in figure.subplots(rows, columns, squeeze=False)]


@contextmanager
def panels(count: int, width: float = 3.0, height: float = 2.8) -> Iterator[tuple[Figure, list[Axes]]]:
    """Empty axes side by side, the size of each in inches."""
    with grid(1, count, width, height) as (figure, (line,)):
        yield figure, line


@contextmanager
def canvas(width: float = 6.4, height: float = 3.8) -> Iterator[tuple[Figure, Axes]]:
    """An empty figure of a size in inches, without a window and without global state."""
    with panels(1, width, height) as (figure, (axes,)):
        yield figure, axes


def save(figure: Figure, path: Path) -> None:
    """Write a figure; the suffix of the path says which kind, png or svg."""
    metadata = {"Date": None} if path.suffix == ".svg" else {"Software": None}
    figure.savefig(path, dpi=120, metadata=metadata)
