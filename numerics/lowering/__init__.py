"""From a SymPy expression to a vectorized function whose accuracy has been measured."""

from __future__ import annotations

from numerics.lowering.banded import banded
from numerics.lowering.lowered import Lowered, lower
from numerics.lowering.straight_line import StraightLineProgram
from numerics.lowering.truncated_series import taylor_jacobian, taylor_program

__all__ = ["Lowered", "StraightLineProgram", "banded", "lower", "taylor_jacobian", "taylor_program"]
