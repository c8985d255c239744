"""One comparison as a small picture: the gate, the measurement, and the rival, in standard errors."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numerics.crosschecks import Comparison

WIDTH, HEIGHT, MARGIN = 400.0, 26.0, 10.0
LINEAR = 5.0
"""Standard errors up to which the scale is linear; beyond it is logarithmic."""


def gauge_svg(comparison: Comparison) -> str:
    """The picture; what it shows is said in its label."""
    gate = comparison.k + comparison.finite_size_bias / comparison.standard_error
    reach = max(abs(comparison.rival_z), gate, abs(comparison.z or 0.0), LINEAR)

    def place(z: float) -> float:
        return WIDTH / 2 + (WIDTH / 2 - MARGIN) * _scaled(z) / _scaled(reach)

    middle = HEIGHT / 2
    parts = [
        f'<line x1="{MARGIN}" y1="{middle}" x2="{WIDTH - MARGIN}" y2="{middle}" stroke="currentColor" opacity=".4"/>'
    ]
    label = f"rival {comparison.rival_z:.3g} standard errors off"
    if comparison.z is not None:
        left, right = place(-gate), place(gate)
        parts.append(
            f'<rect x="{left:.1f}" y="4" width="{right - left:.1f}" height="{HEIGHT - 8}" fill="currentColor" '
            'opacity=".18"/>'
        )
        parts.append(f'<circle cx="{place(comparison.z):.1f}" cy="{middle}" r="5" class="good" fill="currentColor"/>')
        label = f"measured {comparison.z:.2f} standard errors from the prediction, gate {gate:.2f}; {label}"
    x = place(comparison.rival_z)
    parts.append(
        f'<path d="M{x - 5:.1f} {middle - 5} l10 10 M{x - 5:.1f} {middle + 5} l10 -10" class="bad" '
        'stroke="currentColor" stroke-width="2.5" fill="none"/>'
    )
    box, said = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", escape(label, quote=True)
    body = "".join(parts)
    return f'<svg class="gauge" viewBox="{box}" role="img" aria-label="{said}"><title>{said}</title>{body}</svg>'


def _scaled(z: float) -> float:
    """Linear up to ``LINEAR``, then logarithmic, smooth between them in value."""
    size = abs(z)
    return math.copysign(size if size <= LINEAR else LINEAR * (1 + math.log(size / LINEAR)), z)
