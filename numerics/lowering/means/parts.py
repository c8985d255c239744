"""Which part computes a node of an expression."""

from __future__ import annotations

from typing import Any

from numerics.lowering.loops import Loop
from numerics.lowering.means.composite import Part, Settings
from numerics.lowering.means.gaussian_part import MeanPart
from numerics.lowering.means.integral_part import IntegralPart
from numerics.lowering.means.lifting import nested_means
from numerics.lowering.means.loop_part import LoopPart
from numerics.lowering.means.sobol_part import SobolPart
from numerics.lowering.means.solution_part import SolutionPart
from theory.averages import GaussianMean
from theory.implicit import Solution

MOST_NESTED = 3
"""Variables of means in one another that product rules can afford."""
KINDS: tuple[tuple[type[Any], type[Any]], ...] = (
    (GaussianMean, MeanPart),
    (Solution, SolutionPart),
    (Loop, LoopPart),
    (object, IntegralPart),
)


def make_part(node: Any, arguments: tuple[Any, ...], settings: Settings) -> Part:
    """The part for a node."""
    if len(nested_means(node)) > MOST_NESTED:
        return SobolPart(node, arguments, settings)
    return next(part for kind, part in KINDS if isinstance(node, kind))(node, arguments, settings)
