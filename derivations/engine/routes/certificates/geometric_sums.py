r"""Finite geometric sums: the sum of e^(r i) for i from low to high is (e^(r low) - e^(r (high + 1))) / (1 - e^r).

It is put in only where e^r is proved to differ from 1: by a sign, or since r = i c with 0 < |c| < 2 pi.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

import sympy as sp

from derivations.engine.routes.certificates.nonzero import nonzero, positive
from derivations.engine.routes.certificates.power_series import linear_in
from derivations.engine.routes.certificates.shapes import single_letter
from derivations.engine.routes.normal_forms.field import Ratio
from derivations.engine.routes.normal_forms.monomials import Factors
from derivations.engine.routes.normal_forms.signs import is_real
from derivations.engine.routes.normal_forms.tower import Tower


def geometric_sum(tower: Tower, factors: Factors, index: sp.Symbol, low: sp.Expr, high: sp.Expr) -> Ratio | None:
    """The sum of a product of exponentials linear in the index, or None where its rate may be a whole turn."""
    field, rate, start = tower.field, tower.field.zero, tower.field.zero
    for factor, times in factors:
        letter = single_letter(tower, tower.convert(factor))
        parts = linear_in(tower, letter.content, index) if letter is not None and letter.kind == "exp" else None
        if parts is None:
            return None
        start, rate = (
            field.add(total, field.multiply(part, field.constant(times)))
            for total, part in zip((start, rate), parts, strict=True)
        )
    below = field.add(field.one, field.negative(tower.exponential(rate)))
    if field.is_zero(below) or not (nonzero(tower, below) or _is_no_whole_turn(tower, rate)):
        return None
    ends = [tower.exponential(field.multiply(rate, tower.convert(end))) for end in (low, sp.expand(high + 1))]
    total = field.multiply(field.add(ends[0], field.negative(ends[1])), field.inverse(below))
    return field.multiply(tower.exponential(start), total)


def _is_no_whole_turn(tower: Tower, rate: Ratio) -> bool:
    """Whether the rate is i c with c real and 0 < c < 2 pi or -2 pi < c < 0."""
    field = tower.field
    angle = field.reduced(field.multiply(rate, field.inverse(tower.imaginary_unit())))
    if not (is_real(field, angle.num) and is_real(field, angle.den)):
        return False
    turn = field.multiply(field.constant(2), tower.convert(sp.pi))
    return any(
        positive(tower, c) and positive(tower, field.add(turn, field.negative(c)))
        for c in (angle, field.negative(angle))
    )
