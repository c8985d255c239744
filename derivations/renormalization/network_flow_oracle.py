"""The predicted vertices of a network ensemble against quadrature and differences in the scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from derivations.engine.evidence import Evidence
from derivations.engine.oracle_evidence import Instance, against_oracle
from derivations.oracles.fixed_propagator import Ensemble, vertex_of_four, vertex_of_six
from theory.models import network_flow as model

CASES = (
    (Ensemble(dimension=1, amplitude=Fraction(1, 2)), Fraction(3, 2)),
    (Ensemble(dimension=2, amplitude=Fraction(7, 3)), Fraction(2, 3)),
    (Ensemble(dimension=3, amplitude=Fraction(2, 3)), Fraction(5, 4)),
    (Ensemble(dimension=4, amplitude=Fraction(4, 3)), Fraction(1)),
)
"""An ensemble with a constant Z, and a scale."""
VERTICES = {4: vertex_of_four, 6: vertex_of_six}


def against_flow(vertex: Any, n: int) -> Callable[[], Evidence]:
    """Compare the vertex of n legs, a function of dimension, amplitude and scale, with the flow of a constant field."""

    def instances() -> Iterator[Instance]:
        for ensemble, scale in CASES:
            found = VERTICES[n](ensemble, scale)
            margin = Fraction(1, 10**18)
            values = {model.dimension: ensemble.dimension, model.amplitude: ensemble.amplitude, model.scale: scale}
            label = f"d = {ensemble.dimension}, amplitude {ensemble.amplitude}, scale {scale}"
            yield Instance(values=values, low=found - margin, high=found + margin, label=label)

    return lambda: against_oracle("flow of a constant field by quadrature", vertex, instances)
