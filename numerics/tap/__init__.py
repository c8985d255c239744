"""Solutions of the Thouless-Anderson-Palmer equations of given couplings."""

from __future__ import annotations

from numerics.tap.census import TapCensus, tap_solutions
from numerics.tap.solution import TapNotConvergedError, TapSolution
from numerics.tap.solver import tap_solution

__all__ = ["TapCensus", "TapNotConvergedError", "TapSolution", "tap_solution", "tap_solutions"]
