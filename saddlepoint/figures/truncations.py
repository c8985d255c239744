"""Exponents of truncated potentials against the order, beside those of the potential at every field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from saddlepoint.figures.style import MEASURED, PREDICTED, RIVAL, panels, save

if TYPE_CHECKING:
    from numerics.flows.convergence import Extrapolation, TruncationConvergence
    from numerics.flows.global_fixed_point import GlobalFixedPoint

APART = 0.5
"""Between extrapolated limits, in orders."""
COLORS, MARKERS = (MEASURED[-1], RIVAL, PREDICTED, MEASURED[1]), "osD^"


@dataclass(frozen=True, kw_only=True)
class Truncations:
    """One sequence of truncations, with what it converges to."""

    name: str
    truncated: TruncationConvergence
    untruncated: GlobalFixedPoint


def draw_truncations(sequences: Sequence[Truncations], path: Path) -> None:
    """Distances of nu and omega from the untruncated ones, on a logarithmic scale; the extrapolated limit stands last.

    A bar on an extrapolated limit is its error estimate, which should be as long as the distance or longer.
    """
    with panels(2, width=4.0, height=3.4) as (figure, axes):
        for k, (color, marker, one) in enumerate(zip(COLORS, MARKERS, sequences, strict=False)):
            cut, whole = one.truncated, one.untruncated
            _draw(
                axes[0],
                (cut.orders, cut.correlation_length_exponents, cut.extrapolated_correlation_length_exponent),
                float(whole.correlation_length_exponent),
                {"color": color, "marker": marker, "label": one.name},
                APART * k,
            )
            _draw(
                axes[1],
                (cut.orders, cut.correction_exponents, cut.extrapolated_correction_exponent),
                float(whole.correction_exponent),
                {"color": color, "marker": marker, "label": one.name},
                APART * k,
            )
        for place, letter in zip(axes, (r"\nu", r"\omega"), strict=True):
            place.set_yscale("log")
            place.set_xlabel("order of the truncation; open: extrapolated")
            place.set_ylabel(f"$|{letter} - {letter}_{{\\mathrm{{every\\ field}}}}|$")
        axes[0].legend(fontsize=8)
        save(figure, path)


def _draw(axes: Any, found: tuple[Any, Any, Extrapolation], exact: float, look: dict[str, Any], shift: float) -> None:
    orders, values, limit = found
    axes.plot(orders, np.abs(np.asarray(values) - exact), linewidth=1.0, markersize=4, **look)
    if limit.value == limit.value:
        place, off = max(orders) + 1.5 + shift, abs(limit.value - exact)
        axes.plot(place, off, look["marker"], color=look["color"], markersize=5, markerfacecolor="none")
        axes.plot(place, limit.error, "_", color=look["color"], markersize=10)
        axes.plot([place, place], [off, limit.error], color=look["color"], linewidth=0.8)
