"""What grows through training: each quantity against epochs, means and standard errors over networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from saddlepoint.figures.style import MEASURED, panels, save

if TYPE_CHECKING:
    from numerics.crosschecks import Comparison

ERROR = "_standard_error"
BESIDE = {"critical_temperature": "temperature_at_minimum"}
"""A second definition that is drawn in the same panel."""


def followed_through_training(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Those comparisons that carry a series over epochs."""
    return [c for c in comparisons if "epochs" in c.data]


def draw_training(comparisons: Sequence[Comparison], path: Path) -> None:
    """A panel for each comparison that follows a quantity through training; there must be one."""
    chosen = followed_through_training(comparisons)
    with panels(len(chosen)) as (figure, axes):
        for place, comparison in zip(axes, chosen, strict=True):
            _draw(place, comparison.data)
        save(figure, path)


def _draw(axes: Any, data: Mapping[str, Any]) -> None:
    names = [name.removesuffix(ERROR) for name in data if name.endswith(ERROR)]
    name = names[0]
    for color, shown in zip((MEASURED[-1], MEASURED[0]), (name, BESIDE.get(name)), strict=True):
        if shown is not None:
            values, errors = (np.asarray(data[key], dtype=float) for key in (shown, shown + ERROR))
            seen = np.isfinite(values)
            epochs = np.asarray(data["epochs"])[seen]
            label = shown.replace("_", " ")
            axes.errorbar(epochs, values[seen], yerr=errors[seen], fmt="o-", markersize=3, color=color, label=label)
    axes.set_xscale("symlog", linthresh=1.0)
    axes.set_xlabel("epochs")
    axes.set_ylim(bottom=0.0)
    axes.legend(fontsize=8)
