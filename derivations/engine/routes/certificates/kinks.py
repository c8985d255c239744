"""Integrals of what has a corner or a jump: split there, so that each half knows the sign.

For s = sign(a x + b) or |a x + b| with a > 0 or a < 0 everywhere, the place is k = -b/a, and

    integral of f over the line = integral over t > 0 of f(k + t) + f(k - t),
    integral of f from l to h   = integral over 0 < t < k - l of f(k - t) + over 0 < t < h - k of f(k + t).
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportOperatorIssue=false, reportReturnType=false, reportCallIssue=false
# (SymPy's annotations say Basic where an expression is meant)

from __future__ import annotations

from typing import Any

import sympy as sp

from derivations.engine.routes.certificates.nonzero import negative, positive
from derivations.engine.routes.certificates.shapes import quadratic_in
from derivations.engine.routes.normal_forms.field import Letter, Ratio
from derivations.engine.routes.normal_forms.monomials import occurs
from derivations.engine.routes.normal_forms.signs import is_real, ratio_nonnegative
from derivations.engine.routes.normal_forms.tower import Tower


def kink(tower: Tower, element: Ratio, x: sp.Symbol) -> sp.Expr | None:
    """The first place at which a modulus or a sign in an element turns over, if there is one."""
    field = tower.field
    used = {*field.used(element.num), *field.used(element.den)}
    corners = set().union(*(field.letters[place].node.atoms(sp.Abs, sp.sign) for place in used))
    for letter in field.letters if corners else ():
        inner = _inside(letter) if letter.node in corners else None
        if inner is not None and occurs(field.expression(inner), x):
            parts = quadratic_in(tower, inner, x)
            if parts is not None and field.is_zero(parts[2]) and _turns_once(tower, parts):
                return field.expression(field.negative(field.multiply(parts[0], field.inverse(parts[1]))))
    return None


def _inside(letter: Letter) -> Ratio | None:
    if letter.kind == "abs":
        return letter.content
    if letter.kind == "opaque" and isinstance(letter.content, tuple) and letter.content[0] == "sign":
        return letter.content[1][0]
    return None


def _turns_once(tower: Tower, parts: tuple[Ratio, Ratio, Ratio]) -> bool:
    start, slope = parts[0], parts[1]
    real = is_real(tower.field, start.num) and is_real(tower.field, start.den)
    return real and (positive(tower, slope) or negative(tower, slope))


def is_between(tower: Tower, place: sp.Expr, ends: tuple[sp.Expr, sp.Expr]) -> bool:
    """Whether a place is proved to lie in the range of its integral, or at its ends."""
    gaps = (place - ends[0], ends[1] - place)
    return all(g is sp.oo or ratio_nonnegative(tower.field, tower.convert(g)) for g in gaps)


def folded(body: Any, x: sp.Symbol, place: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """f(k + t) + f(k - t)."""
    return sp.Add(*(body.xreplace({x: place + side * t}) for side in (1, -1)), evaluate=False)
