"""Fixed points of maps as functions of the maps' arguments, with their derivatives and with how good they are."""

from __future__ import annotations

from numerics.solvers.fixed_points.lowered import LoweredFixedPoint, lower_fixed_point
from numerics.solvers.fixed_points.result import FixedPoints

__all__ = ["FixedPoints", "LoweredFixedPoint", "lower_fixed_point"]
