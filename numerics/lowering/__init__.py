"""From a SymPy expression to a vectorized function whose accuracy has been measured."""

from __future__ import annotations

from numerics.lowering.lowered import Lowered, lower

__all__ = ["Lowered", "lower"]
