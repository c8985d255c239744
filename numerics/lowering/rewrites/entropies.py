"""x log(x) and its like, which are 0 by continuity where x is."""

from __future__ import annotations

from typing import Any

import sympy as sp

from numerics.lowering.nodes import LogOnePlus, TimesLog, TimesLogOnePlus
from numerics.lowering.rewrites.terms import argument


def times_log(node: Any) -> Any:
    """x log(y) where y vanishes, or is infinite, with x: 0 where both do."""
    if not isinstance(node, sp.Mul):
        return None
    for factor in node.args:
        if isinstance(factor, sp.log | LogOnePlus):
            value = argument(factor) if isinstance(factor, sp.log) else 1 + argument(factor)
            for other in node.args:
                base, power = other.as_base_exp()
                if other is not factor and power.is_positive and _vanishes_with(value, base):
                    joined = TimesLog if isinstance(factor, sp.log) else TimesLogOnePlus
                    rest = sp.Mul(*(f for f in node.args if f is not factor and f is not other))
                    return rest * joined(other, argument(factor))
    return None


def _vanishes_with(value: Any, base: Any) -> bool:
    """Whether one is a factor, or a divisor, of the other, up to a number."""
    if base.is_number:
        return False
    plain = base.as_content_primitive()[1]
    factors = [f.as_base_exp()[0].as_content_primitive()[1] for f in sp.Mul.make_args(value)]
    return plain in factors or -plain in factors
